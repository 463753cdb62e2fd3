"""The viewer over the timeline."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.test_browser.site import PHOTOS, Site
from tests.test_browser.timeline_page import cell, has_photos, heart, link

LARGE = 2  # the place of the photo that is larger than the screen
MOVING = 1


@pytest.fixture
def viewer(page: Page) -> Page:
    """Opened at the large photo, ready for keys."""
    link(page, LARGE).click()
    page.locator(".pswp--ui-visible").wait_for()
    return page


def is_open_at(page: Page, place: int) -> None:
    uid = (link(page, place).get_attribute("href") or "").rsplit("/", 1)[-1]
    expect(page).to_have_url(re.compile(f"#{uid}$"))


def picture(page: Page) -> Locator:
    """What is on screen, once the stand-in has gone."""
    return page.locator(".pswp__item[aria-hidden=false] img.pswp__img:not(.pswp__img--placeholder)")


def test_arrows_go_through_the_photos(viewer: Page) -> None:
    is_open_at(viewer, LARGE)
    viewer.keyboard.press("ArrowRight")
    is_open_at(viewer, LARGE + 1)
    viewer.keyboard.press("ArrowLeft")
    viewer.keyboard.press("ArrowLeft")
    is_open_at(viewer, LARGE - 1)


def test_escape_closes_and_the_photo_has_the_focus(viewer: Page) -> None:
    viewer.keyboard.press("ArrowRight")
    viewer.keyboard.press("Escape")
    expect(viewer.locator(".pswp")).to_have_count(0)
    expect(link(viewer, LARGE + 1)).to_be_focused()
    expect(viewer).to_have_url(re.compile("/library/browse$"))


def test_back_closes_the_viewer_and_not_the_page(viewer: Page) -> None:
    viewer.keyboard.press("ArrowRight")
    viewer.go_back()
    expect(viewer.locator(".pswp")).to_have_count(0)
    expect(viewer).to_have_url(re.compile("/library/browse$"))


def test_address_of_an_open_photo_opens_it(viewer: Page, open_as: Callable[..., Page]) -> None:
    is_open_at(viewer, LARGE)
    other = open_as("bob", viewer.url)
    expect(other.get_by_role("dialog", name="Viewer")).to_be_visible()
    is_open_at(other, LARGE)


def test_info_tells_date_place_camera_and_file(viewer: Page) -> None:
    viewer.keyboard.press("i")
    info = viewer.get_by_role("complementary", name="Info")
    for told in ("May 17, 2011", "11:00", "Berlin", "Canon EOS 6D", "1/250", "large.jpg", "2400 × 1600"):
        expect(info).to_contain_text(told)


def test_zoom_loads_a_larger_picture(viewer: Page) -> None:
    expect(picture(viewer)).to_have_attribute("src", re.compile("fit_1280$"))
    with viewer.expect_response(re.compile("fit_(1920|2560|4096)$")):
        viewer.keyboard.press("z")
    expect(picture(viewer)).to_have_attribute("src", re.compile("fit_(1920|2560|4096)$"))


def test_favourite_stays_after_a_reload(viewer: Page) -> None:
    with viewer.expect_response("**/like"):
        viewer.keyboard.press("l")
    viewer.keyboard.press("Escape")
    expect(heart(viewer, LARGE)).to_have_attribute("aria-pressed", "true")
    viewer.reload()
    expect(heart(viewer, LARGE)).to_have_attribute("aria-pressed", "true")


def test_archived_photo_goes_and_undo_brings_it_back(viewer: Page) -> None:
    viewer.keyboard.press("x")
    expect(viewer.get_by_text("1 photo archived")).to_be_visible()
    expect(cell(viewer, LARGE)).to_have_attribute("aria-setsize", str(PHOTOS - 1))
    with viewer.expect_response("**/batch/photos/restore"):
        viewer.get_by_role("button", name="Undo").click()
    expect(cell(viewer, LARGE)).to_have_attribute("aria-setsize", str(PHOTOS))
    viewer.goto("/library/browse")
    has_photos(viewer, PHOTOS)


def test_download_is_the_original(viewer: Page, site: Site) -> None:
    with viewer.expect_download() as download:
        viewer.keyboard.press("d")
    assert download.value.suggested_filename == "large.jpg"
    assert download.value.path().read_bytes() == (site.originals / "berlin/large.jpg").read_bytes()


def test_animated_picture_moves(page: Page) -> None:
    expect(cell(page, MOVING)).to_contain_text("GIF")
    with page.expect_response("**/api/v1/dl/**") as original:
        link(page, MOVING).click()
    assert original.value.headers["content-type"] == "image/gif"
    expect(picture(page)).to_have_attribute("src", re.compile("/api/v1/dl/"))


def test_filmstrip_has_the_open_photo_in_its_middle_and_leads_to_others(viewer: Page) -> None:
    strip = viewer.get_by_role("navigation", name="Photos around this one")
    current = strip.locator("[aria-current]")
    expect(strip.locator("a")).to_have_count(LARGE + 12)
    whole, here = strip.bounding_box(), current.bounding_box()
    assert whole and here
    assert abs((whole["x"] + whole["width"] / 2) - (here["x"] + here["width"] / 2)) < 4
    current.locator("+ a").click()
    is_open_at(viewer, LARGE + 1)


def test_slideshow_starts_and_stops_with_space(viewer: Page) -> None:
    viewer.keyboard.press(" ")
    expect(viewer.get_by_role("button", name="Slideshow")).to_have_attribute("aria-pressed", "true")
    viewer.keyboard.press(" ")
    expect(viewer.get_by_role("button", name="Slideshow")).to_have_attribute("aria-pressed", "false")
