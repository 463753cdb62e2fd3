"""Limits of worker processes, tried in processes of their own."""

import subprocess
import sys

from django.test import SimpleTestCase


def tried(code: str) -> str:
    program = f"from library.media.limits import limit_process\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    ).stdout


class LimitProcessTest(SimpleTestCase):
    def test_more_memory_than_allowed_is_an_exception(self) -> None:
        code = (
            "limit_process(100_000_000)\nok = bytearray(50_000_000)\n"
            "try:\n    bytearray(200_000_000)\nexcept MemoryError:\n    print('refused')"
        )
        self.assertEqual(tried(code), "refused\n")

    def test_large_files_cannot_be_written(self) -> None:
        code = (
            "import tempfile\nlimit_process(10**9, file_bytes=1000)\n"
            "file = tempfile.TemporaryFile(buffering=0)\nfile.write(b'x' * 900)\nfile.seek(1500)\n"
            "try:\n    file.write(b'x')\nexcept OSError:\n    print('refused')"
        )
        self.assertEqual(tried(code), "refused\n")

    def test_no_core_is_dumped_and_others_go_first(self) -> None:
        code = (
            "import os, resource\nlimit_process(10**9, nice=5)\n"
            "print(resource.getrlimit(resource.RLIMIT_CORE), os.nice(0) >= 5)"
        )
        self.assertEqual(tried(code), "(0, 0) True\n")

    def test_limits_can_be_set_again(self) -> None:
        self.assertEqual(tried("limit_process(10**9)\nlimit_process(10**9)\nprint('fine')"), "fine\n")
