"""The text in a picture can be selected in the viewer."""

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.test_browser.site import TEXT
from tests.test_browser.timeline_page import link

LARGE = 2  # the place of the photo with text
NAME = "Text in the picture"


@pytest.fixture
def viewer(page: Page) -> Page:
    """Opened at the photo with text, whose details have come."""
    link(page, LARGE).click()
    page.locator(".pswp--ui-visible").wait_for()
    expect(button(page)).to_be_visible()
    return page


def button(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Viewer").get_by_role("button", name=NAME)


def lines(page: Page) -> Locator:
    return page.get_by_role("group", name=NAME).locator("div")


def box_of(one: Locator) -> FloatRect:
    box = one.bounding_box()
    assert box
    return box


def lies_upon_the_picture(page: Page) -> bool:
    """Whether each line is within two pixels of where it was read."""
    whole = box_of(page.locator(".pswp__item[aria-hidden=false] img.pswp__img:not(.pswp__img--placeholder)"))
    for number, (_, corners) in enumerate(TEXT):
        box = box_of(lines(page).nth(number))
        left, right = min(corners[0::2]), max(corners[0::2])
        top, bottom = min(corners[1::2]), max(corners[1::2])
        differences = (
            box["x"] - whole["x"] - left * whole["width"],
            box["y"] - whole["y"] - top * whole["height"],
            box["width"] - (right - left) * whole["width"],
            box["height"] - (bottom - top) * whole["height"],
        )
        if max(map(abs, differences)) > 2:
            return False
    return True


def until_lies_upon_the_picture(page: Page) -> None:
    """While a zoom goes on, the picture and its lines are measured at two moments."""
    for _ in range(100):
        if lies_upon_the_picture(page):
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("The lines do not lie where they were read.")


def test_lines_lie_where_they_stand_also_when_zoomed(viewer: Page) -> None:
    viewer.keyboard.press("c")
    expect(button(viewer)).to_have_attribute("aria-pressed", "true")
    expect(lines(viewer)).to_have_text([text for text, _ in TEXT])
    until_lies_upon_the_picture(viewer)
    before = box_of(lines(viewer).first)["width"]
    viewer.keyboard.press("z")
    viewer.wait_for_function(
        "width => document.querySelector('.textlayer > div').getBoundingClientRect().width > 1.4 * width", arg=before
    )
    until_lies_upon_the_picture(viewer)


def test_a_line_is_selected_by_dragging_over_it_and_the_picture_stays(viewer: Page) -> None:
    viewer.keyboard.press("c")
    line = lines(viewer).first
    expect(line).to_be_visible()
    box = box_of(line)
    middle = box["y"] + box["height"] / 2
    viewer.mouse.move(box["x"] + 2, middle)
    viewer.mouse.down()
    viewer.mouse.move(box["x"] + box["width"] - 2, middle, steps=5)
    viewer.mouse.up()
    assert viewer.evaluate("getSelection().toString()").strip() == TEXT[0][0]
    expect(viewer.locator(".pswp--zoomed-in")).to_have_count(0)
    assert box_of(line) == box


def test_the_button_takes_the_layer_away_again(viewer: Page) -> None:
    button(viewer).click()
    expect(lines(viewer)).to_have_count(len(TEXT))
    button(viewer).click()
    expect(lines(viewer)).to_have_count(0)


def test_a_picture_without_text_has_no_button(viewer: Page) -> None:
    viewer.keyboard.press("c")
    expect(lines(viewer)).to_have_count(len(TEXT))
    with viewer.expect_response("**/api/v1/photos/*"):
        viewer.keyboard.press("ArrowRight")
    expect(button(viewer)).to_be_hidden()
    expect(lines(viewer)).to_have_count(0)
    viewer.keyboard.press("ArrowLeft")
    expect(lines(viewer)).to_have_count(len(TEXT))
