"""How a picture is written into a page; follows from its row, the disk is never asked."""

from ..text import pictures
from .addresses import MIME, address, widths
from .models import Picture

COLUMN = "(min-width: 40em) 37rem, 100vw"
"""How wide a picture is in the column of the text."""
WIDE = "(min-width: 66em) 59rem, 100vw"
"""How wide it is across text and margin, such as an article's hero."""
SOCIAL_WIDTH = 1_200
"""Pixels wide that networks ask of a preview (Open Graph: 1200 x 630)."""


def as_picture(picture: Picture, sizes: str = COLUMN) -> pictures.Picture:
    """Everything a `<picture>` element says: AVIF and WebP first, JPEG for who knows neither."""
    sets = {extension: _srcset(picture, extension) for extension in MIME}
    jpeg = sets.pop("jpg")
    return pictures.Picture(
        src=social_source(picture),
        width=picture.width,
        height=picture.height,
        sources=tuple((MIME[extension], srcset) for extension, srcset in sets.items()),
        srcset=jpeg,
        sizes=sizes,
    )


def social_source(picture: Picture) -> str:
    """The path of a JPEG that any reader can show: the widest of at most SOCIAL_WIDTH."""
    fitting = [width for width in widths(picture.width) if width <= SOCIAL_WIDTH]
    return address(picture, fitting[-1], "jpg")


def _srcset(picture: Picture, extension: str) -> str:
    steps = widths(picture.width)
    return ", ".join(f"{address(picture, width, extension)} {width}w" for width in steps)
