"""A photo that says in every way where it was taken, and visitors who ask everything they may."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pyexiv2
from asgiref.sync import async_to_sync
from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client

from library.models import File, Photo
from places import olc, s2
from places.models import Cell, Place
from sharing.models import AccessToken, Link
from tests.make import make_album, make_file
from tests.test_api.on_disk import MediaTestCase, jpeg, make_original, put_thumb
from tests.test_sharing.test_visitor_routes import ANYBODYS, OPEN, fill
from tests.test_site.route_table import ROUTES, Row

LAT, LNG = -6.168731, 39.198274
CELL: Final = s2.cell_id(LAT, LNG)
SPOT: Final = "Canary House"
DISTRICT: Final = "Canaryside"
CITY, STATE, COUNTRY, ZONE = "Zanzibar", "Unguja", "tz", "Africa/Dar_es_Salaam"
# Degrees to a kilometre, the cell to some, and what names the spot; written as any answer might.
# A number alone could stand in any mark of a file's age.
HEIGHT: Final = (":1234", ": 1234")
EXACT: Final = ("-6.168", "39.198", "6.168731", CELL[:8], olc.encode(LAT, LNG)[:6], "Canary", "canary", *HEIGHT)
ANY: Final = (
    *EXACT,
    "-6.16",
    "39.19",
    "39.2,",
    CELL[:5],
    "anzibar",
    "nguja",
    "anzania",
    "Dar_es_Salaam",
    '"tz"',
    "tz:",
)


def telling_jpeg() -> bytes:
    """A picture with the position and the names in EXIF, IPTC and XMP, and behind its end."""
    with pyexiv2.ImageData(jpeg()) as image:
        image.modify_exif(
            {
                "Exif.Image.Orientation": "6",
                "Exif.GPSInfo.GPSLatitude": "6/1 10/1 743/100",
                "Exif.GPSInfo.GPSLatitudeRef": "S",
                "Exif.GPSInfo.GPSLongitude": "39/1 11/1 5379/100",
                "Exif.GPSInfo.GPSLongitudeRef": "E",
                "Exif.Image.ImageDescription": f"{SPOT}, {CITY}",
            }
        )
        image.modify_iptc({"Iptc.Application2.City": CITY, "Iptc.Application2.SubLocation": SPOT})
        image.modify_xmp(
            {"Xmp.photoshop.City": CITY, "Xmp.photoshop.State": STATE, "Xmp.exif.GPSLatitude": "6,10.123S"}
        )
        return bytes(image.get_bytes()) + f"trailer {SPOT} {CITY} {LAT}".encode()


class WhereaboutsCase(MediaTestCase):
    """`photo` was taken at the canary's; `visitor` has opened a link to it; if `hidden`, one that hides places."""

    hidden = False
    title_src = ""

    def setUp(self) -> None:
        super().setUp()
        place = Place.objects.create(
            id="tz:canaryplace1",
            label=f"{DISTRICT}, {CITY}, {STATE}, Tanzania",
            district=DISTRICT,
            city=CITY,
            state=STATE,
            country=COUNTRY,
            keywords=f"{DISTRICT}, {CITY}, {STATE}",
        )
        cell = Cell.objects.create(
            id=s2.with_prefix(CELL), name=SPOT, street="Canary Street", category="canarium", place=place
        )
        self.photo = make_original(
            telling_jpeg(),
            taken="2024-05-17",
            title=f"{SPOT} / {CITY} / 2024",
            labels=["lake"],
            keywords=["canary", "zanzibar"],
            lat=LAT,
            lng=LNG,
            altitude=1234,
            direction=12.34,
            country=COUNTRY,
            time_zone=ZONE,
            place_src="meta",
        )
        Photo.objects.filter(pk=self.photo.pk).update(place=place, cell=cell, title_src=self.title_src)
        self.photo.refresh_from_db()
        make_file(self.photo, name="beside.xmp", is_sidecar=True, is_primary=False, type="xmp")
        for size in ("tile_500", "tile_224", "fit_720"):
            put_thumb(file_of_primary(self.photo).hash, size)
        self.album = make_album("Trip", self.photo, location=CITY, state=STATE, country=COUNTRY)
        self.link = Link.objects.create(
            share_uid=self.album.uid, slug="trip", token="a-token", created_by=self.alice, hide_places=self.hidden
        )
        self.config = self.visit()

    def visit(self) -> dict[str, Any]:
        config: dict[str, Any] = Client().get(f"/s/{self.link.token}/trip").context["page_config"]
        return config

    @property
    def visitor(self) -> Client:
        return Client(headers={"X-Auth-Token": self.config["authToken"]})

    def originals(self) -> Path:
        return Path(settings.ORIGINALS_PATH)

    def told(self, path: str) -> Any:
        """The JSON of an address below /api/v1/."""
        return json.loads(everything(self.visitor.get(f"/api/v1/{path}")).partition("\n\n")[2])

    def uids(self, query: str) -> list[str]:
        return [one["UID"] for one in self.told(f"photos?count=9&merged=true&q={query}")]

    def answers(self) -> "list[tuple[str, str]]":
        """What each address says that visitors may use, with all headers."""
        values = self.values()
        said = []
        for row in ROUTES:
            for method, use in row.methods.items():
                if (method, row.route) in OPEN and (method, row.route) not in ANYBODYS and method != "DELETE":
                    said.append((f"{method} {row.route}", everything(self._ask(row, method, use.body, values))))
        return said

    def values(self) -> dict[str, str]:
        token, file = AccessToken.objects.latest("pk"), file_of_primary(self.photo)
        named = {"photo": self.photo.uid, "hash": file.hash, "file": file.uid, "album": self.album.uid}
        named |= {"link": self.link.uid, "link_token": self.link.token, "session": token.hash}
        named |= {"password": "", "uid": ""}
        return named | {"preview": self.config["previewToken"], "download": self.config["downloadToken"]}

    def _ask(self, row: Row, method: str, body: Any, values: dict[str, str]) -> HttpResponseBase:
        path = re.sub(r"<\w+:(\w+)>", lambda found: fill(row.arguments[found[1]], values), row.route)
        address = f"/{path}" + (f"?{fill(row.query, values)}" if row.query else "")
        if method == "GET":
            return self.visitor.get(address)
        sent = json.loads(fill(json.dumps(body), values)) if body is not None else None
        answer: HttpResponseBase = getattr(self.visitor, method.lower())(address, sent, content_type="application/json")
        return answer


def file_of_primary(photo: Photo) -> File:
    return File.objects.get(photo=photo, is_primary=True)


# Ids of sessions, tokens and hashes are random, so that any few digits may stand in one of them.
_RANDOM: Final = re.compile(r"\b[0-9a-f]{32,}\b")


def everything(answer: HttpResponseBase) -> str:
    """Headers and body without what is random; bytes that are no text become the sign for that."""

    async def read() -> bytes:
        return b"".join([chunk async for chunk in answer.streaming_content])  # type: ignore[attr-defined]

    if not answer.streaming:
        content: bytes = getattr(answer, "content", b"")
    else:
        content = async_to_sync(read)() if answer.is_async else b"".join(answer)  # type: ignore[attr-defined]
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return _RANDOM.sub("random", f"{headers}\n\n{content.decode(errors='replace')}")
