"""Excerpts are cut from text, never from HTML, and given as data."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

TEASER = 160
EXTRACT = 240
_SENTENCE = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[^a-z\s]|\s*$)|[。！？]+[」』”]?")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|Nr|ca|cf|al|approx|Fig|bzw|usw))\.$"
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an extract; `marked` where a searched word stands."""

    text: str
    marked: bool = False


def first_sentence(text: str) -> str:
    """Give the first sentence. Blocks that end like none (headings, captions) are passed over."""
    lines = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
    line = next((line for line in lines if _SENTENCE.search(line + " ")), "".join(lines[:1]))
    for end in _SENTENCE.finditer(line):
        if not _ABBREVIATION.search(line[max(0, end.start() - 8) : end.start() + 1]):
            return line[: end.end()]
    return line


def teaser(text: str, limit: int = TEASER) -> str:
    """Give one sentence when it fits into `limit` characters, else what fits and "…"."""
    return shortened(first_sentence(text), limit)


def shortened(text: str, limit: int) -> str:
    """Give the text on one line, cut at a word to at most `limit` characters, "…" included."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[:limit]
    end = cut.rfind(" ")
    kept = cut[:end] if end > limit // 2 else cut[: limit - 1]
    return kept.rstrip(" ,;:.–—-") + "…"


def extract(text: str, terms: Iterable[str], limit: int = EXTRACT) -> tuple[Part, ...]:
    """Give about `limit` characters around the most searched words, those words marked.

    A term matches words that begin with it; case and accents do not matter. Without a match
    the extract is the beginning of the text.
    """
    line = " ".join(text.split())
    wanted = tuple({folded(term) for term in terms} - {""})
    hits = _hits(line, wanted)
    start, end = _window(line, hits, limit)
    return tuple(_parts(line, start, end, hits))


def folded(word: str) -> str:
    """Give the word without case and accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _hits(line: str, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    if not wanted:
        return []
    return [match.span() for match in _WORD.finditer(line) if folded(match[0]).startswith(wanted)]


def _window(line: str, hits: list[tuple[int, int]], limit: int) -> tuple[int, int]:
    """Give the window with the most hits; the first of equals."""
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(hits):
        last = max(last, first)
        while last < len(hits) and hits[last][1] <= start + limit:
            last += 1
        if last - first > most:
            best, most = start, last - first
    if not most:
        return 0, _word_end(line, limit)
    start = _word_start(line, max(0, best - limit // 4))
    return start, _word_end(line, start + limit)


def _word_start(line: str, at: int) -> int:
    if at == 0:
        return 0
    space = line.find(" ", at - 1, at + 40)
    return space + 1 if space >= 0 else at


def _word_end(line: str, at: int) -> int:
    if at >= len(line):
        return len(line)
    space = line.rfind(" ", max(0, at - 40), at + 1)
    return space if space > 0 else at


def _parts(line: str, start: int, end: int, hits: list[tuple[int, int]]) -> Iterable[Part]:
    if start > 0:
        yield Part("… ")
    at = start
    for first, last in hits:
        if first < at or last > end:
            continue
        if first > at:
            yield Part(line[at:first])
        yield Part(line[first:last], marked=True)
        at = last
    if at < end:
        yield Part(line[at:end])
    if end < len(line):
        yield Part(" …")
