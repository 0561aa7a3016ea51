import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.core.errors import Invalid
from blog.media import anatomy
from tests.media import drawn
from tests.media.drawn import file_of, striped

BEGINNINGS = (b"\xff\xd8", anatomy.PNG_SIGNATURE, b"GIF89a", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_ordinary_pictures_pass(kind: str) -> None:
    anatomy.check(file_of(striped(900, 600), kind))


def test_a_progressive_photograph_with_much_metadata_passes() -> None:
    exif = b"Exif\0\0" + b"\xff\xda" * 20_000
    data = file_of(striped(900, 600), "JPEG", progressive=True, exif=exif, comment=b"\xff\xda" * 99)
    anatomy.check(data)


def test_what_follows_the_end_of_a_jpeg_is_not_counted() -> None:
    anatomy.check(file_of(striped(90, 60), "JPEG") + b"\xff\xda\x00\x02" * 10_000)


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        (drawn.jpeg_of_many_scans(64, anatomy.MAX_SCANS), "scans"),
        (b"\xff\xd8" + b"\xff\xe5\x00\x02" * 2_900_000, "segments"),
        (anatomy.PNG_SIGNATURE + drawn.png_chunk(b"prVt") * 900_000, "chunks"),
        (drawn.gif_of_many_frames(10_000), "frames"),
        (b"GIF89a" + bytes(7) + b"\x21\xfe" + b"\x01a" * 5_900_000, "pieces"),
    ],
    ids=["scans", "segments", "chunks", "frames", "sub-blocks"],
)
def test_a_file_of_endless_parts_is_refused_quickly(data: bytes, parts: str) -> None:
    began = time.process_time()
    with pytest.raises(Invalid, match=parts):
        anatomy.check(data)
    assert time.process_time() - began < 2


@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=400))
def test_any_bytes_are_looked_at_without_a_fault(beginning: bytes, rest: bytes) -> None:
    anatomy.check(beginning + rest)


@given(data=st.binary(max_size=200), length=st.integers(0, 200))
def test_a_gif_of_any_size_is_walked_to_its_end(data: bytes, length: int) -> None:
    anatomy.check((b"GIF89a" + bytes(7) + b"\x2c" + data)[:length])
