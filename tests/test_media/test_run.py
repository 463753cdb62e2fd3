"""Running tools: output, deadline, limits."""

import sys
import time

from django.test import SimpleTestCase

from library.media.run import ToolFailed, run


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


class RunTest(SimpleTestCase):
    def test_output_is_returned_and_input_is_read(self) -> None:
        code = "import sys; sys.stdout.write(sys.stdin.read().upper())"
        self.assertEqual(run(python(code), timeout=20, input=b"abc" * 100_000), b"ABC" * 100_000)

    def test_a_failure_carries_what_the_tool_complained_about(self) -> None:
        with self.assertRaisesRegex(ToolFailed, r"failed with code 3: no such tag$"):
            run(python("import sys; sys.stderr.write('no such tag'); sys.exit(3)"), timeout=20)

    def test_only_the_end_of_long_complaints_is_kept(self) -> None:
        with self.assertRaises(ToolFailed) as caught:
            run(python("import sys; sys.stderr.write('x' * 9_000_000 + 'end'); sys.exit(1)"), timeout=20)
        self.assertTrue(str(caught.exception).endswith("end"))
        self.assertLess(len(str(caught.exception)), 700)

    def test_a_tool_that_hangs_is_ended_with_its_children(self) -> None:
        start = time.monotonic()
        child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
        with self.assertRaisesMessage(ToolFailed, "took too long"):
            run(python(child), timeout=0.5)
        self.assertLess(time.monotonic() - start, 10)

    def test_too_much_output_is_refused(self) -> None:
        with self.assertRaisesMessage(ToolFailed, "wrote more than 1000 bytes"):
            run(python("print('x' * 5_000_000)"), timeout=20, limit=1000)

    def test_a_tool_that_is_missing_is_named(self) -> None:
        with self.assertRaisesMessage(ToolFailed, "no-such-tool is not installed."):
            run(["no-such-tool"], timeout=1)

    def test_the_environment_is_not_handed_on(self) -> None:
        names = run(python("import os; print(sorted(os.environ))"), timeout=20)
        self.assertNotIn(b"DJANGO_SETTINGS_MODULE", names)

    def test_the_tool_yields_to_others(self) -> None:
        # It runs already when it is told to yield.
        waits = "import os, time\nwhile os.nice(0) < 7: time.sleep(0.01)\nprint(os.nice(0))"
        self.assertGreaterEqual(int(run(python(waits), timeout=20, nice=7)), 7)
