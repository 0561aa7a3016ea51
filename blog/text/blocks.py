"""Blocks: safe HTML in its pieces, as it is stored and drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias, cast

Kind: TypeAlias = Literal[
    "paragraph",
    "heading",
    "list",
    "quote",
    "code",
    "table",
    "figure",
    "rule",
    "footnotes",
    "definitions",
]

CONTENTS_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level piece of a body.

    `anchor` is unique in the document and stays while the block's own words do; a heading's is
    its id. `html` has passed the gate and is well-formed by itself. `digest` is 12 hex digits
    of its SHA-256. `level` is 2 to 4 for headings, else 0. `text` holds the words alone.
    """

    kind: Kind
    anchor: str
    html: str
    digest: str
    level: int
    text: str

    def __html__(self) -> str:
        """Give the HTML to a template. The one place that marks a string as safe."""
        return self.html


@dataclass(frozen=True, slots=True)
class Document:
    """A whole body: blocks in order, its words, and what was changed on the way in."""

    blocks: tuple[Block, ...]
    text: str
    words: int
    notices: tuple[str, ...] = ()

    def contents(self) -> tuple[tuple[str, str], ...]:
        """Give (anchor, words) of every h2, in order."""
        return contents(self.blocks)


def contents(blocks: Iterable[Block]) -> tuple[tuple[str, str], ...]:
    """Give (anchor, words) of every h2 among the blocks, in order."""
    headings = (block for block in blocks if block.level == CONTENTS_LEVEL)
    return tuple((block.anchor, " ".join(block.text.split())) for block in headings)


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Give the blocks as JSON can hold them."""
    return [asdict(block) for block in blocks]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Give the blocks that `to_json` made. Trusts its input: read only what this room wrote."""
    return tuple(
        Block(
            kind=cast(Kind, str(one["kind"])),
            anchor=str(one["anchor"]),
            html=str(one["html"]),
            digest=str(one["digest"]),
            level=int(one["level"]),
            text=str(one["text"]),
        )
        for one in stored
    )
