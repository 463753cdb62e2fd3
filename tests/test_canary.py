"""The canary itself: it notices what it is there for."""

import socket
import subprocess
import sys
from unittest import TestCase

from tests.canary import Canary, canary


class CanaryTest(TestCase):
    def setUp(self) -> None:
        self.bird: Canary = self.enterContext(canary())

    def test_left_alone_it_is_well(self) -> None:
        self.bird.file.stat()
        self.assertEqual(self.bird.harm(), [])

    def test_a_caller_is_noticed(self) -> None:
        socket.create_connection(("127.0.0.1", self.bird.port)).close()
        self.assertEqual(self.bird.harm(), ["The server was called."])

    def test_a_reader_in_another_process_is_noticed(self) -> None:
        for path in (self.bird.file, self.bird.text):
            subprocess.run([sys.executable, "-c", "import sys; open(sys.argv[1]).close()", str(path)], check=True)
            self.assertEqual(self.bird.harm(), ["The file was opened."])

    def test_its_command_is_noticed(self) -> None:
        for command in (self.bird.command, self.bird.word):
            subprocess.run(["sh", "-c", command], check=True)
            self.assertEqual(self.bird.harm(), ["The command was run."])
            self.bird.ran.unlink()
