"""Headings: levels without gaps, anchors that stay, and a link to themselves."""

from collections import Counter

from .slug import slugify
from .tree import Item, Node, is_blank, text_of, walk

TOP, BOTTOM = 2, 4
PREFIX = "s-"
LONGEST_SLUG = 64
UNNAMED = "section"


def settle_levels(blocks: list[Node]) -> None:
    """Shift the levels: the highest becomes h2, none is deeper than h4, none skips one."""
    headings = [block for block in blocks if _level(block)]
    if not headings:
        return
    shift = TOP - min(map(_level, headings))
    previous = TOP - 1
    for heading in headings:
        previous = min(_level(heading) + shift, previous + 1, BOTTOM)
        heading.tag = f"h{previous}"


def name_headings(blocks: list[Node]) -> dict[str, str]:
    """Give every heading its id; give the ids by what an author may have called them.

    The id is made of the heading's own words, so that it stays when text elsewhere changes.
    Of two headings with the same words the first has the plain id.
    """
    headings = [block for block in blocks if _level(block)]
    slugs = [_slug(heading) for heading in headings]
    taken = set(slugs)
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    for heading, slug in zip(headings, slugs, strict=True):
        own = _unique(slug, seen, taken)
        known = heading.attrs.pop("id", "")
        inner = (n.attrs.get("id", "") for n in walk(heading.children) if "href" not in n.attrs)
        for alias in (known, *inner, PREFIX + own, own):
            names.setdefault(alias, PREFIX + own)
        heading.attrs["id"] = PREFIX + own
    return names


def link_headings(blocks: list[Node]) -> None:
    """Wrap the words of every heading in a link to itself; links inside it stay what they are."""
    for heading in blocks:
        if _level(heading):
            heading.children = _linked(heading.children, heading.attrs["id"])


def _linked(items: list[Item], anchor: str) -> list[Item]:
    """One link only, around the first words that are not a link already."""
    start = next((i for i, x in enumerate(items) if not is_blank(x) and not _holds_link(x)), None)
    if start is None:
        return items
    end = start
    while end < len(items) and not _holds_link(items[end]):
        end += 1
    link = Node("a", {"href": f"#{anchor}"}, items[start:end])
    return [*items[:start], link, *items[end:]]


def _holds_link(item: Item) -> bool:
    return isinstance(item, Node) and any(node.tag == "a" for node in walk([item]))


def _unique(slug: str, seen: Counter[str], taken: set[str]) -> str:
    seen[slug] += 1
    if seen[slug] == 1:
        return slug
    while (name := f"{slug}-{seen[slug]}") in taken:
        seen[slug] += 1
    taken.add(name)
    return name


def _slug(heading: Node) -> str:
    return slugify(text_of(heading.children), LONGEST_SLUG) or UNNAMED


def _level(block: Node) -> int:
    return int(block.tag[1]) if len(block.tag) == 2 and block.tag[1].isdigit() else 0
