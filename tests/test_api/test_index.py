"""/api/v1/index and /api/v1/errors."""

from django.contrib.auth.models import User

from library.models import ErrorLog, Job
from library.models.job import JobState
from tests.base import TestCase


class IndexTest(TestCase):
    def start(self, user: User, **wish: object) -> tuple[int, dict[str, object]]:
        answer = self.app_of(user).post("/api/v1/index", wish, content_type="application/json")
        return answer.status_code, answer.json()

    def test_a_run_is_queued_with_what_was_wished(self) -> None:
        code, answer = self.start(self.admin, path="/2024/", rescan=True)
        job = Job.objects.get()
        self.assertEqual((code, answer["job"]), (200, job.uid))
        self.assertEqual(job.arguments, {"path": "2024", "rescan": True, "cleanup": False})
        self.assertEqual(job.user, self.admin)

    def test_an_empty_wish_means_everything(self) -> None:
        self.start(self.admin)
        self.assertEqual(Job.objects.get().arguments, {"path": "", "rescan": False, "cleanup": False})

    def test_a_second_run_is_told_that_one_is_under_way(self) -> None:
        self.start(self.admin)
        code, answer = self.start(self.admin)
        self.assertEqual((code, answer["code"]), (409, 409))
        self.assertIn("already", str(answer["error"]))

    def test_a_path_out_of_the_originals_is_refused(self) -> None:
        code, _ = self.start(self.admin, path="../etc")
        self.assertEqual((code, Job.objects.count()), (400, 0))

    def test_a_running_job_can_be_watched(self) -> None:
        Job.objects.create(kind="index", state=JobState.RUNNING, progress={"done": 3, "total": 9})
        status = self.app_of(self.admin).get("/api/v1/index").json()
        self.assertEqual((status["running"], status["done"], status["total"]), (True, 3, 9))

    def test_a_running_job_can_be_cancelled(self) -> None:
        job = Job.objects.create(kind="index", state=JobState.RUNNING)
        answer = self.app_of(self.admin).delete("/api/v1/index")
        job.refresh_from_db()
        self.assertEqual((answer.status_code, job.cancel_requested), (200, True))

    def test_cancelling_nothing_does_no_harm(self) -> None:
        self.assertEqual(self.app_of(self.admin).delete("/api/v1/index").json()["message"], "Nothing to cancel.")

    def test_who_may_not(self) -> None:
        for user in (self.alice, self.bob, self.guest):
            with self.subTest(user.username):
                app = self.app_of(user)
                answers = [app.get("/api/v1/index"), app.post("/api/v1/index"), app.delete("/api/v1/index")]
                self.assertEqual([answer.status_code for answer in answers], [403, 403, 403])
        self.assertEqual(self.client.get("/api/v1/index").status_code, 401)


class ErrorsTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        for name, reason in (("a.jpg", "The file is empty."), ("b.raw", "RAW pictures are not supported yet.")):
            ErrorLog.objects.create(name=name, reason=reason, path_key=name)

    def test_errors_come_newest_first_in_the_shape_of_the_api(self) -> None:
        answer = self.app_of(self.admin).get("/api/v1/errors?count=1")
        (error,) = answer.json()
        self.assertEqual(error["Message"], "b.raw: RAW pictures are not supported yet.")
        self.assertEqual(error.keys(), {"ID", "Time", "Level", "Message", "Name"})
        self.assertEqual(answer["X-Count"], "1")

    def test_errors_can_be_searched_by_name_and_reason(self) -> None:
        found = self.app_of(self.admin).get("/api/v1/errors?q=EMPTY").json()
        self.assertEqual([error["Name"] for error in found], ["a.jpg"])

    def test_a_number_that_is_none_is_refused(self) -> None:
        self.assertEqual(self.app_of(self.admin).get("/api/v1/errors?count=x").status_code, 400)

    def test_the_list_can_be_emptied(self) -> None:
        self.app_of(self.admin).delete("/api/v1/errors")
        self.assertFalse(ErrorLog.objects.exists())

    def test_who_may_not(self) -> None:
        app = self.app_of(self.alice)
        self.assertEqual([app.get("/api/v1/errors").status_code, app.delete("/api/v1/errors").status_code], [403, 403])
