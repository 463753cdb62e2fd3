"""Every page in every look: nothing in the console, nothing from elsewhere, nothing that keeps people out."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.test_browser.timeline_page import link, select

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "rtl": {"locale": "ar"},
}
# Path, and what shows that the page is complete.
PAGES = {
    "timeline": ("/library/browse", ".cell img"),
    "nothing-yet": ("/library/favorites", ".empty"),
    "review": ("/library/review", ".cell img"),
    "found": ("/library/browse?q=country:de&q=canon", ".cell img"),
    "nothing-found": ("/library/browse?q=unicorn", ".empty"),
    "not-understood": ("/library/browse?q=colour:red", ".empty"),
    "albums": ("/library/albums", ".empty"),
    "places": ("/library/places?at=9/52.52/13.4", ".pinned"),
    "countries": ("/library/countries", ".world .land"),
    "country": ("/library/countries/de", "#map:not([aria-busy])"),
    "states": ("/library/albums?kind=state", ".card img"),
    "trips": ("/library/trips", ".empty"),
    "index": ("/library/index", "[data-start]"),
    "problems": ("/library/errors", ".group li"),
    "settings": ("/library/settings", ".password-form"),
    "missing": ("/library/nothing", ".empty"),
}
WRONG = {"not-understood": ("400",), "missing": ("404",)}
GRAVE = {"serious", "critical"}


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    grave = [(rule["id"], rule["nodes"][0]["target"]) for rule in found if rule["impact"] in GRAVE]
    assert grave == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(name: str, look: str, open_as: Callable[..., Page]) -> None:
    path, sign = PAGES[name]
    page = open_as("admin", path, expects=WRONG.get(name, ()), **LOOKS[look])
    page.locator(sign).first.wait_for()
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "The page can be moved sideways."


@pytest.mark.parametrize("look", LOOKS)
def test_login_page_is_sound(look: str, open_as: Callable[..., Page]) -> None:
    page = open_as(None, "/library/login", **LOOKS[look])
    assert_accessible(page)


@pytest.mark.parametrize("look", LOOKS)
def test_viewer_is_sound(look: str, open_as: Callable[..., Page]) -> None:
    page = open_as("admin", **LOOKS[look])
    link(page, 2).click()
    page.locator(".pswp--ui-visible").wait_for()
    page.get_by_role("button", name="Info", exact=True).click()
    expect(page.get_by_role("complementary", name="Info")).to_contain_text("Canon EOS 6D")
    assert_accessible(page)


@pytest.mark.parametrize("look", [look for look in LOOKS if look != "phone"])
def test_selecting_is_sound(look: str, open_as: Callable[..., Page]) -> None:
    page = open_as("admin", **LOOKS[look])
    select(page, 2, 3)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)


def test_photo_page_is_sound(page: Page) -> None:
    page.goto(link(page, 2).get_attribute("href") or "")
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    assert_accessible(page)


def test_right_to_left_pages_run_from_the_right(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", locale="ar")
    first, second = link(page, 3).bounding_box(), link(page, 4).bounding_box()
    assert first and second
    assert first["x"] > second["x"]


def test_missing_page_keeps_the_shell(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/nothing", expects=("404",))
    expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="All photos").click()
    expect(link(page, 1)).to_be_visible()


def test_chosen_theme_is_there_from_the_first_frame(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/settings", color_scheme="light")
    page.get_by_role("radio", name="Dark").check(force=True)
    page.add_init_script("""
        window.seen = [];
        const look = () => {
          if (document.body) seen.push(getComputedStyle(document.documentElement).colorScheme);
          if (seen.length < 20) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    """)
    page.reload()
    page.wait_for_function("() => seen.length === 20")
    assert set(page.evaluate("() => seen")) == {"dark"}
