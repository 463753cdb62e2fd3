"""An index run from files to rows."""

from library.indexing.runner import FolderMissing
from library.lease import LibraryBusy, library_lease
from library.models import DayCount, Duplicate, ErrorLog, File, Job, Photo
from library.models.job import JobState
from library.models.photo import HIDDEN
from tests.originals import BERLIN, LONG_AGO, OriginalsTestCase, age, run_index

TAKEN = {"Exif.Photo.DateTimeOriginal": "2021:07:08 09:10:11"}
CANON = {"Exif.Image.Make": "Canon", "Exif.Image.Model": "Canon EOS 6D", "Exif.Photo.ISOSpeedRatings": "400"}


class FirstRunTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        cls.write("2021/07/Berlin.jpg", seed=1, size=(1400, 900), **BERLIN, **TAKEN, **CANON)
        cls.write("2021/07/Berlin.png", seed=2)
        cls.write("Holiday 2019-05-06.webp", seed=3)
        cls.write("plain.tif", seed=4)
        (cls.originals / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is not a picture")
        (cls.originals / "readme.txt").write_text("not a picture")
        (cls.originals / "copies").mkdir()
        (cls.originals / "copies" / "again.webp").write_bytes((cls.originals / "Holiday 2019-05-06.webp").read_bytes())
        cls.result = run_index()

    def test_what_was_found_is_summed_up(self) -> None:
        counts = (self.result.files, self.result.photos, self.result.added, self.result.failed, self.result.skipped)
        self.assertEqual(counts, (7, 3, 4, 1, 2))

    def test_files_of_one_name_are_one_photo(self) -> None:
        photo = self.photo("2021/07/Berlin.jpg")
        self.assertEqual(photo, self.photo("2021/07/Berlin.png"))
        self.assertEqual([file.name for file in photo.files.filter(is_primary=True)], ["2021/07/Berlin.jpg"])

    def test_metadata_gives_date_camera_and_place(self) -> None:
        photo = self.photo("2021/07/Berlin.jpg")
        self.assertEqual(photo.taken_at_local.isoformat(), "2021-07-08T09:10:11+00:00")
        self.assertEqual(photo.taken_at.isoformat(), "2021-07-08T07:10:11+00:00")
        self.assertEqual((photo.time_zone, photo.country), ("Europe/Berlin", "de"))
        self.assertEqual((photo.camera.name, photo.iso, photo.place.city), ("Canon EOS 6D", 400, "Berlin"))
        self.assertTrue(photo.cell_id.startswith("s2:"))

    def test_a_date_in_the_name_is_taken_where_metadata_has_none(self) -> None:
        photo = self.photo("Holiday 2019-05-06.webp")
        self.assertEqual((photo.year, photo.month, photo.day, photo.taken_src), (2019, 5, 6, "name"))

    def test_the_age_of_the_file_is_the_last_resort(self) -> None:
        photo = self.photo("plain.tif")
        self.assertEqual((photo.taken_at.year, photo.taken_src), (2012, ""))

    def test_files_carry_size_colours_and_placeholder(self) -> None:
        file = File.objects.get(name="2021/07/Berlin.jpg")
        self.assertEqual((file.width, file.height, file.type, len(file.hash)), (1400, 900, "jpg", 40))
        self.assertEqual((len(file.colors), len(file.luminance)), (9, 9))
        self.assertGreater(len(bytes(file.thumbhash)), 4)

    def test_thumbs_are_rendered_below_their_hash(self) -> None:
        digest = File.objects.get(name="2021/07/Berlin.jpg").hash
        folder = self.storage / "cache" / "thumbnails" / "/".join(digest[:3])
        self.assertTrue((folder / f"{digest}_720x720_fit.jpg").exists())

    def test_a_broken_file_is_in_the_error_list_with_its_reason(self) -> None:
        error = ErrorLog.objects.get(name="broken.jpg")
        self.assertEqual(error.level, "error")
        self.assertIn("damaged", error.reason)

    def test_what_is_no_picture_is_listed_as_skipped(self) -> None:
        self.assertEqual(ErrorLog.objects.get(name="readme.txt").level, "skipped")

    def test_a_copy_is_recorded_as_duplicate_and_makes_no_photo(self) -> None:
        self.assertEqual([row.name for row in Duplicate.objects.all()], ["copies/again.webp"])
        self.assertFalse(File.objects.filter(name="copies/again.webp").exists())

    def test_days_are_counted(self) -> None:
        days = {str(row.day): row.photos for row in DayCount.objects.filter(photos__gt=0)}
        self.assertEqual(days.get("2021-07-08"), 1)

    def test_a_second_run_changes_nothing(self) -> None:
        before = _everything()
        result = run_index()
        self.assertEqual((result.unchanged, result.added, result.updated, result.failed), (7, 0, 0, 0))
        self.assertEqual(_everything(), before)

    def test_a_complete_rescan_changes_nothing(self) -> None:
        before = _everything()
        result = run_index(rescan=True)
        self.assertEqual((result.updated, result.failed, result.added), (4, 1, 0))
        self.assertEqual(_everything(), before)

    def test_an_edit_by_hand_survives_a_rescan(self) -> None:
        Photo.objects.filter(name="plain").update(title="Grandma's garden", title_src="manual")
        run_index(rescan=True)
        self.assertEqual(self.photo("plain.tif").title, "Grandma's garden")

    def test_the_job_tells_how_it_ended(self) -> None:
        job = Job.objects.latest("pk")
        self.assertEqual(job.state, JobState.DONE)
        self.assertIn("4 added", job.result)

    def test_a_folder_that_is_not_there_is_refused(self) -> None:
        with self.assertRaisesMessage(FolderMissing, "does not exist"):
            run_index("2035")

    def test_two_runs_take_turns(self) -> None:
        with library_lease(), self.assertRaises(LibraryBusy):
            run_index()


class ChangesTest(OriginalsTestCase):
    def setUp(self) -> None:
        self.path = self.write("2020/one.jpg", seed=11, **TAKEN)
        self.write("2020/two.jpg", seed=12)
        run_index()

    def tearDown(self) -> None:
        for path in self.originals.rglob("*.jpg"):
            path.unlink()

    def test_a_renamed_file_keeps_its_photo(self) -> None:
        photo = self.photo("2020/one.jpg")
        (self.originals / "2021").mkdir(exist_ok=True)
        self.path.rename(self.originals / "2021" / "moved.jpg")
        result = run_index()
        moved = self.photo("2021/moved.jpg")
        self.assertEqual((moved.uid, moved.name, moved.folder.path), (photo.uid, "moved", "2021"))
        self.assertEqual((result.photos, result.missing, Photo.objects.count()), (0, 0, 2))

    def test_a_deleted_file_is_flagged_and_its_photo_hidden(self) -> None:
        self.path.unlink()
        result = run_index()
        file = File.objects.get(name="2020/one.jpg")
        self.assertEqual((result.missing, file.is_missing, self.photo("2020/one.jpg").quality), (1, True, HIDDEN))
        self.assertFalse(DayCount.objects.filter(day="2021-07-08", photos__gt=0).exists())

    def test_a_file_that_comes_back_is_shown_again(self) -> None:
        content, photo = self.path.read_bytes(), self.photo("2020/one.jpg")
        self.path.unlink()
        run_index()
        self.path.write_bytes(content)
        run_index()
        again = self.photo("2020/one.jpg")
        self.assertEqual((again.uid, again.quality), (photo.uid, photo.quality))
        self.assertTrue(again.files.get().is_primary)

    def test_a_folder_that_vanished_leaves_its_files_missing(self) -> None:
        for path in (self.originals / "2020").iterdir():
            path.unlink()
        (self.originals / "2020").rmdir()
        self.write("kept.jpg", seed=13)
        self.assertEqual(run_index().missing, 2)

    def test_an_empty_originals_folder_hides_nothing(self) -> None:
        for path in (self.originals / "2020").iterdir():
            path.unlink()
        self.assertEqual(run_index().missing, 0)
        self.assertFalse(File.objects.filter(is_missing=True).exists())

    def test_changed_content_is_read_again(self) -> None:
        old = File.objects.get(name="2020/two.jpg")
        self.write("2020/two.jpg", seed=99, size=(500, 200))
        run_index()
        new = File.objects.get(pk=old.pk)
        self.assertNotEqual(new.hash, old.hash)
        self.assertEqual((new.width, new.height), (500, 200))

    def test_only_the_named_folder_is_looked_at(self) -> None:
        self.write("2022/three.jpg", seed=14)
        self.path.unlink()
        result = run_index("2022")
        self.assertEqual((result.added, result.missing), (1, 0))

    def test_cleanup_removes_thumbs_that_nothing_needs(self) -> None:
        stray = self.storage / "cache" / "thumbnails" / "f" / "f" / "f" / f"{'f' * 40}_500x500_center.jpg"
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.touch()
        part = stray.with_name(f".{stray.name}.0a1b2c3d")
        part.touch()
        age(part, LONG_AGO)
        needed = stray.parents[3].rglob(f"{File.objects.get(name='2020/one.jpg').hash}_720x720_fit.jpg")
        self.assertGreaterEqual(run_index(cleanup=True).cleaned, 1)
        self.assertEqual((stray.exists(), part.exists(), len(list(needed))), (False, False, 1))


def _everything() -> dict[str, object]:
    """All that indexing writes, down to the time of the last change."""
    return {
        "photos": list(Photo.objects.order_by("pk").values()),
        "files": [{**row, "thumbhash": bytes(row["thumbhash"])} for row in File.objects.order_by("pk").values()],
        "errors": list(ErrorLog.objects.order_by("pk").values()),
        "duplicates": list(Duplicate.objects.order_by("name").values("name", "hash", "size")),
        "days": sorted(DayCount.objects.filter(photos__gt=0).values_list("day", "photos")),
    }
