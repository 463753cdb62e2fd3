"""Labels in the browser: put on photos in the info panel, and the pages on which they are found and mended."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.test_browser.test_albums import call, dialog
from tests.test_browser.test_every_page import LOOKS, assert_accessible
from tests.test_browser.timeline_page import act, has_photos, link, select
from tests.test_browser.watched import expect_wrong

LABELS = "/library/labels"


@pytest.fixture
def labelled(page: Page) -> Page:
    """Three photos with a cat, of which one is a kitten, and one with a dog."""
    photos = [photo["UID"] for photo in call(page, "GET", "photos?count=4&order=newest")]
    for at, names in enumerate((["Cat", "Kitten"], ["Cat"], ["Cat"], ["Dog"])):
        for name in names:
            call(page, "POST", f"photos/{photos[at]}/label", {"Name": name})
    return page


def tile(page: Page, name: str) -> Locator:
    return page.locator(f'.card[data-name="{name}"]')


def menu(page: Page, name: str, act: str) -> None:
    """Chooses from the menu of a label."""
    card = tile(page, name)
    if card.count():
        card.hover()
    page.get_by_role("button", name=f"More about {name}").click()
    page.locator("#label-menu").get_by_role("button", name=act).click()


def undo(page: Page) -> None:
    page.get_by_role("status").get_by_role("button", name="Undo").click()


def found(page: Page, query: str) -> int:
    return len(call(page, "GET", f"photos?count=50&q={query}"))


# ---------- the list ----------


def test_label_leads_to_its_photos(labelled: Page) -> None:
    labelled.goto(LABELS)
    expect(labelled.locator(".card")).to_have_count(3)
    expect(tile(labelled, "Cat")).to_contain_text("3")
    tile(labelled, "Cat").get_by_role("link").click()
    expect(labelled.get_by_role("heading", name="Cat")).to_be_visible()
    has_photos(labelled, 3)
    link(labelled, 1).click()
    labelled.locator(".pswp--ui-visible").wait_for()
    labelled.keyboard.press("Escape")
    select(labelled, 1)
    act(labelled, "Archive")
    expect(labelled.get_by_text("2 photos", exact=True)).to_be_visible()


def test_label_is_renamed_favoured_and_hidden_with_undo(labelled: Page) -> None:
    labelled.goto(LABELS)
    menu(labelled, "Cat", "Rename")
    dialog(labelled).get_by_label("Name").fill("Feline")
    labelled.keyboard.press("Enter")
    expect(tile(labelled, "Feline")).to_be_visible()
    menu(labelled, "Feline", "Add to favourites")
    expect(tile(labelled, "Feline").get_by_text("Favourite")).to_be_attached()
    menu(labelled, "Feline", "Hide")
    expect(tile(labelled, "Feline")).to_be_hidden()
    expect(labelled.get_by_text("“Feline” is hidden")).to_be_visible()
    undo(labelled)
    expect(tile(labelled, "Feline")).to_be_visible()
    assert found(labelled, "label:cat") == found(labelled, "label:feline") == 3


def test_hidden_label_is_shown_again(labelled: Page) -> None:
    labelled.goto(LABELS)
    menu(labelled, "Dog", "Hide")
    expect(labelled.get_by_text("“Dog” is hidden")).to_be_visible()
    labelled.goto(LABELS)
    labelled.get_by_role("link", name="Hidden").click()
    labelled.get_by_role("button", name="Show again").click()
    expect(tile(labelled, "Dog")).to_be_hidden()
    labelled.goto(LABELS)
    expect(tile(labelled, "Dog")).to_be_visible()


def test_labels_are_merged_and_taken_apart(labelled: Page) -> None:
    labelled.goto(LABELS)
    menu(labelled, "Kitten", "Merge with another")
    dialog(labelled).get_by_role("searchbox").fill("do")
    dialog(labelled).get_by_role("button", name="Dog").click()
    expect(labelled.get_by_text("“Kitten” is part of “Dog” now")).to_be_visible()
    expect(tile(labelled, "Kitten")).to_be_hidden()
    expect(tile(labelled, "Dog")).to_contain_text("2")
    assert found(labelled, "label:kitten") == 2
    tile(labelled, "Dog").get_by_role("link").click()
    expect(labelled.get_by_text("Also called")).to_be_visible()
    labelled.get_by_role("button", name="Make Kitten a label of its own again").click()
    expect(labelled.get_by_text("Also called")).to_be_hidden()
    assert found(labelled, "label:kitten") == found(labelled, "label:dog") == 1


def test_name_that_is_taken_offers_to_merge(labelled: Page) -> None:
    labelled.goto(LABELS)
    menu(labelled, "Kitten", "Rename")
    dialog(labelled).get_by_label("Name").fill("cat")
    expect_wrong(labelled, "409")
    labelled.keyboard.press("Enter")
    expect(dialog(labelled).get_by_role("alert")).to_contain_text("There is a label “Cat” already")
    dialog(labelled).get_by_role("button", name="Merge the two").click()
    expect(tile(labelled, "Kitten")).to_be_hidden()
    undo(labelled)
    expect(tile(labelled, "Kitten")).to_be_visible()


def test_labels_are_found_and_sorted(labelled: Page) -> None:
    labelled.goto(LABELS)
    labelled.get_by_role("searchbox", name="Find a label").fill("kit")
    labelled.keyboard.press("Enter")
    expect(labelled.locator(".card")).to_have_count(1)
    labelled.goto(LABELS)
    labelled.get_by_label("Sort").select_option("count")
    expect(labelled.locator(".card").first).to_contain_text("Cat")
    labelled.get_by_role("link", name="Blue").click()
    labelled.wait_for_url("**/browse?q=color:blue")


def test_viewer_sees_labels_and_changes_none(labelled: Page, open_as: Callable[..., Page]) -> None:
    page = open_as("bob", LABELS)
    tile(page, "Cat").hover()
    page.get_by_role("button", name="More about Cat").click()
    expect(page.locator("#label-menu").get_by_role("button")).to_have_text(["Search among its photos"])


# ---------- the info panel ----------


def info(page: Page) -> Locator:
    """The info panel of the newest photo."""
    page.goto("/library/browse")
    link(page, 1).click()
    page.locator(".pswp--ui-visible").wait_for()
    page.keyboard.press("i")
    return page.get_by_role("complementary", name="Info")


def test_label_is_added_and_removed_in_the_info_panel(page: Page) -> None:
    panel = info(page)
    panel.get_by_label("Add a label").fill("garden gnome")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("link", name="Garden Gnome")).to_be_visible()
    expect(panel.get_by_label("Add a label")).to_be_focused()
    assert found(page, "label:garden-gnome") == 1
    panel.get_by_role("button", name="Remove Garden Gnome").click()
    expect(panel.get_by_role("link", name="Garden Gnome")).to_have_count(0)
    undo(page)
    expect(panel.get_by_role("link", name="Garden Gnome")).to_be_visible()
    panel.get_by_role("link", name="Garden Gnome").click()
    has_photos(page, 1)


def test_known_labels_are_suggested(labelled: Page) -> None:
    panel = info(labelled)
    panel.get_by_label("Add a label").press_sequentially("do")
    expect(panel.locator("datalist option")).to_have_count(1)
    assert panel.locator("datalist option").get_attribute("value") == "Dog"


def test_a_word_that_the_device_corrects_is_not_added_yet(page: Page) -> None:
    panel = info(page)
    added: list[str] = []
    page.on("request", lambda request: request.url.endswith("/label") and added.append(request.url))
    panel.get_by_label("Add a label").evaluate(
        """(input) => {
          input.value = 'Garden';
          input.dispatchEvent(new InputEvent('input', { inputType: 'insertReplacementText', bubbles: true }));
        }"""
    )
    call(page, "GET", "status")
    assert added == []


def test_what_is_no_name_is_said(page: Page) -> None:
    panel = info(page)
    expect_wrong(page, "400")
    panel.get_by_label("Add a label").fill("!!!")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“!!!” is no name of a label.")).to_be_visible()
    expect(panel.get_by_label("Add a label")).to_be_editable()


def test_viewer_cannot_label(labelled: Page, open_as: Callable[..., Page]) -> None:
    panel = info(open_as("bob"))
    expect(panel.get_by_role("link", name="Cat")).to_be_visible()
    expect(panel.get_by_label("Add a label")).to_have_count(0)
    expect(panel.get_by_role("button", name="Remove Cat")).to_have_count(0)


# ---------- every look ----------


@pytest.mark.parametrize("look", LOOKS)
def test_pages_of_labels_are_sound(look: str, labelled: Page, open_as: Callable[..., Page]) -> None:
    shown: Any = call(labelled, "GET", "labels?count=1&name=Cat")[0]
    for path, sign in ((LABELS, ".card img"), (f"{LABELS}/{shown['UID']}/cat", ".cell img")):
        page = open_as("admin", path, **LOOKS[look])
        page.locator(sign).first.wait_for()
        assert_accessible(page)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "It can be moved sideways."
