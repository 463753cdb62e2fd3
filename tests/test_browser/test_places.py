"""The Places page: the map, photos on it, those in view beside it, and putting photos in their place."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Request, Route, expect

from tests.test_browser.site import PHOTOS
from tests.test_browser.timeline_page import act, has_photos, link, select
from tests.test_browser.watched import expect_wrong
from tests.test_places.test_tracks import gpx

# Twenty photos of the library lie in Berlin.
BERLIN = "/library/places?at=9/52.52/13.4"
NOWHERE = "/library/places?at=9/-40/-120"
MAP_READY = "#map:not([aria-busy])"


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    page.locator(MAP_READY).wait_for()
    return page


def test_photos_lie_where_they_were_taken(page: Page) -> None:
    opened(page, BERLIN)
    expect(page.locator(".pinned b").first).to_be_visible()
    has_photos(page, PHOTOS - 1)


def test_moving_the_map_changes_what_lies_beside_it_and_the_address(page: Page) -> None:
    opened(page, NOWHERE)
    expect(page.locator("#map-count")).to_have_text("No photos here")
    expect(page.locator(".pinned")).to_have_count(0)
    page.get_by_role("button", name="All photos").click()
    has_photos(page, PHOTOS - 1)
    page.wait_for_url("**/library/places?at=*52.*")


def test_a_search_limits_the_map(page: Page) -> None:
    opened(page, f"{BERLIN}&q=year:2010")
    has_photos(page, 6)
    opened(page, "/library/places?q=unicorn")
    expect(page.get_by_text("Nothing that was found has a place.")).to_be_visible()


def test_a_wrong_search_is_told(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/places?q=contry:de", expects=("400",))
    expect(page.locator("#map-problem")).to_contain_text("country")
    page.locator(MAP_READY).wait_for()
    expect(page.locator(".map canvas")).to_be_visible()


def test_each_look_is_drawn_and_kept(page: Page) -> None:
    opened(page, BERLIN)
    for name in ("Dark", "Topographic", "Outdoors", "Minimal", "Satellite", "Streets"):
        button = page.get_by_role("group", name="Map style").get_by_role("button", name=name)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    page.get_by_role("group", name="Map style").get_by_role("button", name="Dark").click()
    page.wait_for_url("**style=dark*")


def test_photos_of_one_place_are_laid_around_it(page: Page) -> None:
    opened(page, "/library/places?at=17.8/52.51667/13.4")
    page.locator(".pinned").first.click()
    expect(page.locator(".pinned.leg")).to_have_count(PHOTOS - 1)
    expect(page.locator(".pswp")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".pinned.leg")).to_have_count(0)


def test_a_place_that_is_pressed_again_lays_them_out_once(page: Page) -> None:
    opened(page, "/library/places?at=17.8/52.51667/13.4")
    for _ in range(2):
        with page.expect_response("**/map/covers?ids=*"):
            page.locator(".pinned:not(.leg)").first.click()
        page.evaluate("() => new Promise(requestAnimationFrame)")
        expect(page.locator(".pinned.leg")).to_have_count(PHOTOS - 1)


def test_a_picture_may_be_pressed_before_the_photos_beside_it_are_there(page: Page) -> None:
    held: list[Route] = []
    page.route("**/timeline/buckets*", lambda route: held.append(route))
    opened(page, "/library/places?at=17.8/52.51667/13.4")
    page.locator(".pinned").first.click()
    held[0].continue_()
    expect(page.locator(".pinned.leg")).to_have_count(PHOTOS - 1)


def test_the_panel_stays_hidden_until_it_is_asked_for(page: Page) -> None:
    opened(page, BERLIN)
    page.get_by_role("button", name="Hide photos in view").click()
    expect(page.get_by_role("region", name="Photos in view")).to_be_hidden()
    opened(page, BERLIN)
    expect(page.get_by_role("region", name="Photos in view")).to_be_hidden()
    page.get_by_role("button", name="Show photos in view").click()
    expect(page.get_by_role("region", name="Photos in view")).to_be_visible()
    has_photos(page, PHOTOS - 1)


def test_on_a_phone_looks_are_behind_a_button(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, BERLIN)
    looks = page.get_by_role("group", name="Map style")
    expect(looks).to_be_hidden()
    button = page.get_by_role("button", name="Map style")
    button.click()
    looks.get_by_role("button", name="Topographic").click()
    page.wait_for_url("**style=topo*")
    button.click()
    expect(looks).to_be_hidden()


def test_a_photo_opens_in_the_viewer(page: Page) -> None:
    opened(page, BERLIN)
    link(page, 1).click()
    page.locator(".pswp--ui-visible").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)


def test_a_selection_is_put_in_a_place_and_back(page: Page) -> None:
    select(page, 1, 2)
    act(page, "Place")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("venice")
    dialog.get_by_role("option", name="Venice, Veneto, Italy").click()
    dialog.get_by_role("button", name="Set place").click()
    expect(page.get_by_text("Place of 2 photos changed")).to_be_visible()
    with page.expect_response("**/api/v1/batch/photos/place"):
        page.get_by_role("button", name="Undo").click()
    page.goto("/library/browse?q=city:Venice")
    expect(page.locator(".empty")).to_be_visible()


def test_coordinates_are_a_place_too(page: Page) -> None:
    select(page, 1)
    act(page, "Place")
    box = page.get_by_role("dialog").get_by_role("combobox")
    box.fill("41.8902, 12.4922")
    page.get_by_role("option", name="Rome").wait_for()
    box.press("Enter")
    page.get_by_role("button", name="Set place").click()
    expect(page.get_by_text("Place of 1 photo changed")).to_be_visible()
    page.goto("/library/browse?q=city:Rome")
    has_photos(page, 1)


def test_enter_takes_the_place_that_is_typed_and_not_the_one_before(page: Page) -> None:
    select(page, 1)
    act(page, "Place")
    box = page.get_by_role("dialog").get_by_role("combobox")
    box.fill("venice")
    page.get_by_role("option", name="Venice, Veneto").wait_for()
    box.evaluate(
        """(input) => {
          input.value = 'rome';
          input.dispatchEvent(new Event('input', { bubbles: true }));
          input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        }"""
    )
    expect(box).to_have_value("Rome, Lazio, Italy")


def test_the_dialog_changes_nothing_when_left(page: Page) -> None:
    select(page, 1)
    act(page, "Place")
    page.get_by_role("dialog").get_by_role("combobox").press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/library/browse?q=geo:no")
    has_photos(page, 1)


def test_a_viewer_sees_places_but_changes_none(open_as: Callable[..., Page]) -> None:
    page = open_as("bob", "/library/browse")
    select(page, 1)
    expect(page.get_by_role("toolbar", name="Selection").get_by_role("button", name="Place")).to_have_count(0)
    opened(page, BERLIN)
    expect(page.locator(".pinned").first).to_be_visible()


def test_a_track_says_what_it_would_place_and_what_is_wrong(page: Page) -> None:
    opened(page, BERLIN)
    page.get_by_role("button", name="Place photos by a GPX track").click()
    files = page.locator(".track-drop input")
    expect_wrong(page, "400")
    files.set_input_files({"name": "bad.gpx", "mimeType": "application/gpx+xml", "buffer": b"no track"})
    expect(page.get_by_text("“bad.gpx” is not a GPX file that can be read.")).to_be_visible()
    page.get_by_role("button", name="Remove bad.gpx").click()
    walk = gpx((0, 52.52, 13.4), (9, 52.53, 13.41))
    files.set_input_files({"name": "walk.gpx", "mimeType": "application/gpx+xml", "buffer": walk})
    expect(page.get_by_text("No photo was taken in the time of this track.")).to_be_visible()
    expect(page.get_by_role("button", name="Place photos", exact=True)).to_be_disabled()


def test_the_map_of_a_track_follows_it_while_tiles_are_on_their_way(page: Page) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/world/[^/]+/([3-9]|1\d)/"), lambda route: held.append(route))
    page.goto("/library/places?at=0/0/0")
    page.get_by_role("button", name="Place photos by a GPX track").click()
    files = page.locator(".track-drop input")
    for name, lng in (("berlin.gpx", 13.4), ("tokyo.gpx", 139.7)):
        with page.expect_request(lambda request, lng=lng: is_near(request, lng)):
            walk = gpx((0, 35.7, lng), (9, 35.71, lng + 0.01))
            files.set_input_files({"name": name, "mimeType": "application/gpx+xml", "buffer": walk})
        page.get_by_role("button", name=f"Remove {name}").click()


def is_near(request: Request, lng: float) -> bool:
    """Whether a tile is asked for that lies at this longitude, of those that are held up."""
    found = re.search(r"/world/[^/]+/(\d+)/(\d+)/", request.url)
    if not found or int(found[1]) < 3:
        return False
    return abs((int(found[2]) + 0.5) / 2 ** int(found[1]) * 360 - 180 - lng) < 30
