"""Fixtures of the browser tests: Chromium, a site per test process, a page per account that watches what goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, Playwright, expect, sync_playwright

from tests.test_browser.chromium import CHROMIUM, FLAGS
from tests.test_browser.site import Site, running_site, running_worker
from tests.test_browser.watched import Watched, expect_wrong

DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 30_000
TIMELINE = "/library/browse"

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed."))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="session")
def worker(site: Site) -> Iterator[None]:
    with running_worker(site):
        yield


# The plugin keeps Playwright and its event loop for the whole session, beside which Django refuses to use a database.
# With the scope of this package, tests of other packages run before or after it.


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser_type(playwright: Playwright, browser_name: str) -> BrowserType:
    kind: BrowserType = getattr(playwright, browser_name)
    return kind


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="package")
def browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    launched = browser_type.launch(**browser_type_launch_args)
    yield launched
    launched.close()


@pytest.fixture
def open_as(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_as("bob", "/library/browse")` is a page of that account, None = nobody; the library is as new.

    At the end nothing may have gone wrong, but for messages with parts that the test `expects`. Further keywords are
    those of a browser context: `color_scheme`, `viewport`, `locale`.
    """
    with opening(browser, site) as open_page:
        yield open_page


@contextmanager
def opening(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_as` of a site."""
    site.restore()
    opened: list[Watched] = []

    def open_page(
        name: str | None, path: str = "/library/browse", *, expects: tuple[str, ...] = (), **options: Any
    ) -> Page:
        context = browser.new_context(
            **{"base_url": site.url, "viewport": DESKTOP, "reduced_motion": "reduce", "service_workers": "block"}
            | options
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies(site.cookies[name] if name else [])  # type: ignore[arg-type]
        opened.append(Watched(context, site.url))
        page = context.new_page()
        expect_wrong(page, *expects)
        page.goto(path)
        return page

    yield open_page
    wrong = [text for watched in opened for text in watched.end()]
    for watched in opened:
        watched.context.close()
    assert wrong == []


@pytest.fixture
def page(open_as: Callable[..., Page]) -> Page:
    """The timeline, as the administrator sees it."""
    return open_as("admin")
