"""What this room announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """A person is new, or is shown differently than before."""

    person_id: int
