"""The server's part of an upload, played in front of a page: for what a server cannot be asked to do, such as failing.

A test that only wants its files to arrive calls `play(page)` and looks at nothing but the page.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from django.utils.http import http_date
from playwright.sync_api import Page, Route

_ADDRESS = re.compile(r"/api/v1/users/u[a-z0-9]+/upload/([a-z0-9]{24})$")
_NAME = re.compile(rb'name="files"; filename="([^"]+)"')


@dataclass
class Played:
    """What came, and what is answered; `outcomes` and `refusals` are looked up by the name of the file."""

    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """State and reason that the server comes to; "added" for all others."""
    refusals: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """Statuses and sentences with which the next posts of a file are answered."""
    holds: str = ""
    """The pattern of names of files whose posts wait until they are let go."""
    sent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Names of files by the token of their batch, in the order they came."""
    albums: dict[str, list[str]] = field(default_factory=dict)
    """What the last word of each batch said."""
    _held: list[tuple[Route, str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [name for names in self.sent.values() for name in names]

    def let_go(self, wanted: str = "") -> None:
        """Answers what waits and holds nothing any more; or only the file of this name, holding the others."""
        if not wanted:
            self.holds = ""
        held, self._held = self._held, []
        for route, token, name in held:
            if wanted not in {"", name}:
                self._held.append((route, token, name))
            # What the page has stopped never came.
            elif not route.request.failure:
                self._take(route, token, name)

    def answer(self, route: Route) -> None:
        found = _ADDRESS.search(route.request.url)
        assert found, route.request.url
        token = found[1]
        match route.request.method:
            case "POST":
                name = _name_of(route.request.post_data_buffer or b"")
                if fnmatchcase(name, self.holds):
                    self._held.append((route, token, name))
                else:
                    self._take(route, token, name)
            case "PUT":
                self.albums[token] = json.loads(route.request.post_data or "")["albums"]
                _tell(route, 200, {"code": 200, "message": "Upload has been processed", "job": "j"})
            case _:
                _tell(route, 200, self._outcome(token))

    def _take(self, route: Route, token: str, name: str) -> None:
        if self.refusals.get(name):
            status, sentence = self.refusals[name].pop(0)
            _tell(route, status, {"code": status, "error": sentence})
            return
        self.sent[token].append(name)
        _tell(route, 200, {"code": 200, "message": "1 file uploaded"})

    def _outcome(self, token: str) -> dict[str, Any]:
        files = []
        for name in dict.fromkeys(self.sent[token]):
            state, reason = self.outcomes.get(name, ("added", ""))
            photo = f"p{name.rpartition('.')[0]}" if state in {"added", "known"} else ""
            files.append({"name": name, "state": state, "reason": reason, "photo": photo})
        return {"running": False, "state": "done", "message": "", "files": files}


def play(page: Page, **told: Any) -> Played:
    """From now on the uploads of the page are answered here."""
    played = Played(**told)
    page.context.route(_ADDRESS, played.answer)
    return played


def _name_of(body: bytes) -> str:
    found = _NAME.search(body)
    assert found, body[:200]
    return found[1].decode()


def _tell(route: Route, status: int, answer: dict[str, Any]) -> None:
    route.fulfill(status=status, json=answer, headers={"Date": http_date()})
