"""GET /api/v1/photos/:uid/yaml: what people said of a photo, as text."""

import yaml

from tests.base import TestCase
from tests.make import make_photo


class PhotoYamlTest(TestCase):
    def test_it_tells_what_people_said(self) -> None:
        photo = make_photo(title="Alps", labels=["mountain"], favorite_of=self.alice, details={"notes": "Cold"})
        answer = self.client_of(self.admin).get(f"/api/v1/photos/{photo.uid}/yaml")
        self.assertEqual(answer["Content-Type"], "text/x-yaml; charset=utf-8")
        self.assertNotIn("Content-Disposition", answer)
        told = yaml.safe_load(answer.content)
        self.assertEqual((told["UID"], told["Title"]), (photo.uid, "Alps"))
        self.assertEqual(told["Labels"], [{"Name": "Mountain", "Uncertainty": 0}])
        self.assertEqual(told["Favorites"], ["alice"])

    def test_it_can_be_saved(self) -> None:
        photo = make_photo()
        answer = self.client_of(self.admin).get(f"/api/v1/photos/{photo.uid}/yaml?download=1")
        self.assertEqual(answer["Content-Disposition"], f'attachment; filename="{photo.uid}.yml"')

    def test_who_may_not(self) -> None:
        photo = make_photo()
        for user, status in ((self.alice, 403), (self.bob, 403), (self.guest, 403), (None, 401)):
            self.assertEqual(self.client_of(user).get(f"/api/v1/photos/{photo.uid}/yaml").status_code, status)
        self.assertEqual(self.client_of(self.admin).get("/api/v1/photos/xxx/yaml").status_code, 404)
