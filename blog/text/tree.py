"""A small tree of elements and strings, read from HTML that a real parser has written.

`read` is no HTML parser: it takes the output of nh3, in which every element is closed and every
value quoted. Nothing that `write` gives is safe before the gate has seen it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias

from .errors import TextRefused
from .limits import DEPTH
from .tags import VOID, tags

Item: TypeAlias = "Node | str"

_TOKEN = re.compile(r'<(/?)([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*+)>|([^<]++|<)')
_ATTRIBUTE = re.compile(r'([^\s"=/]+)="([^"]*)"')
_BREAKS = tags(
    "p h2 h3 h4 li dt dd pre blockquote footer tr caption figcaption br hr table ul ol dl"
)
_SPACE_AFTER = tags("td th")


@dataclass(slots=True, eq=False)
class Node:
    """One element: lower-case tag, attributes with entities resolved, children in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Item] = field(default_factory=list)


def read(html: str) -> list[Item]:
    """Give the top-level items. Raises TextRefused beyond the depth limit."""
    top: list[Item] = []
    path: list[Node] = []
    for end, name, attributes, text in _TOKEN.findall(html):
        tag = name.lower()
        into = path[-1].children if path else top
        if text:
            into.append(unescape(text))
        elif end:
            _leave(path, tag)
        else:
            node = Node(tag, {k.lower(): unescape(v) for k, v in _ATTRIBUTE.findall(attributes)})
            into.append(node)
            if tag not in VOID:
                path.append(node)
                _refuse_deep(path)
    return top


def write(items: Iterable[Item]) -> str:
    """Give HTML, everything escaped, every element closed."""
    return "".join(_pieces(items))


def text_of(items: Iterable[Item]) -> str:
    """Give the words a reader reads: no note numbers, no "Back", one newline between lines."""
    lines = "".join(_words(items)).split("\n")
    kept = (line.strip() for line in lines)
    return "\n".join(line for line in kept if line)


def raw_text(items: Iterable[Item]) -> str:
    """Give every character of text as it stands, for code; `br` is a newline."""
    out: list[str] = []
    for item in items:
        if isinstance(item, str):
            out.append(item)
        else:
            out.append("\n" if item.tag == "br" else raw_text(item.children))
    return "".join(out)


def walk(items: Iterable[Item]) -> Iterator[Node]:
    """Give every element in document order."""
    for item in items:
        if isinstance(item, Node):
            yield item
            yield from walk(item.children)


def is_blank(item: Item) -> bool:
    """Tell whether the item is only white space."""
    return isinstance(item, str) and not item.strip()


def trimmed(items: list[Item]) -> list[Item]:
    """Give the items without white space at both ends."""
    items = list(items)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while items and (isinstance(items[end], str) or items[end].tag == "br"):  # type: ignore
            item = items.pop(end)
            rest = strip(item, " \t\n") if isinstance(item, str) else ""
            if rest:
                items.insert(0 if end == 0 else len(items), rest)
                break
    return items


def _leave(path: list[Node], tag: str) -> None:
    """Close the nearest open element of that name; a stray end tag closes nothing."""
    for index in range(len(path) - 1, -1, -1):
        if path[index].tag == tag:
            del path[index:]
            return


def _refuse_deep(path: list[Node]) -> None:
    if len(path) > DEPTH:
        raise TextRefused(
            "too-deep",
            f"The text is nested more than {DEPTH} levels deep. Close what is open, please.",
        )


def _pieces(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield escape_text(item)
            continue
        attributes = "".join(f' {k}="{_escape_value(v)}"' for k, v in item.attrs.items())
        yield f"<{item.tag}{attributes}>"
        if item.tag not in VOID:
            yield from _pieces(item.children)
            yield f"</{item.tag}>"


def escape_text(text: str) -> str:
    """Escape a string that stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escape_value(value: str) -> str:
    return escape_text(value).replace('"', "&quot;")


def _words(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield item
        elif not _is_note_link(item):
            if item.tag in _BREAKS:
                yield "\n"
            yield from _words(item.children)
            if item.tag in _BREAKS:
                yield "\n"
            elif item.tag in _SPACE_AFTER:
                yield " "


def _is_note_link(node: Node) -> bool:
    """A footnote's number in the text and the way back are not words of the text."""
    return node.tag == "a" and (
        node.attrs.get("id", "").startswith("ref-") or node.attrs.get("href", "")[:5] == "#ref-"
    )
