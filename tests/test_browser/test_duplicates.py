"""Duplicates and more like this in the browser: by mouse, by keys, and back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import pyvips
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.bench.site import manage
from tests.test_browser.conftest import opening
from tests.test_browser.site import CAMERA, Site, photo_of_berlin, running_site
from tests.test_browser.test_albums import call
from tests.test_browser.test_every_page import LOOKS, assert_accessible
from tests.test_browser.timeline_page import act, has_photos, link, select
from tests.test_media.test_phash import picture

PAGE = "/library/duplicates"


def write(folder: Path) -> None:
    """Three pictures, each large and small, and one of its own."""
    for seed in range(4):
        path = photo_of_berlin(folder / f"large/IMG_{seed}.jpg", seed=seed, time=f"10:0{seed}:00")
        exif = path.read_bytes()
        draw(folder / f"large/IMG_{seed}.jpg", seed, (1200, 800), like=exif)
        if seed:
            draw(folder / f"web/small-{seed}.png", seed, (300, 200))


def draw(path: Path, seed: int, size: tuple[int, int], like: bytes = b"") -> None:
    """A picture with large shapes, dated as another one is."""
    import pyexiv2

    path.parent.mkdir(parents=True, exist_ok=True)
    pyvips.Image.new_from_array(picture(seed + 1, *size)).write_to_file(str(path))
    if like:
        with pyexiv2.ImageData(like) as source, pyexiv2.Image(str(path)) as target:
            target.modify_exif({**source.read_exif(), **CAMERA})


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose duplicates were looked for."""
    folder = tmp_path_factory.mktemp("twice")
    with running_site(folder, write=write) as made:
        manage(folder, "duplicates")
        made.keep()
        yield made


@pytest.fixture
def opened(browser: Browser, twice: Site) -> Iterator[Callable[..., Page]]:
    with opening(browser, twice) as open_page:
        yield open_page


def groups(page: Page) -> Locator:
    return page.locator(".dupe:visible")


def undo(page: Page) -> None:
    page.get_by_role("status").get_by_role("button", name="Undo").last.click()


def archived(page: Page) -> int:
    return len(call(page, "GET", "photos?count=50&q=archived:yes"))


def test_one_is_kept_and_the_other_archived_and_back(opened: Callable[..., Page]) -> None:
    page = opened("admin", PAGE)
    expect(groups(page)).to_have_count(3)
    first = groups(page).first
    expect(first.locator("input:checked + img + .keep")).to_be_visible()
    first.get_by_role("button", name="Keep 1, archive 1").click()
    expect(groups(page)).to_have_count(2)
    assert archived(page) == 1
    undo(page)
    expect(groups(page)).to_have_count(3)
    assert archived(page) == 0


def test_what_is_chosen_while_the_server_works_changes_nothing(opened: Callable[..., Page]) -> None:
    page = opened("admin", PAGE)
    first = groups(page).first
    held: list[Route] = []
    page.route("**/duplicates/archive", lambda route: held.append(route))
    with page.expect_request("**/duplicates/archive"):
        first.get_by_role("button", name="Keep 1, archive 1").click()
    first.locator("input:checked").focus()
    page.keyboard.press("ArrowRight")
    held[0].continue_()
    expect(groups(page)).to_have_count(2)


def test_all_sure_ones_at_once(opened: Callable[..., Page]) -> None:
    page = opened("admin", PAGE)
    page.get_by_role("button", name="Accept 3 sure ones").click()
    expect(page.get_by_role("heading", name="All of this page is decided")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_be_hidden()
    expect(page.locator("[data-summary]")).to_have_text("0 groups left.")
    assert archived(page) == 3
    undo(page)
    expect(groups(page)).to_have_count(3)
    assert archived(page) == 0


def test_by_keys(opened: Callable[..., Page]) -> None:
    page = opened("admin", PAGE)
    expect(groups(page)).to_have_count(3)
    page.keyboard.press("j")
    expect(groups(page).nth(0).locator("input:checked")).to_be_focused()
    chosen = groups(page).nth(0).locator("input").nth(1)
    page.keyboard.press("ArrowRight")
    expect(chosen).to_be_checked()
    expect(groups(page).nth(0)).to_contain_text("your choice")
    page.keyboard.press("Enter")
    expect(groups(page)).to_have_count(2)
    page.keyboard.press("n")
    expect(groups(page)).to_have_count(1)
    page.keyboard.press("u")
    expect(groups(page)).to_have_count(2)
    page.keyboard.press("s")
    expect(groups(page)).to_have_count(1)


def test_the_keys_of_a_place_lead_there_and_do_nothing_else(opened: Callable[..., Page]) -> None:
    page = opened("admin", PAGE)
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("g")
        page.keyboard.press("s")
    page.goto(PAGE)
    expect(groups(page)).to_have_count(3)


def test_another_rule_keeps_another(opened: Callable[..., Page]) -> None:
    page = opened("admin", PAGE)
    before = groups(page).first.locator("input:checked").get_attribute("value")
    page.get_by_label("Which to keep").first.select_option("newest")
    page.wait_for_url("**rule=newest**")
    expect(groups(page)).to_have_count(3)
    assert before not in [box.get_attribute("value") for box in groups(page).locator("input:checked").all()]


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_is_sound(opened: Callable[..., Page], look: str) -> None:
    page = opened("admin", PAGE, **LOOKS[look])
    expect(groups(page)).to_have_count(3)
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "The page can be moved sideways."


def test_more_like_this_from_the_viewer_and_the_selection(opened: Callable[..., Page]) -> None:
    page = opened("admin")
    has_photos(page, 4)
    link(page, 1).click()
    page.locator(".pswp--ui-visible").wait_for()
    page.keyboard.press("s")
    page.wait_for_url("**q=similar*")
    expect(page.locator("#search-chips .chip")).to_contain_text("Like")
    expect(page.locator("#search-chips .chip img")).to_be_visible()
    page.goto("/library/browse")
    has_photos(page, 4)
    select(page, 1)
    act(page, "More like this")
    page.wait_for_url("**q=similar*")
    page.goto("/library/browse")
    has_photos(page, 4)
    select(page, 1, 2)
    expect(page.get_by_role("button", name="More like this")).to_be_hidden()
