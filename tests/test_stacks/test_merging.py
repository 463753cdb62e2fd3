"""Two photos become one: what moves, what wins, and that no edit is lost."""

from albums.models import Album, PhotoAlbum
from library.models import Details, Favorite, File, Photo, PhotoKeyword, PhotoLabel
from library.models.photo import PhotoType, Stack
from library.stacks.merging import Merged, merge
from tests.base import TestCase
from tests.make import make_file, make_label, make_photo


class MergeTest(TestCase):
    def merged(self, *photos: Photo) -> Merged:
        merged = merge(photos)
        merged.photo.refresh_from_db()
        return merged

    def test_the_best_stays_and_the_first_among_equals(self) -> None:
        poor, good, equal = make_photo(quality=3), make_photo(quality=5), make_photo(quality=5)
        merged = self.merged(equal, poor, good)
        self.assertEqual(merged.photo, good)
        self.assertCountEqual(merged.gone, [equal.uid, poor.uid])
        self.assertEqual(Photo.objects.count(), 1)

    def test_files_move_and_one_of_them_is_primary(self) -> None:
        first, second = make_photo(), make_photo()
        self.merged(first, second)
        rows = File.objects.filter(photo=first)
        self.assertEqual((rows.count(), rows.get(is_primary=True).name), (2, f"2024/05/{first.name}.jpg"))

    def test_it_counts_as_a_stack_with_the_pixels_of_the_largest(self) -> None:
        photo = self.merged(make_photo(resolution=12), make_photo(file={"width": 8000, "height": 6000})).photo
        self.assertEqual((photo.stack, photo.resolution), (Stack.STACKED, 48))

    def test_an_edit_by_hand_outranks_what_the_better_photo_says(self) -> None:
        better = make_photo(quality=5, title="From its file", title_src="meta")
        edited = make_photo(
            quality=3, title="By hand", title_src="manual", details={"notes": "N", "notes_src": "manual"}
        )
        photo = self.merged(better, edited).photo
        self.assertEqual((photo.title, photo.title_src), ("By hand", "manual"))
        self.assertEqual(Details.objects.get(photo=photo).notes, "N")

    def test_what_was_known_of_one_only_is_kept(self) -> None:
        placed = make_photo(lat=1.5, lng=2.5, place_src="meta", place="Bergen, Vestland, Norway", country="no")
        photo = self.merged(make_photo(quality=5), placed).photo
        self.assertEqual((photo.lat, photo.country, photo.place.city), (1.5, "no", "Bergen"))

    def test_words_labels_albums_and_favourites_follow_once_each(self) -> None:
        first = make_photo(labels=["cat"], keywords=["sea"], favorite_of=self.alice)
        second = make_photo(labels=["cat", "dog"], keywords=["sea", "sand"], favorite_of=[self.alice, self.bob])
        album = Album.objects.create(title="Both")
        for photo in (first, second):
            PhotoAlbum.objects.create(album=album, photo=photo)
        photo = self.merged(first, second).photo
        counts = [
            model.objects.filter(photo=photo).count() for model in (PhotoLabel, PhotoKeyword, PhotoAlbum, Favorite)
        ]
        self.assertEqual(counts, [2, 2, 1, 2])

    def test_a_label_that_was_removed_by_hand_stays_removed(self) -> None:
        seen, removed = make_photo(quality=5), make_photo()
        PhotoLabel.objects.create(photo=seen, label=make_label("cat"), src="image", uncertainty=20)
        PhotoLabel.objects.create(photo=removed, label=make_label("cat"), src="manual", uncertainty=100)
        row = PhotoLabel.objects.get(photo=self.merged(seen, removed).photo)
        self.assertEqual((row.src, row.uncertainty), ("manual", 100))

    def test_what_one_keeps_private_stays_private(self) -> None:
        self.assertTrue(self.merged(make_photo(quality=5), make_photo(private=True)).photo.private)

    def test_a_picture_and_its_video_are_a_live_photo_that_shows_the_picture(self) -> None:
        film = make_photo(
            uuid="x", quality=5, type="video", file={"type": "mov", "media_type": "video", "is_video": True}
        )
        still = make_photo(uuid="x", file={"type": "heic"})
        photo = self.merged(film, still).photo
        self.assertEqual(photo.type, PhotoType.LIVE)
        self.assertEqual(File.objects.get(photo=photo, is_primary=True).type, "heic")

    def test_the_days_of_all_are_to_be_counted(self) -> None:
        merged = self.merged(make_photo(taken="2024-01-01"), make_photo(taken="2024-02-02"))
        self.assertEqual({day.isoformat() for day in merged.days}, {"2024-01-01", "2024-02-02"})

    def test_sidecars_are_never_primary(self) -> None:
        first, second = make_photo(), make_photo()
        make_file(second, type="xmp", is_sidecar=True, width=0, height=0)
        self.merged(first, second)
        self.assertFalse(File.objects.get(type="xmp").is_primary)
