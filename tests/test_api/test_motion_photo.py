"""The video of a Live Photo by the hash of its picture: inside of it by ranges, or beside it."""

from django.http.response import HttpResponseBase

from library.models import File
from sharing.accounts import account_of
from tests.live_pictures import write_live_pair, write_micro_video
from tests.originals import OriginalsTestCase, run_index


class MotionPhotoTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        write_micro_video(cls.originals / "a.jpg", seed=1)
        write_live_pair(cls.originals / "b.jpg", cls.originals / "b.mov", seed=2)
        run_index()

    def get(self, name: str, **headers: str) -> HttpResponseBase:
        file = File.objects.get(name=name)
        token = account_of(self.alice).preview_token
        return self.client.get(f"/api/v1/videos/{file.hash}/{token}/mp4", headers=headers)

    def content(self, answer: HttpResponseBase) -> bytes:
        return answer.getvalue()  # type: ignore[attr-defined,no-any-return]

    def inside(self) -> bytes:
        file = File.objects.get(name="a.jpg")
        return (self.originals / "a.jpg").read_bytes()[file.video_offset :][: file.video_length]

    def test_the_video_inside_is_sent_as_a_file_of_its_own(self) -> None:
        answer = self.get("a.jpg")
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "video/mp4"))
        self.assertEqual(self.content(answer), self.inside())

    def test_ranges_count_from_its_begin(self) -> None:
        video = self.inside()
        answer = self.get("a.jpg", Range="bytes=4-7")
        self.assertEqual((answer.status_code, self.content(answer)), (206, b"ftyp"))
        self.assertEqual(answer["Content-Range"], f"bytes 4-7/{len(video)}")

    def test_its_end_is_the_end(self) -> None:
        video = self.inside()
        self.assertEqual(self.content(self.get("a.jpg", Range="bytes=-9")), video[-9:])
        self.assertEqual(self.get("a.jpg", Range=f"bytes={len(video)}-").status_code, 416)

    def test_picture_and_video_are_different_to_a_cache(self) -> None:
        file = File.objects.get(name="a.jpg")
        token = account_of(self.alice).download_token
        original = self.client.get(f"/api/v1/dl/{file.hash}?t={token}")
        self.assertNotEqual(original["ETag"], self.get("a.jpg")["ETag"])

    def test_the_picture_of_a_pair_answers_with_the_video_beside_it(self) -> None:
        self.assertEqual(self.content(self.get("b.jpg")), (self.originals / "b.mov").read_bytes())
