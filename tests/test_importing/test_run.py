"""A batch becomes photos of the library: by date, once, with its names, and whatever happens in between."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.test import override_settings

from library.importing import run
from library.importing.run import ADDED, FAILED, KNOWN, REFUSED
from library.indexing.pool import Failure, Preparing
from library.lease import LibraryBusy, library_lease
from library.models import File, Folder, Photo
from library.nudity.detector import Nudity
from tests.originals import run_index, write_picture
from tests.test_importing.importing_case import PLACE, ImportingTestCase


class ImportTest(ImportingTestCase):
    def test_it_is_put_by_its_date_and_indexed(self) -> None:
        content = self.send("IMG_1.JPG").read_bytes()
        result = self.run_import()
        (name,) = self.kept()
        self.assertRegex(name, rf"^{PLACE}[0-9A-F]{{8}}\.jpg$")
        self.assertEqual((self.originals / name).read_bytes(), content)
        photo = self.photo(name)
        self.assertEqual((photo.original_name, str(photo.taken_at_local)[:16]), ("IMG_1", "2024-05-17 10:30"))
        self.assertEqual(File.objects.get().original_name, "IMG_1.JPG")
        self.assertEqual((self.told("IMG_1.JPG").state, self.told("IMG_1.JPG").photo), (ADDED, photo.uid))
        self.assertEqual((str(result), result.photos), ("1 added.", (photo.uid,)))
        self.assertFalse(self.batch.exists())
        self.assertFound("original:IMG_1*", photo, view="review")
        self.assertEqual(set(Folder.objects.values_list("path", flat=True)), {"", "2024", "2024/05"})

    def test_the_folder_of_an_account_is_above_the_years(self) -> None:
        self.send("IMG_1.JPG")
        self.run_import(folder="phones/alice")
        self.assertTrue(self.kept()[0].startswith(f"phones/alice/{PLACE}"))

    def test_the_files_of_a_picture_stay_together(self) -> None:
        self.send("IMG_1.JPG")
        self.send("IMG_1.PNG", seed=2)
        (self.batch / "IMG_1.JPG.xmp").write_text(_XMP)
        self.run_import()
        self.assertEqual(len(self.kept()), 3)
        photo = Photo.objects.get()
        self.assertEqual(photo.title, "From the sidecar")
        self.assertEqual({file.photo for file in File.objects.all()}, {photo})

    def test_a_title_comes_from_the_name_it_had(self) -> None:
        self.send("Grandma at the lake.jpg")
        self.run_import()
        self.assertIn("Grandma at the Lake", Photo.objects.get().title)

    def test_what_is_there_already_is_not_kept_twice(self) -> None:
        write_picture(self.originals / "old/known.jpg", seed=7)
        run_index()
        self.batch.mkdir(parents=True)
        (self.batch / "again.jpg").write_bytes((self.originals / "old/known.jpg").read_bytes())
        result = self.run_import()
        self.assertEqual(self.kept(), ["old/known.jpg"])
        self.assertEqual(self.told("again.jpg").state, KNOWN)
        self.assertEqual(result.photos, (self.photo("old/known.jpg").uid,))

    def test_what_is_new_of_a_known_picture_joins_it(self) -> None:
        write_picture(self.originals / "old/known.jpg", seed=7)
        write_picture(self.originals / "other.jpg", seed=8)
        (self.originals / "other.jpg.xmp").write_text(_XMP)
        run_index()
        self.batch.mkdir(parents=True)
        (self.batch / "IMG_9.jpg").write_bytes((self.originals / "old/known.jpg").read_bytes())
        # The same as another picture has: it is missing at this one all the same.
        (self.batch / "IMG_9.jpg.xmp").write_text(_XMP)
        write_picture(self.batch / "IMG_9.png", seed=7)
        self.run_import()
        self.assertEqual(self.kept()[:3], ["old/known.jpg", "old/known.jpg.xmp", "old/known.png"])
        self.assertEqual([self.told(f"IMG_9.{end}").state for end in ("jpg", "jpg.xmp", "png")], [KNOWN, ADDED, ADDED])
        self.assertEqual(self.photo("old/known.png"), self.photo("old/known.jpg"))
        self.assertEqual(self.photo("old/known.jpg").title, "From the sidecar")

    def test_another_sidecar_of_a_known_picture_changes_nothing(self) -> None:
        write_picture(self.originals / "known.jpg", seed=7)
        (self.originals / "known.jpg.xmp").write_text("<x/>")
        run_index()
        for content, state in (("<x/>", KNOWN), (_XMP, REFUSED)):
            with self.subTest(state):
                self.batch.mkdir(parents=True)
                (self.batch / "a.jpg").write_bytes((self.originals / "known.jpg").read_bytes())
                (self.batch / "a.jpg.xmp").write_text(content)
                self.run_import()
                self.assertEqual(self.told("a.jpg.xmp").state, state)
                self.assertEqual((self.originals / "known.jpg.xmp").read_text(), "<x/>")

    def test_a_copy_within_the_batch_is_kept_once(self) -> None:
        self.send("a.jpg")
        (self.batch / "b.jpg").write_bytes((self.batch / "a.jpg").read_bytes())
        self.run_import()
        self.assertEqual(len(self.kept()), 1)
        self.assertEqual([self.told(name).state for name in ("a.jpg", "b.jpg")], [ADDED, KNOWN])

    def test_a_file_that_was_lost_has_its_photo_again(self) -> None:
        path = write_picture(self.originals / "old/lost.jpg", seed=7)
        run_index()
        photo = self.photo("old/lost.jpg")
        Photo.objects.filter(pk=photo.pk).update(title="My title", title_src="manual")
        self.batch.mkdir(parents=True)
        path.rename(self.batch / "lost.jpg")
        run_index()
        self.run_import()
        self.assertEqual(self.told("lost.jpg").photo, photo.uid)
        self.assertEqual(Photo.objects.get().title, "My title")

    def test_pictures_of_one_moment_do_not_write_over_each_other(self) -> None:
        first = self.send("a.jpg").read_bytes()
        self.run_import()
        (kept,) = self.kept()
        (self.originals / kept).write_bytes(b"of somebody else")
        self.batch.mkdir(parents=True)
        (self.batch / "a.jpg").write_bytes(first)
        self.run_import()
        self.assertEqual((self.originals / kept).read_bytes(), b"of somebody else")
        self.assertEqual(self.kept(), sorted([kept, kept.replace(".jpg", ".00001.jpg")]))

    def test_what_is_no_picture_is_refused_with_a_reason(self) -> None:
        self.batch.mkdir(parents=True)
        (self.batch / "fake.jpg").write_bytes(b"Not a picture." * 100)
        (self.batch / "alone.xmp").write_text("<x/>")
        result = self.run_import()
        self.assertEqual(self.kept(), [])
        self.assertIn("does not begin like one", self.told("fake.jpg").reason)
        self.assertIn("belongs to no picture", self.told("alone.xmp").reason)
        self.assertEqual({self.told(name).state for name in ("fake.jpg", "alone.xmp")}, {REFUSED})
        self.assertEqual(str(result), "2 not taken.")

    def test_a_damaged_picture_is_kept_and_its_trouble_told(self) -> None:
        path = self.send("cut.jpg")
        path.write_bytes(path.read_bytes()[:700])
        self.run_import()
        self.assertEqual(len(self.kept()), 1)
        self.assertEqual(self.told("cut.jpg").state, FAILED)
        self.assertIn("It is kept, but cannot be shown", self.told("cut.jpg").reason)

    def test_what_kills_its_worker_is_kept_and_its_trouble_told(self) -> None:
        self.send("a.jpg")
        (self.batch / "b.jpg").write_bytes(b"Not a picture.")
        died = mock.patch.object(Preparing, "_outcome", lambda _, group, __: Failure(group, "It crashed."))
        with died:
            self.run_import()
        self.assertEqual((len(self.kept()), self.told("a.jpg").state), (1, FAILED))
        self.assertEqual(self.told("a.jpg").reason, "It is kept, but cannot be shown: It crashed.")
        self.assertEqual(self.told("b.jpg").state, REFUSED)
        run_index(rescan=True)
        self.assertEqual(Photo.objects.count(), 1)

    def test_only_the_folders_concerned_are_looked_at(self) -> None:
        write_picture(self.originals / "elsewhere/new.jpg", seed=9)
        self.send("a.jpg")
        self.run_import()
        self.assertFalse(File.objects.filter(name="elsewhere/new.jpg").exists())
        run_index()
        self.assertEqual(Photo.objects.count(), 2)

    def test_what_was_known_elsewhere_is_not_taken_for_lost(self) -> None:
        write_picture(self.originals / "2024/old.jpg", seed=9)
        write_picture(self.originals / "2024/05/06/deep.jpg", seed=10)
        run_index()
        self.send("a.jpg")
        self.run_import()
        self.assertFalse(File.objects.filter(is_missing=True).exists())


class InterruptedTest(ImportingTestCase):
    def test_while_others_write_the_library_it_waits(self) -> None:
        self.send("a.jpg")
        with library_lease(), self.assertRaises(LibraryBusy):
            self.run_import()
        self.assertEqual((self.kept(), (self.batch / "a.jpg").exists()), ([], True))

    def test_a_run_that_was_killed_before_the_index_is_continued(self) -> None:
        self.send("a.jpg")
        self.send("b.jpg", seed=2)
        with mock.patch.object(run, "index", side_effect=KeyboardInterrupt), self.assertRaises(KeyboardInterrupt):
            self.run_import()
        self.assertEqual((len(self.kept()), Photo.objects.count()), (2, 0))
        result = self.run_import()
        self.assertEqual(str(result), "2 added.")
        self.assertEqual({photo.original_name for photo in Photo.objects.all()}, {"a", "b"})
        self.assertFalse(self.batch.exists())

    def test_a_run_that_was_killed_between_two_moves_is_continued(self) -> None:
        self.send("a.jpg")
        self.send("b.jpg", seed=2)
        move = run.move_to
        with (
            mock.patch.object(run, "move_to", side_effect=[mock.DEFAULT, KeyboardInterrupt], wraps=move),
            self.assertRaises(KeyboardInterrupt),
        ):
            self.run_import()
        self.assertEqual(len(self.kept()), 1)
        self.assertEqual(str(self.run_import()), "2 added.")
        self.assertEqual((len(self.kept()), Photo.objects.count()), (2, 2))

    def test_a_picture_of_which_a_part_was_moved_is_moved_to_its_end(self) -> None:
        self.send("a.jpg")
        (self.batch / "a.jpg.xmp").write_text(_XMP)
        move = run.move_to
        with (
            mock.patch.object(run, "move_to", side_effect=[mock.DEFAULT, KeyboardInterrupt], wraps=move),
            self.assertRaises(KeyboardInterrupt),
        ):
            self.run_import()
        self.assertEqual(len(self.kept()), 1)
        self.assertEqual(str(self.run_import()), "2 added.")
        self.assertEqual(Photo.objects.get().title, "From the sidecar")

    def test_a_file_that_was_killed_between_two_names_is_there_once(self) -> None:
        content = self.send("a.jpg").read_bytes()

        def link_only(source: Path, target: Path) -> None:
            target.parent.mkdir(parents=True)
            target.hardlink_to(source)
            raise KeyboardInterrupt

        with mock.patch.object(run, "move_to", link_only), self.assertRaises(KeyboardInterrupt):
            self.run_import()
        self.assertTrue((self.batch / "a.jpg").exists())
        self.assertEqual(str(self.run_import()), "1 added.")
        (kept,) = self.kept()
        self.assertEqual((self.originals / kept).read_bytes(), content)

    def test_what_is_sent_meanwhile_stays_for_the_next_run(self) -> None:
        self.send("a.jpg")
        index = run.index

        def index_slowly(*given: Any) -> Any:
            self.send("late.jpg", seed=2)
            return index(*given)

        with mock.patch.object(run, "index", index_slowly):
            self.assertEqual(str(self.run_import()), "1 added.")
        self.assertEqual([path.name for path in self.batch.iterdir()], ["late.jpg"])
        self.assertEqual(str(self.run_import()), "1 added.")
        self.assertFalse(self.batch.exists())

    def test_a_full_disk_loses_nothing(self) -> None:
        self.send("a.jpg")
        with mock.patch.object(run, "move_to", side_effect=OSError(28, "No space left")), self.assertRaises(OSError):
            self.run_import()
        self.assertTrue((self.batch / "a.jpg").exists())
        self.assertEqual(str(self.run_import()), "1 added.")

    def test_it_survives_an_index_of_all_in_between(self) -> None:
        self.send("a.jpg")
        with mock.patch.object(run, "index", side_effect=LibraryBusy), self.assertRaises(LibraryBusy):
            self.run_import()
        run_index()
        self.assertEqual(str(self.run_import()), "1 added.")
        self.assertEqual(list(self.batch.parent.iterdir()), [])


@override_settings(OPTIONS=replace(settings.OPTIONS, detect_nsfw=True, disable_classification=True))
class NudityTest(ImportingTestCase):
    """The models' answers are put into the drafts: no test has pictures to be afraid of."""

    def import_seen(self, **seen: Nudity) -> None:
        feed = Preparing.feed

        def seeing(self: Preparing, groups: object) -> object:
            for prepared in [*feed(self, groups), *self.drain()]:  # type: ignore[arg-type]
                found = seen.get(prepared.related.main.base.partition(".")[0])
                if found and prepared.workshop.checks_nudity:  # type: ignore[union-attr]
                    prepared.nudity = found  # type: ignore[union-attr]
                yield prepared

        with mock.patch.object(Preparing, "feed", seeing):
            self.run_import()

    def test_it_is_refused_and_leaves_no_trace(self) -> None:
        self.send("bare.jpg")
        self.send("dressed.jpg", seed=2)
        self.import_seen(bare=Nudity(0.99, 0.9), dressed=Nudity(0.9, 0.2))
        self.assertEqual([self.told(f"{name}.jpg").state for name in ("bare", "dressed")], [REFUSED, ADDED])
        self.assertIn("nudity", self.told("bare.jpg").reason)
        self.assertEqual(len(self.kept()), 1)
        self.assertFalse(self.batch.exists())
        hashes = {file.hash for file in File.objects.all()}
        thumbs = {path.name[:40] for path in settings.CACHE_PATH.rglob("*.jpg")}
        self.assertLessEqual(thumbs, hashes)

    def test_pictures_are_really_looked_at(self) -> None:
        self.send("noise.jpg")
        with mock.patch.object(run, "_objection", wraps=run._objection) as objection:
            self.run_import()
        (draft,) = objection.call_args.args
        self.assertIsNotNone(draft.nudity)
        self.assertEqual(self.told("noise.jpg").state, ADDED)

    def test_where_it_is_allowed_it_becomes_private(self) -> None:
        self.send("bare.jpg")
        with override_settings(OPTIONS=replace(settings.OPTIONS, upload_nsfw=True)):
            self.import_seen(bare=Nudity(0.99, 0.9))
        self.assertEqual(self.told("bare.jpg").state, ADDED)

    def test_without_the_switch_nothing_is_looked_for(self) -> None:
        self.send("bare.jpg")
        with override_settings(OPTIONS=replace(settings.OPTIONS, detect_nsfw=False)):
            self.import_seen(bare=Nudity(0.99, 0.9))
        self.assertEqual(self.told("bare.jpg").state, ADDED)


_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">From the sidecar</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"""
