"""Which names people may have: readable, of one script, and not to be mistaken for another one.

After Unicode Technical Standard 39: section 5.1 (single script, with the scripts that Japanese,
Korean and Chinese write together) and section 4 (confusable names, see `skeletons`).
"""

import re
import unicodedata

from confusable_homoglyphs import categories
from sqlalchemy import func, or_, select

from ..core.db import db
from ..core.errors import Invalid
from .models import NAME_LIMIT, SKELETON_LIMIT, USERNAME_LIMIT, Person
from .skeletons import skeleton

USERNAME_LEAST = 3
NAME_LEAST = 2
MARKS_IN_A_ROW = 3
"""Vietnamese and the scripts of India need two marks on a letter; towers of them are a prank."""
NAME_SIGNS = frozenset(" '’.-·,&")
USERNAME_SIGNS = frozenset("-_")
WRITTEN_TOGETHER = (
    frozenset({"HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"HAN", "HANGUL"}),
    frozenset({"HAN", "BOPOMOFO"}),
)
ANY_SCRIPT = frozenset({"COMMON", "INHERITED"})
RESERVED = frozenset({
    "abuse", "account", "admin", "administrator", "anonymous", "api", "author", "broadsheet",
    "editor", "everyone", "feed", "formerauthor", "formermember", "guest", "help", "hostmaster",
    "info", "join", "login", "logout", "mail", "me", "member", "moderation", "moderator",
    "nobody", "noreply", "null", "official", "owner", "postmaster", "root", "rss", "security",
    "settings", "setup", "signup", "site", "sitemap", "staff", "support", "system", "team",
    "undefined", "webmaster", "write", "www", "you",
})  # fmt: skip
"""Names that would speak for the site, or stand where its own addresses may stand."""

_RESERVED_LOOKS = frozenset(map(skeleton, RESERVED))
_TOWER = MARKS_IN_A_ROW + 1


def check_username(username: str, *, of_the_site: bool = False) -> str:
    """The user name as it is stored: in small letters. Raises Invalid.

    Reserved words are for `of_the_site`: accounts made by whoever runs it.
    """
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username.strip()).lower())
    if not USERNAME_LEAST <= len(name) <= USERNAME_LIMIT or not _is_word(name):
        raise Invalid(
            "username",
            f"A user name has {USERNAME_LEAST} to {USERNAME_LIMIT} letters or digits, with "
            "hyphens or underlines between them.",
        )
    _check_script("username", name)
    if not of_the_site:
        _check_reserved("username", name)
    return name


def check_name(name: str, *, of_the_site: bool = False) -> str:
    """The shown name as it is stored, with single spaces. Raises Invalid."""
    shown = " ".join(unicodedata.normalize("NFKC", name).split())
    if not NAME_LEAST <= len(shown) <= NAME_LIMIT:
        raise Invalid("name", f"A name has {NAME_LEAST} to {NAME_LIMIT} characters.")
    if not all(_is_letter(char) or char in NAME_SIGNS for char in shown):
        raise Invalid("name", "A name is made of letters, digits, spaces and ' . - · , & only.")
    if not any(char.isalpha() for char in shown):
        raise Invalid("name", "A name has at least one letter.")
    _check_marks("name", shown)
    _check_script("name", shown)
    if not of_the_site:
        _check_reserved("name", shown)
    return shown


def check_free(field: str, name: str, but: int | None = None) -> None:
    """Raises Invalid when a name looks like one of somebody else than person `but`.

    Belongs into the unit of writing that stores it: nobody can take it in between.
    """
    _lock()
    look = skeleton(name)[:SKELETON_LIMIT]
    same = or_(Person.skeleton == look, Person.username_skeleton == look)
    others = select(Person.id).where(same, Person.erased_at.is_(None), Person.id != (but or 0))
    if db.session.scalar(others.limit(1)) is not None:
        raise Invalid(field, f"The name {name} is taken, or looks like one that is.")


def _lock() -> None:
    """One at a time: SQLite has one writer anyhow; PostgreSQL is told to wait (advisory lock)."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext("person names"))))


def _is_word(name: str) -> bool:
    letters = re.split("[-_]", name)
    return all(letters) and all(part.isalnum() for part in letters)


def _is_letter(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] == "L" or kind in {"Mn", "Mc", "Nd"}


def _check_marks(field: str, name: str) -> None:
    kinds = "".join(unicodedata.category(char)[0] for char in unicodedata.normalize("NFD", name))
    after_nothing = kinds[0] == "M" or re.search(r"[^LNM]M", kinds)
    if after_nothing or "M" * _TOWER in kinds:
        raise Invalid(field, "This name has accents that stand on no letter, or in towers.")


def _check_script(field: str, name: str) -> None:
    scripts = categories.unique_aliases(name) - ANY_SCRIPT
    if len(scripts) > 1 and not any(scripts <= together for together in WRITTEN_TOGETHER):
        raise Invalid(field, "A name is written in the letters of one script only.")


def _check_reserved(field: str, name: str) -> None:
    if skeleton(name) in _RESERVED_LOOKS:
        raise Invalid(field, "This name is kept for the site itself; please choose another.")
