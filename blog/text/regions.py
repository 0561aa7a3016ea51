"""Regions: what scrolls by itself is a landmark, and two landmarks never share a name."""

from collections import Counter

from .tree import Node, walk


def number_regions(blocks: list[Node]) -> None:
    """Number the regions of one name from the second on: "Code", "Code 2" (ARIA 1.2, landmarks).

    Case does not tell two names apart, and a number never makes a name that is there already.
    """
    regions = [node for node in walk(blocks) if node.attrs.get("role") == "region"]
    taken = {_key(region.attrs["aria-label"]) for region in regions}
    seen: Counter[str] = Counter()
    for region in regions:
        label = region.attrs["aria-label"]
        key = _key(label)
        seen[key] += 1
        while seen[key] > 1 and _key(f"{label} {seen[key]}") in taken:
            seen[key] += 1
        if seen[key] > 1:
            region.attrs["aria-label"] = f"{label} {seen[key]}"
            taken.add(_key(region.attrs["aria-label"]))


def _key(label: str) -> str:
    return label.casefold()
