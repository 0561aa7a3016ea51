"""Links and pictures that a file writes in HTML."""

import html
import re
from bisect import bisect_left
from collections.abc import Callable

from .code import Code
from .targets import Targets

Edit = Callable[[int, int, str], None]

_TAG = re.compile(r"<(?P<name>a|img)(?=[\s/])(?P<inside>[^<>]{0,4000})>", re.I)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_CLOSING = re.compile(r"</a\s*>", re.I)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?P<name>href|src|alt)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'<>=`]+)""",
    re.IGNORECASE,
)


def find(text: str, code: Code, targets: Targets, edit: Edit) -> None:
    """Lead the links and pictures in raw HTML to where they stand now."""
    closings = [found.span() for found in _CLOSING.finditer(text)]
    for tag in _TAG.finditer(text):
        if code.touches(*tag.span()) or _BLANK_LINE.search(tag["inside"]):
            continue
        attributes = {found["name"].lower(): found for found in _ATTRIBUTE.finditer(tag["inside"])}
        if tag["name"].lower() == "a":
            _link(tag, attributes, targets, closings, edit)
        else:
            _picture(tag, attributes, targets, edit)


def _link(
    tag: re.Match[str],
    attributes: dict[str, re.Match[str]],
    targets: Targets,
    closings: list[tuple[int, int]],
    edit: Edit,
) -> None:
    if "href" not in attributes:
        return
    address = _value(attributes["href"])
    present = targets.resolve(address)
    if present is None:
        edit(tag.start(), tag.end(), "")
        following = bisect_left(closings, tag.span())
        if following < len(closings):
            edit(*closings[following], "")
    elif present != address:
        _set(tag, attributes["href"], present, edit)


def _picture(
    tag: re.Match[str], attributes: dict[str, re.Match[str]], targets: Targets, edit: Edit
) -> None:
    address = _value(attributes["src"]) if "src" in attributes else ""
    present = targets.picture(address)
    if present is None:
        alt = _value(attributes["alt"]) if "alt" in attributes else ""
        edit(tag.start(), tag.end(), html.escape(alt))
    elif present != address:
        _set(tag, attributes["src"], present, edit)


def _value(attribute: re.Match[str]) -> str:
    value = attribute["value"]
    if value[:1] in "\"'":
        value = value[1:-1]
    return html.unescape(value).strip()


def _set(tag: re.Match[str], attribute: re.Match[str], value: str, edit: Edit) -> None:
    offset = tag.start("inside")
    start, end = attribute.span("value")
    edit(offset + start, offset + end, f'"{html.escape(value)}"')
