"""Which photo another one is stacked with, and that finding it takes no longer in a large library."""

from typing import Any

from django.db import connection

from library.models import Photo
from library.models.photo import Stack
from library.stacks.partners import candidates_of, is_unique_id, partner_of
from tests.base import TestCase
from tests.make import make_photo

UUID = "2fd4e1c6-7a2d-48ff-8a1a-0f2b5d1c9e01"
MOMENT: dict[str, Any] = {
    "taken": "2024-05-17 12:00:00",
    "taken_src": "meta",
    "place_src": "meta",
    "lat": 52.5,
    "lng": 13.4,
    "camera": "Canon EOS 6D",
    "camera_serial": "1",
}


class PartnerTest(TestCase):
    def test_the_same_unique_id_is_enough(self) -> None:
        first, second = make_photo(uuid=UUID), make_photo(uuid=UUID, taken="2001-01-01")
        self.assertEqual(partner_of(second), first)

    def test_place_time_and_camera_have_to_be_the_same(self) -> None:
        first = make_photo(**MOMENT)
        self.assertEqual(partner_of(make_photo(**MOMENT)), first)
        for other in ({"lng": 13.5}, {"taken": "2024-05-17 12:00:01"}, {"camera_serial": "2"}, {"camera": "Leica M10"}):
            with self.subTest(other):
                self.assertIsNone(partner_of(make_photo(**MOMENT | other)))

    def test_what_was_guessed_or_set_by_hand_does_not_count(self) -> None:
        make_photo(**MOMENT)
        for source in ({"taken_src": "name"}, {"place_src": "manual"}, {"place_src": "estimate"}):
            with self.subTest(source):
                self.assertIsNone(partner_of(make_photo(**MOMENT | source)))

    def test_archived_hidden_and_separated_photos_are_left_alone(self) -> None:
        for state in ({"archived": True}, {"quality": -1}, {"stack": Stack.UNSTACKED}, {"owner": self.alice}):
            make_photo(uuid=UUID, **state)
        self.assertIsNone(partner_of(make_photo(uuid=UUID)))
        make_photo(uuid=UUID)
        self.assertIsNone(partner_of(make_photo(uuid=UUID, stack=Stack.UNSTACKED)))

    def test_only_a_uuid_that_says_something_is_unique(self) -> None:
        texts = (UUID, UUID.replace("-", ""), UUID.upper(), "", "IMG_1", "0" * 32)
        self.assertEqual([is_unique_id(text) for text in texts], [True, True, True, False, False, False])

    def test_each_look_up_goes_by_an_index(self) -> None:
        photo = make_photo(uuid=UUID, **MOMENT)
        plans = [candidates.explain() for candidates in candidates_of(photo)]
        self.assertEqual(len(plans), 2)
        if connection.vendor == "sqlite":
            self.assertIn("(uuid=?)", plans[0])
            self.assertIn("photo_moment (taken_at=? AND camera_id=?)", plans[1])

    def test_a_photo_without_id_and_place_costs_no_query(self) -> None:
        photo = Photo.objects.with_gear().get(pk=make_photo().pk)
        with self.assertNumQueries(0):
            self.assertIsNone(partner_of(photo))
