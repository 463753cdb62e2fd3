"""Texts of strangers stay texts: nothing in a file, its name or an account runs in Chromium, or even tries to."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Final
from unittest import SkipTest, TestCase

import pyexiv2
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.base import PASSWORD
from tests.bench.site import environment, manage
from tests.originals import BERLIN, write_picture
from tests.test_browser.chromium import CHROMIUM, FLAGS, sign_in
from tests.test_site.uvicorn_process import uvicorn

RUN: Final = "window.ran=1"
PAYLOADS: Final = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"\"><svg onload='{RUN}'>",
    f"' autofocus onfocus={RUN} x='",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"javascript:{RUN}",
    f"{{{{constructor.constructor('{RUN}')()}}}}${{{RUN}}}",
    f"<a href=javascript:{RUN}>x</a>",
    f"<details open ontoggle={RUN}>",
    f"<math><mtext></table></math><img src=x onerror={RUN}>",
    f"<style>@import 'x'</style><video><source onerror={RUN}></video>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"</template></textarea></option></select><script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"<base href=//evil.example/><script src=x></script>{RUN}",
    f"<form action=//evil.example><button id=search>{RUN}</button></form>",
    f"\u2028<script>{RUN}</script>\u202e",
)
# What runs or tries to: a policy that stops a script says that markup of a stranger had come as far as that.
WATCH: Final = """
window.stopped = [];
document.addEventListener('securitypolicyviolation', (event) => window.stopped.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
FILL: Final = f"""
from albums.models import Album
from library.models import Camera, Label, Photo
from sharing.accounts import account_of
from django.contrib.auth.models import User
payloads = {PAYLOADS!r}
Photo.objects.filter(quality__gte=0).update(quality=4)
for photo, payload in zip(Photo.objects.filter(title='').order_by('pk'), payloads):
    photo.title, photo.caption = payload[:200], payload * 3
    photo.save()
for number, payload in enumerate(payloads):
    Label.objects.create(slug=f'l{{number}}', custom_slug=f'l{{number}}', name=payload[:100])
    Album.objects.create(title=payload[:100], slug=f'a{{number}}', type='album')
account = account_of(User.objects.get(username='admin'))
account.display_name = payloads[0] + payloads[3]
account.save()
account.user.first_name = payloads[1][:150]
account.user.save()
from library.counts import recount_all_days, recount_photos
recount_all_days(); recount_photos()
"""


def write_originals(folder: Path) -> None:
    for number, payload in enumerate(PAYLOADS):
        name = payload.replace("/", "∕").replace("\\", "")[:120]
        path = write_picture(folder / f"f{name}" / f"{number}{name}.jpg", seed=number, **BERLIN, **_exif(payload))
        if number % 2:
            continue
        with pyexiv2.Image(str(path)) as file:
            file.modify_xmp({"Xmp.dc.title": payload, "Xmp.dc.description": payload, "Xmp.dc.subject": [payload]})
            file.modify_iptc({"Iptc.Application2.City": payload[:32], "Iptc.Application2.Credit": payload[:32]})
    for number, payload in enumerate(PAYLOADS[:8]):
        (folder / f"broken {number} {payload.replace('/', '∕')}.jpg").write_bytes(b"no picture")
    page = f"<!doctype html><script>{RUN}</script>".encode()
    (folder / "page.jpg").write_bytes(page)
    (folder / "picture.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><script>window.ran=1</script></svg>')
    (folder / "0.xmp").write_bytes(page)


def _exif(payload: str) -> dict[str, str]:
    keys = ("Image.Make", "Image.Model", "Image.Artist", "Image.Copyright", "Image.Software", "Photo.LensModel")
    plain = payload.encode("ascii", "ignore").decode()
    return {f"Exif.{key}": plain for key in keys} | {"Exif.Photo.DateTimeOriginal": "2011:05:17 10:00:00"}


@pytest.mark.browser
class ScriptTest(TestCase):
    url: ClassVar[str]
    cookies: ClassVar[list[dict[str, Any]]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        if not CHROMIUM:
            raise SkipTest("Chromium is not installed.")
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        write_originals(folder / "originals")
        options = {"PHOTOPRISM_ADMIN_PASSWORD": PASSWORD, "PHOTOPRISM_WORKERS": "1"}
        for command in (("prepare",), ("index",), ("shell", "--no-imports", "--command", FILL)):
            manage(folder, *command, **options)
        server = cls.enterClassContext(uvicorn("photoprism_site.asgi:application", environment(folder, **options)))
        cls.url = f"http://127.0.0.1:{server.port}"
        cls.cookies = sign_in(cls.url, "admin", PASSWORD)

    @contextmanager
    def page(self) -> Iterator[Page]:
        """A page that must neither run nor try to run anything by the end of the block."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = browser.new_context(base_url=self.url, reduced_motion="reduce")
            context.add_cookies(self.cookies)  # type: ignore[arg-type]
            context.add_init_script(WATCH)
            page = context.new_page()
            dialogs: list[str] = []
            page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
            yield page
            self.assertEqual(dialogs, [])
            browser.close()

    def assert_calm(self, page: Page) -> None:
        self.assertIsNone(page.evaluate("window.ran ?? null"), page.url)
        # Django's admin has styles of its own that the policy stops; a stranger's would be scripts, frames and images.
        stopped = [line for line in page.evaluate("window.stopped") if not line.startswith("style-src")]
        self.assertEqual(stopped, [], page.url)

    def photos(self, page: Page) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = page.evaluate("async () => (await fetch('/api/v1/photos?count=100')).json()")
        return found

    def test_what_tries_to_run_is_noticed(self) -> None:
        with self.page() as page:
            page.goto("/library/settings")
            page.evaluate("document.body.innerHTML = '<img src=x onerror=window.ran=1>'")
            page.wait_for_function("() => window.stopped.length")
            with self.assertRaises(AssertionError):
                self.assert_calm(page)

    def test_pages_of_the_site(self) -> None:
        with self.page() as page:
            for path in ("/library/browse", "/library/errors", "/library/index", "/library/settings"):
                page.goto(path, wait_until="networkidle")
                self.assert_calm(page)
            for photo in self.photos(page):
                page.goto(f"/library/photo/{photo['UID']}", wait_until="load")
                self.assertIn("ran=1", page.locator("main").inner_text())
                self.assert_calm(page)
            for payload in PAYLOADS:
                page.goto(f"/library/browse?{_query(payload)}", wait_until="load")
                page.goto(f"/library/errors?{_query(payload, 's')}", wait_until="load")
                self.assert_calm(page)

    def test_the_viewer_and_its_facts(self) -> None:
        with self.page() as page:
            page.goto("/library/browse", wait_until="networkidle")
            count = len(self.photos(page))
            self.assertGreaterEqual(count, len(PAYLOADS) - 2)
            page.locator("#timeline a").first.click()
            page.locator(".pswp--ui-visible").wait_for()
            page.keyboard.press("i")
            info, shown = page.get_by_role("complementary", name="Info"), set()
            info.wait_for()
            for _ in range(count):
                page.wait_for_timeout(150)
                shown.add(info.inner_text())
                self.assert_calm(page)
                page.keyboard.press("ArrowRight")
            self.assertGreater(sum("ran=1" in text for text in shown), len(PAYLOADS) // 2)

    def test_the_administration(self) -> None:
        with self.page() as page:
            for path in (
                "",
                "library/photo/",
                "library/photo/1/change/",
                "library/file/",
                "library/errorlog/",
                "library/label/",
                "library/camera/",
                "library/folder/",
                "library/keyword/",
                "albums/album/",
                "auth/user/",
                "auth/user/1/change/",
                "sharing/failedlogin/",
            ):
                page.goto(f"/admin/{path}", wait_until="load")
                self.assert_calm(page)

    def test_a_strangers_file_is_no_page_of_this_site(self) -> None:
        with self.page() as page:
            page.goto("/library/settings")
            config = json.loads(page.locator("#page-config").text_content() or "")
            hashes = [file["Hash"] for photo in self.photos(page) for file in photo["Files"]]
            self.assertGreater(len(hashes), len(PAYLOADS) - 3)
            for file_hash in hashes:
                answer = page.request.get(f"/api/v1/dl/{file_hash}?t={config['downloadToken']}")
                headers = answer.headers
                self.assertEqual(answer.status, 200)
                self.assertTrue(headers["content-disposition"].startswith("attachment"), headers)
                self.assertEqual(headers["x-content-type-options"], "nosniff")
                self.assertIn("sandbox", headers["content-security-policy"])
                self.assertNotIn(headers["content-type"].partition(";")[0], ("text/html", "application/xhtml+xml"))


def _query(text: str, name: str = "q") -> str:
    from urllib.parse import urlencode

    return urlencode({name: text})
