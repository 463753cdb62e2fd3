"""Uploading in the browser: choosing, dropping, what the tray tells, and what it asks of the server."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.originals import write_picture
from tests.test_browser.played_upload import play
from tests.test_browser.site import IN_REVIEW, Site
from tests.test_browser.test_albums import address, make_album
from tests.test_browser.test_every_page import LOOKS, assert_accessible
from tests.test_browser.timeline_page import has_photos
from tests.test_browser.watched import expect_wrong

TRIES = 300  # a tenth of a second apart
# Files of an input made in the page: quicker than writing hundreds.
MANY = """([selector, n]) => {
  const all = new DataTransfer();
  for (let at = 0; at < n; at += 1) all.items.add(new File([`${at}`], `IMG_${1000 + at}.jpg`, { type: 'image/jpeg' }));
  const input = document.querySelector(selector);
  input.files = all.files;
  input.dispatchEvent(new Event('change'));
}"""
PASTE = """() => {
  const pasted = new DataTransfer();
  pasted.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted }));
}"""

COUNTS = """async ([query, wanted]) => {
  const answer = await fetch(`/api/v1/photos?count=50&q=${query}`);
  return (await answer.json()).length === wanted;
}"""

# What is sent while the page goes is seen by nobody outside it.
NOTE_PUTS = """() => {
  const { fetch } = window;
  window.fetch = (address, options) => {
    if (options.method === 'PUT' && options.keepalive) sessionStorage.put = `${address} ${options.body}`;
    return fetch(address, options);
  };
}"""


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    return [str(write_picture(tmp_path / f"IMG_{number}.jpg", seed=number)) for number in range(1, 4)]


def choose(page: Page, files: list[str] | str) -> None:
    page.locator("#upload-files").set_input_files(files)


def drag(page: Page, kind: str, *paths: str) -> None:
    """What the browser does while these files are dragged from elsewhere: "dragEnter", "dragOver", "drop"."""
    dragged = {"items": [], "files": list(paths), "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchDragEvent", {"type": kind, "x": 400, "y": 400, "data": dragged})


def hover(page: Page, text: str, *paths: str) -> None:
    """Drags files over the page, as one who waits does, until it says this; it forgets them soon after a move."""
    said = page.locator(".dropzone").filter(has_text=text)
    drag(page, "dragEnter", *paths)
    for _ in range(TRIES):
        drag(page, "dragOver", *paths)
        if said.count():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It never said “{text}”.")


def drop(page: Page, *paths: str) -> None:
    for kind in ("dragEnter", "dragOver", "drop"):
        drag(page, kind, *paths)


def tray(page: Page) -> Locator:
    return page.get_by_role("region", name="Uploads")


def row(page: Page, name: str) -> Locator:
    return tray(page).get_by_role("listitem").filter(has_text=name)


def says(page: Page, text: str) -> None:
    """Asserts what the heading of the tray says."""
    expect(tray(page).get_by_role("heading")).to_have_text(text)


# ---------- choosing, dropping, pasting ----------


def test_chosen_files_arrive_and_the_tray_says_so(page: Page, pictures: list[str]) -> None:
    played = play(page)
    choose(page, pictures)
    says(page, "3 photos added")
    expect(row(page, "IMG_2.jpg")).to_contain_text("Done")
    expect(row(page, "IMG_2.jpg").locator("canvas")).to_be_visible()
    assert played.names == ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]
    assert list(played.albums.values()) == [[]]
    expect(tray(page).get_by_role("link", name="Show")).to_be_visible()
    tray(page).get_by_role("button", name="Close").click()
    expect(tray(page)).to_be_hidden()


def test_show_leads_to_what_was_added(page: Page, pictures: list[str]) -> None:
    play(page)
    choose(page, pictures)
    tray(page).get_by_role("link", name="Show").click()
    page.wait_for_url("**/library/browse?q=added:*")
    expect(page.locator("#search-chips .chip")).to_have_count(1)


def test_button_and_the_key_open_the_chooser(page: Page) -> None:
    page.locator(".cell img").first.wait_for()
    with page.expect_file_chooser() as chosen:
        page.get_by_role("banner").get_by_role("button", name="Upload").click()
    assert chosen.value.is_multiple()
    with page.expect_file_chooser():
        page.keyboard.press("u")


def test_dropped_files_arrive(page: Page, pictures: list[str]) -> None:
    play(page)
    hover(page, "Drop to upload", *pictures)
    hover(page, "3 files", *pictures)
    drag(page, "drop", *pictures)
    expect(page.locator(".dropzone")).to_have_count(0)
    says(page, "3 photos added")


def test_dropped_folder_is_taken_with_all_below_it(page: Page, tmp_path: Path) -> None:
    played = play(page)
    trip = tmp_path / "trip"
    for number in range(105):
        path = trip / f"day {number % 2}" / f"IMG_{number:03}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (trip / ".DS_Store").write_bytes(b"x")
    (trip / "day 0" / "Thumbs.db").write_bytes(b"x")
    drop(page, str(trip))
    says(page, "105 photos added")
    assert len(played.names) == 105


def test_pasted_picture_gets_a_name_of_its_own(page: Page) -> None:
    played = play(page)
    page.locator(".cell img").first.wait_for()
    page.evaluate(PASTE)
    says(page, "1 photo added")
    assert played.names[0].startswith("20")
    assert played.names[0].endswith(".png")


def test_dialog_keeps_what_is_dropped_on_it(page: Page, pictures: list[str]) -> None:
    page.locator(".cell img").first.wait_for()
    page.keyboard.press("?")
    drag(page, "dragEnter", *pictures)
    drag(page, "dragOver", *pictures)
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator(".dropzone")).to_have_count(0)


# ---------- albums ----------


def test_files_chosen_on_an_albums_page_go_into_it(page: Page, pictures: list[str]) -> None:
    album = make_album(page, "Lakes in November")
    page.goto(address(album))
    played = play(page)
    hover(page, "3 files, to “Lakes in November”", *pictures)
    drag(page, "drop", *pictures)
    says(page, "3 photos added")
    expect(tray(page)).to_contain_text("to “Lakes in November”")
    assert list(played.albums.values()) == [[album["UID"]]]


def test_smart_album_is_not_filled_by_hand(page: Page, pictures: list[str]) -> None:
    page.goto(address(make_album(page, "Berlin", Filter="country:de")))
    played = play(page)
    choose(page, pictures)
    says(page, "3 photos added")
    assert list(played.albums.values()) == [[]]


# ---------- what the server says ----------


def test_files_the_server_does_not_take_say_why(page: Page, pictures: list[str]) -> None:
    outcomes = {"IMG_1.jpg": ("known", ""), "IMG_2.jpg": ("refused", "This picture may show nudity.")}
    play(page, outcomes=outcomes)
    choose(page, pictures)
    says(page, "1 photo added")
    expect(tray(page)).to_contain_text("1 already in your library · 1 not added")
    expect(row(page, "IMG_1.jpg")).to_contain_text("Already in your library")
    expect(row(page, "IMG_2.jpg")).to_contain_text("This picture may show nudity.")
    expect(row(page, "IMG_2.jpg").get_by_role("button")).to_have_count(0)


def test_what_is_not_taken_is_not_even_sent(page: Page, pictures: list[str], tmp_path: Path) -> None:
    played = play(page)
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    (tmp_path / "empty.jpg").touch()
    choose(page, [pictures[0], str(tmp_path / "setup.exe"), str(tmp_path / "empty.jpg")])
    says(page, "1 photo added")
    expect(row(page, "setup.exe")).to_contain_text("Files of this kind are not taken")
    expect(row(page, "empty.jpg")).to_contain_text("The file is empty")
    assert played.names == ["IMG_1.jpg"]


def test_file_that_failed_is_tried_again(page: Page, pictures: list[str]) -> None:
    expect_wrong(page, "415")
    play(page, refusals={"IMG_2.jpg": [(415, "IMG_2.jpg is not a picture.")]})
    choose(page, pictures)
    expect(row(page, "IMG_2.jpg")).to_contain_text("IMG_2.jpg is not a picture.")
    says(page, "2 photos added")
    row(page, "IMG_2.jpg").get_by_role("button", name="Try again").click()
    says(page, "3 photos added")


def test_all_that_failed_is_tried_again_at_once(page: Page, pictures: list[str]) -> None:
    expect_wrong(page, "403")
    play(page, refusals={f"IMG_{number}.jpg": [(403, "Not now.")] for number in (1, 2, 3)})
    choose(page, pictures)
    says(page, "Nothing was added")
    tray(page).get_by_role("button", name="Try all 3 again").click()
    says(page, "3 photos added")
    expect(tray(page).get_by_role("button", name="Try all")).to_have_count(0)


def test_server_that_is_busy_is_asked_again(page: Page, pictures: list[str]) -> None:
    expect_wrong(page, "503")
    played = play(page, refusals={"IMG_1.jpg": [(503, "The library is busy.")]})
    choose(page, pictures[:1])
    says(page, "1 photo added")
    assert played.names == ["IMG_1.jpg"]


def test_full_disk_stops_all(page: Page, pictures: list[str]) -> None:
    expect_wrong(page, "507")
    play(page, refusals={"IMG_1.jpg": [(507, "The disk is full.")]})
    choose(page, pictures)
    says(page, "Upload paused")
    expect(tray(page).locator("header")).to_contain_text("The disk is full.")
    tray(page).get_by_role("button", name="Go on").click()
    says(page, "2 photos added")
    row(page, "IMG_1.jpg").get_by_role("button", name="Try again").click()
    says(page, "3 photos added")


def test_line_that_is_back_is_used_at_once(page: Page, pictures: list[str]) -> None:
    expect_wrong(page, "507")
    play(page, refusals={"IMG_1.jpg": [(507, "The disk is full.")]})
    choose(page, pictures)
    says(page, "Upload paused")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    says(page, "2 photos added")


def test_empty_folder_is_not_passed_over_in_silence(page: Page, tmp_path: Path) -> None:
    (tmp_path / "trip").mkdir()
    drop(page, str(tmp_path / "trip"))
    expect(page.get_by_role("status").filter(has_text="There is nothing to upload in it")).to_be_visible()
    expect(tray(page)).to_be_hidden()


# ---------- stopping ----------


def test_one_file_is_cancelled(page: Page, pictures: list[str]) -> None:
    played = play(page, holds="*")
    choose(page, pictures)
    says(page, "Uploading 1 of 3")
    row(page, "IMG_2.jpg").get_by_role("button", name="Cancel").click()
    expect(row(page, "IMG_2.jpg")).to_have_count(0)
    played.let_go()
    says(page, "2 photos added")
    expect(row(page, "IMG_1.jpg")).to_contain_text("Done")
    expect(row(page, "IMG_3.jpg")).to_contain_text("Done")


def test_all_is_paused_and_goes_on(page: Page, pictures: list[str]) -> None:
    played = play(page, holds="*")
    choose(page, pictures)
    tray(page).get_by_role("button", name="Pause all").click()
    says(page, "Upload paused")
    expect(tray(page).get_by_text("Waiting")).to_have_count(3)
    played.holds = ""
    tray(page).get_by_role("button", name="Go on").click()
    says(page, "3 photos added")


def test_leaving_asks_first_and_what_arrived_is_not_lost(page: Page, pictures: list[str]) -> None:
    played = play(page, holds="IMG_2.jpg")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    # A page on which nobody has done anything may not ask.
    page.get_by_role("banner").get_by_role("button", name="Account").click()
    choose(page, pictures)
    expect(row(page, "IMG_3.jpg")).to_contain_text("Sent")
    page.evaluate(NOTE_PUTS)
    page.goto("/library/albums")
    assert asked == ["beforeunload"]
    says(page, "2 photos added")
    expect(row(page, "IMG_3.jpg")).to_contain_text("Done")
    assert page.evaluate("() => sessionStorage.put").endswith(f'{next(iter(played.sent))} {{"albums":[],"wait":false}}')


def test_page_is_left_unasked_once_all_is_sent(page: Page, pictures: list[str]) -> None:
    play(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("banner").get_by_role("button", name="Account").click()
    choose(page, pictures)
    says(page, "3 photos added")
    page.goto("/library/albums")
    assert asked == []
    expect(tray(page)).to_be_hidden()


# ---------- the tray ----------


def test_tray_stays_small_with_many_files(page: Page) -> None:
    played = play(page, holds="*")
    page.locator(".cell img").first.wait_for()
    page.evaluate(MANY, ["#upload-files", 450])
    says(page, "Uploading 1 of 450")
    expect(tray(page).get_by_role("listitem")).to_have_count(100)
    expect(tray(page)).to_contain_text("and 350 more")
    # While others come and go above it, the keyboard stays at its file.
    waits = row(page, "IMG_1003.jpg").get_by_role("button", name="Cancel")
    waits.focus()
    played.let_go("IMG_1000.jpg")
    expect(tray(page).get_by_role("listitem").nth(1)).to_contain_text("IMG_1002.jpg")
    expect(waits).to_be_focused()
    played.let_go()
    says(page, "450 photos added")
    assert sorted(len(names) for names in played.sent.values()) == [50, 200, 200]


def test_tray_is_folded_away(page: Page, pictures: list[str]) -> None:
    play(page)
    choose(page, pictures)
    says(page, "3 photos added")
    tray(page).get_by_role("button", name="Fold").click()
    expect(row(page, "IMG_1.jpg")).to_be_hidden()
    tray(page).get_by_role("button", name="Unfold").click()
    expect(row(page, "IMG_1.jpg")).to_be_visible()


def test_tray_is_worked_by_the_keyboard(page: Page, pictures: list[str]) -> None:
    played = play(page, holds="*")
    choose(page, pictures)
    cancel = row(page, "IMG_1.jpg").get_by_role("button", name="Cancel")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(tray(page).get_by_role("heading")).to_be_focused()
    played.let_go()
    says(page, "2 photos added")
    expect(page.get_by_role("status").filter(has_text="2 photos added")).to_have_count(1)


@pytest.mark.parametrize("look", LOOKS)
def test_tray_is_sound(look: str, open_as: Callable[..., Page], pictures: list[str]) -> None:
    options: dict[str, Any] = LOOKS[look]
    page = open_as("admin", **options)
    played = play(page, outcomes={"IMG_1.jpg": ("refused", "This picture may show nudity, which is not wanted here.")})
    choose(page, pictures[:1])
    says(page, "Nothing was added") if look != "rtl" else tray(page).locator("[data-state=refused]").wait_for()
    played.holds = "*"
    choose(page, pictures[1:])
    tray(page).locator("progress").nth(1).wait_for()
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "The page can be moved sideways."


def test_phone_offers_it_in_the_account_menu(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", **LOOKS["phone"])
    page.get_by_role("button", name="Account").click()
    with page.expect_file_chooser():
        page.locator("#account").get_by_role("button", name="Upload").click()
    expect(page.locator("#account")).to_be_hidden()


# ---------- with a server that does it ----------


@pytest.fixture
def clean_site(site: Site, worker: None) -> Iterator[Site]:
    """Works on what is sent; its originals, and what is kept beside them, are as before afterwards."""
    places = (site.originals, site.folder / "storage" / "sidecar")
    before = {path for place in places for path in place.iterdir()}
    yield site
    for folder in {path for place in places for path in place.iterdir()} - before:
        shutil.rmtree(folder)


def test_files_come_into_the_library(clean_site: Site, page: Page, pictures: list[str], tmp_path: Path) -> None:
    album = make_album(page, "Lakes in November")
    fake = tmp_path / "fake.jpg"
    fake.write_text("Not a picture.")
    copy = tmp_path / "again.jpg"
    copy.write_bytes((clean_site.originals / "berlin/IMG_03.jpg").read_bytes())
    page.goto(address(album))
    choose(page, [*pictures, str(fake), str(copy)])
    says(page, "3 photos added")
    expect(row(page, "IMG_1.jpg")).to_contain_text("Done")
    expect(row(page, "again.jpg")).to_contain_text("Already in your library")
    expect(row(page, "fake.jpg")).to_contain_text("does not begin like one")
    has_photos(page, 4)
    # Pictures without a date of their own have that of their file.
    assert sorted(path.name[:8] for path in (clean_site.originals / "2012/03").iterdir()) == ["20120304"] * 3


def test_show_leads_to_review_where_all_wait(clean_site: Site, page: Page, pictures: list[str]) -> None:
    choose(page, pictures)
    says(page, "3 photos added")
    expect(tray(page)).to_contain_text("3 wait in Review")
    tray(page).get_by_role("link", name="Show").click()
    page.wait_for_url("**/library/review")
    has_photos(page, IN_REVIEW + 3)


def test_what_was_sent_when_the_page_was_left_comes_in(clean_site: Site, page: Page, pictures: list[str]) -> None:
    choose(page, pictures)
    # Whether the server is at it or done.
    expect(tray(page).locator("[data-state=sent], [data-state=adding], [data-state=added]")).to_have_count(3)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/library/albums")
    page.wait_for_function(COUNTS, arg=["review:yes", IN_REVIEW + 3])


# ---------- who may not ----------


def test_viewer_is_not_offered_to_upload(open_as: Callable[..., Page], pictures: list[str]) -> None:
    page = open_as("bob")
    page.locator(".cell img").first.wait_for()
    expect(page.locator("[data-upload], #upload-files")).to_have_count(0)
    drag(page, "dragEnter", *pictures)
    drag(page, "dragOver", *pictures)
    expect(page.locator(".dropzone")).to_have_count(0)
