"""What this room announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """A person is new, or is shown differently than before."""

    person_id: int


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """Somebody who joined has proven the address and may log in."""

    person_id: int


@dataclass(frozen=True, slots=True)
class AccountErased:
    """Nothing is left of a person but a row without a name; `keep` says if articles stay public."""

    person_id: int
    keep: bool
