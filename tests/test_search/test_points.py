"""Photos on the map: every point of a search, or their number by squares."""

import struct
from collections import Counter
from unittest.mock import patch

from library.models import Photo
from library.search import points as module
from library.search.points import clusters, covers, points
from tests.base import TestCase
from tests.make import make_photo

WORLD = (-180.0, -85.0, 180.0, 85.0)


class PointsTest(TestCase):
    def test_newest_come_first_and_photos_without_position_not_at_all(self) -> None:
        old = make_photo(lat=1.5, lng=2.5, taken="2020-01-01")
        new = make_photo(lat=-3.5, lng=-4.5, taken="2024-01-01")
        make_photo()
        found = points("", self.grant_of(self.alice))
        self.assertEqual(found.count, 2)
        self.assertEqual(struct.unpack("<4f2I", found.columns or b""), (-4.5, 2.5, -3.5, 1.5, new.pk, old.pk))

    def test_a_search_limits_them(self) -> None:
        make_photo(lat=1, lng=2, year=2020)
        make_photo(lat=1, lng=2, year=2024)
        self.assertEqual(points("year:2024", self.grant_of(self.alice)).count, 1)

    def test_too_many_are_only_counted(self) -> None:
        for _ in range(3):
            make_photo(lat=1, lng=2)
        found = points("", self.grant_of(self.alice), limit=2)
        self.assertEqual((found.count, found.columns), (3, None))

    def test_private_photos_and_those_of_others_are_left_out(self) -> None:
        make_photo(lat=1, lng=2, private=True)
        make_photo(lat=1, lng=2, owner=self.alice)
        self.assertEqual(points("", self.grant_of(self.bob)).count, 0)
        self.assertEqual(points("", self.grant_of(self.alice)).count, 1)
        self.assertEqual(points("", self.grant_of(self.guest)).count, 0)


class ClustersTest(TestCase):
    def setUp(self) -> None:
        self.photos = [make_photo(lat=40 + n / 7, lng=10 + n % 5, title=f"{n % 3}") for n in range(40)]
        make_photo(lat=-17, lng=179.9)
        make_photo(lat=-17, lng=-179.9)
        make_photo(lat=45, lng=12, private=True)
        make_photo(lat=45, lng=12, owner=self.alice)

    def test_every_photo_is_counted_once_at_every_zoom(self) -> None:
        for zoom in range(0, 22, 3):
            with self.subTest(zoom):
                found = clusters("", self.grant_of(self.bob), WORLD, zoom)
                self.assertEqual(sum(cluster.count for cluster in found), 42)

    def test_one_owner_sees_their_own_too(self) -> None:
        self.assertEqual(sum(cluster.count for cluster in clusters("", self.grant_of(self.alice), WORLD, 4)), 43)
        self.assertEqual(sum(cluster.count for cluster in clusters("", self.grant_of(self.admin), WORLD, 4)), 43)
        self.assertEqual(clusters("", self.grant_of(self.guest), WORLD, 4), [])

    def test_a_search_counts_the_same_squares(self) -> None:
        for zoom in (0, 3, 6, 10):
            whole = clusters("", self.grant_of(self.bob), WORLD, zoom)
            asked = clusters("type:image", self.grant_of(self.bob), WORLD, zoom)
            self.assertEqual(Counter(one.count for one in whole), Counter(one.count for one in asked))

    def test_the_cover_lies_where_its_cluster_is_drawn(self) -> None:
        for cluster in clusters("", self.grant_of(self.bob), WORLD, 5):
            photo = Photo.objects.get(pk=cluster.cover)
            self.assertEqual((photo.lat, photo.lng), (cluster.lat, cluster.lng))

    def test_a_box_leaves_out_what_is_far_away(self) -> None:
        found = clusters("", self.grant_of(self.bob), (170.0, -20.0, -170.0, -10.0), 6)
        self.assertEqual(sum(cluster.count for cluster in found), 2)

    def test_a_small_box_seen_from_afar_is_one_square(self) -> None:
        found = clusters("", self.grant_of(self.bob), (9.9, 39.9, 10.1, 40.1), 1)
        self.assertEqual(len(found), 1)

    def test_archived_photos_vanish_and_moved_ones_move(self) -> None:
        Photo.objects.filter(pk=self.photos[0].pk).update(lat=-50.0, lng=-70.0)
        found = clusters("", self.grant_of(self.bob), (-80.0, -60.0, -60.0, -40.0), 5)
        self.assertEqual([cluster.cover for cluster in found], [self.photos[0].pk])
        self.photos[1].lat = None
        self.photos[1].lng = None
        self.photos[1].save(update_fields=["lat", "lng"])
        self.assertEqual(sum(one.count for one in clusters("", self.grant_of(self.bob), WORLD, 2)), 41)

    def test_the_largest_are_kept_when_there_are_too_many(self) -> None:
        with patch.object(module, "MOST_CLUSTERS", 1):
            found = clusters("", self.grant_of(self.bob), WORLD, 0)
        self.assertEqual(len(found), 1)


class CoversTest(TestCase):
    def test_only_what_may_be_seen_is_told(self) -> None:
        shown = make_photo(title="Lake")
        hidden = make_photo(owner=self.alice)
        found = covers([shown.pk, hidden.pk, 10**9], self.grant_of(self.bob))
        self.assertEqual(list(found), [str(shown.pk)])
        self.assertEqual(found[str(shown.pk)]["title"], "Lake")
        self.assertEqual(found[str(shown.pk)]["uid"], shown.uid)
