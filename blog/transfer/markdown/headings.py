"""The heading a title is taken from."""

import re
from dataclasses import dataclass

from .code import Code
from .values import text as one_line

_H1 = re.compile(
    r"^ {0,3}#[ \t]+(?P<hash>[^\n]*?)[ \t]*#*[ \t]*(?:\n|\Z)"
    r"|^ {0,3}(?P<underlined>(?![-*+>#=\s])[^\n]+)\n {0,3}=+[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(r"\s*\{:?[ #.][^{}]*\}\s*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`+)(?=\S)(.+?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Title:
    """A first-level heading and where it stands."""

    title: str
    start: int
    end: int

    def without(self, body: str) -> str:
        """The body with this heading taken out."""
        return body[: self.start] + body[self.end :]

    def repeats(self, title: str, body: str) -> bool:
        """Whether it opens the body and says what the title says."""
        same = self.title.casefold() == " ".join(title.split()).casefold()
        return same and not body[: self.start].strip()


def first_title(body: str) -> Title | None:
    """The first first-level heading outside code that says something."""
    code = Code(body)
    for found in _H1.finditer(body):
        title = _plain(found["hash"] or found["underlined"] or "")
        if title and not code.after(found.start()) > found.start():
            return Title(title, found.start(), found.end())
    return None


def _plain(heading: str) -> str:
    heading = _LINK.sub(r"\1", _ATTRIBUTES.sub("", heading))
    return one_line(_ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", heading)))
