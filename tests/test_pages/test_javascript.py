"""The modules of the pages that think without a page: run by Node."""

import shutil
import subprocess
from pathlib import Path

import pytest

SUITES = Path(__file__).resolve().parents[1] / "js"
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="Node.js is not installed.")
def test_modules_pass_their_own_tests() -> None:
    suites = sorted(str(path) for path in SUITES.glob("*.test.mjs"))
    done = subprocess.run([str(NODE), "--test", *suites], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
