"""What a name looks like: two names with one skeleton can be mistaken for each other.

Built on the confusables of Unicode Technical Standard 39, section 4, and made coarser where people
read names rather than code: capitals are no difference, nor are spaces, hyphens and points, and a
small i counts as an l, because a capital I does.
"""

import unicodedata
from functools import cache

from confusable_homoglyphs.confusables import confusables_data

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))
"""Direction marks that the table writes around letters of right-to-left scripts."""
_FOLDED = str.maketrans({"i": "l"})


def skeleton(name: str) -> str:
    """The letters and digits of a name as they look; empty when it has none."""
    kept = (char for char in unicodedata.normalize("NFKC", name) if _is_read(char))
    looks = _looks("".join(kept)).casefold()
    return _looks(looks).casefold().translate(_FOLDED)


def _is_read(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _looks(text: str) -> str:
    prototypes = _prototypes()
    shapes = (prototypes.get(char, char) for char in unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFD", "".join(shapes))


@cache
def _prototypes() -> dict[str, str]:
    """Each character that looks like another one, and what stands for all of its likes.

    The table says who is like whom, both ways; who is like whom by way of others stands together.
    """
    groups: dict[str, list[str]] = {}
    for shape, likes in confusables_data.items():
        for like in likes:
            _join(groups, shape.translate(_MARKS), like["c"].translate(_MARKS))
    first: dict[str, str] = {}
    for group in {id(group): group for group in groups.values()}.values():
        first |= dict.fromkeys(filter(_is_one, group), _plainest(group))
    return {shape: "".join(first.get(char, char) for char in to) for shape, to in first.items()}


def _join(groups: dict[str, list[str]], one: str, other: str) -> None:
    small, large = sorted((groups.setdefault(name, [name]) for name in (one, other)), key=len)
    if small is large:
        return
    large.extend(small)
    groups.update(dict.fromkeys(small, large))


def _plainest(group: list[str]) -> str:
    """Several letters if one looks like several (m, rn); else a Latin one, small before capital."""
    return min(group, key=lambda shape: (_is_one(shape), not _is_latin(shape), shape.swapcase()))


def _is_one(shape: str) -> bool:
    return len(shape) == 1


def _is_latin(shape: str) -> bool:
    return "a" <= shape[0].lower() <= "z"
