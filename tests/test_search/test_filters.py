"""Filters on photo and file columns."""

from datetime import UTC, datetime

from library.query import BadValue, UnknownFilter
from library.search import find
from tests.base import TestCase
from tests.make import make_file, make_label, make_photo


class NameFilterTest(TestCase):
    def test_a_folder_holds_the_folders_in_it(self) -> None:
        deep = make_photo(folder="2024/05/alps")
        flat = make_photo(folder="2024/05")
        make_photo(folder="2024/06")
        self.assertFound("path:2024/05", deep, flat)

    def test_a_slash_at_the_end_means_that_folder_alone(self) -> None:
        make_photo(folder="2024/05/alps")
        flat = make_photo(folder="2024/05")
        self.assertFound("path:2024/05/", flat)

    def test_a_wildcard_stands_for_any_text(self) -> None:
        here = make_photo(folder="trips/2020")
        make_photo(folder="trips/2021")
        self.assertFound("folder:*/2020", here)

    def test_a_file_is_found_by_its_full_name(self) -> None:
        photo = make_photo(folder="2021/07", name="12345")
        make_photo(folder="2021/08", name="12345")
        self.assertFound("filename:2021/07/12345.jpg", photo)
        self.assertFound("filename:2021/07/*", photo)

    def test_names_differ_in_capitals_only(self) -> None:
        photo = make_photo(name="IMG_9831")
        make_photo(name="IMG_98310")
        self.assertFound("name:img_9831", photo)

    def test_an_underscore_is_no_wildcard(self) -> None:
        make_photo(name="IMGX9831")
        self.assertFound("name:IMG_9*")

    def test_a_title_is_matched_as_a_whole(self) -> None:
        lake = make_photo(title="Lake Como")
        make_photo(title="A lake")
        self.assertFound('title:"lake*"', lake)
        self.assertFound("title:lake")

    def test_title_false_finds_photos_without_one(self) -> None:
        bare = make_photo()
        make_photo(title="Lake")
        self.assertFound("title:false", bare)

    def test_a_hash_finds_any_file_of_the_photo(self) -> None:
        photo = make_photo()
        other = make_file(photo)
        self.assertFound(f"hash:{other.hash.upper()}", photo)

    def test_uids_are_those_of_photos_and_files(self) -> None:
        one, two = make_photo(), make_photo()
        make_photo()
        self.assertFound(f"uid:{one.uid}|{two.files.get().uid}", one, two)


class KindFilterTest(TestCase):
    def test_a_switch_for_each_type(self) -> None:
        video = make_photo(type="video")
        image = make_photo()
        self.assertFound("video:yes", video)
        self.assertFound("video:no", image)
        self.assertFound("type:video|raw", video)

    def test_an_unknown_type_finds_nothing(self) -> None:
        make_photo()
        self.assertFound("type:nothing")

    def test_shapes(self) -> None:
        wide = make_photo(file={"width": 4000, "height": 2000})
        high = make_photo(file={"width": 2000, "height": 4000})
        even = make_photo(file={"width": 2000, "height": 2000})
        self.assertFound("portrait:yes", high)
        self.assertFound("landscape:yes", wide)
        self.assertFound("square:yes", even)

    def test_a_stack_has_two_originals(self) -> None:
        stack, single = make_photo(), make_photo()
        make_file(stack)
        make_file(single, is_sidecar=True)
        self.assertFound("stack:yes", stack)

    def test_colours(self) -> None:
        red = make_photo(color=14)
        make_photo(color=9)
        self.assertFound("color:red|blue", red)

    def test_chroma_has_two_readings(self) -> None:
        grey = make_photo(file={"chroma": 0})
        pale = make_photo(file={"chroma": 5})
        vivid = make_photo(file={"chroma": 80})
        self.assertFound("mono:yes", grey)
        self.assertFound("chroma:9", pale)
        self.assertFound("chroma:50", vivid)

    def test_a_photo_with_a_broken_file(self) -> None:
        broken = make_photo(file={"error": "Truncated."})
        make_photo()
        self.assertFound("error:yes", broken)


class CameraFilterTest(TestCase):
    def test_a_camera_by_how_its_name_begins(self) -> None:
        canon = make_photo(camera="Canon EOS 6D")
        make_photo(camera="Apple iPhone SE")
        self.assertFound("camera:canon", canon)
        self.assertFound(f"camera:{canon.camera_id}", canon)
        self.assertFound('camera:"eos 6d"', canon)

    def test_several_cameras(self) -> None:
        canon = make_photo(camera="Canon EOS 6D")
        apple = make_photo(camera="Apple iPhone SE")
        make_photo()
        self.assertFound("camera:canon|apple", canon, apple)

    def test_numbers_are_ranges(self) -> None:
        low, high = make_photo(iso=200), make_photo(iso=1600)
        self.assertFound("iso:100-400", low)
        self.assertFound("iso:>800", high)
        self.assertFound("iso:200|1600", low, high)

    def test_an_aperture_is_near_enough(self) -> None:
        photo = make_photo(f_number=2.8000001907)
        self.assertFound("f:2.8", photo)


class DateFilterTest(TestCase):
    def test_both_ends_belong_to_it(self) -> None:
        first = make_photo(taken="2024-05-01 00:00:00")
        last = make_photo(taken="2024-05-03 23:59:59")
        make_photo(taken="2024-05-04 00:00:00")
        self.assertFound("after:2024-05-01 before:2024-05-03", first, last)

    def test_the_wall_clock_decides(self) -> None:
        photo = make_photo(taken="2024-05-01 01:00:00", taken_at=datetime(2024, 4, 30, 23, tzinfo=UTC))
        self.assertFound("taken:2024-05-01", photo)

    def test_year_month_and_day(self) -> None:
        photo = make_photo(taken="2024-05-17")
        make_photo(taken="2023-05-17")
        self.assertFound("year:2024 month:5 day:17", photo)
        self.assertFound("year:2024|1999", photo)

    def test_a_date_that_is_not_known(self) -> None:
        unknown = make_photo(year=-1, month=-1, day=-1)
        make_photo()
        self.assertFound("year:-1", unknown)


class LabelFilterTest(TestCase):
    def test_either_label_matches(self) -> None:
        cat, dog = make_photo(labels=["cat"]), make_photo(labels=["dog"])
        make_photo(labels=["car"])
        self.assertFound("label:cat|dog", cat, dog)

    def test_a_photo_with_both_labels_is_found_once(self) -> None:
        both = make_photo(labels=["cat", "dog"])
        self.assertFound("label:cat|dog", both)

    def test_both_labels(self) -> None:
        both = make_photo(labels=["cat", "dog"])
        make_photo(labels=["cat"])
        self.assertFound('label:"cat & dog"', both)

    def test_a_label_finds_those_under_it(self) -> None:
        cat = make_photo(labels=["cat"])
        make_label("cat").parents.create(parent=make_label("animal"))
        self.assertFound("label:animal", cat)

    def test_a_removed_label_is_gone(self) -> None:
        photo = make_photo(labels=["cat"])
        photo.photo_labels.update(uncertainty=100)
        self.assertFound("label:cat")

    def test_not_a_label(self) -> None:
        make_photo(labels=["cat"])
        plain = make_photo()
        self.assertFound("-label:cat", plain)

    def test_keywords(self) -> None:
        both = make_photo(keywords=["sand", "water"])
        make_photo(keywords=["sand"])
        self.assertFound('keywords:"sand&water"', both)


class PlaceFilterTest(TestCase):
    def test_a_country_by_code_and_by_name(self) -> None:
        italy = make_photo(country="it")
        make_photo(country="fr")
        self.assertFound("country:it", italy)
        self.assertFound("country:Italy", italy)
        self.assertFound("country:nowhere")

    def test_city_and_state(self) -> None:
        bergen = make_photo(place="Bergen, Vestland, Norway", country="no")
        make_photo(place="Rome, Lazio, Italy", country="it")
        self.assertFound("city:bergen", bergen)
        self.assertFound("state:Vestland", bergen)

    def test_with_coordinates(self) -> None:
        placed = make_photo(lat=60.4, lng=5.3)
        bare = make_photo()
        self.assertFound("geo:yes", placed)
        self.assertFound("geo:no", bare)


class FavoriteFilterTest(TestCase):
    def test_favourites_are_those_of_the_account(self) -> None:
        hers = make_photo(favorite_of=self.alice)
        his = make_photo(favorite_of=self.bob)
        self.assertFound("favorite:yes", hers, by=self.alice)
        self.assertFound("favorite:no", his, by=self.alice)


class WrongQueryTest(TestCase):
    def test_an_unknown_filter_is_named_with_the_nearest(self) -> None:
        with self.assertRaisesMessage(UnknownFilter, "label"):
            find("lable:cat", self.grant_of(self.admin))

    def test_a_wrong_value_is_shown_with_its_filter(self) -> None:
        with self.assertRaisesMessage(BadValue, "iso:fast"):
            find("iso:fast", self.grant_of(self.admin))

    def test_an_empty_value_restricts_nothing(self) -> None:
        photo = make_photo()
        self.assertFound("label:", photo)
        self.assertFound("-label:", photo)
        self.assertFound("label: | type:video", make_photo(type="video"))
