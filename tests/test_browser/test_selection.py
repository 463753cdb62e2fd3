"""Selecting photos, and what the selection bar does with them."""

import zipfile
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.test_browser.site import PHOTOS, Site
from tests.test_browser.timeline_page import act, cell, has_photos, heart, is_selected, link, select
from tests.test_browser.watched import expect_wrong


def test_click_on_the_corner_selects_and_then_every_click_does(page: Page) -> None:
    select(page, 2)
    link(page, 4).click()
    is_selected(page, 2, 4)
    expect(page.get_by_text("2 selected")).to_be_visible()
    link(page, 4).click()
    is_selected(page, 2)


def test_click_with_shift_selects_all_between(page: Page) -> None:
    select(page, 2)
    link(page, 5).click(modifiers=["Shift"])
    is_selected(page, 2, 3, 4, 5)


def test_control_a_selects_a_month_and_then_everything(page: Page) -> None:
    link(page, 2).focus()
    page.keyboard.press("Control+a")
    expect(page.get_by_text("13 selected")).to_be_visible()
    page.keyboard.press("Control+a")
    expect(page.get_by_text(f"{PHOTOS} selected")).to_be_visible()


def test_whole_day_is_selected_by_its_heading(page: Page) -> None:
    page.get_by_role("button", name="Select all of Tuesday 17").click()
    expect(page.get_by_text("13 selected")).to_be_visible()


def test_finger_that_stays_on_a_photo_selects_it(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    link(page, 2).dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    is_selected(page, 2)


def test_selection_becomes_favourite(page: Page) -> None:
    select(page, 2, 3)
    act(page, "Favourite")
    expect(page.get_by_text("2 photos added to favourites")).to_be_visible()
    page.goto("/library/favorites")
    has_photos(page, 2)
    expect(heart(page, 1)).to_have_attribute("aria-pressed", "true")


def test_undo_leaves_what_was_a_favourite_before(page: Page) -> None:
    select(page, 2)
    act(page, "Favourite")
    expect(page.get_by_text("1 photo added to favourites")).to_be_visible()
    page.reload()
    select(page, 2, 3)
    act(page, "Favourite")
    page.get_by_role("button", name="Undo").click()
    expect(heart(page, 3)).to_have_attribute("aria-pressed", "false")
    expect(heart(page, 2)).to_have_attribute("aria-pressed", "true")


def test_selection_is_archived_and_comes_back(page: Page) -> None:
    select(page, 2, 3)
    with page.expect_response("**/batch/photos/archive"):
        act(page, "Archive")
    has_photos(page, PHOTOS - 2)
    page.goto("/library/archive")
    has_photos(page, 2)
    select(page, 1, 2)
    act(page, "Restore")
    expect(page.get_by_text("The archive is empty")).to_be_visible()


def test_undo_brings_the_selection_back(page: Page) -> None:
    select(page, 2, 3, 4)
    act(page, "Archive")
    has_photos(page, PHOTOS - 3)
    with page.expect_response("**/batch/photos/restore"):
        page.get_by_role("button", name="Undo").click()
    has_photos(page, PHOTOS)


def test_private_photos_are_shown_only_there(page: Page) -> None:
    select(page, 2)
    with page.expect_response("**/batch/photos/private"):
        act(page, "Make private")
    has_photos(page, PHOTOS - 1)
    page.goto("/library/private")
    has_photos(page, 1)


def test_reviewed_photo_is_approved(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/review")
    select(page, 1)
    with page.expect_response("**/batch/photos/approve"):
        act(page, "Approve")
    page.goto("/library/browse")
    has_photos(page, PHOTOS + 1)


def test_selection_is_downloaded_as_a_zip_of_the_originals(page: Page, site: Site) -> None:
    select(page, 2, 3)
    with page.expect_download() as download:
        act(page, "Download")
    with zipfile.ZipFile(download.value.path()) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    originals = {name: (site.originals / "berlin" / name).read_bytes() for name in ("large.jpg", "IMG_11.jpg")}
    assert content == originals


def test_change_that_the_server_refuses_is_taken_back(page: Page) -> None:
    page.context.route("**/batch/photos/archive", lambda route: route.fulfill(status=500))
    expect_wrong(page, "500")
    select(page, 2)
    act(page, "Archive")
    expect(page.get_by_text("The server failed to answer (500)")).to_be_visible()
    has_photos(page, PHOTOS)


def test_change_elsewhere_shows_here(page: Page, open_as: Callable[..., Page]) -> None:
    has_photos(page, PHOTOS)
    other = page.context.new_page()
    other.goto("/library/browse")
    select(other, 2)
    act(other, "Archive")
    expect(cell(page, 2)).to_have_attribute("aria-setsize", str(PHOTOS - 1))
