"""Who said it: the last line of a quote that names its source."""

import re

from .tree import Item, Node, is_blank, trimmed

# Pandoc's and most writers' habit: a last paragraph that begins with a dash.
_DASH = re.compile(r"\s*(?:—|–|―|---?)\s*(?=\S)")


def attributed(blocks: list[Node]) -> list[Node]:
    """Give the blocks of a quote, the paragraph that names the source as its footer."""
    if len(blocks) < 2 or blocks[-1].tag != "p":
        return blocks
    *before, last = blocks
    source = _source(last)
    return [*before, Node("footer", {}, source)] if source else blocks


def _source(paragraph: Node) -> list[Item]:
    items = paragraph.children
    solid = [item for item in items if not is_blank(item)]
    if len(solid) == 1 and isinstance(solid[0], Node) and solid[0].tag == "cite":
        return list(items)
    if items and isinstance(items[0], str) and (dash := _DASH.match(items[0])):
        return trimmed([items[0][dash.end() :], *items[1:]])
    return []
