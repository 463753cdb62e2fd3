"""Filters on files: their ids, names, codecs, errors and stacks."""

from library.models.folder import Root
from library.query import BadValue
from library.search import find
from tests.base import TestCase
from tests.make import make_file, make_photo


class IdFilterTest(TestCase):
    def test_uids_of_photos_and_files_and_sums_of_files(self) -> None:
        one, two, three = make_photo(), make_photo(), make_photo()
        make_photo()
        file, other = two.files.get(), three.files.get()
        self.assertFound(f"uid:{one.uid}|{file.uid.upper()}|{other.hash.upper()}", one, two, three)

    def test_what_has_not_the_form_of_one_is_refused(self) -> None:
        for value in ("abc", "ps6sg6be2lvl0yh*", "|Banana", "*", "ps6sg6be2lvl0yh0|abc"):
            with self.assertRaisesMessage(BadValue, "is not the UID of a photo or a file."):
                find(f'uid:"{value}"', self.grant_of(self.admin))

    def test_a_uid_that_nobody_has_finds_nothing(self) -> None:
        make_photo()
        self.assertFound("uid:ps6sg6be2lvl0yh0")

    def test_the_id_of_a_document_or_of_one_version(self) -> None:
        document, version = make_photo(uuid="123e4567"), make_photo(file={"instance_id": "a698ac56"})
        make_photo()
        self.assertFound("id:123e4567|a698ac56", document, version)
        self.assertFound("id:123e4567&a698ac56")

    def test_both_ids(self) -> None:
        photo = make_photo(uuid="123e4567", file={"instance_id": "a698ac56"})
        self.assertFound('id:"123e4567 & a698ac56"', photo)

    def test_a_perceptual_hash(self) -> None:
        photo = make_photo(file={"diff": 123})
        make_photo(file={"diff": 124})
        self.assertFound("diff:123", photo)
        self.assertFound("diff:<124 -diff:-1", photo)


class NameFilterTest(TestCase):
    def test_the_extension_may_be_typed(self) -> None:
        photo, other = make_photo(name="IMG_9831"), make_photo(name="v1.2")
        self.assertFound("name:IMG_9831.jpg", photo)
        self.assertFound("name:img_98*.HEIC", photo)
        self.assertFound("name:v1.2", other)

    def test_blanks_around_a_name_may_be_part_of_it(self) -> None:
        blank, plain = make_photo(name=" photo49"), make_photo(name="photo49")
        self.assertFound('name:" photo49"', blank, plain)
        self.assertFound("name:photo49", plain)

    def test_names_joined_by_words_are_one_name(self) -> None:
        photo = make_photo(name="now or never", title="Salt and Pepper")
        make_photo(name="now")
        self.assertFound('name:"now or never"', photo)
        self.assertFound('title:"salt and pepper"', photo)

    def test_the_name_at_import_of_photo_or_file(self) -> None:
        photo = make_photo(original_name="DSC_1")
        stack = make_photo(file={"original_name": "DSC_2.jpg"})
        make_photo()
        self.assertFound("original:dsc_1", photo)
        self.assertFound("original:DSC*", photo, stack)


class FileStateFilterTest(TestCase):
    def test_a_codec(self) -> None:
        video = make_photo(type="video", file={"codec": "avc1"})
        make_photo()
        self.assertFound("codec:AVC1|hvc1", video)

    def test_with_and_without_a_broken_file(self) -> None:
        broken, fine = make_photo(file={"error": "Truncated."}), make_photo()
        self.assertFound("error:yes", broken)
        self.assertFound("error:no", fine)

    def test_what_may_not_be_seen_is_not_found_by_its_error(self) -> None:
        make_photo(quality=-1, file={"error": "Truncated."})
        self.assertFound("error:yes", by=self.bob)
        self.assertFound("hidden:yes", by=self.bob)


class StackFilterTest(TestCase):
    def test_a_stack_has_two_originals_of_one_format(self) -> None:
        stack, raw, live, converted = make_photo(), make_photo(), make_photo(), make_photo()
        make_file(stack)
        make_file(raw, type="dng")
        make_file(live, type="mov")
        make_file(converted, is_sidecar=True, root=Root.SIDECAR)
        self.assertFound("stack:yes", stack)
        self.assertFound("stack:no", raw, live, converted)

    def test_a_missing_original_makes_no_stack(self) -> None:
        photo = make_photo()
        make_file(photo, is_missing=True)
        self.assertFound("stack:yes")

    def test_what_may_be_stacked(self) -> None:
        apart, stackable = make_photo(stack=-1), make_photo(stack=0)
        self.assertFound("unstacked:yes", apart)
        self.assertFound("stackable:yes", stackable)
        self.assertFound("-unstacked:yes", stackable)
