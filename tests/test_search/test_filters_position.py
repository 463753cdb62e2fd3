"""Filters on the point where a photo was taken, and their distances."""

from dataclasses import replace

from library.models import Photo
from library.query import BadValue, Filter
from library.search import find
from places import olc, s2
from places.models import Cell
from tests.base import TestCase
from tests.make import make_photo

BERN = (46.948, 7.447)
THUN = (46.758, 7.628)  # 25 km from Bern
ZURICH = (47.377, 8.542)  # 95 km from Bern


def photo_at(lat: float, lng: float, **fields: object) -> Photo:
    cell = Cell.objects.get_or_create(id=s2.prefixed_cell_id(lat, lng))[0]
    return make_photo(lat=lat, lng=lng, cell=cell, **fields)  # type: ignore[arg-type]


class NearTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.bern, self.thun, self.zurich = (photo_at(*place) for place in (BERN, THUN, ZURICH))
        self.nowhere = make_photo()

    def test_two_kilometres_if_nothing_is_said(self) -> None:
        around = photo_at(BERN[0] + 0.017, BERN[1])
        photo_at(BERN[0] + 0.019, BERN[1])
        self.assertFound(f"near:{self.bern.uid}", self.bern, around)

    def test_as_far_as_asked(self) -> None:
        self.assertFound(f"near:{self.bern.uid} dist:30", self.bern, self.thun)
        self.assertFound(f"dist:100 near:{self.bern.uid}", self.bern, self.thun, self.zurich)

    def test_a_ring(self) -> None:
        self.assertFound(f"near:{self.bern.uid} dist:20-50", self.thun)
        self.assertFound(f"near:{self.bern.uid} dist:>50", self.zurich)

    def test_not_within_a_distance(self) -> None:
        self.assertFound(f"near:{self.bern.uid} -dist:50", self.zurich)
        self.assertFound(f"-near:{self.bern.uid} dist:50", self.zurich, self.nowhere)

    def test_a_group_shares_its_distance(self) -> None:
        self.assertFound(f"(near:{self.bern.uid} | near:{self.zurich.uid}) dist:30", self.bern, self.thun, self.zurich)

    def test_a_photo_that_is_not_there_is_named(self) -> None:
        for uid in ("nonsense", "pqbcf5j446s0futy"):
            with self.assertRaisesMessage(BadValue, f"“near:{uid}” is not the UID of a photo."):
                find(f"near:{uid}", self.grant_of(self.admin))

    def test_a_photo_without_a_position_is_named(self) -> None:
        with self.assertRaisesMessage(BadValue, "place is known"):
            find(f"near:{self.nowhere.uid}", self.grant_of(self.admin))

    def test_a_hidden_photo_is_as_good_as_none(self) -> None:
        hidden = photo_at(*BERN, private=True)
        for user in (self.bob, self.alice):
            with self.assertRaisesMessage(BadValue, "is not the UID of a photo."):
                find(f"near:{hidden.uid}", self.grant_of(user))
        self.assertFound(f"near:{hidden.uid}", self.bern)

    def test_within_a_scope_only_its_photos_are_known(self) -> None:
        grant = replace(self.grant_of(self.bob), scope=Filter("uid", self.bern.uid))
        with self.assertRaises(BadValue):
            find(f"near:{self.thun.uid}", grant)
        self.assertEqual(find(f"near:{self.bern.uid} dist:50", grant).get(), self.bern)


class PointTest(TestCase):
    def test_a_latitude_and_a_longitude(self) -> None:
        bern, thun = photo_at(*BERN), photo_at(*THUN)
        photo_at(*ZURICH)
        self.assertFound("lat:46.948 lng:7.447", bern)
        self.assertFound("lng:7.447 dist:30 lat:46.948", bern, thun)
        self.assertFound('latlng:"46.948, 7.447" dist:30', bern, thun)
        self.assertFound("latlng:46.948,7.447@20-30", thun)

    def test_a_latitude_alone_is_a_stripe(self) -> None:
        bern = photo_at(*BERN)
        other_side = photo_at(BERN[0] + 0.01, -120)
        photo_at(*THUN)
        self.assertFound("lat:46.948", bern, other_side)
        self.assertFound("-lat:46.948 lat:40-50", *Photo.objects.filter(lat=THUN[0]))

    def test_a_longitude_alone_reaches_over_180_degrees(self) -> None:
        west, east = photo_at(10, -179.99), photo_at(-10, 179.99)
        photo_at(10, 179)
        self.assertFound("lng:180", west, east)
        self.assertFound("lng:179.995 dist:5", west, east)

    def test_ranges_are_ranges(self) -> None:
        bern = photo_at(*BERN)
        photo_at(*THUN)
        self.assertFound("lat:46.9-47 lng:>7", bern)

    def test_over_180_degrees(self) -> None:
        east, west = photo_at(-17, 179.99), photo_at(-17, -179.99)
        photo_at(-17, 179.9)
        self.assertFound("lat:-17 lng:180 dist:5", east, west)
        self.assertFound("lat:-17 lng:-179.995 dist:5", east, west)

    def test_at_the_poles(self) -> None:
        one, other = photo_at(89.99, 10), photo_at(89.99, -170)
        photo_at(89.9, 10)
        self.assertFound("lat:90 lng:0 dist:5", one, other)
        self.assertFound("lat:89.99 lng:10 dist:5", one, other)
        south = photo_at(-89.99, 100)
        self.assertFound("lat:-90 lng:0", south)

    def test_a_circle_is_no_square(self) -> None:
        corner = photo_at(60.4, 10.8)  # 63 km away, though less than 45 km each way
        self.assertFound("lat:60 lng:10 dist:60")
        self.assertFound("lat:60 lng:10 dist:65", corner)

    def test_a_wide_circle_is_wider_towards_the_pole(self) -> None:
        there = photo_at(75, 75)  # 4,375 km from Bern, 68 degrees to its east
        self.assertFound("lat:46.948 lng:7.447 dist:4380", there)
        self.assertFound("lat:46.948 lng:7.447 dist:4370")

    def test_the_same_spot(self) -> None:
        here = photo_at(*BERN)
        photo_at(BERN[0] + 0.0002, BERN[1])
        self.assertFound("lat:46.948 lng:7.447 dist:0.01", here)
        self.assertFound("lat:46.948 lng:7.447 dist:0", here)

    def test_off_the_globe(self) -> None:
        for query in ("lat:91 lng:1", "lat:1 lng:181", "lat:91", "lng:-181", "latlng:91,1"):
            with self.assertRaises(BadValue):
                find(query, self.grant_of(self.admin))

    def test_a_distance_alone_restricts_nothing(self) -> None:
        photo = make_photo()
        self.assertFound("dist:5", photo)
        with self.assertRaisesMessage(BadValue, "dist:far"):
            find("dist:far", self.grant_of(self.admin))


class BoxTest(TestCase):
    def test_north_east_south_west(self) -> None:
        bern, zurich = photo_at(*BERN), photo_at(*ZURICH)
        photo_at(*THUN)
        self.assertFound("latlng:48,9,46.9,7", bern, zurich)
        self.assertFound("latlng:46.9,7,48,9", bern, zurich)

    def test_over_180_degrees(self) -> None:
        east, west = photo_at(-17, 175), photo_at(-17, -175)
        photo_at(-17, 0)
        self.assertFound("latlng:-10,-170,-20,170", east, west)
        self.assertFound("latlng:-10,190,-20,170", east, west)

    def test_the_whole_globe(self) -> None:
        everywhere = [photo_at(-17, 175), photo_at(60, -175)]
        make_photo()
        self.assertFound("latlng:90,180,-90,-180", *everywhere)
        self.assertFound("latlng:90,400,-90,-400", *everywhere)

    def test_what_is_no_box_says_how_one_is_written(self) -> None:
        for value in ("49.4", "1,2,3", "a,b,c,d", "1,2,3,4,5", ",,,", "1-2,3"):
            with self.assertRaisesMessage(BadValue, "north, east, south and west"):
                find(f'latlng:"{value}"', self.grant_of(self.admin))


class CellTest(TestCase):
    def test_around_a_cell(self) -> None:
        bern, thun = photo_at(*BERN), photo_at(*THUN)
        photo_at(*ZURICH)
        token = s2.cell_id(*BERN)
        self.assertFound(f"s2:{token}", bern)
        self.assertFound(f"s2:{token.upper()} dist:30", bern, thun)
        self.assertFound(f'"s2:{token}" | s2:"s2:{token}"', bern)

    def test_in_a_wide_cell(self) -> None:
        bern = photo_at(*BERN)
        photo_at(60, 7)
        wide = s2.cell_id(*BERN, level=8)
        self.assertFound(f"s2:{wide}", bern)

    def test_what_is_no_cell_says_so(self) -> None:
        for value in ("xyz", "%gold", "4799e370ca5c|4799e370ca5d"):
            with self.assertRaisesMessage(BadValue, "an S2 cell"):
                find(f's2:"{value}"', self.grant_of(self.admin))


class PlusCodeTest(TestCase):
    def test_around_a_code(self) -> None:
        bern, thun = photo_at(*BERN), photo_at(*THUN)
        code = olc.encode(*BERN)
        self.assertFound(f"olc:{code}", bern)
        self.assertFound(f"olc:{code.lower()} dist:30", bern, thun)

    def test_a_plus_that_an_address_took_away(self) -> None:
        bern = photo_at(*BERN)
        self.assertFound(f'olc:"{olc.encode(*BERN)[:-1]} "', bern)

    def test_the_area_of_a_short_code(self) -> None:
        bern, thun = photo_at(*BERN), photo_at(*THUN)
        photo_at(47.5, 7.5)
        self.assertFound(f"olc:{olc.encode(*BERN, 4)}", bern, thun)

    def test_what_is_no_code_says_so(self) -> None:
        with self.assertRaisesMessage(BadValue, "“olc:??” is not a full plus code"):
            find("olc:??", self.grant_of(self.admin))
