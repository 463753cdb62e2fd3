"""Albums that make themselves: states, months, folders and moments, as they are at any moment."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import override

from albums.live import listed_albums
from albums.made import local_place, local_title, made_albums, state_uid
from albums.models import Album
from albums.shown import show_albums
from library.models import Photo
from library.search import find
from library.uid import is_uid
from places.models import Place
from sharing.accounts import add_account
from sharing.acl import USER
from tests.base import PASSWORD, TestCase
from tests.make import make_album, make_photo
from tests.test_api.on_disk import file_of

TUSCANY = "Florence, Tuscany, Italy"
LAZIO = "Rome, Lazio, Italy"


class MadeAlbumsTest(TestCase):
    carol: User

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.carol = add_account("carol", PASSWORD, role=USER).user

    def made(self, kind: str, user: User | None = None) -> dict[str, int]:
        """Titles and numbers of photos."""
        found = made_albums(kind, self.grant_of(user or self.alice))
        titles = dict(Album.objects.filter(uid__in=found).values_list("uid", "title"))
        return {titles[uid]: made.count for uid, made in found.items()}

    def test_states_months_and_folders_have_their_photos(self) -> None:
        make_photo(place=TUSCANY, country="it", taken="2019-06-10", folder="2019/italy")
        make_photo(place=TUSCANY, country="it", taken="2019-06-11", folder="2019/italy")
        make_photo(place=LAZIO, country="it", taken="2019-07-01", folder="2019")
        self.assertEqual(self.made("state"), {"Tuscany": 2, "Lazio": 1})
        self.assertEqual(self.made("month"), {"June 2019": 2, "July 2019": 1})
        self.assertEqual(self.made("folder"), {"italy": 2, "2019": 1})

    def test_a_moment_needs_enough_photos_of_a_country_in_a_year(self) -> None:
        for taken in ("2019-06-10", "2019-06-11", "2019-06-12"):
            make_photo(country="it", taken=taken)
        make_photo(country="no", taken="2019-06-12")
        self.assertEqual(self.made("moment"), {"Italy 2019": 3})

    def test_the_search_of_each_finds_what_is_counted(self) -> None:
        names = (
            "Florence, Tuscany, Italy",
            "Trento, Trentino-Alto Adige/Südtirol, Italy",
            "X, Ox & Cow | Bull*, Italy",
        )
        for number, place in enumerate(names):
            make_photo(place=place, country="it", taken=f"20{number:02}-06-10", folder=f"a{number}/b & c|d*")
            make_photo(place=place, country="no", folder=f"a{number}/b & c|d*/below")
        grant = self.grant_of(self.alice)
        for kind in ("state", "month", "moment", "folder"):
            for uid, made in made_albums(kind, grant).items():
                album = Album.objects.get(uid=uid)
                with self.subTest(album.filter):
                    self.assertEqual(find(album.filter, grant).count(), made.count)

    def test_they_follow_the_photos_at_once(self) -> None:
        photo = make_photo(place=TUSCANY, country="it", taken="2019-06-10")
        self.assertEqual(self.made("state"), {"Tuscany": 1})
        lazio = Place.objects.create(id="it:lazio", label=LAZIO, city="Rome", state="Lazio", country="it")
        Photo.objects.filter(pk=photo.pk).update(place=lazio)
        self.assertEqual(self.made("state"), {"Lazio": 1})
        Photo.objects.filter(pk=photo.pk).update(deleted_at=photo.created_at)
        self.assertEqual((self.made("state"), self.made("month"), self.made("folder")), ({}, {}, {}))

    def test_nobody_is_told_of_photos_that_they_may_not_see(self) -> None:
        make_photo(place=TUSCANY, country="it", private=True)
        make_photo(place=LAZIO, country="it", owner=self.alice)
        self.assertEqual(self.made("state", self.alice), {"Lazio": 1})
        for user in (self.bob, self.guest):
            for kind in ("state", "month", "moment", "folder"):
                self.assertEqual(self.made(kind, user), {})
                self.assertFalse(listed_albums(self.grant_of(user), [kind]).exists())

    def test_their_addresses_tell_nothing_of_photos_of_others(self) -> None:
        make_photo(place=TUSCANY, country="it", taken="2019-06-10", owner=self.alice, folder="2019/clinic")
        made = {uid for kind in ("state", "month", "folder") for uid in made_albums(kind, self.grant_of(self.alice))}
        self.assertIn(state_uid("it", "Tuscany"), made)
        for uid in made:
            addresses = (f"/api/v1/albums/{uid}", f"/library/albums/{uid}", f"/api/v1/albums/{uid}/links")
            for user, status in ((self.alice, 200), (self.admin, 200), (self.carol, 404)):
                for address in addresses:
                    with self.subTest(address, user=user.username):
                        self.assertEqual(self.client_of(user).get(address).status_code, status)
            change = self.client_of(self.carol).put(f"/api/v1/albums/{uid}", {"Title": "X"}, "application/json")
            self.assertEqual(change.status_code, 404)
        for user, count in ((self.alice, len(made)), (self.carol, 0)):
            listed = self.client_of(user).get("/api/v1/albums", {"count": 10, "uid": "|".join(made)})
            self.assertEqual(len(listed.json()), count)

    def test_apps_are_told_numbers_of_what_they_would_list(self) -> None:
        make_photo(place=TUSCANY, country="it", owner=self.alice)
        for user, states in ((self.alice, 1), (self.bob, 0)):
            counts = self.client_of(user).get("/api/v1/config").json()["count"]
            self.assertEqual((counts["states"], counts["months"], counts["private_states"]), (states, states, 0))

    def test_names_of_places_and_dates_name_no_album(self) -> None:
        photos = [make_photo(country="it", taken=f"2019-06-1{day}") for day in range(3)]
        uid = next(iter(made_albums("moment", self.grant_of(self.alice))))
        self.assertFound(f"album:{uid}", *photos)
        self.assertFound('album:"Italy 2019"')

    def test_a_row_is_written_once_and_its_uid_follows_from_its_name(self) -> None:
        make_photo(place="Munich, Bavaria, Germany", country="de")
        self.made("state")
        self.made("state", self.admin)
        album = Album.objects.get(type="state")
        self.assertEqual(album.uid, state_uid("de", "bavaria"))
        self.assertTrue(is_uid(album.uid, "a"))
        with self.assertNumQueries(4):
            made_albums("state", self.grant_of(self.alice))

    def test_what_people_change_is_kept(self) -> None:
        make_photo(place=TUSCANY, country="it")
        self.made("state")
        Album.objects.filter(type="state").update(title="Our Tuscany", favorite=True)
        self.assertEqual(self.made("state"), {"Our Tuscany": 1})

    def test_deleted_months_come_back_and_moments_do_not(self) -> None:
        photos = [make_photo(country="it", taken=f"2019-06-1{day}") for day in range(3)]
        for kind in ("month", "moment"):
            self.made(kind)
        Album.objects.update(deleted_at=photos[0].created_at)
        self.assertEqual(self.made("month"), {"June 2019": 3})
        self.assertEqual(self.made("moment"), {})
        self.assertTrue(listed_albums(self.grant_of(self.alice), ["month"]).exists())

    def test_titles_are_in_the_language_of_the_reader_unless_somebody_gave_another(self) -> None:
        for day in range(3):
            make_photo(place=TUSCANY, country="it", taken=f"2019-06-1{day}")
        for kind in ("month", "moment", "state"):
            self.made(kind)
        month, moment, state = (Album.objects.get(type=kind) for kind in ("month", "moment", "state"))
        with override("de"):
            self.assertEqual((local_title(month), local_title(moment)), ("Juni 2019", "Italien 2019"))
            self.assertEqual((local_title(state), local_place(state)), ("Tuscany", "Italien"))
            month.title = "Honeymoon"
            self.assertEqual(local_title(month), "Honeymoon")

    def test_a_list_shows_the_newest_photo_and_the_days(self) -> None:
        make_photo(place=TUSCANY, country="it", taken="2018-06-10")
        newest = make_photo(place=TUSCANY, country="it", taken="2019-06-10")
        self.made("state")
        shown = show_albums(list(Album.objects.filter(type="state")), self.grant_of(self.bob))[0]
        self.assertEqual((shown.filling.count, shown.filling.cover), (2, file_of(newest).hash))
        self.assertEqual((shown.filling.span, shown.detail), ("2018 – 2019", "Italy"))


class ListOfMadeAlbumsTest(TestCase):
    def ask(self, user: User | None = None, **query: Any) -> list[dict[str, Any]]:
        answer = self.client_of(user or self.alice).get("/api/v1/albums", {"count": 100, **query})
        self.assertEqual(answer.status_code, 200, answer.content)
        found: list[dict[str, Any]] = answer.json()
        return found

    def test_apps_are_told_of_the_kind_they_ask_for(self) -> None:
        photo = make_photo(place=TUSCANY, country="it", taken="2019-06-10", folder="2019/italy")
        make_album("By hand", photo)
        state, month, folder = (self.ask(type=kind)[0] for kind in ("state", "month", "folder"))
        self.assertEqual((state["Title"], state["State"], state["Country"]), ("Tuscany", "Tuscany", "it"))
        self.assertEqual((state["Location"], state["PhotoCount"], state["Type"]), ("Italy", 1, "state"))
        self.assertEqual((state["Thumb"], state["Filter"]), (file_of(photo).hash, "country:it state:Tuscany"))
        self.assertEqual((month["Title"], month["Year"], month["Month"]), ("June 2019", 2019, 6))
        self.assertEqual((folder["Title"], folder["Path"]), ("italy", "2019/italy"))
        self.assertEqual([album["Title"] for album in self.ask()], ["By hand"])
        self.assertEqual([album["Title"] for album in self.ask(uid=state["UID"])], ["Tuscany"])

    def test_photos_of_one_are_found_by_its_uid(self) -> None:
        make_photo(place=TUSCANY, country="it")
        make_photo()
        state = self.ask(type="state")[0]
        for query in (f"album:{state['UID']}", f"s:{state['UID']}"):
            answer = self.client_of(self.alice).get("/api/v1/photos", {"count": 10, "q": query})
            self.assertEqual(len(answer.json()), 1)

    def test_lists_are_sorted_searched_and_cut(self) -> None:
        for taken in ("2019-06-10", "2021-01-01", "2021-01-02", "2020-03-01"):
            make_photo(taken=taken)
        self.assertEqual(self.ask(type="month", order="newest")[0]["Title"], "January 2021")
        self.assertEqual(self.ask(type="month", order="count")[0]["Title"], "January 2021")
        self.assertEqual([one["Title"] for one in self.ask(type="month", order="oldest", count=1)], ["June 2019"])
        self.assertEqual([one["Title"] for one in self.ask(type="month", year=2020)], ["March 2020"])

    def test_a_list_costs_the_same_however_many_there_are(self) -> None:
        make_photo(place=TUSCANY, country="it")
        client = self.client_of(self.alice)
        client.get("/api/v1/albums?count=100&type=state")
        for number in range(5):
            make_photo(place=f"City {number}, State {number}, Italy", country="it")
        client.get("/api/v1/albums?count=100&type=state")
        with self.assertNumQueries(14):
            self.assertEqual(len(client.get("/api/v1/albums?count=100&type=state").json()), 6)

    def test_its_search_is_not_changed_and_its_own_title_is_nobodys(self) -> None:
        make_photo(taken="2019-06-10")
        month = self.ask(type="month")[0]
        client, url = self.client_of(self.alice), f"/api/v1/albums/{month['UID']}"
        refused = client.put(url, {"Filter": "label:cat"}, content_type="application/json")
        self.assertEqual(refused.status_code, 400)
        german = {"Accept-Language": "de"}
        sent = {"Title": "Juni 2019", "Description": "Hot", "Filter": month["Filter"]}
        client.put(url, sent, content_type="application/json", headers=german)
        album = Album.objects.get(uid=month["UID"])
        self.assertEqual((album.title, album.description), ("June 2019", "Hot"))
        client.put(url, {"Title": "Honeymoon"}, content_type="application/json")
        self.assertEqual(self.ask(type="month")[0]["Title"], "Honeymoon")
