"""exiv2's keys to Metadata."""

from datetime import UTC, datetime

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from library.meta.data import Metadata
from library.meta.exiv2 import KEYS, from_exiv2

NOON = "2019:03:21 11:04:22"
WRITTEN = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"-?\d{1,12}/-?\d{1,3}( -?\d{1,6}/\d{1,3}){0,3}", fullmatch=True),
    st.from_regex(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", fullmatch=True),
    st.lists(st.text(max_size=10), max_size=3),
    st.dictionaries(st.text(max_size=10), st.text(max_size=10), max_size=2),
)


def read(**tags: object) -> Metadata:
    """Metadata from EXIF tags of the Photo group, or "Group_Tag"."""
    return from_exiv2(
        {f"Exif.{name.replace('_', '.') if '_' in name else 'Photo.' + name}": v for name, v in tags.items()}, {}, {}
    )


class TakenTest(SimpleTestCase):
    def test_a_camera_writes_its_wall_clock(self) -> None:
        metadata = read(DateTimeOriginal=NOON)
        self.assertEqual(metadata.taken_at_local, datetime(2019, 3, 21, 11, 4, 22, tzinfo=UTC))
        self.assertEqual((metadata.taken_at, metadata.time_zone), (metadata.taken_at_local, ""))
        self.assertEqual(metadata.taken_src, "meta")

    def test_a_phone_writes_fraction_and_offset(self) -> None:
        metadata = read(DateTimeOriginal=NOON, SubSecTimeOriginal="853", OffsetTimeOriginal="-05:00")
        self.assertEqual(metadata.taken_at, datetime(2019, 3, 21, 16, 4, 22, 853_000, tzinfo=UTC))
        self.assertEqual(metadata.time_zone, "UTC-5")

    def test_another_offset_serves_when_its_own_is_missing(self) -> None:
        self.assertEqual(read(DateTimeOriginal=NOON, OffsetTime="+02:00").time_zone, "UTC+2")

    def test_a_broken_date_gives_way_to_the_next(self) -> None:
        metadata = read(DateTimeOriginal="0000:00:00 00:00:00", DateTimeDigitized=NOON)
        self.assertEqual(metadata.taken_at_local, datetime(2019, 3, 21, 11, 4, 22, tzinfo=UTC))

    def test_the_satellites_clock_is_the_last_resort(self) -> None:
        gps = {"GPSInfo_GPSDateStamp": "2019:03:21", "GPSInfo_GPSTimeStamp": "16/1 4/1 2150/100"}
        self.assertEqual(read(**gps).taken_at, datetime(2019, 3, 21, 16, 4, 21, 500_000, tzinfo=UTC))
        self.assertEqual(read(**gps).time_zone, "UTC")
        self.assertEqual(read(DateTimeOriginal=NOON, **gps).time_zone, "")

    def test_iptc_dates_have_no_zone_when_none_is_written(self) -> None:
        iptc = {"Iptc.Application2.DateCreated": "2012-08-05", "Iptc.Application2.TimeCreated": "11:39:59+00:00"}
        metadata = from_exiv2({}, iptc, {})
        self.assertEqual(metadata.taken_at, datetime(2012, 8, 5, 11, 39, 59, tzinfo=UTC))
        self.assertEqual(metadata.time_zone, "")

    def test_without_any_date_nothing_is_claimed(self) -> None:
        self.assertEqual((read().taken_at, read().taken_src), (None, ""))


class PositionTest(SimpleTestCase):
    def test_references_give_the_sign(self) -> None:
        metadata = read(
            GPSInfo_GPSLatitude="41/1 13/1 1308/100",
            GPSInfo_GPSLatitudeRef="S",
            GPSInfo_GPSLongitude="96/1 4/1 17850/1000",
            GPSInfo_GPSLongitudeRef="W",
            GPSInfo_GPSAltitude="8483/10",
            GPSInfo_GPSAltitudeRef="1",
        )
        self.assertEqual((metadata.lat, metadata.lng, metadata.altitude), (-41.2203, -96.071625, -848))

    def test_a_receiver_without_a_fix_knows_no_place(self) -> None:
        metadata = read(
            GPSInfo_GPSLatitude="0/1 0/1 0/1", GPSInfo_GPSLongitude="0/1 0/1 0/1", GPSInfo_GPSAltitude="0/1"
        )
        self.assertEqual((metadata.lat, metadata.lng, metadata.altitude), (None, None, None))

    def test_half_a_position_is_none(self) -> None:
        self.assertIsNone(read(GPSInfo_GPSLatitude="41/1 13/1 0/1").lat)

    def test_a_place_on_the_equator_is_a_place(self) -> None:
        metadata = read(GPSInfo_GPSLatitude="0/1", GPSInfo_GPSLongitude="32/1")
        self.assertEqual((metadata.lat, metadata.lng), (0, 32))


class CameraTest(SimpleTestCase):
    def test_maker_and_model(self) -> None:
        metadata = read(Image_Make="NIKON CORPORATION", Image_Model="NIKON D750", BodySerialNumber="6001234")
        self.assertEqual(
            (metadata.camera_make, metadata.camera_model, metadata.camera_serial), ("NIKON", "D750", "6001234")
        )

    def test_exposure_as_people_write_it(self) -> None:
        times = ("1/250", "10/2500", "4/10", "2/1", "13/10", "0/1", "0/0")
        self.assertEqual(
            [read(ExposureTime=time).exposure for time in times], ["1/250", "1/250", "0.4", "2", "1.3", "", ""]
        )

    def test_apex_units_serve_when_nothing_else_is_there(self) -> None:
        metadata = read(ShutterSpeedValue="8/1", ApertureValue="4/1")
        self.assertEqual((metadata.exposure, metadata.f_number), ("1/256", 4.0))

    def test_the_focal_length_of_small_film_is_preferred(self) -> None:
        self.assertEqual(read(FocalLength="399/100", FocalLengthIn35mmFilm="28").focal_length, 28)
        self.assertEqual(read(FocalLength="399/100", FocalLengthIn35mmFilm="0").focal_length, 4)

    def test_speeds_beyond_16_bits_stand_in_another_tag(self) -> None:
        self.assertEqual(read(ISOSpeedRatings="65535", RecommendedExposureIndex="102400").iso, 102400)

    def test_old_canon_cameras_keep_their_speed_to_themselves(self) -> None:
        self.assertEqual(read(CanonCs_ISOSpeed="16").iso, 50)
        self.assertEqual(read(CanonCs_ISOSpeed="15", CanonSi_ISOSpeed="128", CanonSi_AutoISO="32").iso, 100)

    def test_flash_fired_is_the_lowest_bit(self) -> None:
        self.assertTrue(read(Flash="25").flash)
        self.assertFalse(read(Flash="16").flash)

    def test_only_eight_orientations_exist(self) -> None:
        self.assertEqual([read(Image_Orientation=value).orientation for value in ("6", "0", "9", "x")], [6, 0, 0, 0])


class WordsTest(SimpleTestCase):
    def test_titles_of_cameras_are_dropped(self) -> None:
        metadata = read(Image_ImageDescription="OLYMPUS DIGITAL CAMERA        ")
        self.assertEqual(metadata.caption, "")

    def test_xmp_titles_win_over_iptc(self) -> None:
        iptc = {"Iptc.Application2.ObjectName": "Falcon", "Iptc.Application2.Caption": "Flying"}
        xmp = {"Xmp.dc.title": {'lang="x-default"': "Prairie falcon"}}
        metadata = from_exiv2({}, iptc, xmp)
        self.assertEqual((metadata.title, metadata.caption), ("Prairie falcon", "Flying"))

    def test_keywords_are_united_once_each(self) -> None:
        iptc = {"Iptc.Application2.Keywords": ["birds", "Events"]}
        xmp = {"Xmp.dc.subject": ["events", "falcon; nest"]}
        self.assertEqual(from_exiv2({}, iptc, xmp).keywords, ("birds", "Events", "falcon", "nest"))

    def test_several_authors_are_listed(self) -> None:
        self.assertEqual(from_exiv2({}, {}, {"Xmp.dc.creator": ["Ann", "Bob"]}).artist, "Ann, Bob")

    def test_stars_and_percents(self) -> None:
        ratings = [from_exiv2({}, {}, {"Xmp.xmp.Rating": written}).rating for written in ("4", "-1", "0", "x", "99")]
        self.assertEqual(ratings, [4, -1, 0, None, 5])
        self.assertEqual(read(Image_RatingPercent="63").rating, 4)


class IdentityTest(SimpleTestCase):
    def test_the_first_id_that_is_a_uuid(self) -> None:
        xmp = {
            "Xmp.xmpMM.OriginalDocumentID": "FAB34A8B5D3111EE888CAA784C468B61",
            "Xmp.xmpMM.DocumentID": "xmp.did:abc418a3-fabe-459c-b377-19a400f19296",
        }
        self.assertEqual(from_exiv2({}, {}, xmp).document_id, "abc418a3-fabe-459c-b377-19a400f19296")

    def test_the_real_size_beats_the_one_exif_claims(self) -> None:
        exif = {"Exif.Photo.PixelXDimension": "4000", "Exif.Photo.PixelYDimension": "3000"}
        self.assertEqual(from_exiv2(exif, {}, {}).width, 4000)
        self.assertEqual(from_exiv2(exif, {}, {}, size=(800, 600)).width, 800)

    def test_projections_have_known_names(self) -> None:
        self.assertEqual(
            from_exiv2({}, {}, {"Xmp.GPano.ProjectionType": "Equirectangular "}).projection, "equirectangular"
        )


class HostileTest(SimpleTestCase):
    @given(st.dictionaries(st.sampled_from(sorted(KEYS)), WRITTEN, max_size=40))
    def test_broken_values_never_raise_and_never_leave_their_bounds(self, found: dict[str, object]) -> None:
        metadata = from_exiv2(found, found, found)
        self.assertIn(metadata.orientation, range(9))
        self.assertTrue(metadata.lat is None or -90 <= metadata.lat <= 90)
        self.assertTrue(metadata.lng is None or -180 <= metadata.lng <= 180)
        self.assertTrue(metadata.rating is None or -1 <= metadata.rating <= 5)
        self.assertEqual(metadata.taken_at is None, metadata.taken_at_local is None)

    def test_one_broken_value_costs_only_itself(self) -> None:
        metadata = read(DateTimeOriginal="yesterday", FNumber="1/0", ISOSpeedRatings="200")
        self.assertEqual((metadata.taken_at, metadata.f_number, metadata.iso), (None, 0.0, 200))
