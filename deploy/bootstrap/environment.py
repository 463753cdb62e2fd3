"""Makes .venv and keeps its packages as the requirements say.

Runs before any package is there and on any Python 3.6, so that a Python that is too old can be told in a sentence.
"""

# ruff: noqa: UP006, UP035, UP045, TID251, S603, S606 - old syntax on purpose; nothing of the project can be imported yet.

import hashlib
import os
import shutil
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import Deque, Iterable, List, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
BUNDLED = ROOT / "deploy" / "bootstrap"
OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11")


class NotPossible(Exception):
    """What stands in the way of starting; its text is the one sentence to print."""


def use_new_python(script: str, arguments: List[str]) -> None:
    """Goes on with a newer Python of this machine if this one is too old; raises NotPossible if there is none."""
    if not is_too_old(sys.version_info[:2]):
        return
    for name in NEWER_PYTHONS:
        newer = shutil.which(name)
        if newer and is_new_enough(newer):
            os.execv(newer, [newer, script, *arguments])
    raise NotPossible(too_old_sentence(sys.version_info[:3], sys.executable))


def is_new_enough(python: str) -> bool:
    """Asks the program itself: version managers leave names behind that only print where the program is not."""
    question = f"import sys; sys.exit(sys.version_info[:2] < {OLDEST_PYTHON!r})"
    return not subprocess.call([python, "-c", question], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def is_too_old(version: Tuple[int, ...]) -> bool:
    return tuple(version) < OLDEST_PYTHON


def too_old_sentence(version: Tuple[int, ...], executable: str) -> str:
    needed, found = (".".join(str(part) for part in parts) for parts in (OLDEST_PYTHON, version))
    return f"Python {needed} or newer is needed; this is Python {found} ({executable})."


def make_environment(requirements: Iterable[str], built: Iterable[str] = ()) -> str:
    """The Python of .venv, with the packages of the requirements files installed.

    `built` names requirements files whose packages are compiled here; all others come as wheels. Nothing is
    installed when neither the files nor the Python have changed since the last time.
    """
    python = VENV / "bin" / "python"
    if not is_usable(python):
        say("Making the environment .venv ...")
        run_quietly(
            [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], "The folder .venv could not be made"
        )
    for name in requirements:
        install_once(python, name, ["--only-binary=:all:"])
    for name in built:
        install_once(python, name, [])
    return str(python)


def is_usable(python: Path) -> bool:
    """Whether the environment exists, works, and was made by a Python of the same version as this one."""
    question = "import sys; print(sys.prefix, *sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.stdout.decode().split() == [str(VENV)] + [str(part) for part in sys.version_info[:2]]


def install_once(python: Path, name: str, options: List[str]) -> None:
    stamp, wanted = VENV / f"installed-{name}", fingerprint(ROOT / name)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    pip = next(BUNDLED.glob("pip-*.whl"))
    say(f"Installing the packages of {name} ...")
    command = [
        str(python),
        str(pip / "pip"),
        "install",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar=off",
    ]
    command += ["--find-links", str(BUNDLED)]
    run_quietly(
        command + options + ["--requirement", str(ROOT / name), str(pip)],
        f"The packages of {name} could not be installed",
    )
    stamp.write_text(wanted)


def fingerprint(path: Path) -> str:
    """A sha256 over a requirements file and those that it includes."""
    text = path.read_bytes()
    included = [line.split()[1] for line in text.decode().splitlines() if line.startswith("-r ")]
    return hashlib.sha256(text + "".join(fingerprint(path.parent / name) for name in included).encode()).hexdigest()


def run_quietly(command: List[str], failure: str) -> None:
    """Runs a command and shows its last line only; raises NotPossible with the reason it gave."""
    lines: Deque[str] = deque(maxlen=30)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=str(ROOT)) as process:
        try:
            for line in process.stdout or ():
                lines.append(line.decode(errors="replace").strip())
                show_progress(lines[-1])
        except BaseException:
            process.kill()
            raise
    show_progress("")
    if process.returncode:
        reasons = [line for line in lines if line.lower().startswith("error:")] or list(lines)[-1:]
        raise NotPossible("{}: {}".format(failure, reasons[-1] if reasons else "no reason was given"))


def show_progress(line: str) -> None:
    """Writes over the last line, if somebody is watching."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 3
        sys.stdout.write("\r\033[K" + ("  " + line[:width] if line else ""))
        sys.stdout.flush()


def say(text: Optional[str] = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
