"""What set-up proposes, so that there is little to type."""

import os
from pathlib import Path

from werkzeug.datastructures import LanguageAccept

from ..accounts import names
from ..accounts.models import USERNAME_LIMIT
from ..core.clock import now
from ..core.errors import Invalid
from ..text.slug import slugify
from .choices import LANGUAGES, time_zones

NUMBERS = 100
"""How many numbers are tried behind a user name that is taken."""
LOCAL_TIME = Path("/etc/localtime")


def language(accepted: LanguageAccept, otherwise: str) -> str:
    """The first language of the browser that may be chosen (RFC 9110, section 12.5.4)."""
    return accepted.best_match(LANGUAGES) or otherwise


def time_zone(otherwise: str) -> str:
    """The zone of this machine, if it has a name."""
    said = os.environ.get("TZ", "").removeprefix(":")
    linked = str(LOCAL_TIME.resolve()).partition("zoneinfo/")[2]
    return next((name for name in (said, linked) if name in time_zones()), otherwise)


def username(name: str) -> str:
    """A user name that fits a shown name and is free."""
    plain = slugify(name, USERNAME_LIMIT - len(str(NUMBERS)))
    tries = (plain, *(f"{plain}-{number}" for number in range(2, NUMBERS)))
    return next(filter(_may_be_had, tries), f"person-{now():%y%m%d%H%M%S}")


def _may_be_had(wanted: str) -> bool:
    try:
        names.check_free("username", names.check_username(wanted))
    except Invalid:
        return False
    return True
