"""Marks of kramdown and Hugo that are not text: attribute lists, tables of contents, extensions."""

import re

from ..report import Remarks, shown
from .code import replace

_CONTENTS = re.compile(
    r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+[^\n]{0,200}\n"
    r"[ \t]*\{:[ \t]*toc[^{}\n]{0,200}\}[ \t]*$",
    re.M,
)
_COMMENT = re.compile(r"\{::comment\}.*?\{:/(?:comment)?\}", re.DOTALL)
_EXTENSION = re.compile(r"\{::[^{}\n]{1,200}\}|\{:/[a-z]{0,20}\}")
_LIST = re.compile(r"[ \t]?\{:([^{}\n]{1,300})\}")
_HEADING_ID = re.compile(r"(?<=\S)[ \t]*\{#[\w:.-]+(?:[ \t]+[.#][\w:.-]+)*[ \t]*\}[ \t]*$", re.M)
_QUOTED = re.compile(r"""[\w:-]+=(?:"[^"]*"|'[^']*')""")
_WORD = re.compile(r"[.#]?[A-Za-z_][\w:.-]*|:[\w-]+")


def clean(text: str, remarks: Remarks) -> str:
    """The text without such marks, outside code."""
    if "{:" in text:
        text = replace(_CONTENTS, lambda _: _drop("a table of contents", remarks), text)
        if "{:/" in text:  # without an end, looking for one from every beginning is for nothing
            text = replace(_COMMENT, lambda _: _drop("a kramdown comment", remarks), text)
        text = replace(_EXTENSION, lambda found: _drop(shown(found.group()), remarks), text)
        text = replace(_LIST, lambda found: _attributes(found, remarks), text)
    if "{#" in text:
        text = replace(_HEADING_ID, lambda found: _drop(shown(found.group()), remarks), text)
    return text


def _attributes(found: re.Match[str], remarks: Remarks) -> str:
    """An attribute list goes; braces that hold something else stay."""
    words = _QUOTED.sub("x", found.group(1)).split()
    if not words or not all(map(_WORD.fullmatch, words)):
        return found.group()
    return _drop(f"attributes {shown(found.group())}", remarks)


def _drop(what: str, remarks: Remarks) -> str:
    remarks.add(f"{what} taken out")
    return ""
