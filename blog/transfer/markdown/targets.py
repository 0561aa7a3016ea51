"""Where the links and pictures of one file lead."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ...web import urls
from ..report import Remarks, shown
from .liquid import UNKNOWN

TARGET_LIMIT = 2_000
"""Characters of an address that are read."""
BRACKETS_LIMIT = 32
"""Round brackets inside each other in an address (as cmark reads them)."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp|bmp|tiff?|svg)(?:[?#]|$)", re.I)
# Spaces inside a link may hold one line end; a blank line ends the paragraph and the link with it.
_SPACE = r"[ \t]*(?:\n[ \t]*)?"
_ADDRESS = re.compile(rf"{_SPACE}(?:<(?P<pointed>[^<>\n]*)>|(?P<bare>[^\s<][^\s]*)?)")
_TITLE = re.compile(
    rf"(?=\s){_SPACE}(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'"
    rf"|\((?P<round>[^()]*)\)){_SPACE}\)",
    re.DOTALL,
)
_END = re.compile(rf"{_SPACE}\)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class InlineTarget:
    """What stands in the round brackets behind a link's words."""

    address: str
    span: tuple[int, int]
    title: str
    end: int


@dataclass(frozen=True, slots=True)
class Targets:
    """Says for every address in a file where it leads now; None when it leads nowhere."""

    article: Callable[[str], str | None]
    local_picture: Callable[[str], str | None]
    remarks: Remarks

    def resolve(self, address: str) -> str | None:
        """Where a link leads."""
        if UNKNOWN not in address and (_SCHEME.match(address) or address.startswith("#")):
            return address
        if address.startswith("//") and UNKNOWN not in address:
            return f"https:{address}"
        if UNKNOWN not in address and (present := self._own(address)):
            return present
        where = shown(address.replace(UNKNOWN, "…"))
        self.remarks.add(f"link to {where} leads nowhere here; its words were kept")
        return None

    def picture(self, address: str) -> str | None:
        """Where a picture stands; one on the web is left to the rules of the text."""
        if re.match("(?:https?:)?//", address, re.I) and UNKNOWN not in address:
            self.remarks.add(f"picture {shown(address)} is on the web and became a link")
            return f"https:{address}" if address.startswith("//") else address
        known = UNKNOWN not in address and not _SCHEME.match(address)
        present = self.local_picture(address) if known else None
        if present is None and not known:
            where = shown(address.replace(UNKNOWN, "…"))
            self.remarks.add(f"picture {where} cannot be fetched; its words were kept")
        return present

    def _own(self, address: str) -> str | None:
        if address == "/":
            return urls.home()
        if _PICTURE.search(address):
            return self.local_picture(address)
        return self.article(address) if address else None


def inline_target(text: str, opening: int) -> InlineTarget | None:
    """Address and title behind a link's words (CommonMark 6.3); None when it is no link."""
    found = _ADDRESS.match(text, opening + 1, opening + TARGET_LIMIT)
    if found is None:
        return None
    if found["pointed"] is not None:
        address, place = found["pointed"], found.end()
        span = (found.start("pointed") - 1, found.end("pointed") + 1)
    else:
        start = found.start("bare") if found["bare"] else found.end()
        place = _end_of_bare(text, start, start + len(found["bare"] or ""))
        if place < 0:
            return None
        address, span = text[start:place], (start, place)
    if ended := _END.match(text, place):
        return InlineTarget(address, span, "", ended.end())
    titled = _TITLE.match(text, place, place + TARGET_LIMIT)
    if titled is None or _BLANK_LINE.search(titled.group()):
        return None
    title = titled["double"] or titled["single"] or titled["round"] or ""
    return InlineTarget(address, span, title, titled.end())


def _end_of_bare(text: str, start: int, end: int) -> int:
    """Where an address without pointed brackets ends: its round brackets are balanced, else -1."""
    depth = 0
    for place in range(start, end):
        if text[place] == "(":
            depth += 1
            if depth > BRACKETS_LIMIT:
                return -1
        elif text[place] == ")":
            if depth == 0:
                return place
            depth -= 1
    return end
