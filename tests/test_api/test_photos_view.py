"""GET /api/v1/photos/view: what a full-screen viewer needs."""

from datetime import timedelta
from typing import Any

from tests.base import TestCase
from tests.make import make_file, make_photo


class PhotosViewTest(TestCase):
    def get(self, query: str = "") -> list[dict[str, Any]]:
        return self.client_of(self.admin).get(f"/api/v1/photos/view?count=10&{query}").json()

    def test_the_sizes_and_their_addresses(self) -> None:
        photo = make_photo(file={"width": 4000, "height": 3000})
        thumbs = self.get()[0]["Thumbs"]
        token = self.grant_of(self.admin).preview_token
        self.assertEqual(
            thumbs["fit_720"], {"w": 720, "h": 540, "src": f"/api/v1/t/{photo.files.get().hash}/{token}/fit_720"}
        )
        self.assertEqual((thumbs["fit_4096"]["w"], thumbs["fit_4096"]["h"]), (4000, 3000))

    def test_the_download_has_the_accounts_token(self) -> None:
        photo = make_photo()
        token = self.grant_of(self.admin).download_token
        self.assertEqual(self.get()[0]["DownloadUrl"], f"/api/v1/dl/{photo.files.get().hash}?t={token}")

    def test_a_video_is_named_by_what_plays(self) -> None:
        photo = make_photo(type="video", duration=timedelta(seconds=2))
        video = make_file(photo, is_video=True, codec="avc1", mime="video/mp4", type="mp4")
        shown = self.get()[0]
        self.assertEqual((shown["Hash"], shown["Codec"], shown["Mime"]), (video.hash, "avc1", "video/mp4"))
        self.assertEqual((shown["Playable"], shown["Duration"]), (True, 2_000_000_000))

    def test_its_headers_are_those_of_the_search(self) -> None:
        make_photo()
        answer = self.client_of(self.admin).get("/api/v1/photos/view?count=5")
        self.assertEqual((answer["X-Count"], answer["X-Limit"], answer["X-Offset"]), ("1", "5", "0"))
