"""Live Photos, motion photos and what belongs to stacks, as files for tests."""

import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pyexiv2

from tests.originals import LONG_AGO, age, write_picture
from tests.test_media.videos import ffmpeg


def clip_bytes(folder: Path, *, seconds: float = 1.0, seed: int = 0) -> bytes:
    """A small H.264 MP4."""
    path = write_clip(folder / f"clip-{seed}.mp4", seconds=seconds, seed=seed)
    content = path.read_bytes()
    path.unlink()
    return content


def write_clip(path: Path, *, seconds: float = 1.0, seed: int = 0, size: tuple[int, int] = (160, 120)) -> Path:
    """A video of a moving bar in the container of the name's extension, 10 pictures a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height = size
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, 10)
        for number in range(round(seconds * 10)):
            picture = np.full((size[1], size[0], 3), 40 + seed % 100, dtype=np.uint8)
            picture[:, number * 4 % size[0] :][:, :20] = (250, 180, 60)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    age(path, LONG_AGO)
    return path


def write_micro_video(path: Path, *, seed: int = 0, seconds: float = 1.0) -> Path:
    """Google's first motion photos: XMP counts the bytes of the video from the end."""
    write_picture(path, seed=seed)
    video = clip_bytes(path.parent, seconds=seconds, seed=seed)
    _add_xmp(path, {"Xmp.GCamera.MicroVideo": "1", "Xmp.GCamera.MicroVideoOffset": str(len(video))})
    return _append(path, video)


def write_samsung(path: Path, *, seed: int = 0, seconds: float = 1.0) -> Path:
    """Samsung's: a named block with the video, and a directory of blocks at the end of the file."""
    write_picture(path, seed=seed)
    name, video = b"MotionPhoto_Data", clip_bytes(path.parent, seconds=seconds, seed=seed)
    block = struct.pack("<HHI", 0, 0x0A30, len(name)) + name + video
    directory = b"SEFH" + struct.pack("<II", 106, 1) + struct.pack("<HHII", 0, 0x0A30, len(block), len(block))
    return _append(path, block + directory + struct.pack("<I", len(directory)) + b"SEFT")


def write_live_pair(picture: Path, video: Path, *, seed: int = 0, seconds: float = 1.5) -> None:
    """A picture and a video that only their names can bring together."""
    write_picture(picture, seed=seed)
    write_clip(video, seconds=seconds, seed=seed)


def write_with_id(path: Path, unique_id: str, *, seed: int = 0, **picture: str) -> Path:
    """A picture that names the unique id of its document in XMP."""
    write_picture(path, seed=seed, **picture)
    _add_xmp(path, {"Xmp.xmpMM.DocumentID": unique_id})
    age(path, LONG_AGO)
    return path


def write_apple_pair(picture: Path, video: Path, unique_id: str, *, seed: int = 0, seconds: float = 1.5) -> None:
    """A picture and a video that only Apple's content identifier brings together; `video` is a MOV."""
    numbers = " ".join(str(byte) for byte in apple_note(unique_id))
    write_picture(picture, seed=seed, **{"Exif.Image.Make": "Apple", "Exif.Photo.MakerNote": numbers})
    plain = write_clip(video.with_name(f"plain-{video.name}"), seconds=seconds, seed=seed)
    named = ("-metadata", f"com.apple.quicktime.content.identifier={unique_id}", "-movflags", "use_metadata_tags")
    ffmpeg("-i", str(plain), "-c", "copy", *named, str(video))
    plain.unlink()
    age(video, LONG_AGO)


def apple_note(unique_id: str) -> bytes:
    """Apple's maker note with nothing but the content identifier."""
    text, head = unique_id.encode() + b"\0", b"Apple iOS\0\0\1MM"
    entry = struct.pack(">HHII", 0x11, 2, len(text), len(head) + 2 + 12 + 4)
    return head + struct.pack(">H", 1) + entry + bytes(4) + text


def _append(path: Path, content: bytes) -> Path:
    path.write_bytes(path.read_bytes() + content)
    age(path, LONG_AGO)
    return path


def _add_xmp(path: Path, values: dict[str, str]) -> None:
    pyexiv2.registerNs("http://ns.google.com/photos/1.0/camera/", "GCamera")
    with pyexiv2.Image(str(path)) as file:
        file.modify_xmp(values)
