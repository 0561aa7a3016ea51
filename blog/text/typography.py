"""Typographic quotes, dashes and dots, by language, in text that is already a tree."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .tags import tags
from .tree import Item

# Opening and closing double, opening and closing single (CLDR, delimiters).
QUOTES = {
    "en": "“”‘’", "de": "„“‚‘", "cs": "„“‚‘", "sk": "„“‚‘", "sl": "„“‚‘", "bg": "„“‚‘",
    "pl": "„”‚’", "ro": "„”«»", "hu": "„”»«", "hr": "„“‚‘", "nl": "“”‘’", "pt": "“”‘’",
    "es": "«»“”", "it": "«»“”", "el": "«»“”", "ru": "«»„“", "uk": "«»„“", "ca": "«»“”",
    "sv": "””’’", "fi": "””’’", "da": "””’’", "nb": "«»‘’", "nn": "«»‘’", "no": "«»‘’",
    "tr": "“”‘’", "ja": "「」『』", "zh": "“”‘’", "ko": "“”‘’",
}  # fmt: skip
# French sets its guillemets apart with a narrow space that does not break.
FRENCH = ("«\u202f", "\u202f»", "“", "”")
DEFAULT = "en"
APOSTROPHE = "’"

OPAQUE = tags("code pre kbd samp var")
# An address written out in the text keeps its characters.
BARE = "bare"
_PHRASES = tags(
    "a abbr cite code del dfn em ins kbd mark q samp small span strong sub var picture img input"
)
# A quote before a note's number or a line's end closes.
_GAPS = tags("br sup")
_HOLE = "\ufffc"
_MARKS = re.compile(r"""["']|\.{3,}|(?<![-!<])-{2,3}(?![->])""")


def typeset(items: list[Item], language: str) -> None:
    """Set the quotes, dashes and dots of every run of text, in place. Linear in its length."""
    marks = _quotes(language)
    for run in _runs(items):
        _set_run(run, marks)


def typeset_line(text: str, language: str) -> str:
    """Give a line of plain text, such as a title, with its quotes, dashes and dots set."""
    items: list[Item] = [text]
    typeset(items, language)
    return "".join(item for item in items if isinstance(item, str))


def _quotes(language: str) -> tuple[str, ...]:
    base = language.replace("_", "-").split("-")[0].lower()
    return FRENCH if base == "fr" else tuple(QUOTES.get(base, QUOTES[DEFAULT]))


@dataclass(slots=True)
class _Leaf:
    """One string of the tree and where it stands; `node` is None for what may not change."""

    text: str
    node: list[Item] | None = None
    index: int = 0


def _runs(items: list[Item]) -> Iterator[list[_Leaf]]:
    """Give the strings that are read as one line: those between the edges of two blocks."""
    run: list[_Leaf] = []
    for leaf in _leaves(items):
        if leaf is None:
            if run:
                yield run
            run = []
        else:
            run.append(leaf)
    if run:
        yield run


def _leaves(items: list[Item]) -> Iterator[_Leaf | None]:
    for index, item in enumerate(items):
        if isinstance(item, str):
            yield _Leaf(item, items, index)
        elif item.tag in OPAQUE or BARE in item.attrs:
            yield None if item.tag == "pre" else _Leaf(_HOLE)
        elif item.tag in _GAPS:
            yield _Leaf(" ")
        elif item.tag in _PHRASES:
            yield from _leaves(item.children)
        else:
            yield None
            yield from _leaves(item.children)
            yield None


def _set_run(run: list[_Leaf], marks: tuple[str, ...]) -> None:
    text = "".join(leaf.text for leaf in run)
    changes = _changes(text, marks)
    if not changes:
        return
    start = 0
    for leaf in run:
        end = start + len(leaf.text)
        if leaf.node is not None:
            leaf.node[leaf.index] = "".join(
                changes.get(at, char) for at, char in enumerate(leaf.text, start)
            )
        start = end


def _changes(text: str, marks: tuple[str, ...]) -> dict[int, str]:
    """Give the new string for each position that changes."""
    changes: dict[int, str] = {}
    pairs = _Pairs(marks, changes)
    for match in _MARKS.finditer(text):
        found, at = match[0], match.start()
        if found in "\"'":
            before = text[at - 1] if at else " "
            after = text[at + 1] if at + 1 < len(text) else " "
            pairs.meet(found, at, before, after)
        else:
            sign = {".": "…", "--": "–", "---": "—"}[found if found[0] == "-" else "."]
            changes.update(dict.fromkeys(range(at + 1, match.end()), ""))
            changes[at] = sign
    return changes


class _Pairs:
    """Quotes that wait for their partner. A lone single quote is an apostrophe."""

    def __init__(self, marks: tuple[str, ...], changes: dict[int, str]) -> None:
        self.marks = {'"': marks[:2], "'": marks[2:]}
        self.changes = changes
        self.open: list[tuple[str, int]] = []
        self.waiting = {'"': 0, "'": 0}

    def meet(self, mark: str, at: int, before: str, after: str) -> None:
        """Judge one straight quote by the characters beside it."""
        opens, closes = not after.isspace(), not before.isspace()
        if opens and closes:
            opens, closes = _is_punctuation(before), _is_punctuation(after)
            if opens and closes:
                closes = self.waiting[mark] > 0
                opens = not closes
        if closes and self.waiting[mark]:
            self._close(mark, at)
            return
        if mark == "'":
            self.changes[at] = APOSTROPHE
        if opens:
            self.open.append((mark, at))
            self.waiting[mark] += 1

    def _close(self, mark: str, at: int) -> None:
        while True:
            waiting, start = self.open.pop()
            self.waiting[waiting] -= 1
            if waiting == mark:
                break
        self.changes[start], self.changes[at] = self.marks[mark]


def _is_punctuation(char: str) -> bool:
    return char != _HOLE and unicodedata.category(char)[0] in "PSZ"
