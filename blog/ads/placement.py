"""Where advertisements stand in an article: between two of its blocks, and never in the way."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from ..text.blocks import Block

MAX_ADVERTISEMENTS = 3
MIN_WORDS = 250
"""An article with fewer words carries none."""
WORDS_BETWEEN = 200
"""Words of reading before the first advertisement, and between two."""

Advertisement = TypeVar("Advertisement")


def place(
    blocks: Sequence[Block], advertisements: Sequence[Advertisement]
) -> tuple[Block | Advertisement, ...]:
    """The blocks in their order, with as many of the advertisements between them as have a place.

    A place is after the first paragraph of a section or before a heading. What finds none is left
    out; the first advertisement has the first place.
    """
    waiting = list(advertisements[:MAX_ADVERTISEMENTS])
    places = _places(blocks) if waiting else set()
    parts: list[Block | Advertisement] = []
    read = 0
    for position, block in enumerate(blocks):
        if waiting and read >= WORDS_BETWEEN and position in places:
            parts.append(waiting.pop(0))
            read = 0
        parts.append(block)
        read += _words(block)
    return tuple(parts)


def _places(blocks: Sequence[Block]) -> set[int]:
    """The positions of the blocks that an advertisement may stand before."""
    last = _end_of_text(blocks)
    if sum(_words(block) for block in blocks[:last]) < MIN_WORDS:
        return set()
    places: set[int] = set()
    opening = True  # no paragraph of this section has been read yet
    for position, (before, block) in enumerate(pairwise(blocks[:last]), start=1):
        first = opening and before.kind == "paragraph"
        opening = before.kind == "heading" or (opening and not first)
        if before.kind == "heading":
            continue
        if block.kind == "heading" or (first and block.kind == "paragraph"):
            places.add(position)
    return places


def _end_of_text(blocks: Sequence[Block]) -> int:
    """Where the text ends: what follows is footnotes only."""
    end = len(blocks)
    while end and blocks[end - 1].kind == "footnotes":
        end -= 1
    return end


def _words(block: Block) -> int:
    return 0 if block.kind == "footnotes" else len(block.text.split())
