"""How fast and how right labels are: photos a second, memory, and what is seen in pictures with known content.

python tests/bench/labels.py [--quick] [--views] [FOLDER ...]

Pictures that packages carry, as far as they are installed (scikit-image, scikit-learn, foolbox, ultralytics, imgaug; an
unpacked wheel on PYTHONPATH will do), and those of the folders; of some names there it is known what they show. Each is
printed with its labels and the model's first classes. `--views` compares one look, the middle, both, and what the site
does, which takes the second look only where the first is not clear. The last line is one JSON object.
"""

import argparse
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("VIPS_CONCURRENCY", "1")  # as each worker of the index has one thread
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pyvips

from library.classify.model import LabelModel, Look, load, mean_of
from library.classify.rules import Seen, rules
from library.classify.seeing import see
from library.classify.views import Views

MODELS = Path(__file__).resolve().parents[2] / "models"
IMAGENET = re.compile(r"imagenet_\d+_(\d+)\.jpg")

# Package, folder and name; any of the labels is right, and so is what is a kind of one; nothing if no label fits.
PACKAGED = (
    ("skimage", "data/chelsea.png", "Cat"),
    ("skimage", "data/coffee.png", "Coffee"),
    ("skimage", "data/motorcycle_left.png", "Motorcycle, Vehicle"),
    ("skimage", "data/rocket.jpg", "Rocket"),
    ("skimage", "data/camera.png", "Tripod, Camera"),
    ("skimage", "data/clock_motion.png", "Clock"),
    *(("skimage", f"data/{name}", "") for name in ("brick.png", "grass.png", "gravel.png", "astronaut.png")),
    *(("skimage", f"data/{name}", "") for name in ("coins.png", "moon.png", "page.png", "text.png", "cell.png")),
    ("sklearn", "datasets/images/flower.jpg", "Flower"),
    ("sklearn", "datasets/images/china.jpg", "Building, Palace, Temple"),
    ("ultralytics", "assets/bus.jpg", "Bus"),
    ("ultralytics", "assets/zidane.jpg", "Suit"),
    ("imgaug", "quokka.jpg", "Animal"),
)
NAMED = {
    "bus": "Bus", "cat-chair": "Cat", "chelsea": "Cat", "coffee": "Coffee", "boats": "Boat", "bookshop": "Shop",
    "dahlia": "Flower", "dandelion": "Flower", "denali": "Mountain", "dogs": "Dog", "el_torcal_rocks": "Landscape",
    "empty_gps": "Cat", "falcon": "Bird", "fig": "Fruit, Food", "japanese-shop": "Shop", "ladybird": "Ladybird",
    "lake-dusk": "Landscape", "pavilion": "Building, Palace", "peaks": "Mountain", "pier": "Waterfront, Landscape",
    "prairie_falcon": "Bird", "pug": "Dog", "ridge": "Mountain", "rocket": "Rocket", "shop": "Shop", "craft-beer":
    "Building, Drink", "stream": "Landscape", "taproom": "Building, Drink", "torcal": "Landscape",
    "treecreeper": "Bird", "wood_anemones": "Flower", "cyclamen_persicum": "Flower", "tanners": "Landscape",
    "curies": "", "hopper": "", "portrait": "", "handwritten-notes": "", "density_plot": "", "book": "Book",
}  # fmt: skip
KINDS = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".avif"}


@dataclass(frozen=True)
class Known:
    """A picture, and which labels are right: None if nobody has said what it shows."""

    path: Path
    right: frozenset[str] | None


Mode = Callable[[LabelModel, Path], tuple[Seen, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no more than 60 pictures")
    parser.add_argument("--views", action="store_true", help="compare one look with several")
    parser.add_argument("folders", nargs="*", type=Path)
    chosen = parser.parse_args()
    pictures = [*packaged(), *(known for folder in chosen.folders for known in below(folder))]
    with tempfile.TemporaryDirectory(prefix="labels-") as name:
        print(json.dumps(run(pictures[: 60 if chosen.quick else None], Path(name), with_views=chosen.views)))


def run(pictures: list[Known], folder: Path, *, with_views: bool) -> dict[str, float]:
    thumbs = {known: path for number, known in enumerate(pictures) if (path := thumb_of(known, folder, number))}
    before = memory()
    model = load(MODELS)
    see(next(iter(thumbs.values())), MODELS)
    taken = memory() - before
    print(f"{len(thumbs)} pictures; the model takes {taken:.0f} MB\n")
    for known, thumb in thumbs.items():
        show(known, thumb, model)
    modes: dict[str, Mode] = {"as the site": lambda _, thumb: see(thumb, MODELS).labels}
    if with_views:
        modes = {"whole": whole, "middle": middle, "both": both, **modes}
    print()
    for name, mode in modes.items():
        figures = judged(name, mode, model, thumbs)
    return {**figures, "model_mb": round(taken, 1)}


def packaged() -> Iterator[Known]:
    """The pictures of the packages that are there."""
    for package, name, right in PACKAGED:
        yield from (Known(folder / name, labels(right)) for folder in folders_of(package) if (folder / name).exists())
    for folder in folders_of("foolbox"):
        for path in sorted((folder / "data").glob("imagenet_*.jpg")):
            number = int(IMAGENET.fullmatch(path.name)[1])  # type: ignore[index]
            yield Known(path, frozenset(slug for slug, kind in rules().kinds.items() if number in kind.classes))


def folders_of(package: str) -> list[Path]:
    spec = find_spec(package)
    return [Path(place) for place in spec.submodule_search_locations or ()] if spec else []


def below(folder: Path) -> Iterator[Known]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in KINDS:
            stem = path.stem.removesuffix("-large")
            yield Known(path, labels(NAMED[stem]) if stem in NAMED else None)


def labels(names: str) -> frozenset[str]:
    return frozenset(name.strip().lower().replace(" ", "-") for name in names.split(",") if name)


def thumb_of(known: Known, folder: Path, number: int) -> Path | None:
    """The picture at the size that the site shows the model; None for one that libvips cannot open alone."""
    path = folder / f"{number}.jpg"
    try:
        image = pyvips.Image.thumbnail(str(known.path), 720, height=720, size="down")
        image = image.flatten(background=255) if image.hasalpha() else image
        image.colourspace("srgb").jpegsave(str(path), Q=83)
    except pyvips.Error:
        return None
    return path


def show(known: Known, thumb: Path, model: LabelModel) -> None:
    seen = see(thumb, MODELS).labels
    told = ", ".join(f"{rules().kinds[one.slug].name} {100 - one.uncertainty}" for one in seen) or "-"
    verdict = {None: " ", True: "+", False: "x"}[None if known.right is None else is_right(known, seen)]
    classes = model.look([Views(thumb).first()]).probabilities
    best = ", ".join(f"{number} {classes[number]:.2f}" for number in classes.argsort()[::-1][:3])
    print(f"{verdict} {known.path.name[:40]:40} {told:46} classes {best}")


def is_right(known: Known, seen: tuple[Seen, ...]) -> bool:
    """Whether a right label was given, or none where none is right."""
    return any(fits(one, known) for one in seen) if known.right else not seen


def fits(one: Seen, known: Known) -> bool:
    right = known.right or frozenset()
    above = {parent for slug in right if slug in rules().kinds for parent in rules().above(slug)}
    return bool(right & {one.slug, *rules().above(one.slug)}) or one.slug in above


def judged(name: str, mode: Mode, model: LabelModel, thumbs: dict[Known, Path]) -> dict[str, float]:
    started, clock = time.process_time(), time.perf_counter()
    seen = {known: mode(model, thumb) for known, thumb in thumbs.items()}
    cpu, wall = time.process_time() - started, time.perf_counter() - clock
    told = {known: found for known, found in seen.items() if known.right is not None}
    right = sum(is_right(known, found) for known, found in told.items())
    given = [(known, one) for known, found in told.items() for one in found]
    wrong = sum(not fits(one, known) for known, one in given)
    speed = f"{cpu / len(seen) * 1000:5.1f} ms CPU, {len(seen) / wall:5.1f} photos/s"
    print(f"{name:12} {speed}; right {right} of {len(told)} pictures, {wrong} of {len(given)} labels wrong")
    return {
        "pictures": len(seen),
        "cpu_ms_per_photo": round(cpu / len(seen) * 1000, 1),
        "photos_per_s": round(len(seen) / wall, 1),
        "right": round(right / max(1, len(told)), 3),
        "wrong_labels": round(wrong / max(1, len(given)), 3),
    }


def whole(model: LabelModel, thumb: Path) -> tuple[Seen, ...]:
    return named(model.look([Views(thumb).first()]))


def middle(model: LabelModel, thumb: Path) -> tuple[Seen, ...]:
    views = Views(thumb)
    return named(model.look([*views.others()][:1] or [views.first()]))


def both(model: LabelModel, thumb: Path) -> tuple[Seen, ...]:
    views = Views(thumb)
    return named(mean_of([model.look([view]) for view in (views.first(), *views.others())]))


def named(look: Look) -> tuple[Seen, ...]:
    return rules().labels_of(look.probabilities)


def memory() -> float:
    """What this process has in memory now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1024**2


if __name__ == "__main__":
    main()
