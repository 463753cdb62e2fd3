"""GET /api/v1/photos: the list in PhotoPrism's shape."""

from datetime import timedelta

from tests.base import TestCase
from tests.make import make_file, make_photo

NEVER_NULL = (
    "UID Hash Width Height TakenAt TakenAtLocal Type Title Files Favorite Quality Private Lat Lng Year Month Day"
    " Country PlaceLabel PlaceCity PlaceState PlaceCountry Description Caption Portrait FileName FileUID Name Path"
    " OriginalName CameraMake CameraModel CameraID LensID Iso FNumber FocalLength Exposure Altitude Duration CellID"
    " PlaceID CreatedAt UpdatedAt EditedAt CheckedAt TimeZone Stack Color Resolution Rating Merged"
)
NEVER_NULL_IN_FILES = (
    "UID PhotoUID Name Root Hash Size Mime FileType MediaType Duration Frames Primary Video Codec Sidecar Markers Width"
    " Height Orientation AspectRatio MainColor Error Missing"
)


class PhotosTest(TestCase):
    def get(self, query: str = "", user: object = None) -> object:
        return self.client_of(user or self.admin).get(f"/api/v1/photos?count=10&{query}")

    def uids(self, query: str) -> list[str]:
        return [photo["UID"] for photo in self.get(query).json()]

    def test_no_field_that_apps_read_is_null(self) -> None:
        make_photo()
        photo = self.get().json()[0]
        self.assertEqual([name for name in NEVER_NULL.split() if photo[name] is None], [])
        self.assertEqual([name for name in NEVER_NULL_IN_FILES.split() if photo["Files"][0][name] is None], [])

    def test_times_and_durations(self) -> None:
        make_photo(taken="2024-05-17 12:30:00", duration=timedelta(seconds=2))
        photo = self.get().json()[0]
        self.assertEqual((photo["TakenAtLocal"], photo["Duration"]), ("2024-05-17T12:30:00Z", 2_000_000_000))

    def test_headers_count_photos(self) -> None:
        photo = make_photo()
        make_file(photo)
        make_photo()
        answer = self.client_of(self.admin).get("/api/v1/photos?count=1&offset=1")
        headers = [answer[name] for name in ("X-Count", "X-Limit", "X-Offset")]
        self.assertEqual(headers, ["1", "1", "1"])
        self.assertEqual(answer["X-Preview-Token"], self.grant_of(self.admin).preview_token)
        self.assertTrue(answer["X-Download-Token"])
        self.assertEqual(answer["Content-Type"], "application/json; charset=utf-8")

    def test_the_primary_file_is_the_photos(self) -> None:
        photo = make_photo()
        make_file(photo)
        found = self.get().json()[0]
        self.assertEqual(found["Hash"], photo.files.get(is_primary=True).hash)
        self.assertEqual([file["Primary"] for file in found["Files"]], [True, False])
        self.assertTrue(found["Merged"])

    def test_filters_are_parameters_too(self) -> None:
        cat = make_photo(labels=["cat"], taken="2024-05-17")
        make_photo(labels=["cat"], taken="2023-05-17")
        self.assertEqual(self.uids("label=cat&year=2024&merged=true&primary=true&unheard=of"), [cat.uid])

    def test_private_photos_come_when_asked_for(self) -> None:
        photo = make_photo(private=True)
        self.assertEqual(self.uids(""), [])
        self.assertEqual(self.uids("public=false"), [photo.uid])

    def test_a_count_beyond_the_limit_is_clamped(self) -> None:
        make_photo()
        answer = self.client_of(self.admin).get("/api/v1/photos?count=2147483647")
        self.assertEqual((answer.status_code, answer["X-Limit"]), (200, "100000"))

    def test_pages_by_key(self) -> None:
        new, old = make_photo(taken="2024-01-01"), make_photo(taken="2023-01-01")
        client = self.client_of(self.admin)
        first = client.get("/api/v1/photos?count=1")
        second = client.get("/api/v1/photos", {"count": 1, "cursor": first["X-Next-Cursor"]})
        self.assertEqual([first.json()[0]["UID"], second.json()[0]["UID"]], [new.uid, old.uid])
        self.assertNotIn("X-Next-Cursor", second.headers)

    def test_what_is_wrong_is_said(self) -> None:
        for query in ("q=lable:cat", "q=iso:fast", "order=sideways", "count=many", "cursor=x", "format=xml"):
            answer = self.get(query)
            self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400), query)
            self.assertTrue(answer.json()["error"], query)
            self.assertEqual(answer.json()["message"], answer.json()["error"])

    def test_a_list_without_a_count_is_refused(self) -> None:
        answer = self.client_of(self.admin).get("/api/v1/photos")
        self.assertEqual(answer.status_code, 400)
        self.assertIn("needs a count", answer.json()["error"])

    def test_an_archived_photo_says_since_when(self) -> None:
        make_photo(archived=True)
        make_photo()
        shown = [photo.get("DeletedAt") for query in ("archived=true", "") for photo in self.get(query).json()]
        self.assertEqual(shown, ["2025-01-02T03:04:05Z", None])

    def test_the_viewers_form_can_be_asked_for(self) -> None:
        photo = make_photo()
        self.assertEqual(self.get("format=view").json()[0]["Hash"], photo.files.get().hash)
        self.assertNotIn("Files", self.get("format=view").json()[0])

    def test_the_nearest_filter_is_suggested(self) -> None:
        self.assertEqual(self.get("q=lable:cat").json()["suggestion"], "label")

    def test_a_favourite_is_the_accounts(self) -> None:
        make_photo(favorite_of=self.alice)
        self.assertTrue(self.get(user=self.alice).json()[0]["Favorite"])
        self.assertFalse(self.get(user=self.bob).json()[0]["Favorite"])

    def test_a_guest_gets_an_empty_list(self) -> None:
        make_photo()
        self.assertEqual(self.get(user=self.guest).json(), [])

    def test_the_queries_do_not_grow_with_the_photos(self) -> None:
        for _ in range(5):
            make_file(make_photo())
        client = self.client_of(self.admin)
        client.get("/api/v1/photos")
        with self.assertNumQueries(7):
            client.get("/api/v1/photos?count=5")
