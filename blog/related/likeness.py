"""How alike two articles are, as a number with a reason: shared tags, terms, one category."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .models import TAG_PREFIX, TERMS

TAG_WEIGHT = 1.0
"""What a shared tag counts when no third article bears it; a tag that all bear counts nothing."""
TERMS_WEIGHT = 3.0
"""What the cosine of the two vectors of terms is multiplied by; 0.3 is a close relation already."""
CATEGORY_WEIGHT = 0.25
"""What one category adds to two articles that are alike anyway."""
ALIKE_FROM = 0.05
"""A cosine below this is chance: a single word in common, strong in neither."""
DIGITS = 6
"""Decimal places of a score, so that it is the same on every machine."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike, and by what above all."""

    score: float
    reason: str


def rarity(bearers: int, articles: int) -> float:
    """The weight of a tag, from 0 (everybody bears it) towards 1: ln(N / n) in units of ln N."""
    articles = max(articles, bearers)
    if articles < 2 or bearers < 1:
        return 0.0
    return math.log(articles / bearers) / math.log(articles)


def likeness(shared: Mapping[str, float], cosine: float, *, same_category: bool) -> Likeness | None:
    """How alike two articles are that share these tags (name: rarity); None if not at all."""
    by_tags = TAG_WEIGHT * sum(shared.values())
    by_terms = TERMS_WEIGHT * cosine if cosine >= ALIKE_FROM else 0.0
    if not by_tags and not by_terms:
        return None
    score = by_tags + by_terms + CATEGORY_WEIGHT * same_category
    return Likeness(round(score, DIGITS), _reason(shared, by_tags, by_terms))


def _reason(shared: Mapping[str, float], by_tags: float, by_terms: float) -> str:
    if by_terms > by_tags:
        return TERMS
    rarest = min(shared, key=lambda name: (-shared[name], name))
    return f"{TAG_PREFIX}{rarest}"
