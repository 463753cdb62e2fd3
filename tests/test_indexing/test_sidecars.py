"""What lies beside a picture, and what the storage kept of it, on the way into the rows."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings

from albums.models import Album, PhotoAlbum
from faces.models import Marker
from library import states
from library.edits import Edit, edit
from library.models import Details, Favorite, File, Keyword, Photo, PhotoLabel
from library.sidecars import write_sidecars
from tests.make import make_camera, make_label, make_lens
from tests.originals import BERLIN, OriginalsTestCase, run_index

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:fstop="http://www.fstopapp.com/xmp/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
 xmp:Rating="%(rating)s" fstop:favorite="1" exif:GPSLatitude="48,8.3N" exif:GPSLongitude="11,34.5E"
 exif:GPSAltitude="5200/10" exif:GPSImgDirection="271/2" exif:DateTimeOriginal="2019-08-07T06:05:04.25+02:00">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%(title)s</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">By the river</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>isar</rdf:li></rdf:Bag></dc:subject>
<mwg-rs:Regions><rdf:Description><mwg-rs:RegionList><rdf:Bag><rdf:li>
<rdf:Description mwg-rs:Name="Ann Lee" mwg-rs:Type="Face"><mwg-rs:Area stArea:x="0.25" stArea:y="0.5" stArea:w="0.1"
 stArea:h="0.2" stArea:unit="normalized"/></rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></rdf:Description>
</mwg-rs:Regions></rdf:Description></rdf:RDF></x:xmpmeta>"""


def xmp(title: str = "Isar", rating: str = "4") -> str:
    return XMP % {"title": title, "rating": rating}


class BesideTest(OriginalsTestCase):
    def beside(self, name: str, text: str) -> None:
        path = self.originals / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def tearDown(self) -> None:
        for path in self.originals.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def test_an_xmp_sidecar_outranks_the_picture(self) -> None:
        for name, sidecar in (("a.jpg", "a.xmp"), ("b.jpg", "b.jpg.xmp")):
            self.write(name, seed=ord(name[0]), **{"Exif.Image.ImageDescription": "From EXIF", **BERLIN})
            self.beside(sidecar, xmp())
        run_index()
        for name in ("a.jpg", "b.jpg"):
            photo = self.photo(name)
            self.assertEqual((photo.title, photo.title_src, photo.caption), ("Isar", "xmp", "By the river"))
            self.assertEqual((photo.rating, photo.rating_src, photo.place_src), (4, "xmp", "xmp"))
            self.assertEqual((photo.place.city, photo.altitude, photo.direction), ("Munich", 520, 135.5))
            self.assertEqual(photo.taken_at_local.isoformat(), "2019-08-07T06:05:04.250000+00:00")
            self.assertEqual(Details.objects.get(photo=photo).keywords_src, "xmp")

    def test_a_changed_sidecar_is_read_again(self) -> None:
        self.write("a.jpg")
        self.beside("a.xmp", xmp())
        run_index()
        self.beside("a.xmp", xmp("Danube in spring", "2"))
        run_index()
        photo = self.photo("a.jpg")
        self.assertEqual((photo.title, photo.rating), ("Danube in spring", 2))

    def test_a_favourite_of_the_file_is_one_of_the_administrators_once(self) -> None:
        self.write("a.jpg")
        self.beside("a.xmp", xmp())
        run_index()
        photo = self.photo("a.jpg")
        self.assertEqual([row.user for row in Favorite.objects.filter(photo=photo)], [self.admin])
        states.unlike([photo.uid], self.grant_of(self.admin))
        run_index(rescan=True)
        self.assertFalse(Favorite.objects.filter(photo=photo).exists())

    def test_marked_faces_become_named_markers_on_the_upright_picture(self) -> None:
        self.write("a.jpg", size=(400, 300), **{"Exif.Image.Orientation": "6"})
        self.beside("a.xmp", xmp())
        run_index()
        marker = Marker.objects.select_related("subject").get(file__name="a.jpg")
        self.assertEqual((marker.name, marker.subject.name, marker.src), ("Ann Lee", "Ann Lee", "xmp"))
        self.assertEqual([round(value, 3) for value in (marker.x, marker.y, marker.w, marker.h)], [0.4, 0.2, 0.2, 0.1])
        self.assertEqual(self.photo("a.jpg").faces, 1)
        run_index(rescan=True)
        self.assertEqual(Marker.objects.get(file__name="a.jpg").uid, marker.uid)

    def test_google_fills_what_the_picture_does_not_say(self) -> None:
        record = {
            "title": "a.jpg",
            "description": "From Google",
            "photoTakenTime": {"timestamp": "1580378238"},
            "geoData": {"latitude": 48.14, "longitude": 11.58, "altitude": 500.0},
        }
        self.write("a.jpg", **{"Exif.Photo.DateTimeOriginal": "2021:01:02 03:04:05"})
        self.write("b.jpg", seed=2)
        for name in ("a.jpg.supplemental-met.json", "b.jpg.json"):
            self.beside(name, json.dumps(record))
        run_index()
        a, b = self.photo("a.jpg"), self.photo("b.jpg")
        self.assertEqual((a.caption, a.place.city, a.year), ("From Google", "Munich", 2021))
        self.assertEqual((b.taken_at.isoformat(), b.time_zone), ("2020-01-30T09:57:18+00:00", "Europe/Berlin"))
        self.assertEqual(b.taken_at_local.hour, 10)

    def test_an_edited_copy_shares_the_jsons_picture(self) -> None:
        self.write("a.jpg")
        self.write("a-bearbeitet.jpg", seed=2)
        self.beside("a.jpg.json", json.dumps({"photoTakenTime": {"timestamp": "1580378238"}}))
        run_index()
        self.assertEqual(self.photo("a-bearbeitet.jpg"), self.photo("a.jpg"))
        self.assertEqual(Photo.objects.get().year, 2020)

    def test_the_json_of_an_album_says_nothing_about_a_picture(self) -> None:
        self.write("a.jpg")
        self.beside("a.json", json.dumps({"title": "Holiday", "description": "All of it"}))
        run_index()
        self.assertEqual(self.photo("a.jpg").caption, "")

    def test_apples_adjustments_are_noted(self) -> None:
        self.write("IMG_0001.jpg")
        keys = "<key>adjustmentFormatIdentifier</key><string>com.apple.photo</string>"
        keys += "<key>adjustmentFormatVersion</key><string>1.5</string>"
        self.beside("IMG_0001.AAE", f'<?xml version="1.0"?><plist version="1.0"><dict>{keys}</dict></plist>')
        run_index()
        row = File.objects.get(name="IMG_0001.AAE")
        self.assertEqual(
            (row.software, row.is_sidecar, row.photo), ("com.apple.photo 1.5", True, self.photo("IMG_0001.jpg"))
        )

    def test_a_yaml_among_the_originals_gives_texts_but_no_rights(self) -> None:
        self.write("a.jpg")
        self.beside("a.yml", "UID: psabcdefghijklmn\nTitle: Told\nPrivate: true\nOwner: alice\nFavorites: [alice]\n")
        run_index()
        photo = self.photo("a.jpg")
        self.assertEqual((photo.title, photo.title_src, photo.private, photo.owner), ("Told", "yaml", False, None))
        self.assertNotEqual(photo.uid, "psabcdefghijklmn")

    def test_a_hostile_sidecar_is_a_warning_and_the_picture_is_shown(self) -> None:
        bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x xmlns="u">&b;</x>'
        for name, text in (("a.xmp", bomb), ("b.jpg.json", "[" * 9999), ("c.yml", "a: &a [1]\nb: *a"), ("d.aae", "x")):
            self.write(f"{name[0]}.jpg", seed=ord(name[0]))
            self.beside(name, text)
        run_index()
        self.assertEqual(Photo.objects.count(), 4)


class EditsSurviveTest(OriginalsTestCase):
    """Each value that a person can set, before and after its file is read again."""

    @classmethod
    def fill(cls) -> None:
        exif = {
            "Exif.Image.Make": "Canon",
            "Exif.Image.Model": "EOS R5",
            "Exif.Image.ImageDescription": "From EXIF",
            "Exif.Image.Artist": "Camera Owner",
            "Exif.Image.Copyright": "Somebody",
            "Exif.Photo.DateTimeOriginal": "2021:01:02 03:04:05",
            "Exif.Photo.ISOSpeedRatings": "100",
            "Exif.Photo.FNumber": "28/10",
            "Exif.Photo.ExposureTime": "1/50",
            "Exif.Photo.FocalLength": "50/1",
            "Exif.Photo.UserComment": "Noted",
            **BERLIN,
        }
        cls.write("a.jpg", **exif)
        (cls.originals / "a.xmp").write_text(xmp("Walk"))
        run_index()

    def changed(self, **values: Any) -> Photo:
        photo = self.photo("a.jpg")
        edit(photo, self.grant_of(self.admin), Edit(**values))
        run_index(rescan=True)
        photo.refresh_from_db()
        return photo

    def test_texts_and_rating(self) -> None:
        photo = self.changed(title="Mine", caption="My words", rating=0)
        self.assertEqual((photo.title, photo.caption, photo.rating), ("Mine", "My words", 0))

    def test_gear_and_exposure(self) -> None:
        camera, lens = make_camera("Nikon F3"), make_lens("Nikkor 35mm")
        photo = self.changed(camera=camera, lens=lens, iso=400, f_number=1.4, exposure="1/8", focal_length=35)
        self.assertEqual((photo.camera, photo.lens, photo.iso, photo.f_number), (camera, lens, 400, 1.4))
        self.assertEqual((photo.exposure, photo.focal_length), ("1/8", 35))

    def test_each_of_the_gear_alone(self) -> None:
        for name, value in (("iso", 200), ("f_number", 8.0), ("exposure", "2"), ("focal_length", 200)):
            self.assertEqual(getattr(self.changed(**{name: value}), name), value)

    def test_position(self) -> None:
        photo = self.changed(lat=41.9, lng=12.5, altitude=30)
        self.assertEqual((photo.lat, photo.lng, photo.altitude), (41.9, 12.5, 30))
        self.assertEqual((photo.place.city, photo.country, photo.time_zone), ("Rome", "it", "Europe/Rome"))

    def test_no_position(self) -> None:
        photo = self.changed(lat=0.0, lng=0.0, country="fr")
        self.assertEqual((photo.lat, photo.place_id, photo.country), (None, "zz", "fr"))

    def test_the_date(self) -> None:
        photo = self.changed(taken_at_local=datetime(2015, 6, 7, 8, 9, 10, tzinfo=UTC), time_zone="Asia/Tokyo")
        self.assertEqual(photo.taken_at_local.isoformat(), "2015-06-07T08:09:10+00:00")
        self.assertEqual((photo.taken_at.day, photo.taken_at.hour, photo.time_zone), (6, 23, "Asia/Tokyo"))
        self.assertEqual((photo.year, photo.month, photo.day), (2015, 6, 7))

    def test_long_texts_and_the_words_in_them(self) -> None:
        texts = {name: f"{name} of mine" for name in ("notes", "subject", "artist", "copyright", "license")}
        photo = self.changed(details={**texts, "keywords": "zebra, watering hole"})
        details = Details.objects.get(photo=photo)
        for name, text in texts.items():
            self.assertEqual((getattr(details, name), getattr(details, f"{name}_src")), (text, "manual"))
        self.assertFound("keywords:zebra", photo)
        self.assertFound("keywords:isar")

    def test_a_value_given_back_is_the_files_again(self) -> None:
        self.changed(caption="My words")
        self.assertEqual(self.changed(caption="").caption, "By the river")


class FreshIndexTest(OriginalsTestCase):
    """A new database over the same originals and the same storage."""

    @classmethod
    def fill(cls) -> None:
        cls.write("2024/a.jpg", **{"Exif.Photo.DateTimeOriginal": "2021:01:02 03:04:05"})
        cls.write("2024/b.jpg", seed=2)
        run_index()

    def forget(self) -> None:
        """The library as it was before the first index; accounts stay."""
        PhotoAlbum.objects.all().delete()
        Album.objects.all().delete()
        Marker.objects.all().delete()
        Photo.objects.all().delete()
        File.objects.all().delete()
        Keyword.objects.all().delete()

    def again(self, photo: Photo) -> Photo:
        write_sidecars([photo.uid])
        self.forget()
        run_index()
        return self.photo("2024/a.jpg")

    def tearDown(self) -> None:
        shutil.rmtree(self.storage / "sidecar", ignore_errors=True)

    def test_edits_and_the_uid_come_back(self) -> None:
        old = self.photo("2024/a.jpg")
        values = Edit(
            title="Mine", rating=5, lat=41.9, lng=12.5, iso=400, details={"artist": "Ada", "keywords": "zebra"}
        )
        edit(old, self.grant_of(self.admin), values)
        new = self.again(old)
        self.assertEqual((new.uid, new.title, new.title_src, new.rating), (old.uid, "Mine", "manual", 5))
        self.assertEqual((new.lat, new.place.city, new.place_src, new.iso), (41.9, "Rome", "manual", 400))
        self.assertEqual(Details.objects.get(photo=new).artist, "Ada")
        self.assertEqual((new.taken_src, new.year), ("meta", 2021))
        self.assertFound("keywords:zebra", new)

    def test_states_of_every_account_come_back(self) -> None:
        old = self.photo("2024/a.jpg")
        states.like([old.uid], self.grant_of(self.alice))
        states.like([old.uid], self.grant_of(self.bob))
        states.set_private([old.uid], self.grant_of(self.admin), private=True)
        states.archive([old.uid], self.grant_of(self.admin))
        new = self.again(old)
        self.assertTrue(new.private and new.is_archived)
        self.assertEqual({row.user for row in Favorite.objects.filter(photo=new)}, {self.alice, self.bob})

    def test_albums_and_labels_by_hand_come_back(self) -> None:
        old = self.photo("2024/a.jpg")
        album = Album.objects.create(title="Rome")
        PhotoAlbum.objects.create(album=album, photo=old)
        PhotoLabel.objects.create(photo=old, label=make_label("Zebra"), src="manual")
        PhotoLabel.objects.create(photo=old, label=make_label("Cat"), src="image", uncertainty=100)
        new = self.again(old)
        entry = PhotoAlbum.objects.select_related("album").get(photo=new)
        self.assertEqual((entry.album.uid, entry.album.title), (album.uid, "Rome"))
        labels = PhotoLabel.objects.filter(photo=new).values_list("label__name", "uncertainty")
        self.assertCountEqual(labels, [("Zebra", 0), ("Cat", 100)])

    def test_what_belonged_to_nobody_here_is_seen_by_administrators_alone(self) -> None:
        old = self.photo("2024/a.jpg")
        Photo.objects.filter(pk=old.pk).update(owner=self.alice)
        write_sidecars([old.uid])
        text = (self.storage / "sidecar/2024/a.yml").read_text()
        (self.storage / "sidecar/2024/a.yml").write_text(text.replace("alice", "gone"))
        self.forget()
        run_index()
        new = self.photo("2024/a.jpg")
        self.assertEqual((new.owner, new.private), (None, True))

    def test_an_owner_comes_back(self) -> None:
        old = self.photo("2024/a.jpg")
        Photo.objects.filter(pk=old.pk).update(owner=self.alice)
        new = self.again(old)
        self.assertEqual((new.owner, new.private), (self.alice, False))

    def test_a_backup_of_another_picture_of_that_name_is_not_taken(self) -> None:
        old = self.photo("2024/a.jpg")
        edit(old, self.grant_of(self.admin), Edit(title="Mine"))
        write_sidecars([old.uid])
        self.forget()
        text = (self.storage / "sidecar/2024/a.yml").read_text()
        (self.storage / "sidecar/2024/b.yml").write_text(text)
        run_index()
        self.assertEqual((self.photo("2024/a.jpg").uid, self.photo("2024/b.jpg").title), (old.uid, "Unknown / 2012"))


class WriteSidecarsTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        cls.write("a.jpg")
        run_index()

    def tearDown(self) -> None:
        shutil.rmtree(self.storage / "sidecar", ignore_errors=True)

    def test_an_untouched_photo_has_none(self) -> None:
        self.assertEqual(write_sidecars([self.photo("a.jpg").uid]), 0)
        self.assertFalse((self.storage / "sidecar").exists())

    def test_every_change_by_a_person_is_written(self) -> None:
        photo, grant = self.photo("a.jpg"), self.grant_of(self.admin)
        with self.captureOnCommitCallbacks(execute=True):
            edit(photo, grant, Edit(title="Mine"))
        path = self.storage / "sidecar/a.yml"
        self.assertIn("Title: Mine\n", path.read_text())
        with self.captureOnCommitCallbacks(execute=True):
            states.archive([photo.uid], grant)
        self.assertIn("DeletedAt:", path.read_text())

    def test_what_is_unchanged_is_not_written_again(self) -> None:
        photo = self.photo("a.jpg")
        states.like([photo.uid], self.grant_of(self.admin))
        self.assertEqual([write_sidecars([photo.uid]) for _ in range(2)], [1, 0])

    def test_a_full_disk_keeps_nobody_from_editing(self) -> None:
        photo = self.photo("a.jpg")
        states.like([photo.uid], self.grant_of(self.admin))
        with patch("library.sidecars.os.fsync", side_effect=OSError("full")), self.assertLogs("library.sidecars"):
            self.assertEqual(write_sidecars([photo.uid]), 0)
        self.assertEqual(list((self.storage / "sidecar").iterdir()), [])

    def test_it_can_be_switched_off(self) -> None:
        photo = self.photo("a.jpg")
        states.like([photo.uid], self.grant_of(self.admin))
        with override_settings(OPTIONS=replace(settings.OPTIONS, sidecar_yaml=False)):
            self.assertEqual(write_sidecars([photo.uid]), 0)
