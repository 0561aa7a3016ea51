"""Pictures of our own become figures; every other becomes a link with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from .tree import Item, Node
from .urls import is_outward, is_own_picture, safe_link


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of our own below /media/ and its variants; width and height in pixels.

    `sources` are pairs of media type and srcset, the best first; `srcset` is the JPEG's.
    """

    src: str
    width: int
    height: int
    sources: tuple[tuple[str, str], ...] = ()
    srcset: str = ""
    sizes: str = ""


Pictures: TypeAlias = Callable[[str], Picture | None]

LONGEST_CAPTION = 1_000


def no_pictures(_src: str) -> Picture | None:
    """Know no picture: every one becomes a link."""
    return None


def picture_node(picture: Picture, alt: str) -> Node:
    """Give the `picture` element (a bare `img` when there is only one file)."""
    image = Node("img", _image_attributes(picture, alt))
    if not picture.sources:
        return image
    sources = (_with_sizes({"type": kind, "srcset": s}, picture) for kind, s in picture.sources)
    return Node("picture", {}, [*(Node("source", attrs) for attrs in sources), image])


def figure(items: list[Item], caption: list[Item]) -> Node:
    """Give a figure of these pictures with its caption, if there is one."""
    under = [Node("figcaption", {}, caption)] if caption else []
    return Node("figure", {}, [*items, *under])


def stand_in(src: str, alt: str, linked: bool, rel: str) -> Item:
    """Give what stands for a picture that is not ours: its words, linked when that leads on."""
    words = " ".join(alt.split()) or f"Picture: {_file_name(src)}"
    href = safe_link(src)
    if linked or not href or not (is_outward(href) or href.startswith("/")):
        return words
    attrs = {"href": href} | ({"rel": rel} if is_outward(href) else {})
    return Node("a", attrs, [words])


def is_ours(picture: Picture | None) -> bool:
    """Tell whether a resolver's answer may be shown."""
    return picture is not None and is_own_picture(picture.src)


def _image_attributes(picture: Picture, alt: str) -> dict[str, str]:
    attrs = {"src": picture.src}
    if picture.srcset:
        attrs = _with_sizes({"src": picture.src, "srcset": picture.srcset}, picture)
    return attrs | {
        "width": str(picture.width),
        "height": str(picture.height),
        "alt": " ".join(alt.split()),
        "loading": "lazy",
        "decoding": "async",
    }


def _with_sizes(attrs: dict[str, str], picture: Picture) -> dict[str, str]:
    return attrs | ({"sizes": picture.sizes} if picture.sizes else {})


def _file_name(src: str) -> str:
    try:
        path = urlsplit(src).path
    except ValueError:
        path = ""
    return unquote(path.rsplit("/", 1)[-1])[:80] or "without a name"
