"""The file of vectors: what is nearest, what changed, and what becomes of a file that is broken or replaced."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from django.test import SimpleTestCase

from library.vectors import BLOCK, Vectors, VectorStore

EAST, NORTH, WEST = bytes([100, 0, 0, 0]), bytes([0, 100, 0, 0]), bytes([156, 0, 0, 0])
NORTH_EAST = bytes([50, 50, 0, 0])


class VectorsCase(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.store = VectorStore(Path(folder.name) / "deep" / "directions", model="1", dimensions=4)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.store.path.parent.iterdir())

    def built(self) -> Vectors:
        return self.store.rebuild([(3, EAST), (5, NORTH), (8, WEST), (9, NORTH_EAST)], "7")


class NearestTest(VectorsCase):
    def test_the_most_like_comes_first_with_its_cosine(self) -> None:
        ids, likeness = self.built().nearest(np.frombuffer(EAST, np.int8), 3)
        self.assertEqual(ids.tolist(), [3, 9, 5])
        np.testing.assert_allclose(likeness, [1, 0.70710677, 0], atol=1e-6)

    def test_the_length_of_a_vector_says_nothing(self) -> None:
        vectors = self.store.rebuild([(1, bytes([1, 0, 0, 0])), (2, bytes([127, 1, 0, 0]))], "")
        self.assertEqual(vectors.nearest(np.array([0.2, 0, 0, 0], np.float32), 2)[0].tolist(), [1, 2])

    def test_only_those_among_are_compared(self) -> None:
        ids, _ = self.built().nearest(np.frombuffer(EAST, np.int8), 9, np.array([5, 8, 77]))
        self.assertEqual(ids.tolist(), [5, 8])

    def test_what_is_less_like_is_left_out(self) -> None:
        ids, _ = self.built().nearest(np.frombuffer(EAST, np.int8), 9, at_least=0.5)
        self.assertEqual(ids.tolist(), [3, 9])

    def test_of_equals_the_older_comes_first(self) -> None:
        vectors = self.store.rebuild([(4, EAST), (2, EAST), (3, EAST)], "")
        self.assertEqual(vectors.nearest(np.frombuffer(EAST, np.int8), 3)[0].tolist(), [2, 3, 4])

    def test_none_of_none(self) -> None:
        self.assertEqual(self.built().nearest(np.frombuffer(EAST, np.int8), 0)[0].tolist(), [])
        empty = self.store.rebuild([], "")
        self.assertEqual((len(empty), empty.nearest(np.ones(4, np.float32), 5)[0].tolist()), (0, []))

    def test_a_vector_of_nothing_is_like_none(self) -> None:
        vectors = self.store.rebuild([(1, bytes(4)), (2, EAST)], "")
        np.testing.assert_allclose(vectors.nearest(np.frombuffer(EAST, np.int8), 2)[1], [1, 0], atol=1e-6)
        self.assertEqual(vectors.nearest(np.zeros(4, np.int8), 1)[1].tolist(), [0])

    def test_many_blocks_agree_with_one_product(self) -> None:
        made = np.random.default_rng(3).integers(-127, 128, (2 * BLOCK + 5, 4)).astype(np.int8)
        vectors = self.store.rebuild(((pk + 1, row.tobytes()) for pk, row in enumerate(made)), "")
        floats = made.astype(np.float32)
        expected = (floats @ floats[0]) / np.linalg.norm(floats, axis=1) / np.linalg.norm(floats[0])
        ids, likeness = vectors.likeness(made[0])
        self.assertEqual(ids.tolist(), list(range(1, len(made) + 1)))
        np.testing.assert_allclose(likeness, expected, atol=1e-5)


class PatchedTest(VectorsCase):
    def test_changed_new_and_removed_rows_count_at_once(self) -> None:
        vectors = self.built().patched([(3, WEST), (20, EAST)], [9])
        ids, likeness = vectors.nearest(np.frombuffer(EAST, np.int8), 9)
        self.assertEqual(ids.tolist(), [20, 5, 3, 8])
        self.assertEqual((len(vectors), vectors.loose, vectors.of(9)), (4, 2, None))
        self.assertEqual(vectors.of(3).tobytes() if vectors.of(3) is not None else b"", WEST)
        self.assertAlmostEqual(float(likeness[0]), 1, places=6)

    def test_a_row_may_change_again(self) -> None:
        vectors = self.built().patched([(20, EAST), (21, EAST)]).patched([(20, NORTH), (20, WEST)], [21])
        self.assertEqual((sorted(vectors.ids.tolist()), vectors.loose), ([3, 5, 8, 9, 20], 1))
        self.assertEqual(vectors.nearest(np.frombuffer(WEST, np.int8), 2)[0].tolist(), [8, 20])

    def test_what_is_saved_is_the_same_when_opened(self) -> None:
        vectors = self.built().patched([(3, WEST), (20, EAST)], [9])
        self.store.save(vectors, "8")
        opened = self.store.open()
        assert opened is not None
        self.assertEqual((opened.mark, opened.loose, len(opened)), ("8", 0, 4))
        wanted = np.array([20, 9, 3, 5, 8])
        ids, rows = opened.gather(wanted)
        self.assertEqual(ids.tolist(), [20, 3, 5, 8])
        self.assertEqual([row.tobytes() for row in rows], [EAST, WEST, NORTH, WEST])
        self.assertEqual(
            opened.nearest(np.frombuffer(EAST, np.int8), 9)[0].tolist(),
            vectors.nearest(np.frombuffer(EAST, np.int8), 9)[0].tolist(),
        )

    def test_without_a_file_changes_are_held_alone(self) -> None:
        vectors = Vectors.none(4).patched([(1, EAST)])
        self.assertEqual(vectors.nearest(np.frombuffer(EAST, np.int8), 5)[0].tolist(), [1])


class FileTest(VectorsCase):
    def test_a_row_of_another_length_is_left_out(self) -> None:
        vectors = self.store.rebuild([(1, EAST), (2, b"short"), (3, WEST)], "")
        self.assertEqual(vectors.ids.tolist(), [1, 3])

    def test_a_missing_file_is_none(self) -> None:
        self.assertIsNone(self.store.open())

    def test_another_model_is_none(self) -> None:
        self.built()
        self.assertIsNone(VectorStore(self.store.path, model="2", dimensions=4).open())
        self.assertIsNone(VectorStore(self.store.path, model="1", dimensions=2).open())

    def test_a_broken_file_is_none_and_can_be_made_again(self) -> None:
        self.built()
        whole = self.store.path.read_bytes()
        for broken in (b"", whole[:100], whole[:-1], whole + b"x", b"x" + whole[1:], whole[:-8] + bytes(8)):
            self.store.path.write_bytes(broken)
            self.assertIsNone(self.store.open(), broken[:20])
        self.assertEqual(len(self.built()), 4)

    def test_a_reader_keeps_what_it_opened(self) -> None:
        self.built()
        before = self.store.open()
        self.store.rebuild([(1, WEST)], "9")
        assert before is not None
        self.assertEqual((before.mark, before.nearest(np.frombuffer(EAST, np.int8), 1)[0].tolist()), ("7", [3]))

    def test_a_writer_that_fails_leaves_the_file_as_it_was(self) -> None:
        self.built()
        with self.assertRaises(ZeroDivisionError):
            self.store.rebuild(_failing(), "9")
        opened = self.store.open()
        self.assertEqual((opened.mark if opened else "", self.names()), ("7", ["directions"]))

    def test_what_a_killed_writer_left_is_cleared_away(self) -> None:
        self.built()
        left, written = (self.store.path.with_name(f".directions.{name}") for name in ("left", "written"))
        left.touch()
        written.touch()
        os.utime(left, (time.time() - 7_200,) * 2)
        self.built()
        self.assertEqual(self.names(), [".directions.written", "directions"])


def _failing() -> Iterator[tuple[int, bytes]]:
    yield 1, EAST
    raise ZeroDivisionError
