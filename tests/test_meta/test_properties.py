"""What holds for every text and number: the normaliser, dates in names, cleaning."""

import string
from datetime import UTC, datetime

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from library.media.takeout import LONGEST, SUPPLEMENT, Pictures
from library.meta import clean, filedates, filetitles, keywords, timestamps, values
from library.meta.containers import from_container, recording_date
from library.meta.data import Metadata, Region
from library.meta.exiv2 import KEYS, from_exiv2
from library.meta.jsontext import NotJson, read_json
from library.meta.merge import merge
from library.meta.quicktime import KEYS as CONTAINER_KEYS
from library.meta.quicktime import read_movie
from library.meta.regions import upright
from library.meta.xmp import NotXmp, from_xmp
from library.meta.yamltext import NotYaml, read_yaml

TEXT = st.text(max_size=60)
VALUE = st.one_of(
    TEXT, st.lists(TEXT, max_size=3), st.dictionaries(TEXT, TEXT, max_size=2), st.integers(), st.floats(),
    st.from_regex(r"[-+]?\d{1,12}/\d{1,12}( \d{1,5}/\d{1,5}){0,2}", fullmatch=True),
    st.datetimes().map(lambda moment: moment.strftime("%Y:%m:%d %H:%M:%S")),
)  # fmt: skip
MOMENT = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2026, 1, 1))
STEM = (
    st.text(alphabet=string.ascii_letters + string.digits + "_- äöüß漢字", min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
SHARE = st.floats(0.05, 0.95)
MDPM = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66") + b"MDPM"


class NormaliserTest(SimpleTestCase):
    @settings(max_examples=200, deadline=None)
    @given(st.dictionaries(st.sampled_from(sorted(KEYS)), VALUE, max_size=20))
    def test_whatever_a_file_says_gives_values_within_their_bounds(self, found: dict[str, object]) -> None:
        metadata = from_exiv2(found, {}, {})
        self.assertEqual(metadata.lat is None, metadata.lng is None)
        self.assertTrue(metadata.lat is None or (-90 <= metadata.lat <= 90 and -180 <= (metadata.lng or 0) <= 180))
        self.assertTrue(metadata.direction is None or 0 <= metadata.direction < 360)
        self.assertTrue(metadata.rating is None or -1 <= metadata.rating <= 5)
        self.assertTrue(metadata.iso >= 0 and metadata.f_number >= 0 and 0 <= metadata.orientation <= 8)
        self.assertTrue(metadata.taken_at is None or abs((metadata.taken_at - metadata.taken_at_local).days) <= 2)
        self.assertNotIn("\0", metadata.title + metadata.caption + "".join(metadata.keywords))

    @settings(max_examples=100, deadline=None)
    @given(MOMENT, st.integers(0, 999_999), st.integers(-12 * 4, 14 * 4))
    def test_an_exact_date_with_its_offset_comes_through(self, moment: datetime, fraction: int, quarters: int) -> None:
        hours, rest = divmod(abs(quarters), 4)
        offset = f"{'-' if quarters < 0 else '+'}{hours:02}:{rest * 15:02}"
        exif = {
            "Exif.Photo.DateTimeOriginal": moment.strftime("%Y:%m:%d %H:%M:%S"),
            "Exif.Photo.SubSecTimeOriginal": f"{fraction:06}",
            "Exif.Photo.OffsetTimeOriginal": offset,
        }
        metadata = from_exiv2(exif, {}, {})
        local = moment.replace(microsecond=fraction, tzinfo=UTC)
        if timestamps.is_clock_default(moment):
            return
        self.assertEqual(metadata.taken_at_local, local)
        self.assertEqual((metadata.taken_at_local - metadata.taken_at).total_seconds(), quarters * 900)

    @given(TEXT, TEXT)
    def test_merging_with_nothing_changes_nothing(self, title: str, word: str) -> None:
        told = Metadata(title=title, keywords=(word,) if word else ())
        self.assertEqual(merge(told, Metadata()), merge(Metadata(), told))

    @given(st.text() | st.binary().map(str) | st.integers() | st.floats())
    def test_single_values_are_clean_or_unknown(self, value: object) -> None:
        self.assertNotIn("\0", values.text(value))
        number = values.number(value)
        self.assertTrue(number is None or abs(number) < 1e15)


class NameTest(SimpleTestCase):
    @given(
        MOMENT,
        st.sampled_from(["%Y-%m-%d_%H-%M-%S", "IMG_%Y%m%d_%H%M%S", "Screenshot_%Y%m%d-%H%M%S", "%Y-%m-%d %H.%M.%S"]),
    )
    def test_a_time_in_a_name_is_read(self, moment: datetime, form: str) -> None:
        found = filedates.date_from_name(f"any/where/{moment.strftime(form)}.jpg")
        self.assertEqual(found, moment.replace(microsecond=0, tzinfo=UTC))

    @given(MOMENT, st.integers(0, 9999))
    def test_whatsapp_names_tell_the_day(self, moment: datetime, number: int) -> None:
        found = filedates.date_from_name(f"IMG-{moment:%Y%m%d}-WA{number:04}.jpg")
        self.assertEqual(found and found.date(), moment.date())

    @given(st.text(max_size=200))
    def test_any_name_has_a_sound_date_or_none(self, name: str) -> None:
        found = filedates.date_from_name(name)
        self.assertTrue(found is None or (found.tzinfo is UTC and found.year >= 1970))

    @given(STEM, st.sampled_from(["jpg", "HEIC", "mp4"]), st.integers(0, len(SUPPLEMENT)))
    def test_googles_json_finds_its_picture(self, stem: str, ending: str, kept: int) -> None:
        name = f"{stem}.{ending}"
        json = f"{name}{SUPPLEMENT[:kept]}"[: max(LONGEST, len(name))] + ".json"
        self.assertEqual(Pictures([name, "other.png"]).owner_of(json), name)


class CleaningTest(SimpleTestCase):
    @given(st.text(max_size=500))
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        for rule in (clean.name, clean.unicode, clean.slug, clean.title):
            once = rule(text)
            self.assertEqual(rule(once), once, rule.__name__)

    @given(st.text(max_size=500))
    def test_lengths_are_kept(self, text: str) -> None:
        self.assertLessEqual(len(clean.title(text)), clean.MAX_TITLE)
        self.assertLessEqual(len(clean.slug(text)), clean.MAX_SLUG)
        self.assertLessEqual(len(clean.name(text)), clean.MAX_NAME)
        self.assertLessEqual(len(filetitles.file_title(text)), filetitles.MAX_LENGTH * 2)

    @given(st.text(max_size=200))
    def test_keywords_are_small_sorted_and_once(self, text: str) -> None:
        found = keywords.unique_keywords(text)
        self.assertEqual(found, sorted(set(found)))


class ReadersTest(SimpleTestCase):
    """Each reader answers or refuses in its own words, whatever it is given."""

    @given(st.text(max_size=300))
    def test_texts(self, text: str) -> None:
        for reader, refusal in ((read_json, NotJson), (read_yaml, NotYaml), (from_xmp, NotXmp)):
            try:
                reader(text)
            except refusal as error:
                self.assertTrue(str(error))

    @given(st.binary(max_size=400))
    def test_movies(self, content: bytes) -> None:
        read_movie(content)

    @given(st.dictionaries(st.sampled_from([*CONTAINER_KEYS, "DATE_RECORDED", "other"]), TEXT, max_size=8))
    def test_texts_of_containers(self, texts: dict[str, str]) -> None:
        metadata = from_container(texts)
        self.assertEqual(metadata.lat is None, metadata.lng is None)
        self.assertEqual(bool(metadata.taken_at), metadata.taken_src == "meta")

    @given(MOMENT, st.integers(0, 255))
    def test_the_clock_of_an_avchd_camera_comes_through(self, moment: datetime, zone: int) -> None:
        digits = bytes.fromhex(moment.strftime("%Y%m%d%H%M%S"))
        packs = bytes([0x18, zone]) + digits[:3] + b"\x19" + digits[3:]
        self.assertEqual(recording_date(MDPM + b"\2" + packs), moment.strftime("%Y:%m:%d %H:%M:%S"))

    @given(st.binary(max_size=60))
    def test_messages_between_pictures(self, message: bytes) -> None:
        self.assertEqual(recording_date(message), "")
        self.assertIn(len(recording_date(MDPM + message)), {0, 19})

    @given(SHARE, SHARE, st.integers(1, 8))
    def test_faces_stay_within_the_picture_however_it_turns(self, x: float, y: float, orientation: int) -> None:
        turned = upright(Region(x=x, y=y, w=0.1, h=0.05), orientation)
        self.assertTrue(0 <= turned.x <= 1 and 0 <= turned.y <= 1 and {turned.w, turned.h} == {0.1, 0.05})
