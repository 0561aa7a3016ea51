"""Tables: a region that scrolls sideways by itself, with scopes and a caption."""

from collections.abc import Iterable, Iterator

from .draft import Draft
from .inline import inline
from .lists import Mixed
from .tree import Item, Node, text_of, trimmed

ALIGNMENTS = {"left": "start", "center": "center", "right": "end"}
LABEL = "Table"
LONGEST_LABEL = 200
# Pandoc's way to write a caption in Markdown: a paragraph beside the table (table_captions).
_CAPTION = "Table:"


def table(node: Node, draft: Draft, mixed: Mixed) -> list[Node]:
    """Give the table in its region, or nothing when it has no cell."""
    parts: list[Item] = []
    for section in node.children:
        if isinstance(section, Node) and section.tag in ("thead", "tbody", "tfoot"):
            rows = list(_rows(section, draft, mixed))
            parts += [Node(section.tag, {}, rows)] if rows else []
    if not parts:
        return []
    whole = region([*_caption(node, draft), *parts])
    return [whole]


def region(parts: list[Item]) -> Node:
    """Give the scrolling region around a table, named by the table's caption."""
    caption = [part for part in parts if isinstance(part, Node) and part.tag == "caption"]
    label = " ".join(text_of(caption).split())[:LONGEST_LABEL] or LABEL
    attrs = {"class": "table", "role": "region", "aria-label": label, "tabindex": "0"}
    return Node("div", attrs, [Node("table", {}, parts)])


def captioned(blocks: list[Node]) -> list[Node]:
    """Give the blocks with paragraphs "Table: …" turned into captions of the table beside."""
    out: list[Node] = []
    pending: Node | None = None
    for block in blocks:
        words = _caption_words(block)
        previous = out[-1] if out else None
        if words and previous is not None and _wants_caption(previous):
            _give(previous, words)
            continue
        if pending is not None and _wants_caption(block):
            _give(block, _caption_words(pending) or [])
            out.remove(pending)
        pending = block if words else None
        out.append(block)
    return out


def _caption_words(block: Node) -> list[Item] | None:
    first = block.children[0] if block.tag == "p" and block.children else None
    if not isinstance(first, str) or not first.startswith(_CAPTION):
        return None
    return trimmed([first.removeprefix(_CAPTION), *block.children[1:]]) or None


def _wants_caption(block: Node) -> bool:
    if block.attrs.get("class") != "table" or not isinstance(block.children[0], Node):
        return False
    first = block.children[0].children[0]
    return isinstance(first, Node) and first.tag != "caption"


def _give(block: Node, words: list[Item]) -> None:
    inner = block.children[0]
    if isinstance(inner, Node):
        whole = region([Node("caption", {}, words), *inner.children])
        block.attrs["aria-label"] = whole.attrs["aria-label"]
        block.children = whole.children


def _caption(node: Node, draft: Draft) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node) and child.tag == "caption":
            words = trimmed(inline(child.children, draft))
            if words:
                yield Node("caption", {}, words)
            return


def _rows(section: Node, draft: Draft, mixed: Mixed) -> Iterator[Item]:
    for row in _named(section.children, "tr"):
        cells: list[Item] = [
            Node(cell.tag, _cell_attributes(cell, section.tag), mixed(cell.children, draft))
            for cell in _named(row.children, "td", "th")
        ]
        if cells:
            yield Node("tr", {}, cells)


def _named(items: Iterable[Item], *tags: str) -> Iterator[Node]:
    return (item for item in items if isinstance(item, Node) and item.tag in tags)


def _cell_attributes(cell: Node, section: str) -> dict[str, str]:
    attrs: dict[str, str] = {}
    if cell.tag == "th":
        attrs["scope"] = "col" if section == "thead" else "row"
    for span, most in (("colspan", 99), ("rowspan", 999)):
        value = cell.attrs.get(span, "")
        if value.isascii() and value.isdigit() and 1 < int(value[:6]) <= most:
            attrs[span] = str(int(value))
    if align := ALIGNMENTS.get(cell.attrs.get("align", "").lower()):
        attrs["class"] = align
    return attrs
