"""UIDs and tokens."""

from django.test import SimpleTestCase

from library import uid


class UidTest(SimpleTestCase):
    def test_a_new_uid_has_its_type_and_sixteen_characters(self) -> None:
        self.assertRegex(uid.new_uid("p"), r"^p[0-9a-z]{15}$")

    def test_the_time_is_written_in_six_digits_of_base_36(self) -> None:
        self.assertEqual(uid.new_uid("p", at=1_600_000_000)[1:7], "qgljwg")

    def test_uids_made_later_sort_later(self) -> None:
        self.assertLess(uid.new_uid("f", at=1_700_000_000), uid.new_uid("f", at=1_700_000_001))

    def test_two_uids_of_one_second_differ(self) -> None:
        self.assertNotEqual(uid.new_uid("p", at=1.0), uid.new_uid("p", at=1.0))

    def test_only_sixteen_small_letters_and_digits_are_a_uid(self) -> None:
        self.assertTrue(uid.is_uid("pqbcf5j446s0futy"))
        for text in (
            "",
            "pqbcf5j446s0fut",
            "pqbcf5j446s0futyy",
            "PQBCF5J446S0FUTY",
            "1qbcf5j446s0futy",
            "pqbcf5j446s0f ty",
        ):
            self.assertFalse(uid.is_uid(text), text)

    def test_a_uid_of_another_type_does_not_match_the_prefix(self) -> None:
        self.assertTrue(uid.is_uid("pqbcf5j446s0futy", "p"))
        self.assertFalse(uid.is_uid("pqbcf5j446s0futy", "a"))


class UuidTest(SimpleTestCase):
    def test_a_uuid_is_found_behind_its_scheme_and_quotes(self) -> None:
        for written in (
            "xmp.did:ABC418A3-fabe-459c-b377-19a400f19296",
            ' "abc418a3-fabe-459c-b377-19a400f19296" ',
            "{abc418a3-fabe-459c-b377-19a400f19296}",
        ):
            self.assertEqual(uid.clean_uuid(written), "abc418a3-fabe-459c-b377-19a400f19296")

    def test_hashes_and_broken_ids_are_no_uuid(self) -> None:
        for written in ("", "4B1FEF2D1CF4A5BE38B263E0637EDEAD", "55785BAC-9H4B-4747-B090-EE123FFEE437"):
            self.assertEqual(uid.clean_uuid(written), "")


class TokenTest(SimpleTestCase):
    def test_a_token_has_the_length_asked_for(self) -> None:
        self.assertRegex(uid.new_token(8), r"^[0-9a-z]{8}$")

    def test_an_access_token_has_48_hexadecimal_digits(self) -> None:
        self.assertRegex(uid.new_access_token(), r"^[0-9a-f]{48}$")
