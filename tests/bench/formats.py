"""CPU time and peak memory of showing files of each format, each file in a process of its own under a worker's limit.

python tests/bench/formats.py [--quick] [--folder DIR] [--thumbs DIR] [--memory MB] [--without-labels]

Each process has the label model loaded before it opens the file, as a worker has after its first picture, and looks
at what it made of the file. Without a folder it makes its own samples: 12 MP of every format that can be written
here, and 150 MP of those that are known for it (`--quick`: 2 MP only). The last line is one JSON object.
"""

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from library.classify.model import EDGE, MODEL_BYTES, MODEL_SPACE, load
from library.classify.seeing import LOOKED_AT, see
from library.media.formats import HEAD_SIZE, identify
from library.media.images import Undecodable
from library.media.limits import limit_process
from library.media.sizes import SIZES
from library.media.thumbs import render_thumbs, thumb_name
from tests.bench.format_samples import make_samples

DEADLINE = 120  # seconds of CPU, as PHOTOPRISM_INDEX_TIMEOUT counts them
MEMORY_MB = 768  # PHOTOPRISM_INDEX_MEMORY
MODELS = Path(__file__).resolve().parents[2] / "models"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: "shown", "refused" or "crashed", a sentence, seconds of CPU and peak MB."""

    format: str
    name: str
    outcome: str
    said: str
    cpu: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Process:
    """How a file is shown: where its thumbs go, within how many MB, and whether they are looked at for labels."""

    thumbs: Path
    memory_mb: int
    has_labels: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--thumbs", type=Path, help="keep the thumbs here, to look at them")
    parser.add_argument("--memory", type=int, default=MEMORY_MB)
    parser.add_argument("--without-labels", action="store_true", help="no label model in the process")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="formats-") as name:
        folder = chosen.folder or Path(name) / "samples"
        if not chosen.folder:
            # In a process of its own: the threads that encoders start here would be missing in every fork.
            maker = get_context("spawn").Process(target=make_samples, args=[folder], kwargs={"is_quick": chosen.quick})
            maker.start()
            maker.join()
        process = Process(chosen.thumbs or Path(name) / "thumbs", chosen.memory, not chosen.without_labels)
        results = list(measure(folder, process))
    report(results)


def measure(folder: Path, process: Process) -> Iterator[Result]:
    """Renders the thumbs of every picture below a folder; sidecars and unknown files are passed over."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (kind := _kind(path)):
            yield _measured(path, kind, process)


def report(results: list[Result]) -> None:
    """A line per format, the refusals with their reasons, and the figures."""
    by_format = defaultdict[str, list[Result]](list)
    for result in results:
        by_format[result.format].append(result)
    print("format   files shown refused crashed   CPU s worst s peak MB")
    for name, rows in sorted(by_format.items()):
        cpu, peak = [row.cpu for row in rows], max(row.peak_mb for row in rows)
        counts = [_count(rows, outcome) for outcome in ("shown", "refused", "crashed")]
        outcomes = f"{len(rows):5} {counts[0]:5} {counts[1]:7} {counts[2]:7}"
        print(f"{name:8} {outcomes} {sum(cpu):7.2f} {max(cpu):7.2f} {peak:7.0f}")
    for row in results:
        if row.said:
            print(f"{row.outcome}: {row.name}: {row.said}")
    print(
        json.dumps(
            {
                "worst_peak_mb": round(max((row.peak_mb for row in results), default=0.0)),
                "files": len(results),
                "shown": _count(results, "shown"),
                "refused": _count(results, "refused"),
                "crashed": _count(results, "crashed"),
            }
        )
    )


def _count(rows: list[Result], outcome: str) -> int:
    return sum(row.outcome == outcome for row in rows)


def _kind(path: Path) -> str:
    with path.open("rb") as stream:
        found = identify(path.name, stream.read(HEAD_SIZE)).format
    return found.name if found and found.is_main else ""


def _measured(path: Path, kind: str, process: Process) -> Result:
    """In a forked child, whose own peak and CPU time the system tells when it ends."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _show(path, process, writer)
    os.close(writer)
    with os.fdopen(reader, "r") as said:
        text = said.read()
    _, status, usage = os.wait4(child, 0)
    started_at, _, text = text.partition(" ")
    crashed = os.WIFSIGNALED(status) or os.WEXITSTATUS(status) not in {0, 1}
    outcome = "crashed" if crashed else "refused" if os.WEXITSTATUS(status) else "shown"
    if os.WIFSIGNALED(status):
        text = signal.Signals(os.WTERMSIG(status)).name
    # A fork shares the libraries of its parent: a worker has them in its own memory.
    peak = (usage.ru_maxrss - int(started_at) + _resident_kb()) / 1024
    return Result(kind, path.name, outcome, text, usage.ru_utime + usage.ru_stime, peak)


def _resident_kb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024


def _show(path: Path, process: Process, writer: int) -> None:
    """What a worker does with a picture; ends the process with 0 if it is shown, 1 if it is refused."""
    os.write(writer, f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} ".encode())
    model, space = (MODEL_BYTES, MODEL_SPACE) if process.has_labels else (0, 0)
    limit_process(process.memory_mb * 1024 * 1024 + model, view_bytes=space)
    resource.setrlimit(resource.RLIMIT_CPU, (DEADLINE, DEADLINE))
    if process.has_labels:
        load(MODELS).look([np.zeros((EDGE, EDGE, 3), dtype=np.uint8)])
    said, code = "", 0
    try:
        with path.open("rb") as stream:
            found = identify(path.name, stream.read(HEAD_SIZE))
        assert found.format
        name = path.name.encode().hex().ljust(4, "0")[-80:]
        rendered = render_thumbs(path, found.format, name, process.thumbs)
        if process.has_labels:
            see(process.thumbs / thumb_name(name, SIZES[LOOKED_AT]), MODELS)
        said = rendered.damage or found.mismatch
    except (Undecodable, OSError, MemoryError) as error:
        said, code = str(error) or "Not enough memory to decode it.", 1
    except BaseException as error:  # noqa: BLE001 - the child must not go on as its parent
        said, code = f"{type(error).__name__}: {error}", 2
    os.write(writer, said.encode(errors="replace")[:500])
    os._exit(code)


if __name__ == "__main__":
    main()
