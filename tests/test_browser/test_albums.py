"""Albums in the browser: saved searches, albums filled by hand, and what visitors of a link see."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.test_browser.site import Site
from tests.test_browser.test_every_page import LOOKS, assert_accessible
from tests.test_browser.timeline_page import act, cell, has_photos, link, select
from tests.test_browser.watched import expect_wrong

ALBUMS = "/library/albums"
ANSWER = """async ([method, path, body]) => {
  const { csrfToken } = JSON.parse(document.getElementById('page-config').textContent);
  const headers = { 'X-CSRFToken': csrfToken, 'Content-Type': 'application/json' };
  const answer = await fetch(`/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
  return answer.json();
}"""


def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    """The answer of the API to the account of the page, which may still be loading."""
    page.locator("#page-config").wait_for(state="attached")
    return page.evaluate(ANSWER, [method, path, body])


def make_album(page: Page, title: str, *, photos: int = 0, **values: Any) -> dict[str, Any]:
    """An album of the account, with the newest photos."""
    album: dict[str, Any] = call(page, "POST", "albums", {"Title": title, **values})
    if photos:
        found = call(page, "GET", f"photos?count={photos}&order=timeline")
        call(page, "POST", f"albums/{album['UID']}/photos", {"photos": [photo["UID"] for photo in found]})
    return album


def address(album: dict[str, Any]) -> str:
    return f"{ALBUMS}/{album['UID']}/{album['Slug']}"


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def menu(page: Page, title: str, name: str) -> None:
    """Chooses from the menu of an album."""
    page.get_by_role("button", name=f"More about {title}").click()
    page.locator("#album-menu").get_by_role("button", name=name).click()


# ---------- saved searches ----------


def test_search_is_kept_as_a_smart_album_that_stays_live(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/browse?q=year:2010")
    page.locator("#found").get_by_role("button", name="Save as smart album").click()
    expect(dialog(page).get_by_label("Search")).to_have_value("year:2010")
    expect(dialog(page).get_by_label("Title")).to_have_value("2010")
    dialog(page).get_by_label("Title").fill("The other summer")
    dialog(page).get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("status").get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="The other summer")).to_be_visible()
    has_photos(page, 6)
    found = call(page, "GET", "photos?count=1&q=year:2010")
    call(page, "POST", "batch/photos/archive", {"photos": [found[0]["UID"]]})
    expect(page.get_by_text("5 photos")).to_be_visible()


def test_search_that_is_not_understood_is_not_kept(page: Page) -> None:
    page.goto(ALBUMS)
    page.get_by_role("button", name="New album").first.click()
    dialog(page).get_by_label("Title").fill("Wrong")
    dialog(page).get_by_text("Smart album", exact=True).click()
    dialog(page).get_by_role("button", name="Create").click()
    expect(dialog(page).get_by_role("alert")).to_have_text("A smart album needs a search.")
    expect_wrong(page, "400")
    dialog(page).get_by_label("Search").fill("colour:red")
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("alert")).to_contain_text("There is no filter “colour”")
    dialog(page).get_by_label("Search").fill("color:red")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wrong")).to_be_visible()


def test_edit_search_leads_to_the_search_page(page: Page) -> None:
    page.goto(address(make_album(page, "Berlin", Filter="country:de iso:200")))
    page.get_by_role("link", name="Edit search").click()
    page.wait_for_url("**/library/browse?q=*")
    expect(page.locator("#search-chips .chip")).to_have_count(2)
    page.locator("#found").get_by_role("button", name="Save as smart album").click()
    expect(dialog(page).get_by_label("Title")).to_have_value("Berlin")
    dialog(page).get_by_label("Search").fill("year:2010")
    dialog(page).get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Berlin")).to_be_visible()
    has_photos(page, 6)
    page.goto(ALBUMS)
    expect(page.locator(".card[data-uid]")).to_have_count(1)


def test_album_whose_search_is_broken_can_be_mended(page: Page) -> None:
    album = make_album(page, "Berlin", Filter="country:de")
    expect_wrong(page, "400")
    page.route(
        "**/api/v1/timeline/buckets*", lambda route: route.fulfill(status=400, json={"error": "Not understood."})
    )
    page.goto(address(album))
    expect(page.get_by_text("Not understood.")).to_be_visible()
    page.get_by_role("button", name="Edit album").click()
    expect(dialog(page).get_by_label("Search")).to_have_value("country:de")


# ---------- the list ----------


def test_album_is_renamed_favoured_and_deleted_with_undo(page: Page) -> None:
    make_album(page, "Old name", photos=2)
    page.goto(ALBUMS)
    menu(page, "Old name", "Edit")
    dialog(page).get_by_label("Title").fill("New name")
    dialog(page).get_by_role("button", name="Save").click()
    card = page.locator(".card", has_text="New name")
    expect(card).to_be_visible()
    card.locator("[data-menu]").click()
    page.get_by_role("button", name="Add to favourites").click()
    expect(card.get_by_text("Favourite", exact=True)).to_be_attached()
    card.locator("[data-menu]").click()
    page.locator("#album-menu").get_by_role("button", name="Delete").click()
    expect(card).to_be_hidden()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(card).to_be_visible()
    page.reload()
    expect(page.locator(".card", has_text="New name")).to_be_visible()


def test_title_of_the_page_is_the_new_one_letter_by_letter(page: Page) -> None:
    page.goto(address(make_album(page, "Old name")))
    menu(page, "Old name", "Edit")
    dialog(page).get_by_label("Title").fill("Cash $& more")
    dialog(page).get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Cash $& more")).to_be_visible()
    expect(page).to_have_title("Cash $& more · Photoprism Site")
    expect(page.get_by_role("button", name="More about Cash $& more")).to_be_visible()


def test_list_is_searched_and_sorted_by_its_address(page: Page) -> None:
    for title in ("Lake b", "Lake a", "Other"):
        make_album(page, title)
    page.goto(ALBUMS)
    page.get_by_label("Sort").select_option("name")
    page.wait_for_url("**order=name*")
    page.get_by_placeholder("Find an album").fill("lake")
    page.keyboard.press("Enter")
    expect(page.locator(".card[data-uid] [data-shown-title]")).to_have_text(["Lake a", "Lake b"])
    page.go_back()
    expect(page.locator(".card[data-uid]")).to_have_count(3)


def test_menu_and_cards_work_by_keyboard(page: Page) -> None:
    make_album(page, "Trip", photos=1)
    page.goto(ALBUMS)
    page.get_by_role("button", name="More about Trip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Add to favourites")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#album-menu")).to_be_hidden()
    expect(page.get_by_role("button", name="More about Trip")).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url(f"**{ALBUMS}")
    page.locator(".card[data-uid] a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Trip")).to_be_visible()


def test_viewer_has_nothing_to_change(open_as: Callable[..., Page]) -> None:
    album = make_album(open_as("admin"), "Trip", photos=1)
    page = open_as("bob", ALBUMS)
    expect(page.get_by_role("link", name="Trip")).to_be_visible()
    expect(page.get_by_role("button", name="New album")).to_have_count(0)
    page.goto(address(album))
    expect(page.locator(".cell img").first).to_be_visible()
    expect(page.get_by_role("button", name="Share")).to_have_count(0)
    expect(page.get_by_role("button", name="Add photos")).to_have_count(0)


# ---------- filling by hand ----------


def test_selection_goes_into_a_new_album_and_out_again(page: Page) -> None:
    select(page, 2, 3, 4)
    act(page, "Add to album")
    dialog(page).get_by_label("Find or name an album").fill("Berlin walk")
    dialog(page).get_by_role("button", name="New album “Berlin walk”").click()
    expect(page.get_by_text("3 photos added to “Berlin walk”")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Open").click()
    has_photos(page, 3)
    select(page, 1)
    act(page, "Take out")
    has_photos(page, 2)
    expect(page.get_by_text("2 photos").first).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    has_photos(page, 3)


def test_photos_are_looked_for_from_the_album(page: Page) -> None:
    album = make_album(page, "Walk")
    page.goto(address(album))
    page.get_by_role("button", name="Add photos").first.click()
    expect(page.get_by_text("Select photos and add them to “Walk”")).to_be_visible()
    select(page, 1, 2)
    act(page, "Add")
    expect(page.get_by_text("2 photos added to “Walk”")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Walk")).to_be_visible()
    has_photos(page, 2)


def test_album_is_chosen_by_keyboard(page: Page) -> None:
    for title in ("Alps", "Berlin"):
        make_album(page, title)
    select(page, 2)
    act(page, "Add to album")
    page.keyboard.type("ber")
    expect(dialog(page).locator(".choose strong").first).to_have_text("Berlin")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 photo added to “Berlin”")).to_be_visible()


def test_enter_chooses_of_what_is_typed_and_not_of_what_was_listed(page: Page) -> None:
    for title in ("Alps", "Berlin"):
        make_album(page, title)
    select(page, 2)
    act(page, "Add to album")
    expect(dialog(page).locator(".choose strong")).to_have_count(2)
    first = dialog(page).locator(".choose strong").first.inner_text()
    dialog(page).get_by_label("Find or name an album").evaluate(
        """(input, words) => {
          input.value = words;
          input.dispatchEvent(new Event('input', { bubbles: true }));
          input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        }""",
        other := {"Alps": "Berlin", "Berlin": "Alps"}[first],
    )
    expect(page.get_by_text(f"1 photo added to “{other}”")).to_be_visible()


def test_a_new_album_is_made_once_however_often_it_is_asked_for(page: Page) -> None:
    select(page, 2)
    act(page, "Add to album")
    dialog(page).get_by_label("Find or name an album").fill("Walk")
    dialog(page).get_by_role("button", name="New album “Walk”").dblclick()
    expect(page.get_by_text("1 photo added to “Walk”")).to_be_visible()
    assert len(call(page, "GET", "albums?count=10&type=album")) == 1


def test_what_is_being_filled_is_forgotten_when_somebody_else_signs_in(
    open_as: Callable[..., Page], site: Site
) -> None:
    page = open_as("admin")
    page.goto(address(make_album(page, "Secret walk", Private=True)))
    page.get_by_role("button", name="Add photos").first.click()
    expect(page.get_by_text("Select photos and add them to “Secret walk”")).to_be_visible()
    page.context.clear_cookies()
    page.context.add_cookies(site.cookies["alice"])  # type: ignore[arg-type]
    page.goto("/library/browse")
    cell(page, 1).wait_for()
    expect(page.get_by_text("Secret walk")).to_have_count(0)


def test_viewer_opens_over_the_album_and_goes_through_it_only(page: Page) -> None:
    page.goto(address(make_album(page, "Two", photos=2)))
    link(page, 1).click()
    page.locator(".pswp--ui-visible").wait_for()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Next photo")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)


# ---------- sharing ----------


def shared(page: Page, *, password: str = "", **values: Any) -> str:
    """The address of a new link to a new album with three photos."""
    album = make_album(page, "Berlin walk", photos=3, Description="One day.")
    terms = {**values, **({"Password": password} if password else {})}
    made = call(page, "POST", f"albums/{album['UID']}/links", terms)
    return f"/s/{made['Token']}/{made['Slug']}"


def test_link_is_made_limited_opened_and_taken_back(open_as: Callable[..., Page]) -> None:
    page = open_as("admin")
    page.goto(address(make_album(page, "Berlin walk", photos=3)))
    page.get_by_role("button", name="Share").first.click()
    dialog(page).get_by_role("button", name="Make a link").click()
    url = dialog(page).get_by_label("Link", exact=True).input_value()
    dialog(page).get_by_role("switch", name="Password").check()
    password = dialog(page).get_by_role("textbox", name="Password").input_value()
    dialog(page).get_by_label("Ends").select_option("7")
    expect(dialog(page).get_by_text("ends on")).to_be_visible()

    visitor = open_as(None, url.removeprefix(page.url.split("/library")[0]))
    expect(visitor.get_by_text("Berlin walk")).to_have_count(0)
    visitor.get_by_label("Password", exact=True).fill("wrong")
    visitor.get_by_role("button", name="See the photos").click()
    expect(visitor.get_by_role("alert")).to_have_text("The password is wrong.")
    visitor.get_by_label("Password", exact=True).fill(password)
    visitor.get_by_role("button", name="See the photos").click()
    expect(visitor.get_by_role("heading", name="Berlin walk")).to_be_visible()
    has_photos(visitor, 3)

    expect_wrong(visitor, "401", "403", "404")
    dialog(page).get_by_role("button", name="Remove link").click()
    expect(dialog(page).get_by_role("button", name="Make a link")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text("This link does not exist")).to_be_visible()


def test_limits_of_a_link_are_shown_as_they_are(page: Page) -> None:
    page.goto(address(make_album(page, "Berlin walk", photos=1)))
    page.get_by_role("button", name="Share").first.click()
    dialog(page).get_by_role("button", name="Make a link").click()
    expect_wrong(page, "500")
    refuse = lambda route: route.fulfill(status=500, json={})  # noqa: E731
    page.route("**/links/*", refuse)
    for name in ("Hide places", "Password"):
        dialog(page).get_by_role("switch", name=name).check()
        expect(dialog(page).get_by_role("alert")).to_be_visible()
        expect(dialog(page).get_by_role("switch", name=name)).not_to_be_checked()
    page.unroute("**/links/*", refuse)
    dialog(page).get_by_role("switch", name="Hide places").check()
    expect(dialog(page).get_by_role("alert")).to_be_hidden()
    expect(dialog(page).get_by_role("switch", name="Hide places")).to_be_checked()


def test_the_last_of_many_passwords_holds(page: Page) -> None:
    album = make_album(page, "Berlin walk", photos=1)
    page.goto(address(album))
    page.get_by_role("button", name="Share").first.click()
    dialog(page).get_by_role("button", name="Make a link").click()
    sent: list[str] = []
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        sent.append((route.request.post_data_json or {}).get("Password", ""))
        if len(sent) > 1:
            route.continue_()
        else:
            held.append(route)

    page.route("**/links/*", hold_first)
    dialog(page).get_by_role("switch", name="Password").check()
    dialog(page).get_by_role("button", name="Make another", exact=True).click()
    wanted = dialog(page).get_by_role("textbox", name="Password").input_value()
    dialog(page).get_by_label("Ends").select_option("7")
    assert len(sent) == 1
    held[0].continue_()
    expect(dialog(page).get_by_text("ends on")).to_be_visible()
    assert sent[1] == wanted


def test_visitor_looks_at_the_album_and_at_nothing_else(open_as: Callable[..., Page]) -> None:
    page = open_as(None, shared(open_as("admin")))
    expect(page.get_by_text("One day. 3 photos")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    has_photos(page, 3)
    expect(page.locator(".fav").first).to_be_hidden()
    link(page, 2).click()
    page.locator(".pswp--ui-visible").wait_for()
    for name in ("Favourite", "Archive"):
        expect(page.locator(".pswp").get_by_role("button", name=name)).to_have_count(0)
    page.keyboard.press("Escape")
    page.reload()
    has_photos(page, 3)


def test_visitor_downloads_a_selection(open_as: Callable[..., Page]) -> None:
    page = open_as(None, shared(open_as("admin")))
    page.get_by_role("button", name="Select", exact=True).click()
    link(page, 1).click()
    link(page, 2).click()
    expect(page.get_by_text("2 selected")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("toolbar", name="Selection").get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith(".zip")


def test_link_without_downloads_offers_none(open_as: Callable[..., Page]) -> None:
    page = open_as(None, shared(open_as("admin"), CanDownload=False))
    has_photos(page, 3)
    for name in ("Download all", "Select"):
        expect(page.get_by_text(name, exact=True)).to_have_count(0)
    link(page, 1).click()
    page.locator(".pswp--ui-visible").wait_for()
    expect(page.locator(".pswp").get_by_role("button", name="Download")).to_have_count(0)


def test_slideshow_begins_with_the_first_photo(open_as: Callable[..., Page]) -> None:
    page = open_as(None, shared(open_as("admin")))
    has_photos(page, 3)
    page.get_by_role("button", name="Play slideshow").click()
    page.locator(".pswp--ui-visible").wait_for()
    expect(page.locator(".pswp").get_by_role("button", name="Slideshow")).to_have_attribute("aria-pressed", "true")


def test_slideshow_may_be_asked_for_before_the_photos_are_there(open_as: Callable[..., Page]) -> None:
    address = shared(open_as("admin"))
    page = open_as(None)
    held: list[Route] = []
    page.route("**/timeline/buckets*", lambda route: held.append(route))
    with page.expect_request("**/timeline/buckets*"):
        page.goto(address)
    page.get_by_role("button", name="Play slideshow").click()
    held[0].continue_()
    page.locator(".pswp--ui-visible").wait_for()


# ---------- every look ----------


@pytest.mark.parametrize("look", LOOKS)
def test_albums_pages_are_sound(look: str, open_as: Callable[..., Page]) -> None:
    page = open_as("admin", ALBUMS, **LOOKS[look])
    album = make_album(page, "Berlin walk", photos=3, Favorite=True)
    make_album(page, "A title that is much longer than any card is wide", Filter="year:2011", Private=True)
    call(page, "POST", f"albums/{album['UID']}/links", {})
    page.reload()
    page.locator(".card img").first.wait_for()
    assert_sound(page)
    page.locator("[data-menu]").first.click()
    assert_sound(page)
    page.keyboard.press("Escape")
    page.locator("[data-new-album]").first.click()
    assert_sound(page)
    page.keyboard.press("Escape")
    page.goto(address(album))
    page.locator(".cell img").first.wait_for()
    assert_sound(page)
    page.locator("[data-act=share]").first.click()
    dialog(page).locator(".share-link").wait_for()
    assert_sound(page)


@pytest.mark.parametrize("look", LOOKS)
def test_share_pages_are_sound(look: str, open_as: Callable[..., Page]) -> None:
    admin = open_as("admin")
    page = open_as(None, shared(admin), **LOOKS[look])
    page.locator(".cell img").first.wait_for()
    assert_sound(page)
    page.goto(shared(admin, password="catbells"))
    page.locator("#id_password").wait_for()
    assert_sound(page)


@pytest.mark.parametrize("look", LOOKS)
def test_choosing_an_album_is_sound(look: str, open_as: Callable[..., Page]) -> None:
    page = open_as("admin", **LOOKS[look])
    make_album(page, "Berlin walk", photos=1)
    cell(page, 2).wait_for()
    page.evaluate("() => document.querySelector('.cell .pick').click()")
    page.locator(".selbar .btn").nth(1).click()
    dialog(page).locator(".choose button").first.wait_for()
    assert_sound(page)


def assert_sound(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "The page can be moved sideways."
