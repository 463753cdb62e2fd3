"""Live Photos, animations and stacks: what moves, in the grid, in search results and in the viewer; and Undo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pillow_jxl  # noqa: F401 - teaches Pillow to write JPEG XL
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.live_pictures import write_live_pair, write_micro_video, write_with_id
from tests.originals import BERLIN
from tests.test_browser.conftest import opening
from tests.test_browser.site import CAMERA, Site, photo_of_berlin, running_site, running_worker
from tests.test_browser.timeline_page import act, cell, has_photos, link, select
from tests.test_media.videos import make_video

UUID = "2fd4e1c6-7a2d-48ff-8a1a-0f2b5d1c9e01"
# The places of the photos on the timeline, newest first.
BURST, PAIR, HEVC, MOTION = 1, 2, 3, 4
TOTAL = 4


def write_originals(folder: Path) -> None:
    for number in (1, 2, 3):
        exif = {**CAMERA, **BERLIN, "Exif.Photo.DateTimeOriginal": f"2011:05:17 15:00:0{number}"}
        write_with_id(folder / f"burst{number}.jpg", UUID, seed=number, **exif)
    write_live_pair(folder / "2011-05-17 14-00-00.jpg", folder / "2011-05-17 14-00-00.mov", seed=5)
    photo_of_berlin(folder / "hevc.jpg", seed=6, time="13:00:00")
    make_video(folder / "hevc.mov", codec="hevc", sound="aac")
    write_micro_video(folder / "2011-05-17 12-00-00.jpg", seed=7)


@pytest.fixture(scope="module")
def moving_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("moving"), write=write_originals) as site, running_worker(site):
        yield site


@pytest.fixture
def open_moving(browser: Browser, moving_site: Site) -> Iterator[Callable[..., Page]]:
    with opening(browser, moving_site) as open_page:
        yield open_page


@pytest.fixture
def moving(open_moving: Callable[..., Page]) -> Page:
    """The timeline of the library in which things move."""
    return open_moving("admin")


def motion(page: Page) -> Locator:
    """The video that is laid over a picture, once it moves."""
    return page.locator("video.motion.seen")


def stays(page: Page) -> None:
    expect(page.locator("video.motion")).to_have_count(0)


def test_what_moves_moves_under_the_mouse_and_nothing_else(moving: Page) -> None:
    has_photos(moving, TOTAL)
    for place in (PAIR, MOTION):
        link(moving, place).hover()
        expect(motion(moving)).to_have_count(1)
        moving.mouse.move(2, 2)
        stays(moving)
    link(moving, BURST).hover()
    moving.wait_for_function("() => !document.querySelector('.motion')")


def test_what_has_to_be_converted_moves_as_soon_as_it_is(moving: Page) -> None:
    link(moving, HEVC).hover()
    expect(motion(moving)).to_have_count(1)
    moving.mouse.move(2, 2)
    stays(moving)
    asked: list[str] = []
    moving.on("request", lambda request: asked.append(request.url))
    link(moving, HEVC).hover()
    expect(motion(moving)).to_have_count(1)
    assert not [url for url in asked if url.endswith("/status")]


def test_it_moves_in_search_results(open_moving: Callable[..., Page]) -> None:
    page = open_moving("bob", "/library/browse?q=type:live")
    has_photos(page, TOTAL - 1)
    link(page, 1).hover()
    expect(motion(page)).to_have_count(1)


def test_finger_that_stays_watches_and_selects_nothing(open_moving: Callable[..., Page]) -> None:
    page = open_moving("admin", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    box = link(page, PAIR).bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    expect(motion(page)).to_have_count(1)
    page.wait_for_function("() => document.querySelector('.motion').currentTime > 1")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    stays(page)
    expect(page.locator(".pick[aria-pressed=true]")).to_have_count(0)


def test_viewer_moves_it_once_at_rest_and_with_sound_on_demand(moving: Page) -> None:
    link(moving, HEVC).click()
    moving.locator(".pswp--ui-visible").wait_for()
    moving.mouse.move(640, 380)
    moving.mouse.move(650, 390)
    expect(motion(moving)).to_have_js_property("muted", value=True)
    stays(moving)
    moving.get_by_role("button", name="Sound").click()
    expect(motion(moving)).to_have_js_property("muted", value=False)
    moving.get_by_role("button", name="Live").click()
    stays(moving)


@pytest.fixture
def stack(moving: Page) -> Page:
    """The viewer at a stack of three, with its files listed."""
    link(moving, BURST).click()
    moving.locator(".pswp--ui-visible").wait_for()
    moving.keyboard.press("i")
    expect(files(moving)).to_have_count(3)
    return moving


def files(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Files of this stack").get_by_role("button")


def undo(page: Page, told: str) -> None:
    page.locator(".toast", has_text=told).get_by_role("button", name="Undo").click()


def test_strip_shows_the_other_files(stack: Page) -> None:
    shown = stack.locator(".pswp__item[aria-hidden=false] img.pswp__img:not(.pswp__img--placeholder)")
    first = shown.get_attribute("src")
    files(stack).nth(1).click()
    expect(shown).not_to_have_attribute("src", first or "")
    files(stack).nth(0).click()
    expect(shown).to_have_attribute("src", first or "")


def test_another_file_is_made_primary_and_undo_brings_the_first_back(stack: Page) -> None:
    stack.get_by_role("button", name="Make primary").first.click()
    expect(files(stack).nth(0)).to_have_accessible_name("burst2.jpg")
    undo(stack, "Now shown first")
    expect(files(stack).nth(0)).to_have_accessible_name("burst1.jpg")


def test_a_file_is_taken_out_and_undo_puts_it_back(stack: Page) -> None:
    stack.get_by_role("button", name="Unstack").first.click()
    expect(files(stack)).to_have_count(2)
    undo(stack, "Taken out of the stack")
    expect(files(stack)).to_have_count(3)
    stack.keyboard.press("Escape")
    has_photos(stack, TOTAL)


def test_selection_is_stacked_and_undo_takes_it_apart(moving: Page) -> None:
    select(moving, PAIR, MOTION)
    act(moving, "Stack")
    has_photos(moving, TOTAL - 1)
    undo(moving, "2 photos stacked")
    has_photos(moving, TOTAL)
    expect(cell(moving, PAIR)).to_contain_text("Live")
