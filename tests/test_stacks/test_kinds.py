"""What a photo is by all of its files."""

from datetime import timedelta

from django.test import SimpleTestCase

from library.stacks.kinds import Member, kind_of


def video(seconds: float = 0, name: str = "mov") -> Member:
    return Member("video", name, duration=timedelta(seconds=seconds) if seconds else None)


JPEG, HEIC, RAW = Member("image", "jpg"), Member("image", "heic"), Member("raw", "dng")


class KindTest(SimpleTestCase):
    def kind(self, *members: Member, has_unique_id: bool = False) -> str | None:
        return kind_of(members, has_unique_id=has_unique_id)

    def test_nothing_has_no_kind(self) -> None:
        self.assertIsNone(self.kind())

    def test_the_main_file_says_what_it_is(self) -> None:
        self.assertEqual([self.kind(JPEG), self.kind(RAW, JPEG), self.kind(JPEG, JPEG)], ["image", "raw", "image"])

    def test_apples_picture_with_a_video_is_live_however_long(self) -> None:
        self.assertEqual(self.kind(HEIC, video(60)), "live")

    def test_a_jpeg_with_a_video_is_live_if_that_is_short(self) -> None:
        self.assertEqual((self.kind(video(3.1), JPEG), self.kind(video(8), JPEG)), ("live", "video"))

    def test_one_unique_id_makes_a_pair_of_longer_ones(self) -> None:
        self.assertEqual(self.kind(video(8), JPEG, has_unique_id=True), "live")
        self.assertEqual(self.kind(video(), JPEG, has_unique_id=True), "live")
        self.assertEqual(self.kind(video(60), JPEG, has_unique_id=True), "video")

    def test_a_video_without_a_picture_is_live_up_to_three_seconds(self) -> None:
        self.assertEqual((self.kind(video(3.1)), self.kind(video(3.2)), self.kind(video())), ("live", "video", "video"))

    def test_a_picture_with_a_video_inside_is_live(self) -> None:
        inside = Member("image", "jpg", duration=timedelta(seconds=30), has_video=True)
        self.assertEqual(
            (self.kind(inside), self.kind(inside, JPEG), self.kind(JPEG, inside)), ("live", "live", "live")
        )

    def test_frames_make_an_animation(self) -> None:
        self.assertEqual(self.kind(Member("image", "gif", frames=3)), "animated")
