"""What the shaping of one document knows and collects on its way."""

from dataclasses import dataclass, field

from .allow import Context
from .highlight import Highlighter
from .pictures import Pictures, no_pictures

MOST_NOTICES = 50


@dataclass(slots=True)
class Draft:
    """One document at work: where it will stand, how to find pictures, what was changed."""

    context: Context
    pictures: Pictures = no_pictures
    # Text between blocks of foreign HTML is cut into paragraphs at its empty lines (WordPress).
    loose_paragraphs: bool = False
    highlighter: Highlighter = field(default_factory=Highlighter)
    # Kept in order, each once; a dict is an ordered set.
    notices: dict[str, None] = field(default_factory=dict)

    def note(self, sentence: str) -> None:
        """Remember what was changed or left out, for a report; at most 50 sentences."""
        if len(self.notices) < MOST_NOTICES:
            self.notices[sentence] = None

    def allows(self, tag: str) -> bool:
        """Tell whether the context knows the element."""
        return tag in self.context.tags
