"""Files that are one picture become one photo while indexing, the same one in every run."""

from dataclasses import replace

from django.conf import settings
from django.test import override_settings

from library.edits import Edit, edit
from library.models import DayCount, File, Photo, PhotoKeyword
from library.models.photo import Stack
from library.stacks import by_hand
from tests.live_pictures import (
    write_apple_pair,
    write_clip,
    write_live_pair,
    write_micro_video,
    write_samsung,
    write_with_id,
)
from tests.originals import BERLIN, OriginalsTestCase, run_index

UUID = "2fd4e1c6-7a2d-48ff-8a1a-0f2b5d1c9e01"
CANON = {"Exif.Image.Make": "Canon", "Exif.Image.Model": "Canon EOS 6D", "Exif.Photo.BodySerialNumber": "1"}
NOON = {"Exif.Photo.DateTimeOriginal": "2022:05:06 12:00:00"}
LATER = {"Exif.Photo.DateTimeOriginal": "2022:05:06 12:00:01"}


def library() -> list[tuple[object, ...]]:
    """What a library says, whatever its ids."""
    columns = ("name", "photo__name", "photo__stack", "photo__type", "photo__quality", "photo__taken_at", "is_primary")
    return sorted(File.objects.values_list(*columns))


def words() -> list[tuple[str, str]]:
    return sorted(PhotoKeyword.objects.values_list("photo__name", "keyword__keyword"))


class LiveTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        write_live_pair(cls.originals / "IMG_1.jpg", cls.originals / "IMG_1.mov", seed=1)
        write_micro_video(cls.originals / "MVIMG_2.jpg", seed=2)
        write_samsung(cls.originals / "samsung.jpg", seed=3)
        write_clip(cls.originals / "short.mp4", seconds=2, seed=4)
        write_apple_pair(cls.originals / "still.jpg", cls.originals / "moving.mov", UUID, seed=6)
        write_live_pair(cls.originals / "film.jpg", cls.originals / "film.mov", seed=5, seconds=6)
        run_index()

    def test_each_way_to_move_makes_one_live_photo(self) -> None:
        types = {photo.name: photo.type for photo in Photo.objects.all()}
        live = dict.fromkeys(("IMG_1", "MVIMG_2", "samsung", "short"), "live")
        self.assertEqual(types, {**live, "still": "live", "film": "video"})

    def test_a_pair_of_apples_needs_no_common_name(self) -> None:
        files = File.objects.filter(photo__uuid=UUID).order_by("name")
        self.assertEqual(list(files.values_list("name", "is_primary")), [("moving.mov", False), ("still.jpg", True)])

    def test_the_picture_is_shown_and_not_the_poster(self) -> None:
        self.assertEqual(File.objects.get(photo__name="IMG_1", is_primary=True).name, "IMG_1.jpg")

    def test_the_video_inside_is_remembered(self) -> None:
        file = File.objects.get(name="samsung.jpg")
        content = (self.originals / file.name).read_bytes()
        self.assertEqual(content[file.video_offset + 4 :][:4], b"ftyp")
        self.assertEqual((file.video_codec, file.duration), ("avc1", file.photo.duration if file.photo else None))


class StackingTest(OriginalsTestCase):
    def setUp(self) -> None:
        for path in self.originals.iterdir():
            path.unlink()

    def names(self) -> list[list[str]]:
        """The files of each photo."""
        photos = Photo.objects.order_by("name")
        return [sorted(File.objects.filter(photo=photo).values_list("name", flat=True)) for photo in photos]

    def burst(self) -> None:
        for number in (1, 2, 3):
            write_with_id(self.originals / f"b{number}.jpg", UUID, seed=number, **NOON)

    def test_one_unique_id_makes_one_photo(self) -> None:
        self.burst()
        result = run_index()
        self.assertEqual((self.names(), result.photos, result.added), ([["b1.jpg", "b2.jpg", "b3.jpg"]], 1, 3))
        self.assertEqual(Photo.objects.get().stack, Stack.STACKED)
        self.assertEqual(
            DayCount.objects.get(day="2022-05-06").photos + DayCount.objects.get(day="2022-05-06").review, 1
        )

    def test_an_id_that_is_none_stacks_nothing(self) -> None:
        for number, unique_id in enumerate(("0" * 8 + "-0000-0000-0000-" + "0" * 12,) * 2):
            write_with_id(self.originals / f"{number}.jpg", unique_id, seed=number)
        run_index()
        self.assertEqual(len(self.names()), 2)

    def test_one_camera_at_one_place_and_time_makes_one_photo(self) -> None:
        for number, moment in enumerate((NOON, NOON, LATER)):
            self.write(f"{number}.jpg", seed=number, **BERLIN, **CANON, **moment)
        run_index()
        self.assertEqual(self.names(), [["0.jpg", "1.jpg"], ["2.jpg"]])

    def test_without_a_position_time_alone_does_not(self) -> None:
        for number in (1, 2):
            self.write(f"{number}.jpg", seed=number, **CANON, **NOON)
        run_index()
        self.assertEqual(len(self.names()), 2)

    def test_the_rules_can_be_switched_off(self) -> None:
        self.burst()
        options = replace(settings.OPTIONS, stack_uuid=False, stack_meta=False)
        with override_settings(OPTIONS=options):
            run_index()
        self.assertEqual(len(self.names()), 3)

    def test_numbered_copies_are_stacked_when_wanted(self) -> None:
        for name in ("a.jpg", "a (2).jpg", "a copy.jpg"):
            self.write(name, seed=len(name))
        run_index()
        self.assertEqual(len(self.names()), 3)
        edit(self.photo("a (2).jpg"), self.grant_of(self.admin), Edit(title="Mine"))
        with override_settings(OPTIONS=replace(settings.OPTIONS, stack_name=True)):
            run_index(rescan=True)
        self.assertEqual((len(self.names()), Photo.objects.get().title), (1, "Mine"))

    def test_reading_all_again_changes_nothing(self) -> None:
        self.burst()
        for number in (1, 2):
            self.write(f"p{number}.jpg", seed=number + 7, **BERLIN, **CANON, **NOON)
        run_index()
        before = library(), words()
        run_index(rescan=True)
        self.assertEqual((library(), words()), before)

    def test_file_after_file_comes_to_the_same_library_as_all_at_once(self) -> None:
        self.burst()
        run_index()
        at_once = library(), words()
        contents = {path: path.read_bytes() for path in self.originals.iterdir()}
        Photo.objects.all().delete()
        self.setUp()
        for number in (1, 2, 3):
            write_with_id(self.originals / f"b{number}.jpg", UUID, seed=number, **NOON)
            run_index()
        self.assertEqual({path: path.read_bytes() for path in self.originals.iterdir()}, contents)
        self.assertEqual((library(), words()), at_once)

    def test_an_original_that_comes_later_takes_its_edit_in(self) -> None:
        self.write("IMG_E1234.jpg", seed=1)
        run_index()
        uid = Photo.objects.get().uid
        self.write("IMG_1234.jpg", seed=2)
        run_index()
        self.assertEqual((self.names(), Photo.objects.get().uid), ([["IMG_1234.jpg", "IMG_E1234.jpg"]], uid))

    def test_a_file_taken_out_by_hand_stays_out(self) -> None:
        self.write("IMG_1.jpg", seed=1)
        self.write("IMG_1.png", seed=2)
        run_index()
        photo = Photo.objects.get()
        other = File.objects.get(photo=photo, is_primary=False)
        by_hand.unstack(photo, other.uid, self.grant_of(self.admin))
        self.assertEqual(len(self.names()), 2)
        before = library()
        run_index(rescan=True)
        self.assertEqual(library(), before)

    def test_one_taken_out_of_a_burst_stays_out(self) -> None:
        self.burst()
        run_index()
        last = File.objects.get(name="b3.jpg")
        by_hand.unstack(Photo.objects.get(), last.uid, self.grant_of(self.admin))
        run_index(rescan=True)
        self.assertEqual(sorted(self.names()), [["b1.jpg", "b2.jpg"], ["b3.jpg"]])

    def test_a_stack_by_hand_survives_a_rescan(self) -> None:
        self.write("a.jpg", seed=1)
        self.write("z.jpg", seed=2)
        run_index()
        by_hand.stack(list(Photo.objects.values_list("uid", flat=True)), self.grant_of(self.admin))
        before = library(), words()
        run_index(rescan=True)
        self.assertEqual((library(), words()), before)
        self.assertEqual(len(self.names()), 1)
