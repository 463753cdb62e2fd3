"""GET /api/v1/t/:hash/:token/:size."""

from dataclasses import replace
from pathlib import Path

import pyvips
from django.conf import settings
from django.test import override_settings

from library.api.media import FOR_A_MONTH, darkroom
from library.media.sizes import SIZES
from library.media.thumbs import clear_name
from library.models import File
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original, put_thumb

NO_EXTRAS = replace(settings.OPTIONS, thumb_uncached=False)


class ThumbTest(MediaTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_original(jpeg())
        self.hash = file_of(self.photo).hash

    def address(self, size: str = "tile_500", *, name: str = "", of: str = "admin") -> str:
        return f"/api/v1/t/{name or self.hash}/{self.preview[of]}/{size}"

    def test_a_cached_thumb_may_be_kept_for_a_month(self) -> None:
        thumb = put_thumb(self.hash, "tile_500")
        response, content = self.read(self.address())
        self.assertEqual(content, thumb)
        self.assertEqual(response["Cache-Control"], FOR_A_MONTH)
        self.assertEqual(response["Content-Type"], "image/jpeg")
        self.assertEqual(response["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", response["Content-Security-Policy"])

    def test_a_transparent_picture_shows_what_is_behind_it(self) -> None:
        File.objects.filter(hash=self.hash).update(type="png")
        put_thumb(self.hash, "tile_500")
        clear = settings.CACHE_PATH / "thumbnails" / clear_name(self.hash, SIZES["tile_500"])
        clear.write_bytes(b"webp")
        response, content = self.read(self.address() + "?download=1")
        self.assertEqual((content, response["Content-Type"]), (b"webp", "image/webp"))
        self.assertIn("_tile_500.webp", response["Content-Disposition"])

    def test_no_cookie_is_set_so_that_caches_keep_it(self) -> None:
        put_thumb(self.hash, "tile_500")
        response, _ = self.read(self.address())
        self.assertFalse(response.cookies)
        self.assertNotIn("Cookie", response.get("Vary", ""))

    def test_a_browser_that_has_it_gets_no_bytes(self) -> None:
        put_thumb(self.hash, "tile_500")
        first, _ = self.read(self.address())
        again, content = self.read(self.address(), if_none_match=first["ETag"])
        self.assertEqual((again.status_code, content), (304, b""))

    def test_a_slash_at_the_end_does_not_matter(self) -> None:
        thumb = put_thumb(self.hash, "tile_500")
        _, content = self.read(self.address("tile_500/"))
        self.assertEqual(content, thumb)

    def test_download_names_the_file(self) -> None:
        put_thumb(self.hash, "tile_500")
        response, _ = self.read(self.address() + "?download=1")
        stem = Path(file_of(self.photo).name).stem
        self.assertEqual(response["Content-Disposition"], f'attachment; filename="{stem}_tile_500.jpg"')

    def test_a_wrong_token_gets_a_drawing_and_403(self) -> None:
        put_thumb(self.hash, "tile_500")
        response, content = self.read(f"/api/v1/t/{self.hash}/wrong/tile_500")
        self.assertEqual((response.status_code, response["Content-Type"]), (403, "image/svg+xml"))
        self.assertTrue(content.startswith(b"<svg"))

    def test_an_unknown_hash_gets_a_drawing_that_is_not_kept(self) -> None:
        response, _ = self.read(self.address(name="0" * 40))
        self.assertEqual((response.status_code, response["Content-Type"]), (200, "image/svg+xml"))
        self.assertEqual(response["Cache-Control"], "no-store")

    def test_an_unknown_size_is_refused(self) -> None:
        response, _ = self.read(self.address("tile_501"))
        self.assertEqual(response.status_code, 400)

    def test_who_may_not_see_the_photo_gets_what_a_missing_one_gets(self) -> None:
        put_thumb(self.hash, "tile_500")
        hidden, content = self.read(self.address(of="guest"))
        _, missing = self.read(self.address(name="0" * 40))
        self.assertEqual((hidden.status_code, content), (200, missing))

    def test_a_viewer_sees_it(self) -> None:
        thumb = put_thumb(self.hash, "tile_500")
        _, content = self.read(self.address(of="bob"))
        self.assertEqual(content, thumb)

    def test_a_small_picture_answers_the_large_sizes_too(self) -> None:
        thumb = put_thumb(self.hash, "fit_720")
        response, content = self.read(self.address("fit_4096"))
        self.assertEqual((content, response["Cache-Control"]), (thumb, FOR_A_MONTH))

    def test_looking_up_a_thumb_takes_two_queries(self) -> None:
        put_thumb(self.hash, "tile_500")
        with self.assertNumQueries(2):
            self.read(self.address())


class OnDemandTest(MediaTestCase):
    """What is not in the cache is rendered by a child process."""

    @classmethod
    def tearDownClass(cls) -> None:
        darkroom.close()
        super().tearDownClass()

    def address(self, file_hash: str, size: str) -> str:
        return f"/api/v1/t/{file_hash}/{self.preview['admin']}/{size}"

    def make(self, width: int, height: int) -> str:
        return file_of(make_original(jpeg(width, height), file={"width": width, "height": height})).hash

    def test_a_missing_thumb_is_rendered(self) -> None:
        file_hash = self.make(900, 600)
        response, content = self.read(self.address(file_hash, "fit_720"))
        image = pyvips.Image.new_from_buffer(content, "")
        self.assertEqual((image.width, image.height, response["Cache-Control"]), (720, 480, FOR_A_MONTH))

    @override_settings(OPTIONS=NO_EXTRAS)
    def test_a_size_that_is_not_made_on_demand_is_answered_by_the_next(self) -> None:
        file_hash = self.make(3000, 2000)
        thumb = put_thumb(file_hash, "fit_1920")
        _, content = self.read(self.address(file_hash, "fit_2560"))
        self.assertEqual(content, thumb)

    def test_a_file_that_cannot_be_decoded_is_answered_by_what_is_there(self) -> None:
        photo = make_original(b"not a picture", file={"width": 3000, "height": 2000})
        file_hash = file_of(photo).hash
        thumb = put_thumb(file_hash, "fit_720")
        with self.assertLogs("library.media.ondemand", "WARNING"):
            response, content = self.read(self.address(file_hash, "fit_2560"))
        self.assertEqual((content, response["Cache-Control"]), (thumb, "private, no-cache"))
        with self.assertNoLogs("library.media.ondemand", "WARNING"):
            self.read(self.address(file_hash, "fit_2560"))

    def test_a_face_is_cut_out_of_a_thumb(self) -> None:
        file_hash = self.make(900, 600)
        put_thumb(file_hash, "fit_720", jpeg(720, 480))
        _, content = self.read(self.address(f"{file_hash}-1001000c8064", "tile_100"))
        image = pyvips.Image.new_from_buffer(content, "")
        self.assertEqual((image.width, image.height), (48, 48))

    def test_a_size_of_crops_alone_is_none_of_whole_pictures(self) -> None:
        response, _ = self.read(self.address(self.make(900, 600), "tile_320"))
        self.assertEqual(response.status_code, 400)
