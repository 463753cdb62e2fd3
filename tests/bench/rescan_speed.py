"""How fast an index run passes over files that have not changed, against walking and stat alone.

python tests/bench/rescan_speed.py [--quick] [--files N]

The rows are written as a first index run would have written them. The last line is one JSON object.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.site import environment, migrate

PER_FOLDER = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 files instead of 50,000")
    parser.add_argument("--files", type=int, default=0)
    chosen = parser.parse_args()
    count = chosen.files or (10_000 if chosen.quick else 50_000)
    with tempfile.TemporaryDirectory(prefix="rescan-speed-") as name:
        folder = Path(name)
        os.environ.update(environment(folder))
        migrate(folder)
        print(json.dumps(run(folder / "originals", count)))


def run(originals: Path, count: int) -> dict[str, float]:
    """The figures: files a second of three runs (the best one) and of the floor."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "photoprism_site.settings"
    django.setup()
    make_library(originals, count)
    floor = max(count / _timed(lambda: walk(originals)) for _ in range(3))
    rates = [count / _timed(rescan) for _ in range(3)]
    print(f"{count:,} files in {count // PER_FOLDER} folders")
    print(f"walk and stat alone  {floor:12,.0f} files/s")
    print(f"unchanged rescan     {max(rates):12,.0f} files/s (runs: {', '.join(f'{rate:,.0f}' for rate in rates)})")
    return {"files_per_s": round(max(rates)), "floor_files_per_s": round(floor), "ratio": round(floor / max(rates), 1)}


def walk(folder: Path) -> int:
    total = 0
    for entry in os.scandir(folder):
        total += walk(Path(entry.path)) if entry.is_dir() else entry.stat().st_size
    return total


def rescan() -> None:
    from library.indexing.runner import IndexOptions
    from library.jobs import index_in_job
    from library.models import Job

    job = Job.objects.create(kind="index")
    result = index_in_job(job, IndexOptions(workers=1))
    if result.added or result.updated or result.failed or result.missing:
        raise SystemExit(f"The rescan found changes: {result}")


def make_library(originals: Path, count: int) -> None:
    """`count` small files with their rows, 500 in a folder."""
    from library.models import File, Folder, Photo
    from library.models.folder import path_key

    taken = datetime(2020, 1, 1, tzinfo=UTC)
    for start in range(0, count, PER_FOLDER):
        path = f"{2000 + start // PER_FOLDER // 12}/{start // PER_FOLDER % 12 + 1:02}"
        (originals / path).mkdir(parents=True)
        folder = Folder.objects.create(path=path, path_key=path_key("/", path))
        photos, files = [], []
        for number in range(start, start + PER_FOLDER):
            name = f"{path}/IMG_{number:06}.jpg"
            (originals / name).write_bytes(b"\xff\xd8\xff\xd9")
            stat = (originals / name).stat()
            photos.append(
                Photo(folder=folder, name=f"IMG_{number:06}", taken_at=taken, taken_at_local=taken, quality=3)
            )
            files.append(
                File(folder=folder, name=name, path_key=path_key("/", name), hash=f"{number:040x}", is_primary=True,
                     size=stat.st_size, mod_time=stat.st_mtime_ns, type="jpg", media_type="image", width=4, height=3)
            )  # fmt: skip
        for file, photo in zip(files, Photo.objects.bulk_create(photos), strict=True):
            file.photo = photo
        File.objects.bulk_create(files)
    for path in {Path(name).parent for name in File.objects.values_list("name", flat=True)}:
        for parent in (path.parent, Path()):
            text = "" if parent == Path() else str(parent)
            Folder.objects.get_or_create(path_key=path_key("/", text), defaults={"path": text})


def _timed(work) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
