"""Faces that files mark, beside those that people and programs have found."""

from dataclasses import replace

from faces.indexing import save_markers
from faces.models import Marker, Subject
from library.indexing.draft import Draft
from library.indexing.runner import make_workshop
from library.media.related import FileRef, RelatedFiles
from library.meta.data import Metadata, Region
from library.models import File, Photo
from tests.base import TestCase
from tests.make import make_photo

ANN = Region(name="Ann Lee", x=0.5, y=0.5, w=0.2, h=0.2)


class MarkersTest(TestCase):
    def save(self, photo: Photo, *regions: Region, src: str = "xmp") -> list[Marker]:
        draft = Draft.of(RelatedFiles(FileRef("a.jpg", 1, 1)), make_workshop())
        draft.photo, draft.metadata = photo, Metadata(src=src, regions=regions)
        save_markers(draft)
        return list(Marker.objects.filter(file__photo=photo).order_by("pk"))

    def mark(self, photo: Photo, **columns: object) -> Marker:
        area = {"x": 0.4, "y": 0.4, "w": 0.2, "h": 0.2}
        return Marker.objects.create(file=File.objects.get(photo=photo), **{**area, **columns})

    def test_two_photos_share_a_person(self) -> None:
        for photo in (make_photo(), make_photo()):
            self.save(photo, ANN)
        self.save(make_photo(), replace(ANN, name="ANN LEE"))
        self.assertEqual(Subject.objects.get().name, "Ann Lee")

    def test_a_face_that_a_program_found_gets_the_name_and_keeps_its_place(self) -> None:
        photo = make_photo()
        found = self.mark(photo, src="image", x=0.41)
        (marker,) = self.save(photo, ANN)
        self.assertEqual((marker.pk, marker.name, marker.x, marker.src), (found.pk, "Ann Lee", 0.41, "image"))

    def test_a_name_by_hand_stays(self) -> None:
        photo = make_photo()
        eve = Subject.objects.create(name="Eve")
        self.mark(photo, src="xmp", name="Eve", subject=eve, subject_src="manual")
        (marker,) = self.save(photo, ANN)
        self.assertEqual((marker.name, marker.subject), ("Eve", eve))

    def test_what_the_file_no_longer_says_goes_but_not_what_people_touched(self) -> None:
        photo = make_photo()
        self.save(photo, ANN)
        self.mark(photo, src="xmp", x=0.0, y=0.0, subject_src="manual")
        self.mark(photo, src="xmp", x=0.8, y=0.8, invalid=True)
        self.mark(photo, src="manual", x=0.0, y=0.8)
        self.assertEqual(len(self.save(photo)), 3)

    def test_a_face_that_a_person_refused_is_not_marked_again(self) -> None:
        photo = make_photo()
        self.mark(photo, src="xmp", invalid=True)
        (marker,) = self.save(photo, ANN)
        photo.refresh_from_db()
        self.assertEqual((marker.invalid, photo.faces), (True, 0))

    def test_faces_without_names_and_the_size_in_pixels(self) -> None:
        (marker,) = self.save(make_photo(), replace(ANN, name=""))
        self.assertEqual((marker.name, marker.subject, marker.size), ("", None, 800))
