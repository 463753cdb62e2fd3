"""The library's pages."""

from library.models import ErrorLog
from library.models.trouble import Level
from tests.base import TestCase
from tests.make import make_folder, make_photo


class BrowseTest(TestCase):
    def test_what_is_understood_becomes_chips_beside_the_words(self) -> None:
        answer = self.client_of(self.bob).get("/library/browse", {"q": ["label:cat", "red car"]})
        self.assertEqual(answer.context["words"], "car")
        self.assertEqual(
            [(chip.text, chip.name) for chip in answer.context["chips"]], [("label:cat", "Cat"), ("red", "Red")]
        )
        self.assertEqual(answer.context["query"], "label:cat red car")

    def test_a_chip_leads_to_the_search_without_it(self) -> None:
        answer = self.client_of(self.bob).get("/library/browse", {"q": "-type:video year:2024"})
        self.assertContains(answer, 'href="/library/browse?q=year%3A2024" data-remove aria-label="Remove not Video"')

    def test_the_box_works_as_a_plain_form(self) -> None:
        answer = self.client_of(self.bob).get("/library/browse", {"q": "2024 lake"})
        self.assertContains(answer, '<input type="hidden" name="q" value="2024">')
        self.assertContains(answer, 'name="q" id="search-words" value="lake"')

    def test_an_unknown_filter_is_left_as_typed_with_what_was_meant(self) -> None:
        answer = self.client_of(self.bob).get("/library/browse", {"q": "contry:de 2024"})
        self.assertEqual((answer.context["words"], answer.context["chips"]), ("contry:de 2024", []))
        self.assertEqual(answer.context["understood"]["suggestion"], "country:de 2024")

    def test_markup_in_a_search_is_text(self) -> None:
        answer = self.client_of(self.bob).get("/library/browse", {"q": 'label:"</script><b>" 2024'})
        self.assertNotContains(answer, "<b>")

    def test_panel_and_reasons_stand_in_the_address(self) -> None:
        answer = self.client_of(self.bob).get("/library/browse?q=cat&panel&why")
        self.assertEqual((answer.context["panel"], answer.context["why"]), (True, True))

    def test_a_text_that_is_too_long_comes_back_as_typed(self) -> None:
        text = "x " * 3000
        answer = self.client_of(self.bob).get("/library/browse", {"q": text})
        self.assertEqual((answer.status_code, answer.context["words"]), (200, text))

    def test_a_view(self) -> None:
        answer = self.client_of(self.bob).get("/library/favorites")
        self.assertEqual((answer.status_code, answer.context["view"]), (200, "favorites"))

    def test_no_such_view(self) -> None:
        self.assertEqual(self.client_of(self.admin).get("/library/nothing").status_code, 404)

    def test_nobody_is_sent_to_the_login(self) -> None:
        answer = self.client.get("/library/browse?q=cat")
        self.assertRedirects(answer, "/library/login?next=/library/browse%3Fq%3Dcat", fetch_redirect_response=False)


class PhotoPageTest(TestCase):
    def test_a_photo(self) -> None:
        photo = make_photo(title="Lake")
        answer = self.client_of(self.bob).get(f"/library/photo/{photo.uid}")
        self.assertContains(answer, "Lake")

    def test_what_one_may_not_see_does_not_exist(self) -> None:
        photo = make_photo(owner=self.admin)
        self.assertEqual(self.client_of(self.bob).get(f"/library/photo/{photo.uid}").status_code, 404)


class LibraryPageTest(TestCase):
    def test_folders_and_the_newest_problems(self) -> None:
        make_folder("2024")
        for number in range(7):
            ErrorLog.objects.create(name=f"{number}.jpg", path_key=str(number), reason="Truncated.")
        answer = self.client_of(self.admin).get("/library/index")
        self.assertEqual(list(answer.context["folders"]), ["2024"])
        self.assertEqual([row.name for row in answer.context["problems"]], [f"{n}.jpg" for n in (6, 5, 4, 3, 2)])

    def test_a_user_may_not(self) -> None:
        self.assertEqual(self.client_of(self.alice).get("/library/index").status_code, 403)


class ProblemsPageTest(TestCase):
    def test_problems_are_searched(self) -> None:
        ErrorLog.objects.create(name="a.jpg", path_key="a", reason="Truncated.")
        ErrorLog.objects.create(name="b.jpg", path_key="b", reason="Not a picture.")
        answer = self.client_of(self.admin).get("/library/errors?s=trunc")
        self.assertEqual([row.name for row in answer.context["page"].object_list], ["a.jpg"])

    def test_problems_of_one_level(self) -> None:
        ErrorLog.objects.create(name="a.jpg", path_key="a", reason="Truncated.")
        ErrorLog.objects.create(name="b.txt", path_key="b", reason="Not a picture.", level=Level.SKIPPED)
        answer = self.client_of(self.admin).get("/library/errors?level=skipped")
        self.assertEqual([row.name for row in answer.context["page"].object_list], ["b.txt"])
        self.assertEqual(answer.context["levels"], {"all": 2, "skipped": 1, "warning": 0, "error": 1})

    def test_a_level_that_does_not_exist_is_every_level(self) -> None:
        ErrorLog.objects.create(name="a.jpg", path_key="a", reason="Truncated.")
        answer = self.client_of(self.admin).get("/library/errors?level=awful")
        self.assertEqual(len(answer.context["page"].object_list), 1)

    def test_a_viewer_may_not(self) -> None:
        self.assertEqual(self.client_of(self.bob).get("/library/errors").status_code, 403)
