"""deploy/entrypoint.sh: what a container does when it is asked to stop."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds

# Stands in for Python: says what it is called with, and for the queue which signals it gets.
STUB = """#!EXECUTABLE
import signal, sys
arguments = " ".join(sys.argv[1:])
if arguments == "manage.py migrate --check" and not PREPARED:
    print("not prepared", flush=True)
    sys.exit(1)
if arguments not in ("manage.py qcluster", "manage.py prepare"):
    sys.exit(0)
if ENDS:
    print(arguments, flush=True)
    signal.pause()
signals = {signal.SIGURG, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, signals)
print(arguments, flush=True)
while True:
    number = signal.sigwait(signals)
    print(number.name, flush=True)
    if number == signal.SIGTERM:
        # What came at the same moment is told as well.
        print(*(other.name for other in signal.sigpending()), flush=True)
        sys.exit(3)
"""


class EntrypointTest(TestCase):
    def start(self, command: str, *, prepared: bool = True, ends_by_signal: bool = False) -> subprocess.Popen[str]:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        python = folder / "python"
        python.write_text(
            STUB.replace("EXECUTABLE", sys.executable)
            .replace("PREPARED", str(prepared))
            .replace("ENDS", str(ends_by_signal))
        )
        python.chmod(0o755)
        process = subprocess.Popen(
            [str(ROOT / "deploy" / "entrypoint.sh"), command],
            env={"PATH": f"{folder}:/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(process.wait, PATIENCE)
        self.addCleanup(process.kill)
        self.addCleanup(process.stdout.close)
        return process

    def test_a_worker_that_is_to_stop_tells_the_job_and_the_queue(self) -> None:
        process = self.start("worker")
        self.assertEqual(process.stdout.readline(), "manage.py qcluster\n")
        process.send_signal(signal.SIGTERM)
        told = process.stdout.read().split()
        self.assertEqual(sorted(told), ["SIGTERM", "SIGURG"])
        self.assertEqual(process.wait(PATIENCE), 3)

    def test_it_can_be_stopped_while_the_library_is_prepared(self) -> None:
        process = self.start("web")
        self.assertEqual(process.stdout.readline(), "manage.py prepare\n")
        process.send_signal(signal.SIGTERM)
        self.assertIn("SIGTERM", process.stdout.read())
        self.assertEqual(process.wait(PATIENCE), 3)

    def test_a_worker_that_waits_for_the_library_can_be_stopped(self) -> None:
        process = self.start("worker", prepared=False)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.stdout.read(), "")
        self.assertNotEqual(process.wait(PATIENCE), 0)

    def test_a_program_that_the_signal_ends_is_not_waited_for_any_longer(self) -> None:
        process = self.start("web", ends_by_signal=True)
        self.assertEqual(process.stdout.readline(), "manage.py prepare\n")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGTERM)
