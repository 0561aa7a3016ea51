"""Colour for code, on the server: Pygments' many token types in six classes.

Only the languages below are coloured: their lexers were measured on hostile text. Any other
language, and what is beyond the limits, stays plain.
"""

import re
import threading
from dataclasses import dataclass
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
)

from .lexers import OWN
from .tree import Item, Node

LONGEST_BLOCK = 8_192
LONGEST_LINE = 1_000
CHARACTERS_PER_DOCUMENT = 32_768
SPANS_PER_DOCUMENT = 4_000

# Pygments' Python lexer reads to the end of white space from each of its lines.
_GAP = re.compile(r"\s{200}")

# What authors write after the fence -> the lexer's name.
LANGUAGES = {
    name: lexer
    for lexer, names in {
        "bash": "bash sh shell zsh", "c": "c h", "console": "console", "cpp": "cpp c++ hpp",
        "csharp": "csharp c# cs", "css": "css", "diff": "diff patch udiff",
        "docker": "docker dockerfile", "go": "go golang", "html": "html", "ini": "ini cfg",
        "java": "java", "javascript": "javascript js mjs node", "json": "json",
        "jinja": "jinja", "kotlin": "kotlin kt", "liquid": "liquid", "lua": "lua",
        "nginx": "nginx", "php": "php", "powershell": "powershell ps1",
        "python": "python py python3", "pycon": "pycon", "r": "r", "ruby": "ruby rb",
        "rust": "rust rs", "scss": "scss sass", "sql": "sql", "swift": "swift", "toml": "toml",
        "typescript": "typescript ts", "xml": "xml svg", "yaml": "yaml yml",
    }.items()
    for name in names.split()
}  # fmt: skip

CLASSES: tuple[tuple[Any, str], ...] = (
    (Comment.Preproc, "k"),
    (Comment, "c"),
    (Keyword.Constant, "o"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "o"),
    (Literal, "o"),
    (Name.Builtin, "o"),
    (Name.Constant, "o"),
    (Name.Function, "n"),
    (Name.Class, "n"),
    (Name.Decorator, "n"),
    (Name.Tag, "n"),
    (Name.Attribute, "n"),
    (Generic.Deleted, "d"),
    (Generic.Inserted, "i"),
    (Generic.Heading, "c"),
    (Generic.Subheading, "c"),
    (Generic.Prompt, "c"),
)

# Pygments compiles a lexer's rules at first use, sub-lexers too, and not safely in two threads.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(slots=True)
class Highlighter:
    """Colours the code of one document and counts its characters and spans."""

    spans: int = SPANS_PER_DOCUMENT
    characters: int = CHARACTERS_PER_DOCUMENT

    def code(self, text: str, language: str) -> Node:
        """Give the `code` element, coloured when its language is known and its size is sane."""
        lexer = LANGUAGES.get(language.lower())
        if lexer is None:
            return Node("code", {}, [text])
        items: list[Item] = self._coloured(text, lexer) if self._takes(text) else [text]
        return Node("code", {"class": f"language-{lexer}"}, items)

    def _takes(self, text: str) -> bool:
        """Count the characters, and tell whether the text is coloured at all."""
        self.characters -= len(text)
        longest = max(map(len, text.split("\n")))
        sane = len(text) <= LONGEST_BLOCK and longest <= LONGEST_LINE and not _GAP.search(text)
        return sane and self.characters >= 0

    def _coloured(self, text: str, lexer: str) -> list[Item]:
        pieces: list[tuple[str, str]] = []
        with _ONE_AT_A_TIME:
            tokens = _lexer(lexer).get_tokens_unprocessed(text)
            for _at, kind, value in tokens:
                css = _class_of(kind) if value.strip() else ""
                if pieces and pieces[-1][0] == css:
                    pieces[-1] = (css, pieces[-1][1] + value)
                else:
                    pieces.append((css, value))
        coloured = sum(1 for css, _ in pieces if css)
        if coloured > self.spans or "".join(value for _, value in pieces) != text:
            return [text]
        self.spans -= coloured
        return [Node("span", {"class": css}, [value]) if css else value for css, value in pieces]


def _lexer(name: str) -> Lexer:
    own = OWN.get(name)
    # Pygments reads scripts and styles in HTML with lexers that are not linear.
    return own() if own else get_lexer_by_name("xml" if name == "html" else name)


def _class_of(kind: Any) -> str:
    return next((css for parent, css in CLASSES if kind in parent), "")
