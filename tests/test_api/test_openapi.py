"""The description of the API: complete, valid, true, and for those who are signed in."""

import json
import re
from dataclasses import replace
from typing import Any, Final

from asgiref.sync import async_to_sync
from django.conf import settings
from django.test import AsyncClient, override_settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from library.counts import recount_photos
from photoprism_site.openapi import ApiGenerator
from sharing.acl import PERMISSIONS
from tests.base import TestCase
from tests.make import make_album, make_photo, make_subject
from tests.test_api.test_faces import make_face
from tests.test_site.route_table import ANYONE, ROUTES

API: Final = "api/v1/"


def described() -> dict[str, Any]:
    document: dict[str, Any] = ApiGenerator().get_schema(request=None, public=True)
    return document


def path_of(route: str) -> str:
    """The address as OpenAPI writes it: `/api/v1/photos/{uid}`."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


class DescriptionTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.document = described()
        cls.complaints = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]

    def test_nothing_is_guessed(self) -> None:
        self.assertEqual(self.complaints, [])

    def test_it_is_valid(self) -> None:
        validate_schema(self.document)

    def test_every_route_of_the_table_is_in_it_and_nothing_else(self) -> None:
        table = {(path_of(row.route), method) for row in ROUTES if row.route.startswith(API) for method in row.methods}
        told = {(path, method.upper()) for path, methods in self.document["paths"].items() for method in methods}
        self.assertEqual(told, table)

    def test_each_method_says_what_it_does_and_who_may(self) -> None:
        uses = {path_of(row.route): row for row in ROUTES}
        for path, methods in self.document["paths"].items():
            for method, told in methods.items():
                with self.subTest(f"{method} {path}"):
                    self.assertGreater(len(told["summary"]), 5)
                    self.assertIn("For ", told["description"])
                    needed = told["x-permission"]
                    self.assertTrue(not needed or needed in PERMISSIONS or needed.startswith("whoever "))
                    use = uses[path].methods[method.upper()]
                    self.assertTrue(needed or use.who == ANYONE, "for everybody?")
                    self.assertIn("200", told["responses"])

    def test_what_takes_a_body_describes_it(self) -> None:
        bare = [
            path
            for path, methods in self.document["paths"].items()
            for method, told in methods.items()
            if method == "put" and "requestBody" not in told
        ]
        self.assertEqual(bare, [])
        self.assertIn("requestBody", self.document["paths"]["/api/v1/albums/{uid}/photos"]["delete"])

    def test_each_path_names_its_parts(self) -> None:
        for path, methods in self.document["paths"].items():
            for told in methods.values():
                named = {one["name"] for one in told.get("parameters", []) if one["in"] == "path"}
                self.assertEqual(named, set(re.findall(r"{(\w+)}", path)), path)


class TruthTest(TestCase):
    """Real answers are as they are described."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.document = described()
        cls.subject = make_subject("Anna")
        cls.photo = make_photo(labels=["cat"], lat=59.9, lng=10.7, place="Oslo, Oslo, Norway", country="no")
        make_photo(type="video", archived=True)
        cls.face = make_face("A", cls.photo, subject=cls.subject)
        cls.album = make_album("Alps", cls.photo)
        recount_photos()

    def schema(self, path: str, method: str, status: int) -> dict[str, Any]:
        answer = self.document["paths"][path][method]["responses"][str(status)]
        found: dict[str, Any] = answer["content"]["application/json"]["schema"]
        # References are looked up from the root, where the components are.
        return {**found, "components": self.document["components"]}

    def check(self, path: str, query: str = "", status: int = 200, **arguments: str) -> None:
        url = path.format(**arguments) + (f"?{query}" if query else "")
        answer = self.client_of(self.admin).get(url)
        self.assertEqual(answer.status_code, status, url)
        self.validate(path, answer.json(), status)

    def validate(self, path: str, values: Any, status: int = 200) -> None:
        found = Draft202012Validator(self.schema(path, "get", status)).iter_errors(values)
        self.assertEqual([f"{error.json_path}: {error.message}" for error in found], [], path)

    def test_lists(self) -> None:
        for path in ("photos", "photos/view", "labels", "subjects", "faces", "albums"):
            with self.subTest(path):
                self.check(f"/api/v1/{path}", "count=10")
        self.check("/api/v1/photos", "count=10&archived=yes")
        self.check("/api/v1/faces", "count=10&markers=true")

    def test_single_things(self) -> None:
        self.check("/api/v1/photos/{uid}", uid=self.photo.uid)
        self.check("/api/v1/subjects/{uid}", uid=self.subject.uid)
        self.check("/api/v1/faces/{face_id}", face_id=self.face.pk)
        self.check("/api/v1/albums/{uid}", uid=self.album.uid)

    def test_starts_and_timelines(self) -> None:
        for path in ("config", "settings", "session", "status", "timeline/buckets", "index", "errors"):
            with self.subTest(path):
                self.check(f"/api/v1/{path}")
        self.check("/api/v1/timeline/bucket/{key}", key="2024-05")

    def test_the_map(self) -> None:
        self.validate("/api/v1/geo", json.loads(async_to_sync(self.read)("/api/v1/geo")))
        self.validate("/api/v1/geo/view", json.loads(async_to_sync(self.read)("/api/v1/geo/view")))

    async def read(self, url: str) -> bytes:
        client = AsyncClient()
        await client.aforce_login(self.admin)
        return b"".join([piece async for piece in await client.get(url)])

    def test_problems(self) -> None:
        self.check("/api/v1/photos", "count=0", 400)
        self.check("/api/v1/photos", "count=1&q=lable:cat", 400)
        self.check("/api/v1/photos/{uid}", status=404, uid="xxx")


class ReadersTest(TestCase):
    """Both addresses are for everybody who is signed in."""

    def test_who_is_signed_in_reads_it(self) -> None:
        for user in (self.admin, self.guest):
            answer = self.client_of(user).get("/api/v1/openapi.json")
            self.assertEqual((answer.status_code, answer.json()["openapi"]), (200, "3.1.0"))
            self.assertContains(self.client_of(user).get("/api/v1/docs"), "swagger-ui")

    def test_nobody_else_does(self) -> None:
        for path in ("docs", "openapi.json"):
            answer = self.client.get(f"/api/v1/{path}")
            self.assertEqual((answer.status_code, answer.json()["code"]), (401, 401))

    @override_settings(OPTIONS=replace(settings.OPTIONS, auth_mode="public"))
    def test_in_public_mode_everybody_does(self) -> None:
        self.assertEqual(self.client.get("/api/v1/docs").status_code, 200)
