"""The settings page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.base import PASSWORD
from tests.test_browser.site import Site
from tests.test_browser.test_signing_in import fill_in
from tests.test_browser.timeline_page import link
from tests.test_browser.watched import expect_wrong

NEW_PASSWORD = "another-long-passphrase"


def test_theme_shows_at_once_and_stays_on_this_device(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/settings", color_scheme="light")
    page.get_by_role("radio", name="Dark").check(force=True)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/library/browse")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_saved_theme_comes_along_to_another_device(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/settings", color_scheme="light")
    page.get_by_role("radio", name="Dark").check(force=True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(open_as("admin").locator("html")).to_have_attribute("data-theme", "dark")


def test_key_switches_the_theme(page: Page) -> None:
    link(page, 1).wait_for()
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_language_writes_dates_its_own_way(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/settings")
    page.get_by_label("Language").select_option("de")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    page.goto("/library/browse")
    expect(page.get_by_role("heading", name="Mai 2011")).to_be_visible()


def test_changed_password_is_the_one_that_counts(open_as: Callable[..., Page], site: Site) -> None:
    page = open_as("admin", "/library/settings")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New password again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("status").filter(has_text="changed")).to_be_visible()
    other = open_as(None)
    fill_in(other, NEW_PASSWORD)
    expect(link(other, 1)).to_be_visible()


def test_wrong_current_password_is_told_beside_its_field(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/settings")
    expect_wrong(page, "422")
    page.get_by_label("Current password").fill("wrong")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New password again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.locator(".field").filter(has_text="Current password").locator(".error")).to_be_visible()


def test_a_home_is_hidden_by_the_place_of_a_photo_and_shown_again(open_as: Callable[..., Page]) -> None:
    page = open_as("alice", "/library/settings")
    page.get_by_role("button", name="Add a home").click()
    page.locator(".home-strip button").first.click()
    page.get_by_role("button", name="Hide this place").click()
    expect(page.locator("#homes")).to_contain_text("Berlin")
    page.get_by_role("button", name="Show Home again").click()
    expect(page.locator("#homes")).to_be_hidden()
