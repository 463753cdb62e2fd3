"""What a viewer and a guest are offered."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.test_browser.site import PHOTOS
from tests.test_browser.timeline_page import has_photos, link, select


def test_viewer_is_not_offered_to_archive_or_hide(open_as: Callable[..., Page]) -> None:
    page = open_as("bob")
    has_photos(page, PHOTOS)
    select(page, 2)
    bar = page.get_by_role("toolbar", name="Selection")
    expect(bar.get_by_role("button", name="Download")).to_be_visible()
    expect(bar.get_by_role("button", name="Archive")).to_have_count(0)
    expect(bar.get_by_role("button", name="Make private")).to_have_count(0)


def test_viewer_finds_no_way_to_the_work_of_others(open_as: Callable[..., Page]) -> None:
    page = open_as("bob")
    rail = page.get_by_role("navigation", name="Main", exact=True)
    expect(rail.get_by_role("link", name="Favourites")).to_be_visible()
    for name in ("Review", "Archive", "Private", "Index", "Problems"):
        expect(rail.get_by_role("link", name=name)).to_have_count(0)
    expect(page.locator("#review-note")).to_have_count(0)


def test_x_in_the_viewer_archives_nothing_for_a_viewer(open_as: Callable[..., Page]) -> None:
    page = open_as("bob")
    link(page, 2).click()
    page.locator(".pswp--ui-visible").wait_for()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    has_photos(page, PHOTOS)


def test_guest_with_whom_nothing_is_shared_sees_an_empty_page(open_as: Callable[..., Page]) -> None:
    page = open_as("guest")
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    expect(page.get_by_role("link", name="Index a folder")).to_have_count(0)


def test_who_may_not_is_told_in_the_shell(open_as: Callable[..., Page]) -> None:
    page = open_as("bob", "/library/errors", expects=("403",))
    expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="All photos")).to_be_visible()
