"""The client of a vision server: what it sends, and what it makes of any answer."""

import socket
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any
from unittest import mock

from django.test import SimpleTestCase

from library import vision
from library.vision import LONGEST, MOST_BYTES, VisionFailed, VisionServer, VisionUnreachable, clean_caption
from tests.test_library.vision_server import Answer, says, send, vision_server

PICTURE = b"\xff\xd8 a picture"


def describe(uri: str, **more: Any) -> str:
    return VisionServer(uri=uri, model="gemma3", prompt="What is this?", **more).describe(PICTURE)


class AnswersTest(SimpleTestCase):
    def test_the_picture_goes_out_and_a_sentence_comes_back(self) -> None:
        with vision_server(says(' "A cat sleeps.\n" ')) as server:
            self.assertEqual(describe(server.uri, key="secret"), "A cat sleeps.")
        body = server.asked.bodies[0]
        self.assertEqual((body["model"], body["prompt"], body["stream"]), ("gemma3", "What is this?", False))
        self.assertEqual(server.asked.picture(), PICTURE)
        self.assertEqual(server.asked.paths, ["/api/generate"])
        self.assertEqual(server.asked.headers[0]["Authorization"], "Bearer secret")

    def test_the_address_may_be_that_of_a_folder_or_the_whole(self) -> None:
        with vision_server(says("x")) as server:
            for address in ("/ai/", "/ai/api/generate"):
                describe(server.uri + address)
        self.assertEqual(server.asked.paths, ["/ai/api/generate"] * 2)

    def test_a_redirect_is_not_followed(self) -> None:
        with vision_server(says("elsewhere")) as other:
            location = f"{other.uri}/api/generate"
            with vision_server(lambda handler: send(handler, b"", 307, Location=location)) as server:
                self.fails_with(server.uri, "answers with 307")
            self.assertEqual(other.asked.paths, [])

    def test_wrong_answers_are_told(self) -> None:
        for answer, said in (
            (b"<html>", "no JSON"),
            (b'{"response":', "no JSON"),
            (b"[" * 100_000, "no JSON"),
            (b"[1, 2]", "no text"),
            (b'{"response": 3}', "no text"),
            (b'{"error": "model not found"}', "no text"),
            (b"x" * (MOST_BYTES + 1), "too long"),
        ):
            with self.subTest(said, length=len(answer)), vision_server(_body(answer)) as server:
                self.fails_with(server.uri, said)

    def test_an_error_of_the_server_is_told(self) -> None:
        with vision_server(lambda handler: send(handler, b"{}", 500)) as server:
            self.fails_with(server.uri, "answers with 500")

    def test_an_answer_that_breaks_off_is_told(self) -> None:
        def break_off(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", "100")
            handler.end_headers()
            handler.wfile.write(b"{")

        with vision_server(break_off) as server, self.assertRaises(VisionFailed):
            describe(server.uri)

    def test_a_model_may_think_longer_than_a_server_may_take_to_be_reached(self) -> None:
        release = threading.Event()

        def think(handler: BaseHTTPRequestHandler) -> None:
            release.wait(0.5)
            says("A dog.")(handler)

        with vision_server(think) as server, mock.patch.object(vision, "_REACHED", 0.1):
            self.assertEqual(describe(server.uri), "A dog.")

    def test_a_server_that_says_nothing_is_given_up(self) -> None:
        release = threading.Event()
        with vision_server(lambda handler: _wait(release)) as server:
            try:
                self.fails_with(server.uri, "gave no answer", seconds=0.2)
            finally:
                release.set()

    def test_a_server_that_drips_is_given_up(self) -> None:
        release = threading.Event()

        def drip(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.end_headers()
            while not release.wait(0.02):
                handler.wfile.write(b" ")

        with vision_server(drip) as server:
            try:
                self.fails_with(server.uri, "takes too long", seconds=0.3)
            finally:
                release.set()

    def test_nobody_there_is_another_error(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            with self.assertRaisesMessage(VisionUnreachable, "cannot be reached"):
                describe(f"http://127.0.0.1:{taken.getsockname()[1]}")

    def test_a_password_in_the_address_is_not_told(self) -> None:
        with self.assertRaises(VisionUnreachable) as failed:
            describe("http://user:secret@127.0.0.1:1")
        self.assertNotIn("secret", str(failed.exception))

    def fails_with(self, uri: str, said: str, **more: Any) -> None:
        with self.assertRaisesMessage(VisionFailed, said):
            describe(uri, **more)


class CleanCaptionTest(SimpleTestCase):
    def test_thoughts_quotes_and_lines_go(self) -> None:
        self.assertEqual(clean_caption("<think>Hm.\nA dog?</think>\n“A  dog\nruns.”"), "A dog runs.")
        self.assertEqual(clean_caption("<think>endless"), "")

    def test_a_long_one_ends_with_a_sentence_or_a_word(self) -> None:
        self.assertEqual(clean_caption("A dog runs. " * 200)[-11:], "A dog runs.")
        self.assertTrue(clean_caption("word " * 500).endswith("word…"))
        for text in ("A dog runs. " * 200, "word " * 500, "x" * 5000):
            self.assertLessEqual(len(clean_caption(text)), LONGEST)


def _body(body: bytes) -> Answer:
    return lambda handler: send(handler, body)


def _wait(event: threading.Event) -> None:
    event.wait()
