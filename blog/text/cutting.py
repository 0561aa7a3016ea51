"""Cut the gate's output into top-level blocks: slices of one string, nothing is rewritten."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from .blocks import Block, Kind
from .tags import VOID
from .tree import read, text_of

KINDS: dict[str, Kind] = {
    "p": "paragraph",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "ul": "list",
    "ol": "list",
    "blockquote": "quote",
    "pre": "code",
    "div": "table",
    "figure": "figure",
    "hr": "rule",
    "section": "footnotes",
    "dl": "definitions",
}
DIGEST = 12
ANCHOR = 10

# nh3 quotes every value and escapes "<" and ">" in text, so a tag is what it looks like.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*+>')
_ID = re.compile(r'<[a-z0-9]+[^>]*? id="([^"]*)"')


def cut(html: str) -> tuple[Block, ...]:
    """Give the blocks of the gate's output; their HTML joined is that output."""
    taken: Counter[str] = Counter()
    return tuple(_block(tag, piece, taken) for tag, piece in _pieces(html))


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Give (tag, slice) of every top-level element; text outside counts as a paragraph."""
    depth = start = 0
    top = "p"
    for match in _TAG.finditer(html):
        end, tag = match[1], match[2]
        if depth == 0 and not end:
            if match.start() > start:
                yield "p", html[start : match.start()]
            start, top = match.start(), tag
        depth += 0 if tag in VOID else -1 if end else 1
        if depth == 0:
            yield top, html[start : match.end()]
            start = match.end()
    if start < len(html):
        yield "p", html[start:]


def _block(tag: str, html: str, taken: Counter[str]) -> Block:
    kind = KINDS.get(tag, "paragraph")
    text = text_of(read(html))
    level = int(tag[1]) if kind == "heading" else 0
    own = _ID.match(html) if level else None
    return Block(
        kind=kind,
        anchor=own[1] if own else _anchor(kind, text or html, taken),
        html=html,
        digest=sha256(html.encode()).hexdigest()[:DIGEST],
        level=level,
        text=text,
    )


def _anchor(kind: Kind, text: str, taken: Counter[str]) -> str:
    """Name a block by its own words, so that edits elsewhere do not rename it."""
    name = f"{kind[0]}-{sha256(text.encode()).hexdigest()[:ANCHOR]}"
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"
