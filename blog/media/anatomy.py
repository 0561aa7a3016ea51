"""How a file is put together, looked at before anything decodes it.

Pixels are limited elsewhere; this is about files that are small in bytes and pixels and still cost
minutes: a progressive JPEG may refine the whole picture again every twelve bytes ("On the dangers
of progressive JPEG", libjpeg-turbo's DJPEG_MAXSCANS), a GIF or PNG may have millions of parts.
A file that does not follow its format is left to the decoder, which refuses it.
"""

import re

from ..core.errors import Invalid

MAX_SCANS = 50
"""Scans of a JPEG; encoders make up to 12. One scan of 40 megapixels costs about 25 ms."""
MAX_SEGMENTS = 2_000
"""Segments of a JPEG; a depth map of a phone, the longest known use, takes about 200."""
MAX_CHUNKS = 10_000
"""Chunks of a PNG; 12 MB in pieces of 8 kB, as libpng writes them, are 1,500."""
MAX_FRAMES = 2_000
"""Frames of a GIF, of which one is used."""
MAX_SUB_BLOCKS = 250_000
"""Sub-blocks of a GIF; 12 MB in sub-blocks of 255 bytes are 47,000."""

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
EXTENSION, IMAGE = 0x21, 0x2C
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9

_jpeg_marker = re.compile(rb"\xff+([^\x00\x01\xff\xd0-\xd8])")


def check(data: bytes) -> None:
    """Raises Invalid for a file of far more parts than a picture has. Linear in its length."""
    if data.startswith(b"\xff\xd8"):
        _check_jpeg(data)
    elif data.startswith(PNG_SIGNATURE):
        _check_png(data)
    elif data.startswith((b"GIF87a", b"GIF89a")):
        _check_gif(data)


def _check_jpeg(data: bytes) -> None:
    """Count markers up to the end of the first picture (ITU T.81, annex B)."""
    at, scans, segments = 2, 0, 0
    while found := _jpeg_marker.search(data, at):
        code = found[1][0]
        if code == END_OF_IMAGE:
            return
        segments += 1
        scans += code == START_OF_SCAN
        _refuse_beyond(MAX_SCANS, scans, "scans")
        _refuse_beyond(MAX_SEGMENTS, segments, "segments")
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")


def _check_png(data: bytes) -> None:
    """Count chunks (PNG, third edition, section 5.3)."""
    at, chunks = len(PNG_SIGNATURE), 0
    while at + 8 <= len(data):
        chunks += 1
        _refuse_beyond(MAX_CHUNKS, chunks, "chunks")
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def _check_gif(data: bytes) -> None:
    """Count frames and sub-blocks (GIF89a, sections 18 to 26)."""
    at = 13 + _colour_table(data, 10)
    frames = blocks = 0
    while at + 10 <= len(data) and data[at] in {EXTENSION, IMAGE}:
        is_frame = data[at] == IMAGE
        frames += is_frame
        _refuse_beyond(MAX_FRAMES, frames, "frames")
        at += 11 + _colour_table(data, at + 9) if is_frame else 2
        while at < len(data) and data[at]:
            blocks += 1
            _refuse_beyond(MAX_SUB_BLOCKS, blocks, "pieces")
            at += 1 + data[at]
        at += 1


def _colour_table(data: bytes, flags_at: int) -> int:
    """Bytes of the colour table that the flags at this place announce."""
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 * (2 << (flags & 7)) if flags & 0x80 else 0


def _refuse_beyond(limit: int, count: int, parts: str) -> None:
    if count > limit:
        raise Invalid(
            "picture",
            f"This file consists of more than {limit:,} {parts}, far more than a picture needs. "
            "Open it in an image editor and export it again.",
        )
