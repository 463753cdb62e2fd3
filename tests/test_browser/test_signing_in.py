"""Signing in and out."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.base import PASSWORD
from tests.test_browser.site import PHOTOS
from tests.test_browser.timeline_page import has_photos

TRIES = 10


def fill_in(page: Page, password: str) -> None:
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_newcomer_is_asked_to_sign_in_and_then_sees_the_timeline(open_as: Callable[..., Page]) -> None:
    page = open_as(None)
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    fill_in(page, PASSWORD)
    has_photos(page, PHOTOS)


def test_who_signs_in_comes_to_the_page_they_asked_for(open_as: Callable[..., Page]) -> None:
    page = open_as(None, "/library/errors")
    fill_in(page, PASSWORD)
    expect(page.get_by_role("heading", name="Problems")).to_be_visible()


def test_a_wrong_password_says_so_and_keeps_the_name(open_as: Callable[..., Page]) -> None:
    page = open_as(None)
    fill_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("password")
    expect(page.get_by_label("Name")).to_have_value("admin")


def test_ten_wrong_passwords_make_one_wait(open_as: Callable[..., Page]) -> None:
    page = open_as(None, expects=("429",))
    for _ in range(TRIES):
        refused = page.request.post("/api/v1/session", data={"username": "admin", "password": "wrong"})
        assert refused.status == 401
    fill_in(page, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("Too many failed attempts. Try again in")


def test_the_password_can_be_looked_at(open_as: Callable[..., Page]) -> None:
    page = open_as(None)
    page.get_by_label("Password", exact=True).fill("secret")
    page.get_by_role("button", name="Show password").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")


def test_who_signs_out_is_out(page: Page) -> None:
    page.get_by_role("button", name="Account: admin").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.goto("/library/browse")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
