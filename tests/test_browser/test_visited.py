"""Countries, the world, trips and what lies near a photo, in the browser."""

from playwright.sync_api import Page, expect

from tests.test_browser.site import PHOTOS
from tests.test_browser.test_albums import call
from tests.test_browser.timeline_page import has_photos, link

MAP_READY = "#map:not([aria-busy])"


def test_the_world_is_coloured_and_leads_to_a_country(page: Page) -> None:
    page.goto("/library/countries")
    germany = page.get_by_role("link", name="Germany, 19 photos")
    germany.focus()
    expect(page.locator(".world figcaption")).to_contain_text("Germany · 19 photos · 1 city")
    germany.press("Enter")
    expect(page.get_by_role("heading", name="Germany")).to_be_visible()
    has_photos(page, PHOTOS - 1)
    page.locator(MAP_READY).wait_for()
    expect(page.locator(".pinned").first).to_be_visible()


def test_the_world_can_be_put_away(page: Page) -> None:
    page.goto("/library/countries")
    switch = page.get_by_role("button", name="World map")
    switch.click()
    expect(page.locator("#world")).to_be_hidden()
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#world")).to_be_hidden()
    switch.click()
    expect(page.locator(".world .land")).to_have_count(1)


def test_who_says_where_home_is_has_other_trips(page: Page) -> None:
    page.goto("/library/trips")
    expect(page.get_by_role("heading", name="No trips yet")).to_be_visible()
    page.get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("rome")
    dialog.get_by_role("option").first.click()
    dialog.get_by_role("button", name="Set place").click()
    expect(page.locator("#home")).to_contain_text("Rome")
    # The page was read anew: its button does something only once its script has come.
    page.wait_for_load_state()
    told = call(page, "GET", "trips")
    expect(page.locator(".card")).to_have_count(len(told))
    page.get_by_role("button", name="Change").click()
    dialog.get_by_role("button", name="Remove place").click()
    expect(page.locator("#home")).not_to_contain_text("Rome")


def test_what_lies_near_a_photo_is_found_from_it(page: Page) -> None:
    link(page, 3).click()
    page.locator(".pswp--ui-visible").wait_for()
    page.get_by_role("button", name="Info", exact=True).click()
    page.get_by_role("link", name="Photos near here").click()
    expect(page.locator("#search-chips")).to_contain_text("Near Berlin")
    has_photos(page, PHOTOS - 1)


def test_an_album_that_made_itself_is_renamed(page: Page) -> None:
    page.goto("/library/albums?kind=state")
    page.get_by_role("button", name="More about Berlin").click()
    menu = page.locator("#album-menu")
    expect(menu.get_by_role("button", name="Delete")).to_have_count(0)
    menu.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Search", exact=True)).to_be_hidden()
    dialog.get_by_label("Title").fill("Our town")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".card")).to_contain_text("Our town")
    page.get_by_role("link", name="Our town").click()
    expect(page.get_by_role("heading", name="Our town")).to_be_visible()
    has_photos(page, PHOTOS - 1)
