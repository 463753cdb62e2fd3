"""Our answers have PhotoPrism's keys, of its kinds, with its rules for null; see tests/golden/README.md."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from library.counts import recount_photos
from tests.base import PASSWORD, TestCase
from tests.make import make_album, make_file, make_photo, make_subject
from tests.test_api.test_faces import make_face

GOLDEN: Final = Path(__file__).resolve().parent.parent / "golden"
TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

KINDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "whole": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "yes-no": lambda value: isinstance(value, bool),
    "time": lambda value: isinstance(value, str) and bool(TIME.fullmatch(value)),
    "hash": lambda value: isinstance(value, str) and bool(re.fullmatch(r"[0-9a-f]{40}", value)),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return found


def problems(values: Any, kinds: Mapping[str, str], where: str) -> Iterator[str]:
    """What an object lacks, has too much, or has of another kind."""
    needed = {key for key, kind in kinds.items() if not kind.endswith("~")}
    yield from (f"{where}.{key} is missing" for key in sorted(needed - values.keys()))
    yield from (f"{where}.{key} is unknown" for key in sorted(values.keys() - kinds.keys()))
    for key in sorted(values.keys() & kinds.keys()):
        kind = kinds[key].rstrip("?~")
        if values[key] is None:
            yield from [] if kinds[key].endswith("?") else [f"{where}.{key} is null"]
        elif not KINDS[kind](values[key]):
            yield f"{where}.{key} is {values[key]!r}, which is no {kind}"


def objects(value: Any, path: list[str]) -> Iterator[Any]:
    """The objects under a path of keys; a list stands for each of its entries."""
    if isinstance(value, list):
        for entry in value:
            yield from objects(entry, path)
    elif not path:
        yield value
    else:
        yield from objects(value[path[0]], path[1:])


class GoldenTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        """A photo with something under each key that has objects of its own."""
        super().setUpTestData()
        cls.subject = make_subject("Anna")
        cls.photo = make_photo(
            labels=["cat"], lat=59.9, lng=10.7, place="Oslo, Oslo, Norway", country="no", camera="Canon EOS 6D"
        )
        make_file(cls.photo, is_sidecar=True, type="xmp")
        make_photo(type="video", lens="Canon EF 50mm", lat=1.0, lng=2.0, favorite_of=cls.admin)
        cls.face = make_face("A", cls.photo, subject=cls.subject)
        make_album("Alps", cls.photo, category="Trips")
        recount_photos()

    def check(self, name: str, answer: Any) -> None:
        golden = read(name)
        found = answer if golden["is_list"] else [answer]
        self.assertTrue(found, f"{name}: nothing to compare")
        kinds = golden["keys"] | golden["ours"]
        said = [one for value in found for one in problems(value, kinds, name)]
        for path, inner in golden["within"].items():
            inside = list(objects(found, path.split(".")))
            self.assertTrue(inside, f"{name}.{path}: nothing to compare")
            said += [one for value in inside for one in problems(value, inner, f"{name}.{path}")]
        self.assertEqual(said, [])

    def get(self, path: str) -> Any:
        return self.client_of(self.admin).get(f"/api/v1/{path}").json()

    def send(self, method: str, path: str, body: Any = None) -> Any:
        ask = getattr(self.client_of(self.admin), method)
        return ask(f"/api/v1/{path}", body, content_type="application/json").json()

    def test_photos(self) -> None:
        self.check("photos", self.get("photos?count=10"))
        self.photo.deleted_at = self.photo.created_at
        self.photo.save()
        self.check("photos", self.get("photos?count=10&archived=true"))

    def test_photos_for_a_viewer(self) -> None:
        self.check("photos_view", self.get("photos/view?count=10"))

    def test_a_photo(self) -> None:
        self.check("photo", self.get(f"photos/{self.photo.uid}"))
        self.photo.edited_at = self.photo.published_at = self.photo.estimated_at = self.photo.created_at
        self.photo.save()
        self.check("photo", self.get(f"photos/{self.photo.uid}"))

    def test_the_map(self) -> None:
        self.check("geo", async_to_sync(self._geo)())

    async def _geo(self) -> Any:
        client = AsyncClient()
        await client.aforce_login(self.admin)
        return json.loads(b"".join([piece async for piece in await client.get("/api/v1/geo")]))

    def test_labels(self) -> None:
        self.check("labels", self.get("labels?count=10"))

    def test_a_label_that_changes(self) -> None:
        label = self.get("labels?count=1")[0]["UID"]
        self.check("label", self.send("put", f"labels/{label}", {"Name": "Lynx"}))
        self.check("label", self.send("post", f"labels/{label}/like"))
        self.check("done", self.send("post", "batch/labels/delete", {"labels": [label]}))

    def test_folders(self) -> None:
        self.check("folders", self.get("folders/originals?files=true&recursive=true"))

    def test_albums(self) -> None:
        self.check("albums", self.get("albums?count=10"))
        uid = self.get("albums?count=1")[0]["UID"]
        self.check("album", self.get(f"albums/{uid}"))
        self.check("album", self.send("put", f"albums/{uid}", {"Title": "New"}))
        self.check("album", self.send("post", "albums", {"Title": "Other"}))

    def test_people(self) -> None:
        self.check("subjects", self.get("subjects?count=10"))
        self.check("subject", self.get(f"subjects/{self.subject.uid}"))
        self.check("subject", self.send("put", f"subjects/{self.subject.uid}", {"Name": "Berta"}))
        self.check("subject", self.send("post", f"subjects/{self.subject.uid}/like"))

    def test_faces(self) -> None:
        self.check("faces", self.get("faces?count=10&markers=true"))
        self.check("face", self.get(f"faces/{self.face.pk}"))
        self.check("face", self.send("put", f"faces/{self.face.pk}", {"Hidden": True}))

    def test_the_start_of_an_app(self) -> None:
        self.check("config", self.get("config"))
        self.check("settings", self.get("settings"))
        self.check("settings", self.send("post", "settings", {"ui": {"theme": "dark"}}))
        self.check("status", self.get("status"))

    def test_sessions(self) -> None:
        body = {"username": "alice", "password": PASSWORD}
        signed_in = Client().post("/api/v1/session", body, content_type="application/json").json()
        self.check("signed_in", signed_in)
        again = Client(headers={"X-Auth-Token": signed_in["access_token"]}).get("/api/v1/session").json()
        self.check("session", again)

    def test_problems(self) -> None:
        self.check("problem", self.get("photos/xxx"))
        self.check("problem", self.get("photos?count=0"))
        self.check("problem", self.client.get("/api/v1/photos?count=1").json())

    def test_ids_have_the_lengths_by_which_apps_tell_them_apart(self) -> None:
        marker = self.get("photos?count=10&faces=0|1&q=label:cat")[0]["Files"][0]["Markers"][0]
        self.assertEqual((len(marker["SubjUID"]), len(marker["FaceID"])), (16, 32))

    def test_each_golden_answer_says_why_keys_are_left_out(self) -> None:
        for path in GOLDEN.glob("*.json"):
            golden = read(path.stem)
            with self.subTest(path.name):
                self.assertEqual(golden.keys(), {"request", "is_list", "keys", "within", "ours", "left_out"})
                self.assertFalse(golden["keys"].keys() & golden["ours"].keys())
                self.assertEqual([key for key, reason in golden["left_out"].items() if len(reason) < 8], [])
