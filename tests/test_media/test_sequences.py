"""HEIC sequences: a film of pictures, with or without one that stands still."""

import pillow_heif
from PIL import Image

from library.media.formats import by_code
from library.media.images import Undecodable, read_header
from tests.test_media.base import PictureTest
from tests.test_media.videos import make_heic_sequence


class SequenceTest(PictureTest):
    def test_the_still_is_shown_and_the_frames_are_counted(self) -> None:
        pillow_heif.from_pillow(Image.new("RGB", (64, 64), "teal")).save(self.file("still.heic"))
        path = make_heic_sequence(self.file("a.heics"), still=self.file("still.heic").read_bytes())
        header = read_header(path, by_code("heics"))
        self.assertEqual((header.width, header.frames, header.duration), (64, 10, 1.0))

    def test_the_name_of_a_single_picture_hides_no_film(self) -> None:
        path = make_heic_sequence(self.file("a.heic"))
        self.assertEqual(self.read(path).frames, 10)

    def test_without_a_still_a_frame_is_shown(self) -> None:
        path = make_heic_sequence(self.file("a.heics"))
        picture = self.read(path)
        self.assertEqual((picture.width, picture.height, picture.frames), (128, 96, 10))

    def test_one_that_is_cut_before_its_frames_is_refused(self) -> None:
        path = make_heic_sequence(self.file("a.heics"))
        path.write_bytes(path.read_bytes()[:60])
        with self.assertRaises(Undecodable):
            self.read(path)
