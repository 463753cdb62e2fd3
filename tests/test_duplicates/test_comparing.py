"""Groups of near-duplicates: which photos, of which kind, and what a second run does."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pyvips
from django.test import override_settings

from library.duplicates import comparing
from library.duplicates import groups as grouping
from library.duplicates.hashing import Comparing
from library.duplicates.pictures import COMPARE
from library.lease import LibraryBusy, library_lease
from library.models import File, Job, Lookalike, Verdict
from library.models.job import JobState
from tests.base import TestCase
from tests.make import make_photo
from tests.originals import OriginalsTestCase, run_index
from tests.test_duplicates.looks import compare, groups, look_alike
from tests.test_media.test_phash import picture


class ComparingCase(TestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cache = Path(folder.name)
        self.enterContext(override_settings(CACHE_PATH=self.cache))


class GroupsTest(ComparingCase):
    def test_near_hashes_of_what_looks_alike_are_one_picture(self) -> None:
        photo, other = look_alike(), look_alike(4, taken="2024-05-17 12:00:00")
        look_alike(64)
        make_photo()
        self.assertEqual(compare().groups, 1)
        self.assertEqual(groups(), [("picture", {photo.pk, other.pk})])

    def test_the_model_refuses_what_only_its_hash_has_in_common(self) -> None:
        look_alike(), look_alike(2, vector=(0, 100))
        compare()
        self.assertEqual(groups(), [])

    def test_the_farther_the_hashes_the_more_alike_it_has_to_look(self) -> None:
        photo, other = look_alike(), look_alike(11, vector=(100, 20))
        look_alike(11, vector=(60, -100))
        compare()
        self.assertEqual(groups(), [("alike", {photo.pk, other.pk})])

    def test_without_the_model_only_very_near_hashes_count(self) -> None:
        photo, other = look_alike(vector=None), look_alike(6, vector=None)
        look_alike(14, vector=None)
        compare()
        self.assertEqual(groups(), [("picture", {photo.pk, other.pk})])

    def test_moments_apart_is_a_burst_and_later_another_photo(self) -> None:
        burst = [look_alike(at, taken=f"2024-05-17 12:00:0{at}", camera="Canon") for at in range(3)]
        compare()
        self.assertEqual(groups(), [("burst", {photo.pk for photo in burst})])
        Lookalike.objects.all().delete()
        for at, photo in enumerate(burst):
            photo.taken_at = photo.taken_at.replace(hour=10 + at, minute=7 * at)
            photo.save()
        compare(anew=True)
        self.assertEqual([kind for kind, _ in groups()], ["alike"])

    def test_within_a_second_numbers_tell_shots_apart(self) -> None:
        for number in (100, 101):
            look_alike(1, taken="2024-05-17 12:00:00", camera="Canon", file={"name": f"2024/IMG_{number}.jpg"})
        compare()
        self.assertEqual([kind for kind, _ in groups()], ["burst"])

    def test_a_clock_that_is_hours_off_is_no_other_shot(self) -> None:
        (
            look_alike(taken="2024-05-17 12:00:00", camera="Canon"),
            look_alike(1, taken="2024-05-17 14:00:00", camera="Canon"),
        )
        compare()
        self.assertEqual([kind for kind, _ in groups()], ["picture"])

    def test_pictures_without_detail_are_not_compared(self) -> None:
        make_photo(file={"phash": 0}), make_photo(file={"phash": 0})
        self.assertEqual(compare().photos, 0)
        self.assertEqual(groups(), [])

    def test_videos_are_not_compared_by_their_posters(self) -> None:
        look_alike(), look_alike(1, type="video", file={"is_video": True})
        compare()
        self.assertEqual(groups(), [])

    def test_what_people_called_different_is_no_group(self) -> None:
        photo, other, third = look_alike(), look_alike(1), look_alike(2)
        Verdict.objects.create(photo=photo, verdict="v1"), Verdict.objects.create(photo=other, verdict="v1")
        compare()
        self.assertEqual(groups(), [("picture", {photo.pk, third.pk})])

    def test_what_people_called_different_meanwhile_counts(self) -> None:
        photos = look_alike(), look_alike(1)

        def save_later(*what: Any) -> None:
            Verdict.objects.bulk_create(Verdict(photo=photo, verdict="v1") for photo in photos)
            grouping.save_groups(*what)

        with patch.object(comparing, "save_groups", save_later):
            compare()
        self.assertEqual(groups(), [])


class AgainTest(ComparingCase):
    def test_what_is_new_joins_its_group(self) -> None:
        photo, other = look_alike(), look_alike(1)
        compare()
        third, apart = look_alike(2), look_alike(64)
        with patch.object(comparing, "near_pairs", side_effect=AssertionError):
            compare()
        self.assertEqual(groups(), [("picture", {photo.pk, other.pk, third.pk})])
        self.assertFalse(Lookalike.objects.filter(photo=apart).exists())

    def test_both_ways_come_to_the_same(self) -> None:
        for differs in (0, 2, 4, 30, 32, 64):
            look_alike(differs)
            compare()
        bit_by_bit = groups()
        compare(anew=True)
        self.assertEqual(bit_by_bit, groups())

    def test_a_photo_that_shows_another_picture_leaves(self) -> None:
        look_alike()
        other = look_alike(1)
        compare()
        File.objects.filter(photo=other).update(phash=77)
        compare()
        self.assertEqual(groups(), [])

    def test_what_stays_is_not_written(self) -> None:
        look_alike(), look_alike(1)
        compare()
        with patch.object(grouping, "upsert") as written:
            compare(anew=True)
        written.assert_not_called()

    def test_of_a_library_that_it_does_not_know_it_compares_all(self) -> None:
        photo, other = look_alike(), look_alike(1)
        compare()
        Lookalike.objects.all().delete()
        Job.objects.all().delete()
        compare()
        self.assertEqual(groups(), [("picture", {photo.pk, other.pk})])

    def test_a_cache_that_takes_nothing_costs_only_time(self) -> None:
        (self.cache / "vectors").write_text("in the way")
        look_alike(), look_alike(1)
        for _ in range(2):
            self.assertEqual(compare().groups, 1)

    def test_one_run_at_a_time(self) -> None:
        with library_lease(COMPARE), self.assertRaises(LibraryBusy):
            compare()
        self.assertEqual(Job.objects.get().state, JobState.FAILED)

    def test_it_can_be_stopped(self) -> None:
        look_alike(), look_alike(1)
        job = Job.objects.create(kind=COMPARE, cancel_requested=True)
        self.assertEqual(comparing.compare(Comparing(job)).state, JobState.CANCELLED)
        self.assertEqual(groups(), [])


class HashesTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        for name, seed, size in (("a.jpg", 3, (300, 200)), ("web/small.png", 3, (150, 100)), ("b.jpg", 4, (300, 200))):
            path = cls.originals / name
            path.parent.mkdir(exist_ok=True)
            pyvips.Image.new_from_array(picture(seed, *size)).write_to_file(str(path))

    def test_indexing_hashes_and_older_files_are_hashed_later_to_the_same(self) -> None:
        run_index()
        hashes = dict(File.objects.values_list("name", "phash"))
        self.assertEqual((len(hashes), all(hashes.values())), (3, True))
        File.objects.update(phash=None)
        compare()
        self.assertEqual(dict(File.objects.values_list("name", "phash")), hashes)
        self.assertEqual([len(photos) for _, photos in groups()], [2])
