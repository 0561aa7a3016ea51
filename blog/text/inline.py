"""What stands within a line: emphasis, links, code, pictures, written-out addresses."""

import re
from collections.abc import Iterable, Iterator

from .draft import Draft
from .normalize import BLOCKS
from .pictures import is_ours, picture_node, stand_in
from .tags import tags
from .tree import Item, Node, is_blank
from .typography import BARE, OPAQUE
from .urls import is_outward, safe_link

# Older and visual elements, by what they mean. Others that the context does not know are
# unwrapped: their words stay.
MEANING = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "acronym": "abbr"}
MARKS = tags("strong em del ins sub sup code kbd samp var abbr cite q dfn mark small")
EMBEDDED = {"iframe": "embedded page", "video": "video", "audio": "recording"}
LONGEST_TITLE = 300

_URL = re.compile(r"\bhttps?://[^\s<>\"“”«»„`{}|\\^]{1,1900}", re.I)
_TRAILING = ".,;:!?'’‘*_~…"


def inline(items: Iterable[Item], draft: Draft, linked: bool = False) -> list[Item]:
    """Give the items as the context allows them; `linked` inside a link, where none may stand."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, str):
            out.extend([item] if linked else _with_links(item, draft))
        else:
            out.extend(_element(item, draft, linked))
    return out


def _element(node: Node, draft: Draft, linked: bool) -> Iterator[Item]:
    tag = MEANING.get(node.tag, node.tag)
    if tag == "br":
        yield Node("br")
    elif tag == "a":
        yield from _link(node, draft, linked)
    elif tag == "img":
        yield _picture(node, draft, linked)
    elif tag in EMBEDDED:
        yield from _embedded(tag, node, draft, linked)
    elif tag in MARKS and draft.allows(tag):
        yield from _mark(tag, node, draft, linked)
    else:
        yield from _unwrapped(node, draft, linked)


def _mark(tag: str, node: Node, draft: Draft, linked: bool) -> Iterator[Item]:
    children = inline(node.children, draft, linked or _is_literal(tag, node))
    title = node.attrs.get("title", "") if tag == "abbr" else ""
    if children:
        yield Node(tag, {"title": title[:LONGEST_TITLE]} if title else {}, children)
    yield from _target(node, draft)


def _is_literal(tag: str, node: Node) -> bool:
    """An address inside code stays as written, unless its author linked it."""
    links = (isinstance(child, Node) and child.tag == "a" for child in node.children)
    return tag in OPAQUE and not any(links)


def _unwrapped(node: Node, draft: Draft, linked: bool) -> Iterator[Item]:
    yield from _target(node, draft)
    yield from inline(node.children, draft, linked)
    if node.tag in BLOCKS:
        # A block inside a line (a paragraph in a heading) still ends a word.
        yield " "


def _link(node: Node, draft: Draft, linked: bool) -> Iterator[Item]:
    written = node.attrs.get("href", "")
    href = safe_link(written)
    if href is None or linked:
        if written and href is None:
            draft.note(f"A link to {written[:80]!r} was left out; its words stayed.")
        yield from _target(node, draft)
        yield from inline(node.children, draft, linked)
        return
    children = inline(node.children, draft, linked=True)
    if all(map(is_blank, children)):
        yield from _target(node, draft)
        yield from children
        return
    target = {"id": node.attrs["id"]} if node.attrs.get("id") else {}
    yield Node("a", link_attributes(href, draft) | target, children)


def link_attributes(href: str, draft: Draft) -> dict[str, str]:
    """Give the attributes of a link to a safe address, with the context's rel when outward."""
    return {"href": href} | ({"rel": draft.context.outward_rel} if is_outward(href) else {})


def _target(node: Node, draft: Draft) -> Iterator[Item]:
    """Give an empty anchor where an element that could be linked to is taken away."""
    target = node.attrs.get("id") or node.attrs.get("name")
    if target and draft.allows("section"):
        yield Node("a", {"id": target})


def _picture(node: Node, draft: Draft, linked: bool) -> Item:
    src, alt = node.attrs.get("src", ""), node.attrs.get("alt", "")
    picture = draft.pictures(src) if draft.allows("img") and src else None
    if picture is not None and is_ours(picture):
        shown = picture_node(picture, alt)
        if title := node.attrs.get("title", ""):
            shown.attrs["caption"] = title
        return shown
    draft.note(f"The picture {src[:120]!r} is not one of the site's own: its words stand for it.")
    return stand_in(src, alt, linked, draft.context.outward_rel)


def _embedded(tag: str, node: Node, draft: Draft, linked: bool) -> Iterator[Item]:
    sources = [node, *(c for c in node.children if isinstance(c, Node) and c.tag == "source")]
    links = (safe_link(source.attrs.get("src", "")) for source in sources)
    href = next((link for link in links if link and is_outward(link)), None)
    draft.note(f"An {EMBEDDED[tag]} became a link." if href else f"A {EMBEDDED[tag]} left out.")
    if href and not linked:
        yield Node("a", link_attributes(href, draft), [node.attrs.get("title") or href])
    if tag != "iframe":
        yield from inline(node.children, draft, linked)


def _with_links(text: str, draft: Draft) -> Iterator[Item]:
    """Link the addresses written out in a text. One pass: bleach.linkify is quadratic."""
    at = 0
    for match in _URL.finditer(text):
        written = _without_trailing(match[0])
        href = safe_link(written)
        if href is None:
            continue
        if match.start() > at:
            yield text[at : match.start()]
        yield Node("a", link_attributes(href, draft) | {BARE: ""}, [written])
        at = match.start() + len(written)
    if at < len(text):
        yield text[at:]


def _without_trailing(url: str) -> str:
    """Take off the punctuation of the sentence, and brackets that were opened before the URL."""
    surplus = {close: url.count(close) - url.count(o) for o, close in ("()", "[]")}
    end = len(url)
    while end and (url[end - 1] in _TRAILING or surplus.get(url[end - 1], 0) > 0):
        if url[end - 1] in surplus:
            surplus[url[end - 1]] -= 1
        end -= 1
    return url[:end]
