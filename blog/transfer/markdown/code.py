"""Where code stands in Markdown, so that nothing inside it is taken for something else."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

Range = tuple[int, int]

_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def blocks(text: str) -> list[Range]:
    """The places of fenced and indented code, in order, as offsets."""
    parser = MarkdownIt("commonmark").use(footnote_plugin).use(deflist_plugin).disable("inline")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    lines = [token.map for token in parser.parse(text) if token.type in {"fence", "code_block"}]
    found = [(starts[place[0]], min(starts[place[1]], len(text))) for place in lines if place]
    return sorted(found)


class Spans:
    """The code spans of a text, asked by where their first backtick stands."""

    def __init__(self, text: str) -> None:
        self._runs: dict[int, list[int]] = defaultdict(list)
        for run in _TICKS.finditer(text):
            self._runs[len(run.group())].append(run.start())
        self._blanks = [blank.start() for blank in _BLANK_LINE.finditer(text)] + [len(text)]

    def end(self, start: int, length: int) -> int | None:
        """Where a span ends that begins with so many backticks here; None when none begins."""
        runs = self._runs[length]
        following = bisect_right(runs, start)
        paragraph = self._blanks[bisect_left(self._blanks, start)]
        if following == len(runs) or runs[following] > paragraph:
            return None
        return runs[following] + length


def ranges(text: str) -> list[Range]:
    """The places of all code, blocks and spans, in order, none inside another."""
    found, spans, place = [], Spans(text), 0
    for start, end in [*blocks(text), (len(text), len(text))]:
        while (run := _TICKS.search(text, place, max(place, start))) is not None:
            stop = spans.end(run.start(), len(run.group()))
            if stop is not None:
                found.append((run.start(), stop))
            place = stop or run.end()
        if end > place:
            found.append((max(start, place), end))
            place = end
    return [(start, end) for start, end in found if end > start]


class Code:
    """Asks of any place whether it stands in code."""

    def __init__(self, text: str) -> None:
        self._ranges = ranges(text)
        self._starts = [start for start, _ in self._ranges]

    def touches(self, start: int, end: int) -> bool:
        """Whether anything from `start` to `end` is code."""
        before = bisect_right(self._starts, start) - 1
        if before >= 0 and self._ranges[before][1] > start:
            return True
        return before + 1 < len(self._starts) and self._starts[before + 1] < end

    def after(self, place: int) -> int:
        """The end of the code a place stands in, or the place itself."""
        before = bisect_right(self._starts, place) - 1
        if before >= 0 and self._ranges[before][1] > place:
            return self._ranges[before][1]
        return place


def replace(
    pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str
) -> str:
    """Replace every match that touches no code."""
    if pattern.search(text) is None:
        return text
    code = Code(text)

    def outside(found: re.Match[str]) -> str:
        return found.group() if code.touches(*found.span()) else replacement(found)

    return pattern.sub(outside, text)
