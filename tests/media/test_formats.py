import pytest

from blog.media.formats import likeness


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "SVG"),
        (b"<!DOCTYPE html><title>x</title>", "web page"),
        (b"\n\n<HTML><img src=x>", "web page"),
        (b"Once upon a time, in a file without end.", "text"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "film"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"BM\x36\0\0\0", "bitmap"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0", "archive"),
        (b"8BPS\0\x01", "Photoshop"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
        (b"\x93\x01\x02", ""),
    ],
)
def test_a_stranger_is_named(data: bytes, words: str) -> None:
    found = likeness(data)
    assert words in found
    assert bool(words) == bool(found)
