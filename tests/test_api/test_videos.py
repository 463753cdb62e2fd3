"""GET /api/v1/videos/:hash/:token/:codec, its status, and the parts of HLS."""

import json
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings

from library import jobs
from library.conversions import ConvertOptions, made_path
from library.models import Job, Photo
from library.models.job import JobState
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original
from tests.test_media.videos import make_animated_jxl, make_video

SLOW_LINE = replace(settings.OPTIONS, ffmpeg_bitrate=1)
WITHOUT_FFMPEG = replace(settings.OPTIONS, disable_ffmpeg=True)


def make_film(name: str = "a.mp4", *, file: dict[str, Any] | None = None, **video: Any) -> Photo:
    """A photo with a real video; its row says H.264 that streams, unless `file` says otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        content = make_video(Path(folder) / name, **video).read_bytes()
    kind = {
        "type": name.rpartition(".")[2],
        "mime": "video/mp4",
        "codec": "avc1",
        "is_video": True,
        "is_streamable": True,
    }
    facts = {
        **kind,
        "media_type": "video",
        "duration": timedelta(seconds=1),
        "width": 160,
        "height": 120,
        **(file or {}),
    }
    # The end of a file that no player looks at makes each one differ.
    unique = f"{Photo.objects.count()}-{name}"
    return make_original(content + jpeg()[-4:], unique, file=facts)


class VideoTestCase(MediaTestCase):
    def address(self, photo: Photo, codec: str = "avc", *, of: str = "admin") -> str:
        return f"/api/v1/videos/{file_of(photo).hash}/{self.preview[of]}/{codec}"

    def ask(self, photo: Photo, codec: str = "avc", method: str = "get") -> dict[str, Any]:
        """The status, as JSON, after what the request queued is done."""
        address = self.address(photo, codec) + "/status"
        with self.captureOnCommitCallbacks(execute=True):
            self.assertEqual(getattr(self.client, method)(address).status_code, 200)
        told: dict[str, Any] = self.client.get(address).json()
        return told

    def job(self, photo: Photo, form: str = "mp4", **fields: Any) -> Job:
        arguments = ConvertOptions(hash=file_of(photo).hash, form=form).as_dict()  # type: ignore[arg-type]
        job: Job = Job.objects.create(kind="convert", arguments=arguments, **fields)
        return job


class OriginalTest(VideoTestCase):
    """Videos that play as they are."""

    def setUp(self) -> None:
        super().setUp()
        self.photo = make_film()
        self.content = (Path(settings.ORIGINALS_PATH) / file_of(self.photo).name).read_bytes()

    def test_the_original_comes_byte_for_byte(self) -> None:
        response, content = self.read(self.address(self.photo))
        self.assertEqual((content, response["Content-Type"]), (self.content, "video/mp4"))
        self.assertEqual((response["Accept-Ranges"], response["X-Content-Type-Options"]), ("bytes", "nosniff"))

    def test_a_part_of_it_comes_by_range(self) -> None:
        response, content = self.read(self.address(self.photo, "mp4"), range="bytes=100-199")
        self.assertEqual((response.status_code, content), (206, self.content[100:200]))

    def test_players_are_told_of_quicktime_as_mp4(self) -> None:
        response, _ = self.read(self.address(make_film("b.mov", file={"mime": "video/quicktime"})))
        self.assertEqual(response["Content-Type"], "video/mp4")

    def test_other_codecs_are_sent_to_who_asks_for_them(self) -> None:
        photo = make_film("c.mp4", codec="hevc", file={"codec": "hvc1"})
        response, _ = self.read(self.address(photo, "hevc"))
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.read(self.address(photo, "avc"))[0].status_code, 503)

    def test_the_status_says_so(self) -> None:
        told = self.ask(self.photo)
        self.assertEqual(
            (told["state"], told["share"], told["codec"], told["duration"]), ("original", 1.0, "avc1", 1.0)
        )

    def test_an_unknown_codec_is_refused(self) -> None:
        self.assertEqual(self.read(self.address(self.photo, "exe"))[0].status_code, 400)

    def test_a_wrong_token_is_refused(self) -> None:
        address = f"/api/v1/videos/{file_of(self.photo).hash}/wrong/avc"
        for path in (address, f"{address}/status", address.replace("/avc", "/hls/index.m3u8")):
            with self.subTest(path):
                self.assertEqual(self.read(path)[0].status_code, 403)

    def test_who_may_not_see_it_gets_what_a_missing_one_gets(self) -> None:
        hidden, body = self.read(self.address(self.photo, of="guest"))
        missing, same = self.read(f"/api/v1/videos/{'0' * 40}/{self.preview['admin']}/avc")
        self.assertEqual((hidden.status_code, missing.status_code, body), (404, 404, same))

    def test_a_picture_is_no_video(self) -> None:
        self.assertEqual(self.read(self.address(make_original(jpeg())))[0].status_code, 404)

    def test_the_hash_of_a_live_photos_picture_plays_its_video(self) -> None:
        photo = make_original(jpeg())
        still = file_of(photo)
        video = file_of(self.photo)
        video.photo = photo
        video.save(update_fields=["photo"])
        _, content = self.read(f"/api/v1/videos/{still.hash}/{self.preview['admin']}/avc")
        self.assertEqual(content, self.content)

    def test_the_video_inside_a_photo_is_a_part_of_its_file(self) -> None:
        inside = {"video_offset": 6, "video_length": 5, "video_codec": "avc1"}
        photo = make_original(b"still-video-rest", "motion.jpg", file=inside)
        _, content = self.read(self.address(photo))
        self.assertEqual(content, b"video")

    @override_settings(OPTIONS=SLOW_LINE)
    def test_what_is_too_much_for_the_line_is_converted(self) -> None:
        photo = make_film("d.mp4", file={"duration": timedelta(seconds=0.05)})
        self.assertEqual(self.read(self.address(photo))[0].status_code, 503)


class ConversionTest(VideoTestCase):
    """Videos that have to be made into others."""

    def setUp(self) -> None:
        super().setUp()
        self.photo = make_film("a.avi", codec="mpeg4", file={"codec": "mp4v", "is_streamable": False})

    def test_players_are_asked_to_come_again(self) -> None:
        response, content = self.read(self.address(self.photo))
        self.assertEqual((response.status_code, response["Retry-After"]), (503, "5"))
        self.assertEqual(json.loads(content)["code"], 503)

    def test_when_it_is_made_it_comes(self) -> None:
        self.assertEqual(self.ask(self.photo)["state"], "missing")
        self.assertEqual(self.ask(self.photo, method="post")["state"], "ready")
        response, content = self.read(self.address(self.photo))
        self.assertEqual((response["Content-Type"], content[4:8]), ("video/mp4", b"ftyp"))

    def test_looking_at_the_status_begins_nothing(self) -> None:
        self.ask(self.photo)
        self.assertFalse(Job.objects.filter(kind="convert").exists())

    def test_two_who_ask_wait_for_the_same(self) -> None:
        for _ in range(3):
            self.read(self.address(self.photo))
        self.assertEqual(Job.objects.filter(kind="convert").count(), 1)

    def test_the_status_tells_how_far_it_is(self) -> None:
        self.job(self.photo, state=JobState.RUNNING, progress={"share": 0.25, "remaining": 12.0})
        told = self.ask(self.photo)
        self.assertEqual((told["state"], told["share"], told["remaining"]), ("running", 0.25, 12.0))

    def test_it_can_be_cancelled(self) -> None:
        job = self.job(self.photo)
        self.assertEqual(self.ask(self.photo, method="delete")["state"], "cancelled")
        job.refresh_from_db()
        self.assertTrue(job.cancel_requested)

    def test_a_running_one_ends_when_it_is_cancelled(self) -> None:
        job = self.job(self.photo, cancel_requested=True)
        jobs.run_conversions()
        job.refresh_from_db()
        self.assertEqual(job.state, JobState.CANCELLED)
        self.assertFalse(made_path(file_of(self.photo).hash, "mp4").exists())

    def test_a_failure_is_a_sentence_and_not_tried_again_at_once(self) -> None:
        (Path(settings.ORIGINALS_PATH) / file_of(self.photo).name).write_bytes(b"RIFF....AVI no film")
        told = self.ask(self.photo, method="post")
        self.assertEqual(told["state"], "failed")
        self.assertIn("cannot be read", told["message"])
        self.assertEqual(self.read(self.address(self.photo))[0].status_code, 422)
        self.assertEqual(Job.objects.filter(kind="convert").count(), 1)

    def test_too_many_at_once_are_refused(self) -> None:
        waiting = {"kind": "convert", "arguments": {"hash": "0", "form": "mp4"}}
        Job.objects.bulk_create([Job(uid=f"x{number:015}", **waiting) for number in range(jobs.MOST_CONVERSIONS)])
        self.assertEqual(self.read(self.address(self.photo))[0].status_code, 429)

    @override_settings(OPTIONS=WITHOUT_FFMPEG)
    def test_without_ffmpeg_the_original_is_all_there_is(self) -> None:
        response, _ = self.read(self.address(self.photo))
        self.assertEqual((response.status_code, self.ask(self.photo)["state"]), (200, "original"))

    def test_one_left_waiting_by_a_process_that_died_is_taken_up(self) -> None:
        self.job(self.photo, state=JobState.QUEUED)
        self.assertEqual(self.ask(self.photo, method="post")["state"], "ready")
        self.assertEqual(Job.objects.filter(kind="convert").count(), 1)

    def test_what_nobody_works_on_any_more_is_missing(self) -> None:
        self.job(self.photo, state=JobState.RUNNING, heartbeat_at=self.photo.created_at - timedelta(hours=1))
        self.assertEqual(self.ask(self.photo)["state"], "missing")

    def test_a_job_whose_process_died_is_begun_again(self) -> None:
        dead = self.job(self.photo, state=JobState.RUNNING, heartbeat_at=self.photo.created_at - timedelta(hours=1))
        self.assertEqual(self.ask(self.photo, method="post")["state"], "ready")
        dead.refresh_from_db()
        self.assertEqual(dead.state, JobState.FAILED)


class HlsTest(VideoTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_film("a.avi", codec="mpeg4", seconds=6, file={"codec": "mp4v", "is_streamable": False})

    def part(self, name: str) -> str:
        return self.address(self.photo, f"hls/{name}")

    def test_playlist_and_segments_come_as_what_they_are(self) -> None:
        self.assertEqual(self.ask(self.photo, "hls", "post")["state"], "ready")
        response, playlist = self.read(self.part("index.m3u8"))
        self.assertEqual(response["Content-Type"], "application/vnd.apple.mpegurl")
        for name in [line for line in playlist.decode().splitlines() if line and not line.startswith("#")]:
            with self.subTest(name):
                response, content = self.read(self.part(name))
                self.assertEqual((response["Content-Type"], response.status_code), ("video/iso.segment", 200))
                self.assertIn(b"moof", content[:4096])
        self.assertEqual(self.read(self.part("init.mp4"))[1][4:8], b"ftyp")

    def test_an_original_that_plays_has_hls_too(self) -> None:
        self.assertEqual(self.ask(make_film("b.mp4"), "hls", "post")["state"], "ready")

    def test_a_playlist_that_is_not_begun_is_asked_for_again(self) -> None:
        self.assertEqual(self.read(self.part("index.m3u8"))[0].status_code, 503)
        self.assertEqual(Job.objects.get().arguments["form"], "hls")

    def test_what_is_made_plays_while_more_is_made(self) -> None:
        folder = made_path(file_of(self.photo).hash, "hls")
        folder.mkdir(parents=True)
        (folder / "index.m3u8").write_text("#EXTM3U\n")
        self.job(self.photo, "hls", state=JobState.RUNNING)
        self.assertTrue(self.ask(self.photo, "hls")["begun"])
        self.assertEqual(self.read(self.part("index.m3u8"))[1], b"#EXTM3U\n")

    def test_other_names_lead_nowhere(self) -> None:
        for name in ("..%2f..%2findex.db", "00000.m4s.part", "a.m3u8", "index.m3u8."):
            with self.subTest(name):
                self.assertEqual(self.read(self.part(name))[0].status_code, 404)
        self.assertEqual(self.read(self.part("index.m3u8%00"))[0].status_code, 400)


class QueueTest(VideoTestCase):
    def test_all_that_wait_are_made_one_after_the_other(self) -> None:
        photos = [make_film(f"{name}.avi", codec="mpeg4", file={"is_streamable": False}) for name in ("a", "b")]
        for photo in photos:
            self.job(photo)
        self.assertEqual(jobs.run_conversions(), "2 videos converted")

    def test_a_file_that_is_gone_fails_alone(self) -> None:
        photo = make_film("a.avi", codec="mpeg4", file={"is_streamable": False})
        Job.objects.create(kind="convert", arguments={"hash": "0" * 40, "form": "mp4"})
        self.job(photo)
        self.assertEqual(jobs.run_conversions(), "1 videos converted")

    def test_index_jobs_are_not_in_its_way(self) -> None:
        Job.objects.create(kind="index", state=JobState.RUNNING)
        self.job(make_film("a.avi", codec="mpeg4", file={"is_streamable": False}))
        self.assertEqual(jobs.run_conversions(), "1 videos converted")


class AnimationTest(VideoTestCase):
    """Animated pictures that few browsers play come as a WebP."""

    def setUp(self) -> None:
        super().setUp()
        with tempfile.TemporaryDirectory() as folder:
            content = make_animated_jxl(Path(folder) / "a.jxl").read_bytes()
        self.photo = make_original(content, "a.jxl", file={"type": "jxl", "mime": "image/jxl", "frames": 2})

    def test_it_is_made_when_it_is_asked_for(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            self.assertEqual(self.client.get(self.address(self.photo, "webp")).status_code, 503)
        self.assertEqual(self.ask(self.photo, "webp")["state"], "ready")
        response, content = self.read(self.address(self.photo, "webp"))
        self.assertEqual((response["Content-Type"], content[8:12]), ("image/webp", b"WEBP"))

    def test_a_picture_that_stands_still_has_none(self) -> None:
        file_of(self.photo).photo.files.update(frames=1)  # type: ignore[union-attr]
        self.assertEqual(self.client.get(self.address(self.photo, "webp")).status_code, 404)

    def test_a_video_has_none_and_an_animation_no_video(self) -> None:
        self.assertEqual(self.client.get(self.address(make_film(), "webp")).status_code, 404)
        self.assertEqual(self.client.get(self.address(self.photo, "avc")).status_code, 404)

    def test_who_may_not_see_the_picture_gets_none(self) -> None:
        Photo.objects.filter(pk=self.photo.pk).update(private=True)
        self.assertEqual(self.client.get(self.address(self.photo, "webp", of="bob")).status_code, 404)
