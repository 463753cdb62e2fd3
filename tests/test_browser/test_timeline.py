"""The timeline: headings, keyboard, scrubber, sizes, news of the review."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.test_browser.site import IN_REVIEW, PHOTOS
from tests.test_browser.timeline_page import cell, has_photos, is_selected, link, select
from tests.test_browser.watched import expect_wrong


def test_months_days_and_the_place_of_most_photos_head_the_photos(page: Page) -> None:
    expect(page.get_by_role("heading", name="May 2011")).to_be_visible()
    day = page.locator(".day").filter(has_text="Tuesday 17")
    expect(day).to_contain_text("Berlin")


def test_arrows_walk_from_photo_to_photo(page: Page) -> None:
    link(page, 2).focus()
    page.keyboard.press("ArrowRight")
    expect(link(page, 3)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(link(page, 1)).to_be_focused()


def test_arrow_down_goes_to_the_photo_below(page: Page) -> None:
    link(page, 2).focus()
    page.keyboard.press("ArrowDown")
    before, after = link(page, 2).bounding_box(), page.locator(".cell a:focus").bounding_box()
    assert before and after
    assert after["y"] >= before["y"] + before["height"]


def test_end_goes_to_the_oldest_photo_and_home_back(page: Page) -> None:
    link(page, 2).focus()
    page.keyboard.press("End")
    expect(link(page, PHOTOS)).to_be_focused()
    expect(link(page, PHOTOS)).to_be_in_viewport(ratio=1)
    page.keyboard.press("Home")
    expect(link(page, 1)).to_be_focused()


def test_space_selects_and_shift_with_an_arrow_extends(page: Page) -> None:
    link(page, 2).focus()
    page.keyboard.press(" ")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    is_selected(page, 2, 3, 4)


def test_escape_clears_the_selection(page: Page) -> None:
    select(page, 2, 3)
    page.keyboard.press("Escape")
    is_selected(page)
    expect(page.get_by_role("search")).to_be_visible()


def test_enter_opens_a_photo(page: Page) -> None:
    link(page, 3).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Viewer")).to_be_visible()


def test_slash_goes_to_the_search(page: Page) -> None:
    link(page, 1).focus()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()


def test_question_mark_lists_the_keys(page: Page) -> None:
    link(page, 1).wait_for()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


def test_g_and_a_letter_go_to_a_page(page: Page) -> None:
    link(page, 1).wait_for()
    page.keyboard.press("g")
    page.keyboard.press("f")
    expect(page.get_by_text("No favourites yet")).to_be_visible()


def test_scrubber_goes_to_the_oldest_month(page: Page) -> None:
    scrubber = page.get_by_role("slider", name="Date")
    scrubber.focus()
    page.keyboard.press("End")
    expect(scrubber).to_have_attribute("aria-valuetext", "August 2010")


def test_size_of_photos_stays_after_a_reload(page: Page) -> None:
    link(page, 2).wait_for()
    page.get_by_label("Size of photos").fill("320")
    page.reload()
    expect(page.get_by_label("Size of photos")).to_have_value("320")
    box = cell(page, 3).bounding_box()
    assert box
    assert box["height"] > 220


def test_note_tells_how_many_pictures_wait_in_review(page: Page) -> None:
    expect(page.get_by_text(f"{IN_REVIEW} pictures wait in Review")).to_be_visible()
    page.get_by_role("link", name="Look through them").click()
    has_photos(page, IN_REVIEW)


def test_dismissed_note_stays_away(page: Page) -> None:
    page.locator("#review-note").get_by_role("button", name="Dismiss").click()
    page.reload()
    link(page, 1).wait_for()
    expect(page.locator("#review-note")).to_be_hidden()


def test_photo_that_cannot_be_loaded_names_itself_and_is_tried_again(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/settings")
    page.context.route("**/api/v1/t/**", lambda route: route.fulfill(status=404), times=1)
    expect_wrong(page, "404")
    page.goto("/library/browse")
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".cell.failed")).to_have_count(0)


def test_timeline_that_cannot_be_loaded_says_so(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/settings")
    page.context.route("**/timeline/buckets*", lambda route: route.fulfill(status=500))
    expect_wrong(page, "500")
    page.goto("/library/browse")
    expect(page.get_by_role("heading", name="The timeline could not be loaded")).to_be_visible()


def test_who_was_signed_out_meanwhile_may_sign_in_again(page: Page) -> None:
    link(page, 2).wait_for()
    page.context.clear_cookies()
    expect_wrong(page, "401")
    link(page, 2).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_skipping_to_the_content_opens_no_photo(page: Page) -> None:
    link(page, 1).wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.evaluate("() => fetch('/api/v1/status').then((answer) => answer.text())")
    assert not [url for url in asked if "/photos/" in url]
