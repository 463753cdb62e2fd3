"""The page that describes the API: it asks nothing of anybody else, and its requests work."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

# Where many tests run at once, the page's program takes its time for some eighty methods.
DRAWN_MS = 60_000


def docs(open_as: Callable[..., Page], name: str) -> Page:
    page = open_as(name, "/api/v1/docs")
    page.locator(".opblock").first.wait_for(timeout=DRAWN_MS)
    return page


def opened(page: Page, name: str) -> Locator:
    """The box of one method; of a hundred methods only those in view are drawn, so the others are filtered out."""
    page.locator(".operation-filter-input").fill(name.partition("-")[0])
    box = page.locator(f"#operations-{name}")
    box.locator(".opblock-summary-control").click()
    return box


def operation(page: Page, name: str) -> Locator:
    """The same with its form ready."""
    box = opened(page, name)
    box.get_by_role("button", name="Try it out").click()
    return box


def answer(box: Locator) -> Locator:
    box.get_by_role("button", name="Execute").click()
    return box.locator(".live-responses-table .response-col_status").nth(1)


def test_a_search_can_be_tried(open_as: Callable[..., Page]) -> None:
    box = operation(docs(open_as, "bob"), "photos-get_photos")
    box.locator("tr[data-param-name=count] input").fill("2")
    expect(answer(box)).to_contain_text("200")
    expect(box.locator(".live-responses-table")).to_contain_text("x-count: 2")


def test_a_change_can_be_tried(open_as: Callable[..., Page]) -> None:
    page = docs(open_as, "admin")
    uid = page.evaluate("async () => (await (await fetch('/api/v1/photos?count=1')).json())[0].UID")
    box = operation(page, "photos-post_photos_uid_like")
    box.locator("tr[data-param-name=uid] input").fill(uid)
    expect(answer(box)).to_contain_text("200")
    expect(box.locator(".live-responses-table")).to_contain_text('"Favorite": true')


def test_who_may_is_told(open_as: Callable[..., Page]) -> None:
    page = docs(open_as, "bob")
    expect(opened(page, "labels-get_labels")).to_contain_text("For who may list labels")
