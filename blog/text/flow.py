"""Blocks: whatever the author's HTML or Markdown held, as the few kinds that we publish."""

from collections.abc import Callable, Iterable, Iterator

from .draft import Draft
from .inline import inline
from .lists import definitions, list_block
from .normalize import BLOCKS
from .paragraphs import paragraphs
from .quotes import attributed
from .tables import table
from .tags import tags
from .tree import Item, Node, is_blank, raw_text, trimmed

HEADINGS = tags("h1 h2 h3 h4 h5 h6")
_CODE_CLASSES = ("language-", "lang-", "brush:", "highlight-source-")


def flow(items: Iterable[Item], draft: Draft, top: bool = False) -> list[Node]:
    """Give the items as blocks; text between blocks becomes paragraphs.

    Headings are headings only at the `top`; inside a list, quote or cell they are bold.
    """
    out: list[Node] = []
    run: list[Item] = []
    for item in _flattened(items):
        if isinstance(item, Node) and item.tag in BLOCKS:
            out += paragraphs(run, draft, loose=True)
            run = []
            out += _with_id(item, block(item, draft, top))
        else:
            run.append(item)
    return out + paragraphs(run, draft, loose=True)


def mixed(items: Iterable[Item], draft: Draft) -> list[Item]:
    """Give the content of a list item or cell: bare lines stay bare, blocks become blocks."""
    out: list[Item] = []
    run: list[Item] = []
    for item in _flattened(items):
        if isinstance(item, Node) and item.tag in BLOCKS:
            out += _line(run, draft)
            run = []
            out += _with_id(item, block(item, draft, top=False))
        else:
            run.append(item)
    return out + _line(run, draft)


def block(node: Node, draft: Draft, top: bool) -> list[Node]:
    """Give the blocks that one block element becomes; one without a meaning is its content."""
    if node.tag in HEADINGS:
        return _heading(node, draft, top)
    if node.tag == "section" and top and node.attrs.get("class") == "footnotes":
        return _footnotes(node, draft)
    shape = EVERYWHERE.get(node.tag)
    if draft.allows("section"):
        shape = shape or IN_ARTICLES.get(node.tag)
    return shape(node, draft) if shape else flow(node.children, draft, top)


def _heading(node: Node, draft: Draft, top: bool) -> list[Node]:
    children = trimmed(inline(node.children, draft))
    if not children:
        return []
    if top and draft.allows("h2"):
        return [Node(node.tag, {}, children)]
    return [Node("p", {}, [Node("strong", {}, children)])]


def _paragraph(node: Node, draft: Draft) -> list[Node]:
    return paragraphs(node.children, draft)


def _list(node: Node, draft: Draft) -> list[Node]:
    return list_block(node, draft, mixed)


def _definitions(node: Node, draft: Draft) -> list[Node]:
    return definitions(node, draft, mixed)


def _table(node: Node, draft: Draft) -> list[Node]:
    return table(node, draft, mixed)


def _rule(_node: Node, draft: Draft) -> list[Node]:
    return [Node("hr")] if draft.allows("hr") else []


def _quote(node: Node, draft: Draft) -> list[Node]:
    blocks = flow(node.children, draft)
    if blocks and draft.allows("footer"):
        blocks = attributed(blocks)
    return [Node("blockquote", {}, list(blocks))] if blocks else []


def _code(node: Node, draft: Draft) -> list[Node]:
    text = raw_text(node.children).strip("\n") + "\n"
    attrs = {"role": "region", "aria-label": "Code", "tabindex": "0"}
    coloured = draft.allows("span")
    code = draft.highlighter.code(text, _language(node) if coloured else "")
    return [Node("pre", attrs, [code])]


def _language(node: Node) -> str:
    inner = (child for child in node.children if isinstance(child, Node))
    for element in (*inner, node):
        if lang := element.attrs.get("lang"):
            return lang
        for name in element.attrs.get("class", "").replace("brush: ", "brush:").split():
            for prefix in _CODE_CLASSES:
                if name.startswith(prefix):
                    return name.removeprefix(prefix).strip(";")
    return ""


def _figure(node: Node, draft: Draft) -> list[Node]:
    """Give the figure's content, its caption under the last picture, else as a paragraph."""
    captions = [c for c in node.children if isinstance(c, Node) and c.tag == "figcaption"]
    rest = [c for c in node.children if not (isinstance(c, Node) and c.tag == "figcaption")]
    blocks = flow(rest, draft)
    caption = trimmed([i for c in captions for i in inline(c.children, draft)])
    if not caption:
        return blocks
    if blocks and blocks[-1].tag == "figure":
        figure = blocks[-1]
        figure.children = [c for c in figure.children if not _is_caption(c)]
        figure.children.append(Node("figcaption", {}, caption))
        return blocks
    return [*blocks, Node("p", {}, caption)]


def _is_caption(item: Item) -> bool:
    return isinstance(item, Node) and item.tag == "figcaption"


def _footnotes(node: Node, draft: Draft) -> list[Node]:
    blocks = flow(node.children, draft)
    for item in (item for block in blocks for item in block.children):
        if isinstance(item, Node):
            _unwrap_lone_paragraph(item)
    attrs = {"class": "footnotes", "aria-label": "Footnotes"}
    return [Node("section", attrs, list(blocks))] if blocks else []


def _unwrap_lone_paragraph(note: Node) -> None:
    only = note.children[0] if len(note.children) == 1 else None
    if isinstance(only, Node) and only.tag == "p":
        note.children = only.children


def _with_id(source: Node, blocks: list[Node]) -> list[Node]:
    """Carry the author's id to what its element became, so that links to it still arrive."""
    target = source.attrs.get("id")
    if target and blocks:
        blocks[0].attrs.setdefault("id", target)
    return blocks


def _line(run: list[Item], draft: Draft) -> list[Item]:
    shaped = trimmed(inline(run, draft))
    for item in shaped:
        if isinstance(item, Node):
            item.attrs.pop("caption", None)
    return shaped


def _flattened(items: Iterable[Item], within: frozenset[str] = frozenset()) -> Iterator[Item]:
    """Lift blocks out of inline elements, which then stand inside each block instead.

    An element within one of its own name adds nothing and would be copied into every block.
    """
    for item in items:
        if isinstance(item, str) or item.tag in BLOCKS or not _holds_block(item):
            yield item
            continue
        for child in _flattened(item.children, within | {item.tag}):
            yield child if item.tag in within else _wrapped(child, item)


def _holds_block(node: Node) -> bool:
    return any(
        isinstance(child, Node) and (child.tag in BLOCKS or _holds_block(child))
        for child in node.children
    )


def _wrapped(child: Item, wrapper: Node) -> Item:
    if is_blank(child):
        return child
    if isinstance(child, Node) and child.tag in BLOCKS:
        return Node(child.tag, child.attrs, [_wrapped(inner, wrapper) for inner in child.children])
    return Node(wrapper.tag, dict(wrapper.attrs), [child])


Shape = Callable[[Node, Draft], list[Node]]
EVERYWHERE: dict[str, Shape] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "blockquote": _quote,
    "pre": _code,
    "hr": _rule,
}
IN_ARTICLES: dict[str, Shape] = {"table": _table, "dl": _definitions, "figure": _figure}
