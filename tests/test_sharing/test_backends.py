"""has_perm in Django's words, answered from the access table."""

from django.contrib.auth.models import AnonymousUser, User

from tests.base import TestCase


class PermissionTest(TestCase):
    def test_an_administrator_may_everything(self) -> None:
        self.assertTrue(self.admin.has_perm("library.delete_file"))

    def test_the_table_answers_for_others(self) -> None:
        self.assertTrue(self.alice.has_perm("library.update_photo"))
        self.assertFalse(self.bob.has_perm("library.update_photo"))

    def test_who_is_deactivated_may_nothing(self) -> None:
        User.objects.filter(pk=self.alice.pk).update(is_active=False)
        self.assertFalse(User.objects.get(pk=self.alice.pk).has_perm("library.update_photo"))

    def test_nobody_may_nothing(self) -> None:
        self.assertFalse(AnonymousUser().has_perm("library.search_photo"))

    def test_only_administrators_see_the_apps_of_djangos_admin(self) -> None:
        self.assertTrue(self.admin.has_module_perms("library"))
        self.assertFalse(self.alice.has_module_perms("library"))

    def test_asking_often_costs_one_query(self) -> None:
        user = User.objects.get(pk=self.alice.pk)
        with self.assertNumQueries(1):
            for _ in range(10):
                user.has_perm("library.update_photo")
