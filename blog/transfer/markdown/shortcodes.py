"""Shortcodes of Hugo: pictures, code and references are kept, of others what stands inside."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..report import Remarks, shown
from .fences import fence

TAG_LIMIT = 2_000
"""Characters of a tag; an opening without an end within them is text."""

_OPENING = re.compile(r"\{\{([<%])\s*(/?)\s*([\w./-]*)")
_NO_TAG = re.compile(r"\{\{|\{%|\n[ \t]*\n")
_ARGUMENT = re.compile(r"""(?:([\w-]+)=)?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s"'`]+))""")
_END_HIGHLIGHT = re.compile(r"\{\{[<%]\s*/\s*highlight\s*[%>]\}\}")
_FILM = re.compile(r"[\w-]{1,40}", re.ASCII)
_FILMS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_UNSAFE_IN_ALT = re.compile(r"[\[\]\\]")


@dataclass(frozen=True, slots=True)
class Short:
    """What stands for a shortcode, and where the text goes on."""

    replacement: str
    end: int


def at(
    text: str, start: int, address_of: Callable[[str], str | None], remarks: Remarks
) -> Short | None:
    """The shortcode that begins here; None when none does."""
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    closing = ("%" if opening[1] == "%" else ">") + "}}"
    end = end_of(text, opening.end(), closing)
    if end < 0:
        return None
    inside, after = text[opening.end() : end], end + len(closing)
    name = opening[3].strip("/")
    if not name and inside.lstrip().startswith("*"):
        return Short(_escaped(text[start:after]), after)
    if opening[2] or not name:
        return Short("", after)
    if name == "highlight":
        return _highlight(text, start, after, _arguments(inside), remarks)
    return Short(_inline(name, _arguments(inside), address_of, remarks), after)


def end_of(text: str, start: int, closing: str) -> int:
    """Where a tag ends, or -1: what holds another opening or a blank line is no tag but text."""
    end = text.find(closing, start, start + TAG_LIMIT)
    return -1 if end >= 0 and _NO_TAG.search(text, start, end) else end


def _escaped(shortcode: str) -> str:
    """`{{</* note */>}}` shows a shortcode instead of using it."""
    return shortcode.replace("/*", "", 1).replace("*/", "", 1)


def _arguments(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for argument in _ARGUMENT.finditer(inside.rstrip("/ ")):
        value = next((part for part in argument.groups()[1:] if part is not None), "")
        found[argument.group(1) or str(len(found))] = value
    return found


def _highlight(
    text: str, start: int, after: int, arguments: dict[str, str], remarks: Remarks
) -> Short:
    closed = _END_HIGHLIGHT.search(text, after)
    if closed is None:
        remarks.add("shortcode highlight is never closed and was taken out")
        return Short("", after)
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    return Short(fence(text[after : closed.start()], arguments.get("0", ""), indent), closed.end())


def _inline(
    name: str,
    arguments: dict[str, str],
    address_of: Callable[[str], str | None],
    remarks: Remarks,
) -> str:
    first = arguments.get("0", "")
    if name == "figure" and arguments.get("src"):
        return _figure(arguments)
    if name in {"ref", "relref"}:
        target = first or arguments.get("path", "")
        # An address that is not known is left as the file wrote it; `links` deals with it.
        return address_of(target) or target
    if name in _FILMS and _FILM.fullmatch(first or arguments.get("id", "")):
        address = _FILMS[name] + (first or arguments["id"])
        remarks.add(f"a film became a link: {address}")
        return f"<{address}>"
    remarks.add(f"shortcode {shown(name)} was taken out")
    return ""


def _figure(arguments: dict[str, str]) -> str:
    caption = arguments.get("caption") or arguments.get("title") or ""
    alt = _UNSAFE_IN_ALT.sub("", arguments.get("alt") or "")
    title = ' "' + caption.replace("\\", "").replace('"', "”") + '"' if caption else ""
    return f"![{alt}](<{arguments['src']}>{title})"
