"""Fragments: every `#…` link of a document arrives at something, or is no link any more."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from .draft import Draft
from .headings import PREFIX, name_headings
from .slug import slugify
from .tree import Item, Node, text_of, walk

_NOTE = re.compile(r"(?:fn|ref)-\d{1,5}(?:-\d{1,5})?", re.ASCII)


def settle_anchors(blocks: list[Node], draft: Draft) -> None:
    """Give ids to what is linked to, point the links at them, unwrap those that lead nowhere."""
    wanted = {_fragment(node) for node in walk(blocks)} - {""}
    names = name_headings(blocks) if draft.allows("h2") else {}
    _name_targets(blocks, wanted, names)
    for block in blocks:
        block.children = _pointed(block.children, names, draft)


def _fragment(node: Node) -> str:
    href = node.attrs.get("href", "") if node.tag == "a" else ""
    return unquote(href[1:]) if href.startswith("#") else ""


def _name_targets(blocks: list[Node], wanted: set[str], names: dict[str, str]) -> None:
    """Name what is linked to and is no heading; take every other id away."""
    headings = {id(block) for block in blocks if block.attrs.get("id") in names.values()}
    taken = set(names.values())
    for node in walk(blocks):
        if id(node) in headings:
            continue
        known = node.attrs.pop("id", "")
        if known in wanted and known not in names:
            name = _free(_name(known), taken)
            taken.add(name)
            names[known] = node.attrs["id"] = name


def _name(known: str) -> str:
    return known if _NOTE.fullmatch(known) else PREFIX + (slugify(known, 64) or "place")


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free = f"{name}-{number}"
        number += 1
    return free


def _pointed(items: Iterable[Item], names: dict[str, str], draft: Draft) -> list[Item]:
    out: list[Item] = []
    for item in items:
        if isinstance(item, Node):
            item.children = _pointed(item.children, names, draft)
            out += _settled(item, names, draft)
        else:
            out.append(item)
    return out


def _settled(node: Node, names: dict[str, str], draft: Draft) -> list[Item]:
    href = node.attrs.get("href", "")
    if node.tag != "a":
        return [node]
    if not href:
        # An anchor without words is kept only as the target of a link.
        return [node] if "id" in node.attrs else node.children
    if not href.startswith("#"):
        return [node]
    target = names.get(_fragment(node))
    if target is None:
        return _unlinked(node, draft)
    node.attrs["href"] = f"#{target}"
    _label_note(node, target)
    return [node]


def _unlinked(node: Node, draft: Draft) -> list[Item]:
    fragment = _fragment(node)
    if fragment.startswith("ref-"):
        # The way back from a note whose number was taken away.
        return []
    draft.note(f"A link to #{fragment[:80]} leads nowhere in the text; its words stayed.")
    return [*_kept_target(node), *node.children]


def _kept_target(node: Node) -> list[Item]:
    """What led nowhere itself may still be where another link arrives."""
    return [Node("a", {"id": node.attrs["id"]})] if "id" in node.attrs else []


def _label_note(node: Node, target: str) -> None:
    """Say to a screen reader what the bare number and the bare "Back" lead to."""
    if target.startswith("fn-") and node.attrs.get("id", "").startswith("ref-"):
        node.attrs["aria-label"] = f"Footnote {text_of(node.children)[:20]}".strip()
    elif target.startswith("ref-"):
        number, _, again = target.removeprefix("ref-").partition("-")
        place = f"{number}, place {again}" if again else number
        node.attrs["aria-label"] = f"Back to the text, note {place}"
