"""GET /api/v1/folders/originals and /import: the directories of the library, and the files in one."""

from typing import Any

from django.contrib.auth.models import User

from library.folders import Inside, find_folders, look_inside
from library.search.forms import FOLDERS
from tests.base import TestCase
from tests.make import make_file, make_folder, make_photo


class FoldersTest(TestCase):
    def setUp(self) -> None:
        for path in ("2023", "2024", "2024/05"):
            make_folder(path)
        make_folder("2022", missing=True)
        self.photo = make_photo(folder="2024/05")
        make_photo(folder="2024", private=True)

    def get(self, path: str = "originals", user: User | None = None, **query: Any) -> Any:
        return self.client_of(user or self.admin).get(f"/api/v1/folders/{path}", query)

    def paths(self, path: str = "originals", **query: Any) -> list[str]:
        return [folder["Path"] for folder in self.get(path, **query).json()["folders"]]

    def test_the_folders_of_the_root(self) -> None:
        answer = self.get()
        self.assertEqual([folder["Path"] for folder in answer.json()["folders"]], ["2023", "2024"])
        said = answer.json()
        self.assertEqual((said["root"], said["files"], said["recursive"]), ("originals", [], False))
        self.assertEqual((answer["X-Folders"], answer["X-Files"], answer["X-Count"]), ("2", "0", "2"))

    def test_those_below_one_and_those_at_every_depth(self) -> None:
        self.assertEqual(self.paths("originals/2024"), ["2024/05"])
        self.assertEqual(self.paths("originals/2024/"), ["2024/05"])
        self.assertEqual(self.paths(recursive="true"), ["2023", "2024", "2024/05"])
        self.assertEqual(self.paths(q="recursive:true path:2024*"), ["2024", "2024/05"])

    def test_the_files_of_a_folder(self) -> None:
        make_file(self.photo, is_sidecar=True, type="xmp")
        make_file(self.photo, is_missing=True)
        names = [file["Name"] for file in self.get("originals/2024/05", files="true").json()["files"]]
        self.assertEqual(len(names), 2)
        self.assertEqual(names, sorted(names))
        page = self.get("originals/2024/05", files="true", count=1, offset=1)
        self.assertEqual([file["Name"] for file in page.json()["files"]], names[1:])
        self.assertEqual((page["X-Limit"], page["X-Offset"]), ("1", "1"))

    def test_private_ones_can_be_left_out(self) -> None:
        make_folder("2021", private=True)
        self.assertIn("2021", self.paths())
        self.assertNotIn("2021", self.paths(public="true"))
        self.assertEqual(len(self.get("originals/2024", files="true").json()["files"]), 1)
        self.assertEqual(self.get("originals/2024", files="true", public="true").json()["files"], [])

    def test_what_is_not_there(self) -> None:
        self.assertEqual(self.get("originals/1999").status_code, 404)
        self.assertEqual(self.get("originals/../etc").status_code, 404)
        self.assertEqual(self.get("import").json()["folders"], [])

    def test_a_wrong_filter_is_named(self) -> None:
        answer = self.get(q="pathh:2024")
        self.assertEqual(answer.status_code, 400)
        self.assertIn("path", answer.json()["error"])

    def test_who_does_not_see_all_is_told_only_of_the_way_to_what_it_sees(self) -> None:
        make_photo(folder="secret/place", owner=self.alice)
        make_folder("secret")
        open_to_all, grant = FOLDERS.ask().condition, self.grant_of(self.bob)
        seen = find_folders(Inside("/", "", is_deep=True), open_to_all, grant) or []
        self.assertEqual([folder.path for folder in seen], ["2024", "2024/05"])
        self.assertIsNone(find_folders(Inside("/", "secret"), open_to_all, grant))
        self.assertEqual(look_inside(Inside("/", "secret/place"), grant, public=False, count=9, offset=0), [])

    def test_administrators_alone(self) -> None:
        self.assertEqual([self.get(user=user).status_code for user in (self.alice, self.bob, self.guest)], [403] * 3)
