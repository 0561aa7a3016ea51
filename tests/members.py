"""People who can log in."""

from functools import cache

from blog.accounts import passwords, people
from blog.accounts.models import Person, Role
from blog.core.db import writing
from tests.visitors import WORD

__all__ = ["WORD", "member"]


@cache
def _stored() -> str:
    return passwords.hash_password(WORD)


def member(username: str, *, role: Role = Role.READER, name: str = "") -> Person:
    """Somebody with the password WORD and the address <username>@post.example."""
    email = f"{username}@post.example"
    stored = _stored()
    with writing():
        made = people.admit(username, name or username.title(), email, stored, role)
    return made
