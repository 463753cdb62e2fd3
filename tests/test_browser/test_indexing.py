"""The library page: indexing is started, watched and stopped; the timeline hears of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.test_browser.site import PHOTOS, Site, photo_of_berlin
from tests.test_browser.timeline_page import has_photos
from tests.test_browser.watched import expect_wrong

pytestmark = pytest.mark.usefixtures("worker")

RUN_MS = 120_000
# What is sent before a socket is open is not heard.
KEEP_SOCKETS = """
window.sockets = [];
window.WebSocket = new Proxy(WebSocket, {
  construct(Socket, given) {
    const socket = new Socket(...given);
    window.sockets.push(socket);
    return socket;
  },
});
"""


@pytest.fixture
def new_picture(site: Site) -> Iterator[Path]:
    path = photo_of_berlin(site.originals / "berlin/new.jpg", seed=77, time="23:00:00")
    yield path
    path.unlink()


def topics_of(page: Page) -> list[str]:
    """The topics of all messages that arrive from now on."""
    topics: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: topics.append(json.loads(frame).get("event", "")))

    page.on("websocket", listen)
    return topics


def wait_for_topics(page: Page, topics: list[str], *wanted: str) -> None:
    """The page may know from asking that a run has ended before it is told."""
    end = monotonic() + RUN_MS / 1000
    while not set(wanted) <= set(topics):
        assert monotonic() < end, f"of {wanted} only {set(topics)} arrived"
        page.wait_for_timeout(50)


def test_new_picture_is_indexed_under_ones_eyes(page: Page, new_picture: Path) -> None:
    has_photos(page, PHOTOS)
    index = page.context.new_page()
    topics = topics_of(index)
    index.add_init_script(KEEP_SOCKETS)
    index.goto("/library/index")
    # As a function: a text would be evaluated anew at each look, which the page does not allow.
    index.wait_for_function("() => sockets.some((socket) => socket.readyState === WebSocket.OPEN)", timeout=RUN_MS)
    index.get_by_role("button", name="Start").click()
    expect(index.get_by_role("heading", name="Finished")).to_be_visible(timeout=RUN_MS)
    expect(index.locator("[data-number=added]")).to_have_text("1")
    wait_for_topics(index, topics, "index.indexing", "index.completed", "photos.created")
    page.get_by_role("button", name="1 new photo").click()
    has_photos(page, PHOTOS + 1)


def test_run_can_be_stopped(open_as: Callable[..., Page]) -> None:
    page = open_as("admin", "/library/index")
    page.get_by_label("Complete rescan").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible(timeout=RUN_MS)
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_second_start_is_refused_in_words(open_as: Callable[..., Page], site: Site) -> None:
    page = open_as("admin", "/library/index")
    page.context.route(
        "**/api/v1/index", lambda route: route.fulfill(status=409, json={"code": 409, "error": "Busy."}), times=1
    )
    expect_wrong(page, "409")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Busy.")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
