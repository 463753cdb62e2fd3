"""The access table: what each role may, and what a token's scope leaves of it."""

from unittest import TestCase

from sharing.acl import PERMISSIONS, RULES, allows, grants_of, permissions_of


class TableTest(TestCase):
    def test_an_administrator_has_every_permission(self) -> None:
        self.assertEqual(permissions_of("admin"), PERMISSIONS.keys())

    def test_every_permission_needs_a_known_resource(self) -> None:
        self.assertEqual({need.resource for need in PERMISSIONS.values()} - RULES.keys(), set())

    def test_a_user_does_all_but_administration(self) -> None:
        refused = PERMISSIONS.keys() - permissions_of("user")
        administration = {
            "library.manage_index", "library.browse_folders", "library.view_errors", "sharing.manage_accounts",
        }  # fmt: skip
        # What is noted for all accounts is in a photo's YAML.
        self.assertEqual(refused, {*administration, "library.export_photo"})

    def test_a_viewer_reads_without_what_is_private(self) -> None:
        self.assertLessEqual({"library.search_photo", "library.download_photo"}, permissions_of("viewer"))
        for permission in ("view_private", "update_photo", "archive_photo", "upload_photo"):
            self.assertNotIn(f"library.{permission}", permissions_of("viewer"))

    def test_a_visitor_may_not_react_and_a_guest_may(self) -> None:
        self.assertNotIn("library.react_to_photo", permissions_of("visitor"))
        self.assertIn("library.react_to_photo", permissions_of("guest"))

    def test_an_unknown_role_has_nothing(self) -> None:
        self.assertEqual(permissions_of(""), frozenset())

    def test_an_unknown_resource_belongs_to_administrators(self) -> None:
        self.assertTrue(allows("unheard-of", "admin", "view"))
        self.assertFalse(allows("unheard-of", "user", "view"))

    def test_apps_are_told_what_is_allowed_only(self) -> None:
        self.assertTrue(grants_of("guest")["photos"]["view"])
        self.assertNotIn("update", grants_of("guest")["photos"])


class ScopeTest(TestCase):
    def test_a_resource_narrows_to_itself(self) -> None:
        self.assertIn("library.update_photo", permissions_of("admin", "photos"))
        self.assertNotIn("albums.update_album", permissions_of("admin", "photos"))

    def test_read_takes_every_resource_and_no_change(self) -> None:
        self.assertIn("albums.search_album", permissions_of("admin", "read"))
        self.assertNotIn("library.update_photo", permissions_of("admin", "read"))

    def test_write_does_not_read(self) -> None:
        self.assertIn("library.update_photo", permissions_of("admin", "write"))
        self.assertNotIn("library.search_photo", permissions_of("admin", "write"))

    def test_a_resource_and_an_action_bound_each_other(self) -> None:
        self.assertIn("library.search_photo", permissions_of("admin", "photos read"))
        self.assertNotIn("library.update_photo", permissions_of("admin", "photos read"))
        self.assertNotIn("albums.search_album", permissions_of("admin", "photos read"))

    def test_no_scope_is_no_permission(self) -> None:
        self.assertEqual(permissions_of("admin", ""), frozenset())

    def test_a_scope_never_adds_to_the_role(self) -> None:
        for scope in ("*", "photos", "read", "write", "logs users"):
            self.assertLessEqual(permissions_of("viewer", scope), permissions_of("viewer"))
