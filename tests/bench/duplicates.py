"""How right and how fast near-duplicates are grouped: made pairs of real pictures, and a library of 100,000 photos.

python tests/bench/duplicates.py [--quick]

The pictures are those that scikit-image and scikit-learn carry, as far as they are installed (an unpacked wheel on
PYTHONPATH will do), whole and in quarters, so that different pictures of one scene are among them. Of each are made:
smaller ones, one saved again with much loss, other formats, lighter and darker ones, one without colour, and crops.
`recall` is the share of them that is found to be the same picture; `precision` that of all pairs found that are.

The library has hashes at random, vectors in 500 clusters, and for every tenth photo one that is near to it. It is
grouped anew and then once more with a hundred new photos. The last line is one JSON object.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

os.environ.setdefault("VIPS_CONCURRENCY", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import pyvips

from tests.bench.site import ROOT, environment, manage, migrate

PACKAGED = (
    ("skimage", "data", "astronaut brick camera cell chelsea clock_motion coffee coins color grass gravel horse"),
    ("skimage", "data", "hubble_deep_field ihc moon motorcycle_left page retina rocket text"),
    ("sklearn", "datasets/images", "china flower"),
)
SMALLEST = 200  # pixels of an edge
DIMENSIONS = 128
PHOTOS, QUICK = 100_000, 10_000
NEW = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="whole pictures alone, and 10,000 photos")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        told = compare_pictures(folder / "pictures", quarters=not quick)
        told |= group_library(folder / "site", QUICK if quick else PHOTOS)
    print(json.dumps(told))


# ---------- pictures ----------


def compare_pictures(folder: Path, *, quarters: bool) -> dict[str, Any]:
    """Recall for each kind of version, and precision over all pairs."""
    setup(folder)
    from library.duplicates.confirming import confirmed

    folder.mkdir(parents=True, exist_ok=True)
    pictures = packaged(quarters=quarters)
    names, hashes, units = [], [], []
    for number, picture in enumerate(pictures):
        for kind, version in VERSIONS.items():
            found, vector = looked_at(version(picture), folder / f"{number}-{kind}.jpg")
            names.append((number, kind))
            hashes.append(found)
            units.append(vector / np.linalg.norm(vector))
    codes, looks = np.array(hashes, np.int64).view(np.uint64), np.array(units, np.float32)
    first, second = np.triu_indices(len(names), 1)
    both = (codes[first] != 0) & (codes[second] != 0)
    first, second = first[both], second[both]
    distances = np.bitwise_count(codes[first] ^ codes[second])
    passed = confirmed(distances, np.einsum("ij,ij->i", looks[first], looks[second]))
    same = np.array([names[one][0] == names[other][0] for one, other in zip(first, second, strict=True)])
    recall = {}
    for kind in list(VERSIONS)[1:]:
        made = (
            np.array([{names[a][1], names[b][1]} == {"whole", kind} for a, b in zip(first, second, strict=True)]) & same
        )
        recall[kind] = round(float(passed[made].mean()), 3)
        print(f"{kind:12} {recall[kind]:6.1%} of {made.sum()}")
    precision = round(float(same[passed].mean()), 4)
    print(f"{len(pictures)} pictures: {passed.sum():,} pairs found, {precision:.2%} of them of one picture")
    return {
        "pictures": len(pictures),
        "precision": precision,
        "recall": round(float(np.mean(list(recall.values()))), 3),
        "recalls": recall,
    }


def packaged(*, quarters: bool) -> list[pyvips.Image]:
    found = []
    for package, inside, names in PACKAGED:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            continue
        folder = Path(spec.origin).parent / inside
        for name in names.split():
            path = next(
                (folder / f"{name}{end}" for end in (".png", ".jpg") if (folder / f"{name}{end}").exists()), None
            )
            if path is not None:
                found.append(plain(pyvips.Image.new_from_file(str(path))))
    if not found:
        raise SystemExit("Neither scikit-image nor scikit-learn is there.")
    return [part for picture in found for part in (picture, *(quarters_of(picture) if quarters else ()))]


def plain(image: pyvips.Image) -> pyvips.Image:
    image = image.flatten(background=255) if image.hasalpha() else image
    return image.colourspace("srgb").cast("uchar").copy_memory()


def quarters_of(image: pyvips.Image) -> list[pyvips.Image]:
    width, height = image.width // 2, image.height // 2
    if min(width, height) < SMALLEST:
        return []
    return [image.crop(x, y, width, height) for x in (0, width) for y in (0, height)]


def cropped(share: float) -> Callable[[pyvips.Image], pyvips.Image]:
    """Without this share of each edge, most of it at one side."""

    def crop(image: pyvips.Image) -> pyvips.Image:
        width, height = round(image.width * (1 - share)), round(image.height * (1 - share))
        return image.crop((image.width - width) // 3, (image.height - height) // 3, width, height)

    return crop


def saved(form: str, **options: Any) -> Callable[[pyvips.Image], pyvips.Image]:
    return lambda image: pyvips.Image.new_from_buffer(getattr(image, f"{form}save_buffer")(**options), "")


VERSIONS: dict[str, Callable[[pyvips.Image], pyvips.Image]] = {
    "whole": lambda image: image,
    "half": lambda image: image.resize(0.5),
    "thumb": lambda image: image.resize(160 / max(image.width, image.height)),
    "recompressed": saved("jpeg", Q=25),
    "webp": saved("webp", Q=50),
    "png": saved("png"),
    "lighter": lambda image: (image * 1.2 + 10).cast("uchar"),
    "darker": lambda image: (image * 0.75).cast("uchar"),
    "grey": lambda image: image.colourspace("b-w").colourspace("srgb"),
    "cropped_3": cropped(0.03),
    "cropped_6": cropped(0.06),
}


def looked_at(image: pyvips.Image, path: Path) -> tuple[int, Any]:
    """Hash and vector, as indexing finds them from the thumb."""
    from library.classify.seeing import see
    from library.media.thumbs import phash_of

    scale = min(1.0, 720 / max(image.width, image.height))
    (image.resize(scale) if scale < 1 else image).jpegsave(str(path), Q=83)
    return phash_of(path), np.frombuffer(see(path, ROOT / "models").vector, np.int8).astype(np.float32)


# ---------- a library ----------


def group_library(folder: Path, photos: int) -> dict[str, Any]:
    """Seconds and memory of a first run over all and of a second one over what is new."""
    folder.mkdir(parents=True, exist_ok=True)
    migrate(folder)
    code = f"from tests.bench.duplicates import fill; fill({photos})"
    manage(folder, "shell", "--no-imports", "--command", code)
    first = grouped(folder)
    groups = last_groups(folder)
    manage(folder, "shell", "--no-imports", "--command", "from tests.bench.duplicates import add; add()")
    again = grouped(folder)
    print(
        f"{photos:,} photos: {groups:,} of {photos // 10:,} groups in {first[0]:.1f} s, {NEW} new in {again[0]:.1f} s"
    )
    return {
        "photos": photos,
        "groups": groups,
        "made": photos // 10,
        "grouped_s": first[0],
        "again_s": again[0],
        "worst_rss_mb": max(first[1], again[1]),
    }


def grouped(folder: Path) -> tuple[float, int]:
    """Seconds of a run and the peak MB of its process."""
    code = "from tests.bench.duplicates import run; run()"
    seconds, megabytes = manage(folder, "shell", "--no-imports", "--command", code).split()[-2:]
    return float(seconds), int(megabytes)


def run() -> None:
    """Runs in the site."""
    from django.core.management import call_command

    started = time.monotonic()
    call_command("duplicates")
    # Not by getrusage, which tells the parent's peak where that was higher.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(round(time.monotonic() - started, 1), int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024)


def last_groups(folder: Path) -> int:
    code = "from library.models import Lookalike; print(Lookalike.objects.values('group').distinct().count())"
    return int(re.findall(r"\d+", manage(folder, "shell", "--no-imports", "--command", code))[-1])


def fill(photos: int) -> None:
    """Runs in the site: photos, of which the last tenth are near to the first."""
    from tests.bench.generated_library import fill_pictures

    fill_pictures(photos, {})
    chance = np.random.default_rng(1)
    hashes = chance.integers(-(2**63), 2**63, photos, dtype=np.int64)
    centres = chance.integers(-90, 91, (500, DIMENSIONS))
    vectors = centres[chance.integers(0, len(centres), photos)] + chance.integers(-60, 61, (photos, DIMENSIONS))
    near = photos // 10
    hashes[-near:], vectors[-near:] = flipped(hashes[:near], chance), vectors[:near] + chance.integers(-4, 5, (near, 1))
    write(hashes, np.clip(vectors, -127, 127).astype(np.int8))


def add() -> None:
    """Runs in the site: a hundred photos get other hashes, near to others."""
    from library.models import File

    chance = np.random.default_rng(2)
    rows = list(File.objects.filter(pk__gt=NEW).order_by("pk")[:NEW])
    known = np.array([row.phash for row in File.objects.order_by("pk")[:NEW]], np.int64)
    for row, found in zip(rows, flipped(known, chance).tolist(), strict=True):
        row.phash = found
    File.objects.bulk_update(rows, ["phash"])


def flipped(hashes: Any, chance: np.random.Generator) -> Any:
    """Each with one to eight bits changed."""
    codes = hashes.view(np.uint64).copy()
    for at, count in enumerate(chance.integers(1, 9, len(codes))):
        for bit in chance.choice(64, count, replace=False):
            codes[at] ^= np.uint64(1) << np.uint64(bit)
    return codes.view(np.int64)


def write(hashes: Any, vectors: Any) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from library.classify.seeing import VERSION
    from library.models import Classification

    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        rows = ((found, pk) for pk, found in enumerate(hashes.tolist(), 1))
        cursor.executemany("UPDATE library_file SET phash = %s WHERE id = %s", list(rows))
        for start in range(0, len(vectors), 2_000):
            Classification.objects.bulk_create(
                Classification(photo_id=start + at + 1, version=VERSION, seen_at=now, classes=b"", vector=row.tobytes())
                for at, row in enumerate(vectors[start : start + 2_000])
            )


def setup(folder: Path) -> None:
    import django

    for name, value in environment(folder).items():
        os.environ[name] = value
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "photoprism_site.settings")
    django.setup()


if __name__ == "__main__":
    main()
