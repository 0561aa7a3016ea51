"""Liquid, the template language of Jekyll and others: its tags go, the text around them stays.

What only a template knows is written as `UNKNOWN`; `links` drops addresses that hold it, and at
the end it is taken out of the text. Nothing in code is touched but pairs of `raw` and `endraw`,
which can only have been written for Liquid.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..report import Remarks, shown
from . import shortcodes
from .code import Spans, blocks
from .fences import fence

UNKNOWN = "\ufdd0"
"""A non-character of Unicode (never assigned, section 23.7): it stands in no real text."""

AddressOf = Callable[[str], str | None]

_NEXT = re.compile(r"`+|\{%|\{\{")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_END_HIGHLIGHT = re.compile(r"\{%-?\s*endhighlight\s*-?%\}")
_END_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
_NAME = re.compile(r"[A-Za-z_]\w*")
_LITERAL = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*(?:\|.*)?""", re.DOTALL)
_SITE_ROOT = re.compile(r"\s*site\.(?:baseurl|url|baseURL|BaseURL)\s*(?:\|.*)?", re.DOTALL)
_PAGE = re.compile(r"\s*(?:page|post)\.(\w+)\s*(?:\|.*)?", re.DOTALL)


@dataclass(slots=True)
class Conversion:
    """One text on its way out of Liquid."""

    text: str
    address_of: AddressOf
    page: Mapping[str, str]
    remarks: Remarks
    out: list[str] = field(default_factory=list)
    unclosed: set[re.Pattern[str]] = field(default_factory=set)
    """Closing tags that do not come any more."""


def convert(text: str, address_of: AddressOf, page: Mapping[str, str], remarks: Remarks) -> str:
    """The text without Liquid: `address_of` knows the files, `page` holds what the head says."""
    if "{%" not in text and "{{" not in text:
        return text
    work = Conversion(text, address_of, page, remarks)
    spans, code, place = Spans(text), deque(blocks(text)), 0
    while (found := _NEXT.search(text, place)) is not None:
        while code and code[0][0] < place:
            code.popleft()
        if code and code[0][0] <= found.start():
            start, end = code.popleft()
            work.out += (text[place:start], _without_raw(text[start:end]))
            place = end
            continue
        work.out.append(text[place : found.start()])
        place = _step(work, spans, found)
    work.out.append(text[place:])
    return "".join(work.out)


def _step(work: Conversion, spans: Spans, found: re.Match[str]) -> int:
    """Deal with one mark; gives where to go on."""
    start, mark = found.start(), found.group()
    if mark.startswith("`"):
        end = spans.end(start, len(mark)) or found.end()
        work.out.append(_without_raw(work.text[start:end]))
        return end
    if mark == "{%":
        return _tag(work, start)
    short = shortcodes.at(work.text, start, work.address_of, work.remarks)
    if short is not None:
        work.out.append(short.replacement)
        return short.end
    return _output(work, start)


def _tag(work: Conversion, start: int) -> int:
    end = shortcodes.end_of(work.text, start + 2, "%}")
    inside = work.text[start + 2 : end].strip("-").strip() if end > 0 else ""
    name = _NAME.match(inside)
    if name is None:
        work.out.append("{%")
        return start + 2
    end += 2
    arguments = inside[name.end() :].strip()
    match name.group():
        case "raw":
            return _until(work, _END_RAW, end, lambda kept: kept)
        case "comment":
            work.remarks.add("a Liquid comment was taken out")
            return _until(work, _END_COMMENT, end, lambda _: "")
        case "highlight":
            before = work.text[work.text.rfind("\n", 0, start) + 1 : start]
            language = (arguments.split() or [""])[0]
            return _until(
                work,
                _END_HIGHLIGHT,
                end,
                lambda code: fence(_without_raw(code), language, before),
            )
        case "link" | "post_url":
            work.out.append(_address(work, arguments))
        case _:
            work.remarks.add(f"Liquid tag {{% {shown(name.group())} %}} was taken out")
    return end


def _until(
    work: Conversion, closing: re.Pattern[str], place: int, convert_inside: Callable[[str], str]
) -> int:
    """Convert what stands before a closing tag; without one only the opening tag is taken out."""
    closed = None if closing in work.unclosed else closing.search(work.text, place)
    if closed is None:
        work.unclosed.add(closing)
        work.remarks.add("a Liquid tag that is never closed was taken out")
        return place
    work.out.append(convert_inside(work.text[place : closed.start()]))
    return closed.end()


def _address(work: Conversion, target: str) -> str:
    target = target.strip("\"' ")
    address = work.address_of(target)
    if address is None:
        work.remarks.add(f"{shown(target)} is not among the files")
    return address or UNKNOWN


def _output(work: Conversion, start: int) -> int:
    end = shortcodes.end_of(work.text, start + 2, "}}")
    if end < 0:
        work.out.append("{{")
        return start + 2
    expression = work.text[start + 2 : end].strip("-")
    work.out.append(_value(expression, work))
    return end + 2


def _value(expression: str, work: Conversion) -> str:
    if literal := _LITERAL.fullmatch(expression):
        return literal.group(1) or literal.group(2) or ""
    if _SITE_ROOT.fullmatch(expression):
        return ""
    if (named := _PAGE.fullmatch(expression)) and named.group(1).lower() in work.page:
        return work.page[named.group(1).lower()]
    name = f"{{{{ {shown(expression)} }}}}"
    work.remarks.add(f"Liquid value {name} is not known here and was taken out")
    return UNKNOWN


def _without_raw(code: str) -> str:
    """Code without the marks that kept it from Liquid."""
    kept: list[str] = []
    place = 0
    while opening := _RAW.search(code, place):
        closing = _END_RAW.search(code, opening.end())
        if closing is None:
            break
        kept += (code[place : opening.start()], code[opening.end() : closing.start()])
        place = closing.end()
    return "".join(kept) + code[place:]
