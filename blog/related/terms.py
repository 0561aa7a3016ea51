"""The words of a text, and which of them are its strongest.

The weight of a term is tf-idf with a damped frequency: (1 + ln tf) * ln(1 + N / df), after Salton
and Buckley, "Term-weighting approaches in automatic text retrieval" (1988).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from .models import STRONGEST, TERM_LIMIT

VOCABULARY = 120
"""Terms an article is counted with: its most used. An essay uses about as many words twice."""
TITLE_TIMES = 4
"""A word of the title counts as if the text had said it this often."""
DECK_TIMES = 2
SHORTEST = 3
"""Letters of a word in a script with capitals; shorter ones hardly ever name a thing."""
SHORTEST_ELSEWHERE = 2
COMMON_FROM = 2
"""A term of one article alone weighs no more than one that two share: it links nothing yet."""
DIGITS = 6
"""Decimal places of stored weights, the same on both databases."""

_DIACRITICS = re.compile("[\u0300-\u036f]")
_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
"""Kana and Han: scripts that do not part words; two neighbouring signs stand for a word there."""


def words(text: str) -> Iterator[str]:
    """The words of a text in its order, case and diacritics folded; no numbers, no short words."""
    folded = fold(text)
    blanks = {ord(sign): " " for sign in set(folded) if unicodedata.category(sign)[0] not in "LM"}
    for word in folded.translate(blanks).split():
        if _WITHOUT_BLANKS.search(word):
            yield from _pairs(word)
        elif _long_enough(word):
            yield word


def fold(text: str) -> str:
    """One form for what differs by case, width or diacritics only."""
    bare = _DIACRITICS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFKC", bare).casefold()


def frequencies(title: str, deck: str, text: str, stop_words: AbstractSet[str]) -> dict[str, int]:
    """How often an article says its most used terms; at most VOCABULARY, ties by first mention."""
    counted: Counter[str] = Counter()
    for part, times in ((title, TITLE_TIMES), (deck, DECK_TIMES), (text, 1)):
        for word in words(part):
            if word not in stop_words:
                counted[word] += times
    return dict(counted.most_common(VOCABULARY))


def strongest(
    said: Mapping[str, int], held_by: Mapping[str, int], articles: int
) -> dict[str, float]:
    """The strongest terms and their weights, as a vector of length 1.

    `held_by` says how many of all `articles` count a term, this one among them.
    """
    weights = {term: _weight(times, held_by[term], articles) for term, times in said.items()}
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:STRONGEST]
    length = math.sqrt(sum(weight * weight for _, weight in best))
    return {term: round(weight / length, DIGITS) for term, weight in best}


def _weight(times: int, held_by: int, articles: int) -> float:
    rarity = math.log(1 + articles / max(held_by, COMMON_FROM))
    return round((1 + math.log(times)) * rarity, DIGITS)


def _long_enough(word: str) -> bool:
    shortest = SHORTEST if word.islower() else SHORTEST_ELSEWHERE
    return shortest <= len(word) <= TERM_LIMIT


def _pairs(word: str) -> Iterator[str]:
    for run in _WITHOUT_BLANKS.findall(word):
        yield from (run[at : at + 2] for at in range(len(run) - 1))
