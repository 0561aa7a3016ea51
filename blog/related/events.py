"""What this room announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChoicesChanged:
    """An editor chose what stands beside an article; its list must be worked out again."""

    article_id: int
