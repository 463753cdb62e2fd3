"""What tests say about the timeline: its photos by their place, newest first."""

from playwright.sync_api import Locator, Page, expect


def cell(page: Page, place: int) -> Locator:
    """The photo at this place of the whole view, counted from 1."""
    return page.locator(f'.cell[aria-posinset="{place}"]')


def link(page: Page, place: int) -> Locator:
    return cell(page, place).locator("a")


def heart(page: Page, place: int) -> Locator:
    return cell(page, place).locator(".fav")


def is_selected(page: Page, *places: int) -> None:
    """Asserts that these photos are selected, and no other that is drawn."""
    for place in places:
        expect(cell(page, place).locator(".pick")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".pick[aria-pressed=true]")).to_have_count(len(places))


def has_photos(page: Page, total: int) -> None:
    """Asserts how many photos the view has."""
    expect(page.locator(".cell").first).to_have_attribute("aria-setsize", str(total))


def select(page: Page, *places: int) -> None:
    for place in places:
        cell(page, place).hover()
        cell(page, place).locator(".pick").click()


def act(page: Page, name: str) -> None:
    """Presses a button of the selection bar."""
    page.get_by_role("toolbar", name="Selection").get_by_role("button", name=name, exact=True).click()
