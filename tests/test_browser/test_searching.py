"""The search box."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.test_browser.site import PHOTOS
from tests.test_browser.timeline_page import has_photos
from tests.test_browser.watched import expect_wrong

SUMMER = 6


def search(page: Page, text: str) -> None:
    box = page.get_by_role("searchbox", name="Search")
    box.fill(text)
    box.press("Enter")


def test_year_finds_its_photos(page: Page) -> None:
    search(page, "year:2010")
    has_photos(page, SUMMER)


def test_filters_become_chips_that_can_be_removed(page: Page) -> None:
    search(page, "year:2010 canon")
    has_photos(page, SUMMER)
    page.get_by_role("button", name="Remove year:2010").click()
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("canon")
    expect(page.get_by_role("button", name="Remove year:2010")).to_have_count(0)


def test_what_is_not_there_says_so_and_clear_leads_back(page: Page) -> None:
    search(page, "unicorn")
    expect(page.get_by_role("heading", name="Nothing for “unicorn”")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Clear search").click()
    has_photos(page, PHOTOS)


def test_unknown_filter_is_told_with_what_was_meant(page: Page) -> None:
    expect_wrong(page, "400")
    search(page, "contry:de")
    expect(page.get_by_role("heading", name="This search is not understood")).to_be_visible()
    expect(page.locator("[data-reason]:visible")).to_contain_text("country")


def test_words_stay_when_going_to_another_view(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/browse?q=year:2010")
    page.get_by_role("group", name="Show").get_by_role("link", name="Videos").click()
    expect(page.get_by_role("heading", name="Nothing for “year:2010”")).to_be_visible()
