"""Finding the people a file names, and making those who are missing."""

from collections.abc import Sequence

from ...accounts import people
from ...accounts.models import NAME_LIMIT, USERNAME_LIMIT, Person
from ...core.errors import Invalid
from ...text.render import plain
from ...text.slug import slugify
from .values import cut

_NUMBER_LENGTH = 4


def authors(names: Sequence[str]) -> list[Person]:
    """The people of these names, each once, made if missing. Belongs into a unit of writing."""
    found = [_person(name) for raw in names if (name := cut(plain(raw), NAME_LIMIT))]
    return list(dict.fromkeys(found))


def _person(name: str) -> Person:
    try:
        return _found_or_made(name)
    except Invalid:  # another writer took the user name since we looked
        return _found_or_made(name)


def _found_or_made(name: str) -> Person:
    """By user name, else by shown name, else new."""
    username = _username(name)
    present = people.find(name.casefold()) or people.find_by_name(name)
    if present is None and username == name.casefold():
        return people.create(_free(username), name)
    return present or people.find(username) or people.create(_free(username), name)


def _username(name: str) -> str:
    """A well-formed user name made of a shown name."""
    slug = slugify(name, USERNAME_LIMIT - _NUMBER_LENGTH)
    kept = "".join(c for c in slug if c.isalnum() or c == "-").lower().strip("-")
    return kept if kept.replace("-", "") else "author"


def _free(username: str) -> str:
    free, number = username, 1
    while people.find(free) is not None:
        number += 1
        free = f"{username}-{number}"
    return free
