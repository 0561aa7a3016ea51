"""Lists: plain, numbered, of tasks, of definitions."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from .draft import Draft
from .inline import inline
from .tree import Item, Node, is_blank, trimmed

Mixed: TypeAlias = Callable[[Iterable[Item], Draft], list[Item]]

LARGEST_START = 999_999_999


def list_block(node: Node, draft: Draft, mixed: Mixed) -> list[Node]:
    """Give the list with at least one item, or nothing. Stray children become items."""
    tag = "ol" if node.tag == "ol" else "ul"
    attrs = _start(node) if tag == "ol" else {}
    items: list[Node] = []
    tasks = False
    for child in node.children:
        if is_blank(child):
            continue
        is_item = isinstance(child, Node) and child.tag == "li"
        source = child if isinstance(child, Node) and is_item else Node("li", {}, [child])
        box = _task_box(source) if draft.allows("input") else None
        content = mixed(source.children, draft)
        tasks = tasks or box is not None
        if content or box:
            items.append(_item(source, content, box))
    if tasks and tag == "ul":
        attrs["class"] = "tasks"
    return [Node(tag, attrs, list(items))] if items else []


def definitions(node: Node, draft: Draft, mixed: Mixed) -> list[Node]:
    """Give the definition list: terms hold a line, definitions hold anything."""
    out: list[Item] = []
    for child in _entries(node.children):
        if child.tag == "dt":
            content = trimmed(inline(child.children, draft))
        else:
            content = mixed(child.children, draft)
        if content:
            out.append(Node(child.tag, _id(child), content))
    return [Node("dl", {}, out)] if out else []


def _entries(items: Iterable[Item]) -> Iterable[Node]:
    for item in items:
        if isinstance(item, Node) and item.tag in ("dt", "dd"):
            yield item
        elif isinstance(item, Node) and item.tag in ("div", "dl"):
            yield from _entries(item.children)
        elif not is_blank(item):
            yield Node("dd", {}, [item])


def _item(source: Node, content: list[Item], box: Node | None) -> Node:
    if box is not None:
        first = content[0] if content else ""
        if isinstance(first, Node) and first.tag == "p":
            first.children[:0] = [box, " "]
        else:
            content = [box, " ", *content]
    return Node("li", _id(source), content)


def _id(source: Node) -> dict[str, str]:
    return {"id": source.attrs["id"]} if source.attrs.get("id") else {}


def _start(node: Node) -> dict[str, str]:
    try:
        start = int(node.attrs.get("start", "1"))
    except ValueError:
        start = 1
    return {"start": str(start)} if start != 1 and abs(start) <= LARGEST_START else {}


def _task_box(item: Node) -> Node | None:
    """Take the checkbox off the beginning of an item and give our own for it."""
    holder = item
    while True:
        solid = [child for child in holder.children if not is_blank(child)]
        first = solid[0] if solid else None
        if not isinstance(first, Node):
            return None
        if first.tag == "input" and first.attrs.get("type") == "checkbox":
            holder.children.remove(first)
            return _box("checked" in first.attrs)
        if first.tag not in ("p", "label"):
            return None
        holder = first


def _box(done: bool) -> Node:
    checked = {"checked": ""} if done else {}
    label = {"aria-label": "Done" if done else "To do"}
    return Node("input", {"type": "checkbox", "disabled": ""} | checked | label)
