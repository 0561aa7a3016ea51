"""Paragraphs, and the figures that stand alone in one."""

import re
from collections.abc import Iterable

from .draft import Draft
from .inline import inline
from .pictures import figure
from .tree import Item, Node, is_blank, trimmed

_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")


def paragraphs(items: Iterable[Item], draft: Draft, loose: bool = False) -> list[Node]:
    """Give the run as paragraphs; pictures that stand alone in one become figures.

    A `loose` run, text that no element held, is cut at its empty lines where the draft says so.
    """
    shaped = inline(items, draft)
    runs = _cut(shaped) if loose and draft.loose_paragraphs else [shaped]
    return [block for run in runs for block in _paragraph(run)]


def _paragraph(items: list[Item]) -> list[Node]:
    items = trimmed(items)
    solid = [item for item in items if not is_blank(item) and not _is(item, "br")]
    if not solid:
        return []
    if all(_is_picture(item) for item in solid):
        return [_figure(item) for item in solid if isinstance(item, Node)]
    for item in items:
        _uncaptioned(item)
    return [Node("p", {}, items)]


def _cut(items: list[Item]) -> list[list[Item]]:
    runs: list[list[Item]] = [[]]
    for item in items:
        if not isinstance(item, str):
            runs[-1].append(item)
            continue
        first, *others = _EMPTY_LINE.split(item)
        runs[-1].append(first)
        runs += [[other] for other in others]
    return runs


def _is(item: Item, tag: str) -> bool:
    return isinstance(item, Node) and item.tag == tag


def _is_picture(item: Item) -> bool:
    if _is(item, "img") or _is(item, "picture"):
        return True
    if not isinstance(item, Node) or item.tag != "a":
        return False
    solid = [child for child in item.children if not is_blank(child)]
    return bool(solid) and all(_is_picture(child) for child in solid)


def _figure(node: Node) -> Node:
    caption = _uncaptioned(node)
    return figure([node], [caption] if caption else [])


def _uncaptioned(item: Item) -> str:
    """Take the caption off a picture, also off one inside a link, and give it."""
    if not isinstance(item, Node):
        return ""
    inner = [_uncaptioned(child) for child in item.children] if item.tag != "picture" else []
    return " ".join(filter(None, (item.attrs.pop("caption", ""), *inner)))
