"""Real pictures for the tests, drawn by Pillow when they are asked for."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

from blog.core.db import db, writing
from blog.media import intake
from blog.media.models import Picture

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 180, 20), (20, 20, 220), (255, 255, 255)


def file_of(image: Image.Image, kind: str, **options: object) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def striped(width: int, height: int) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def quarters(colours: tuple[tuple[int, int, int], ...], width: int, height: int) -> Image.Image:
    """Four colours, clockwise from the upper left."""
    image = Image.new("RGB", (width, height))
    x, y = width // 2, height // 2
    places = ((0, 0, x, y), (x, 0, width, y), (x, y, width, height), (0, y, x, height))
    for colour, place in zip(colours, places, strict=True):
        image.paste(colour, place)
    return image


def alike(pixel: object, wanted: tuple[int, ...], within: int = 24) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= within for one, other in zip(pixel, wanted, strict=True))


def png_chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def forged_png(width: int, height: int) -> bytes:
    """A header that promises much, and a few bytes behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(bytes(10_000)))
    return b"\x89PNG\r\n\x1a\n" + body + png_chunk(b"IEND")


def gif_of_many_frames(frames: int) -> bytes:
    """A GIF whose one frame is repeated."""
    once = file_of(striped(200, 150).quantize(8), "GIF")
    start = once.index(b"\x2c\x00\x00\x00\x00")
    return once[:start] + once[start:-1] * frames + b"\x3b"


def jpeg_of_many_scans(side: int, scans: int) -> bytes:
    """A progressive JPEG that refines itself once more every few bytes."""
    once = file_of(Image.new("L", (side, side), 200), "JPEG", progressive=True)
    last = once[once.rindex(b"\xff\xda") : -2]
    return once[:-2] + last * scans + b"\xff\xd9"


def profile_of_swapped_colours() -> bytes:
    """A colour profile in which what is written red is green."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swap = plain.replace(b"rXYZ", b"tmp?").replace(b"gXYZ", b"rXYZ").replace(b"tmp?", b"gXYZ")
    return swap.replace(b"rTRC", b"tmp?").replace(b"gTRC", b"rTRC").replace(b"tmp?", b"gTRC")


def stored(data: bytes, uploads: Path, file_name: str = "a.jpg") -> Picture:
    """A picture that was taken in, usable after its session has ended."""
    upload = intake.prepare(data, file_name)
    with writing():
        picture_id = intake.store(upload, uploads=uploads).id
    picture = db.session.get_one(Picture, picture_id)
    db.session.expunge(picture)
    return picture
