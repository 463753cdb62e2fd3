"""The problems page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_broken_file_is_listed_with_its_reason(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/errors")
    row = page.get_by_role("listitem").filter(has_text="berlin/broken.jpg")
    expect(row).to_contain_text("JPEG")


def test_kinds_of_problems_can_be_told_apart(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/errors")
    kinds = page.get_by_role("navigation", name="Kind of problem")
    expect(kinds.get_by_role("link", name="All")).to_have_text("All2")
    kinds.get_by_role("link", name="Skipped").click()
    expect(page.locator(".group li")).to_have_count(1)
    expect(page.locator(".group li")).to_contain_text("berlin/notes.txt")
    kinds.get_by_role("link", name="Warnings").click()
    expect(page.get_by_role("heading", name="No warnings")).to_be_visible()


def test_skipped_files_are_no_problems_in_the_rail(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/errors")
    expect(page.get_by_role("navigation", name="Main", exact=True).locator("[data-count=errors]")).to_have_text("1")


def test_problems_are_searched_by_name(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/errors")
    page.get_by_role("searchbox", name="File name or reason").fill("notes")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".group li")).to_have_count(1)
