"""Writing fenced code."""

import re

_LANGUAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+#._-]{0,30}")
_TICKS = re.compile(r"`+")
_LIST_MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")


def fence(code: str, language: str, before: str = "") -> str:
    """A fenced block on lines of its own; `before` is what stands on the line where it begins."""
    stays = not before.strip() or _LIST_MARK.fullmatch(before)
    indent = " " * len(before.expandtabs(4)) if stays else ""
    longest = max((len(run) for run in _TICKS.findall(code)), default=0)
    marks = "`" * max(3, longest + 1)
    name = language if _LANGUAGE.fullmatch(language) else ""
    inside = "\n".join(_indented(code.lstrip("\n").rstrip().split("\n"), indent))
    gap = "" if stays else "\n\n"
    return f"{gap}{marks}{name}\n{inside}\n{indent}{marks}\n"


def _indented(lines: list[str], indent: str) -> list[str]:
    """Lines that stay inside the list item that the fence stands in."""
    if all(line.startswith(indent) for line in lines if line.strip()):
        return lines
    return [indent + line if line.strip() else line for line in lines]
