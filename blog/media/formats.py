"""Which files are pictures to us, and what to say of the others."""

import re

ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
"""Formats as Pillow names them; no other decoder is ever asked."""

ACCEPTED_WORDS = "JPEG, PNG, WebP, AVIF or GIF"

_accepted = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP|.{4}ftypavi[fs]|GIF8[79]a", re.DOTALL
)

HEAD = 1_024
"""Bytes from the beginning in which the nature of a file shows."""

SIGNATURES = (
    (rb"\A.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", "a HEIC picture"),
    (rb"\A.{4}ftyp(?!avi[fs])|\A\x1aE\xdf\xa3|\ARIFF.{4}AVI ", "a film"),
    (rb"(?i)<!doctype\s+html|<html", "a web page"),
    (rb"(?i)<svg", "an SVG drawing"),
    (rb"(?i)<script|<body", "a web page"),
    (rb"\A(?:\xff\x0a|\x00\x00\x00\x0cJXL )", "a JPEG XL picture"),
    (rb"\A(?:II\*\x00|MM\x00\*|II\+\x00|MM\x00\+)", "a TIFF picture or a camera's raw file"),
    (rb"\ABM|\A\x00\x00[\x01\x02]\x00", "a Windows bitmap or icon"),
    (rb"\A8BPS", "a Photoshop file"),
    (rb"\A%!PS|\A%PDF-", "a PDF or PostScript document"),
    (rb"\APK\x03\x04|\A7z\xbc\xaf|\ARar!|\A\x1f\x8b", "an archive or an office document"),
    (rb"\A[\x09\x0a\x0d\x20-\x7e]{16,}\Z", "text"),
)
"""What commonly arrives in place of a picture. It chooses a sentence and never lets anything in."""


def begins_as_accepted(data: bytes) -> bool:
    """Whether the first bytes promise a picture of an accepted format."""
    return _accepted.match(data) is not None


def likeness(data: bytes) -> str:
    """What a file that is no accepted picture seems to be, such as “a web page”; may be empty."""
    head = data[:HEAD]
    found = (words for pattern, words in SIGNATURES if re.search(pattern, head, re.DOTALL))
    return next(found, "")
