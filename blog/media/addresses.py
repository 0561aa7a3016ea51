"""The sizes and formats a picture is served in, and the address of each. Nothing is looked up:
everything follows from the picture's key and width, so a `srcset` is right before any file exists.
"""

import re
from collections.abc import Iterator

from ..web import urls
from .models import Picture

WIDTHS = (480, 800, 1_200, 1_600)
"""Widths in pixels that are made of every wider picture, besides its own."""

MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""What is made in every width: file extension and media type, the smallest files first."""

_key = re.compile(r"[0-9a-f]{32}")
_name = re.compile(r"([1-9][0-9]{0,3})\.(avif|webp|jpg)")


def widths(width: int) -> tuple[int, ...]:
    """The widths in which a picture of this width is served, ascending; the last is its own."""
    return (*(step for step in WIDTHS if step < width), width)


def names(width: int) -> Iterator[str]:
    """The names of all files that are served of a picture of this width."""
    return (f"{step}.{extension}" for step in widths(width) for extension in MIME)


def address(picture: Picture, width: int, extension: str) -> str:
    """The path of one variant; it never changes and never means another picture."""
    return urls.picture(picture.key, f"{width}.{extension}")


def key_in(path: str) -> str | None:
    """The key of the picture that a path of ours leads to; None for any other path."""
    prefix, _, rest = path.partition("/media/")
    key, _, name = rest.partition("/")
    return key if not prefix and well_formed(key, name) else None


def well_formed(key: str, name: str) -> bool:
    """Whether an address could ever be one of ours."""
    return _key.fullmatch(key) is not None and _name.fullmatch(name) is not None
