"""How much more is found by what words mean than by labels and keywords, and how quickly in a million photos.

python tests/bench/meaning.py [--quick] [--database FILE]

Two labelled sets, both searched through the site's own search, with the comparison switched off (keyword) and as it is
(meaning); the score is the mean average precision over the queries that something in the set answers:

- looks: what the label model would make of pictures of each of its 1,000 classes. Its last layer is turned round: the
  features of a class, mixed with those of similar classes and of a second thing, and noise, so that as many of the
  first guesses are right as of published pictures (three of four); and a third as many looks at nothing it knows.
- pictures: real ones that packages carry, as far as they are installed (scikit-image, scikit-learn, foolbox,
  ultralytics, imgaug; an unpacked wheel on PYTHONPATH will do), looked at by the model itself.

What a query ought to find is said by WordNet: every class with one of its names above it. For keyword, which ranks
nothing, it is the precision of all that is found times the part that is found.

Then requests as the browser makes them, from the view to the JSON of 60 photos, in a generated library. Each time is
the least of some, as other work on the machine only ever adds to it; `query_ms_at_1m` is their 95th percentile, and
`first_ms` that of the very first answers to each. `plain_ms` is what such a request takes without any comparison. With
--quick the library has 20,000 photos, there are fewer looks, and the time of the comparison itself is added for the
photos that are missing. With --database the generated library is kept in FILE, and used again if it is there. The last
line is one JSON object.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("VIPS_CONCURRENCY", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np

from tests.bench.big_library import python
from tests.bench.site import environment, migrate

FULL, QUICK = 1_000_000, 20_000
RUNS = 5
MODELS = ROOT / "models"

# Each query with the names of WordNet whose kinds it ought to find.
QUERIES = {
    "puppy": "dog",
    "kitten": "domestic cat",
    "insect": "insect",
    "bug": "insect, arachnid",
    "fruit": "edible fruit",
    "vehicle": "vehicle",
    "musical instrument": "musical instrument",
    "woodwind": "woodwind",
    "bird of prey": "bird of prey",
    "monkey": "monkey",
    "serpent": "snake",
    "weapon": "weapon",
    "furniture": "furniture",
    "footwear": "footwear",
    "clothes": "clothing",
    "boat": "boat, ship, sailboat",
    "vegetable": "vegetable",
    "dessert": "dessert",
    "beverage": "beverage",
    "automobile": "car",
    "lorry": "truck",
    "reptile": "reptile",
    "butterfly": "butterfly",
    "telephone": "telephone",
    "computer": "computer",
    "headgear": "headdress",
    "tool": "tool",
    "timepiece": "timepiece",
    "mushroom": "mushroom, fungus",
    "big cat": "big cat",
}
# Pictures whose content is known: their class of ImageNet, or names of WordNet.
PICTURES = (
    ("skimage", "data/chelsea.png", "domestic cat"),
    ("skimage", "data/coffee.png", "beverage"),
    ("skimage", "data/motorcycle_left.png", "vehicle"),
    ("skimage", "data/rocket.jpg", "vehicle"),
    ("skimage", "data/clock_motion.png", "timepiece"),
    *(
        ("skimage", f"data/{name}", "")
        for name in ("brick.png", "grass.png", "gravel.png", "astronaut.png", "page.png")
    ),
    *(("skimage", f"data/{name}", "") for name in ("coins.png", "moon.png", "text.png", "cell.png", "retina.jpg")),
    ("sklearn", "datasets/images/flower.jpg", "flower"),
    ("sklearn", "datasets/images/china.jpg", "building"),
    ("ultralytics", "assets/bus.jpg", "vehicle"),
    ("ultralytics", "assets/zidane.jpg", "clothing"),
    ("imgaug", "quokka.jpg", "animal"),
)
# Words that nothing in the looks has to do with.
NONSENSE = "tuesday invoice xyzzy maria backup meeting graduation berlin happy uncle final robert"
TIMED = ("puppy", "kitten", "insect", "fruit", "vehicle", "musical instrument", "weapon", "footwear", "animal")
TIMED_WITH = ("puppy year:2019", "vehicle iso:>3200", "meaning:dessert country:it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} photos")
    parser.add_argument("--database", type=Path, help="keep the generated library in this file")
    chosen = parser.parse_args()
    photos = QUICK if chosen.quick else FULL
    with tempfile.TemporaryDirectory(prefix="meaning-") as name:
        folder = Path(name)
        figures = {}
        for kind in ("looks", "pictures"):
            site = folder / kind
            site.mkdir()
            migrate(site)
            step = 5 if chosen.quick else 1
            figures |= told(python(site, f"from tests.bench.meaning import judge; judge({kind!r}, {step})"))
        site = library(folder / "library", photos, chosen.database)
        figures |= told(python(site, "from tests.bench.meaning import measure; measure()"))
    print(json.dumps(figures))


def told(output: str) -> dict[str, Any]:
    """Prints all but the last line, which is JSON."""
    *lines, last = output.splitlines()
    print("\n".join(lines), flush=True)
    figures: dict[str, Any] = json.loads(last)
    return figures


# ---------- what is found ----------


def judge(kind: str, step: int) -> None:
    """Fills the site with a labelled set, asks all queries, and prints what came of it."""
    from django.conf import settings
    from django.test import override_settings

    names = dict(known_looks(step) if kind == "looks" else known_pictures())
    off = override_settings(OPTIONS=_without_meaning(settings.OPTIONS))
    rows = []
    for query, wanted in QUERIES.items():
        right = {pk for pk, told in names.items() if told & {name.strip() for name in wanted.split(",")}}
        if right:
            with off:
                found = set(ranked(query))
            keyword = len(found & right) ** 2 / (len(found) * len(right)) if found else 0.0
            best = ranked(query)
            hits = len(right.intersection(best))
            rows.append((query, keyword, average_precision(best, right), hits, len(best), len(right)))
    print(f"\n{kind}: {len(names)}; average precision by keyword and by meaning, right of found, of all")
    for query, keyword, meaning, hits, count, every in rows:
        print(f"  {query:20} {keyword:5.2f} {meaning:5.2f}  {hits:4} of {count:4}, {every:4}")
    ending = "" if kind == "looks" else "_pictures"
    figures = {
        f"map_keyword{ending}": round(statistics.mean(row[1] for row in rows), 3),
        f"map_meaning{ending}": round(statistics.mean(row[2] for row in rows), 3),
        f"precision{ending}": round(statistics.mean(row[3] / row[4] if row[4] else 0 for row in rows), 3),
        f"queries{ending}": len(rows),
        kind: len(names),
    }
    if kind == "looks":
        figures["found_by_nonsense"] = round(statistics.mean(len(ranked(word)) for word in NONSENSE.split()), 1)
    print(json.dumps(figures))


def ranked(query: str) -> list[int]:
    """The ids that the site finds, the best match first."""
    from library.access import ADMIN, Grant
    from library.search import find_ids

    grant = Grant(role=ADMIN, permissions=frozenset(["library.view_photo"]))
    return find_ids(query, grant, count=100_000, order="relevance")


def average_precision(found: list[int], right: set[int]) -> float:
    hits = [place for place, pk in enumerate(found, start=1) if pk in right]
    return sum(number / place for number, place in enumerate(hits, start=1)) / len(right)


def known_looks(step: int) -> Iterator[tuple[int, set[str]]]:
    """Photos of every so manyth class as the model would see them, and some of nothing; with what they show."""
    names = class_names()
    for number, probabilities in made_looks(step):
        yield saved(probabilities), names[number] if number >= 0 else set()


def known_pictures() -> Iterator[tuple[int, set[str]]]:
    from library.classify.model import load
    from library.classify.seeing import see
    from tests.bench.labels import IMAGENET, Known, folders_of, thumb_of

    names, number = class_names(), 0
    load(MODELS)
    told = [(folder / name, {what} - {""}) for package, name, what in PICTURES for folder in folders_of(package)]
    for folder in folders_of("foolbox"):
        for path in sorted((folder / "data").glob("imagenet_*.jpg")):
            told.append((path, names[int(IMAGENET.fullmatch(path.name)[1])]))  # type: ignore[index]
    with tempfile.TemporaryDirectory() as thumbs:
        for path, shown in told:
            number += 1
            if path.exists() and (thumb := thumb_of(Known(path, None), Path(thumbs), number)):
                yield saved(see(thumb, MODELS)), shown


def class_names() -> list[set[str]]:
    """Of each class all its names and those of what it is a kind of."""
    from csv import DictReader

    with (MODELS / "imagenet_labels.tsv").open() as file:
        rows = list(DictReader(file, delimiter="\t"))
    above = "hypernyms (nearest first; synset=first lemma)"
    return [
        {name.strip() for name in row["lemmas"].split(",")}
        | {part.partition("=")[2] for part in row[above].split(" > ")}
        for row in rows
    ]


def made_looks(step: int) -> Iterator[tuple[int, Any]]:
    """The class, or -1, and the probabilities that the model's last layer makes of made features."""
    from ai_edge_litert.interpreter import Interpreter

    net = Interpreter(str(MODELS / "efficientnet_lite2_fp16.tflite"), num_threads=1)
    net.allocate_tensors()
    last = next(part for part in net.get_tensor_details() if list(part["shape"]) == [1000, 1280])
    weights = net.get_tensor(last["index"]).astype(np.float32)
    weights -= weights.mean(0)
    ways = weights / np.linalg.norm(weights, axis=1, keepdims=True)
    near = ways @ ways.T
    np.fill_diagonal(near, -9)
    chance = np.random.default_rng(3)
    similar = np.exp(near / 0.06)
    similar = (similar / similar.sum(1, keepdims=True)).cumsum(1)
    for number in range(0, 1000, step):
        other = min(999, int(np.searchsorted(similar[number], chance.random())))
        part, second = chance.beta(4, 2), chance.random() ** 3 * 0.5
        mixed = part * ways[number] + (1 - part) * ways[other]
        clear = chance.uniform(3, 6.6)
        features = clear * ((1 - second) * mixed + second * ways[chance.integers(1000)])
        yield number, softmax(weights @ (features + chance.normal(size=1280) * 0.35) * 1.5)
    for _ in range(333 // step):
        features = chance.uniform(0.3, 1.5, 4) @ ways[chance.integers(0, 1000, 4)]
        yield -1, softmax(weights @ (features + chance.normal(size=1280) * 0.4) * 1.5)


def softmax(logits: Any) -> Any:
    powers = np.exp(logits - logits.max())
    return (powers / powers.sum()).astype(np.float32)


def saved(seen: Any) -> int:
    """A photo with the labels and classes that the model gives it; its id."""
    from django.utils import timezone

    from library.classify.packing import pack
    from library.classify.rules import rules
    from library.classify.seeing import Impression
    from library.seen_labels import save_impression
    from tests.make import make_photo

    if not isinstance(seen, Impression):
        seen = Impression(rules().labels_of(seen), pack(seen), bytes(128))
    photo = make_photo()
    save_impression(photo, seen, timezone.now())
    return int(photo.pk)


def _without_meaning(options: Any) -> Any:
    from dataclasses import replace

    return replace(options, disable_meaning=True)


# ---------- how quickly ----------


def library(folder: Path, photos: int, kept: Path | None) -> Path:
    """A site with a generated library whose pictures were looked at."""
    folder.mkdir()
    if kept and kept.exists():
        environment(folder)
        shutil.copy(kept, folder / "storage" / "index.db")
        return folder
    migrate(folder)
    started = time.perf_counter()
    python(folder, f"from tests.bench.meaning import fill; fill({photos})")
    print(f"{photos:,} photos generated in {time.perf_counter() - started:.0f} s", flush=True)
    if kept:
        shutil.copy(folder / "storage" / "index.db", kept)
    return folder


def fill(photos: int) -> None:
    from sharing.accounts import add_account
    from sharing.acl import ADMIN
    from tests.bench.generated_library import fill_pictures, fill_seen

    add_account("admin", "a-good-passphrase", role=ADMIN)
    fill_pictures(photos, {})
    fill_seen(photos)


def measure() -> None:
    """Prints the times of requests and the memory that is taken, the last line as JSON."""
    from django.contrib.auth.models import User
    from django.test import Client

    from library.models import Photo
    from library.search.encoding import vectors_of
    from library.search.memory import MEMORY
    from library.search.pictures import LikelyClasses
    from library.search.warming import warm_up

    warnings.simplefilter("ignore")
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(User.objects.get(username="admin"))
    warm_up()
    table = MEMORY.get(LikelyClasses())
    before = megabytes()
    started = time.perf_counter()
    vectors_of(["a text"])
    loaded = (time.perf_counter() - started) * 1000
    encoder = megabytes() - before
    plain = min(once(client, "/api/v1/photos?q=year:2019&count=60") for _ in range(1 + RUNS))
    first, best = [], []
    for query in (*TIMED, *TIMED_WITH):
        for address in addresses(query):
            took = [once(client, address) for _ in range(1 + RUNS)]
            first.append(took[0])
            best.append(min(took[1:]))
            print(f"  {first[-1]:7.1f} ms first, then {best[-1]:7.1f} ms  {address}")
    compared = min(compare(table) for _ in range(RUNS))
    photos = Photo.objects.count()
    p95, p95_first = (statistics.quantiles(times, n=20, method="inclusive")[-1] for times in (best, first))
    print(
        f"{photos:,} photos: comparing takes {compared:.0f} ms, once {loaded:.0f} ms for the encoder, {encoder:.0f} MB"
    )
    figures = {
        "query_ms_at_1m": round(p95 + compared * (FULL / photos - 1), 1),
        "measured_photos": photos,
        "measured_p95_ms": round(p95, 1),
        "first_ms": round(p95_first, 1),
        "plain_ms": round(plain, 1),
        "compared_ms": round(compared, 1),
        "classes_mb": round((table.classes.nbytes + table.roots.nbytes) / 1e6, 1),
        "encoder_mb": round(encoder),
        "encoder_load_ms": round(loaded),
    }
    print(json.dumps(figures))


def compare(table: Any) -> float:
    """Milliseconds for the scores of all photos."""
    from library.meaning.likeness import scores

    started = time.perf_counter()
    scores(np.linspace(0, 1, 1000, dtype=np.float32), table.classes, table.roots)
    return (time.perf_counter() - started) * 1000


def addresses(query: str) -> Iterator[str]:
    yield f"/api/v1/photos?{urlencode({'q': query, 'count': 60})}"
    yield f"/api/v1/photos?{urlencode({'q': query, 'count': 60, 'order': 'relevance'})}"
    yield f"/api/v1/timeline/buckets?{urlencode({'q': query})}"


def once(client: Any, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    if answer.streaming:
        list(answer)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return (time.perf_counter() - started) * 1000


def megabytes() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
