"""Typed settings of the site: reading them, and changing them with their checks."""

from contextlib import suppress
from dataclasses import dataclass, fields, replace
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from sqlalchemy import select

from ..core import addresses
from ..core.db import db, insert
from ..core.errors import Conflict, Invalid
from ..core.events import announce
from .events import SettingsChanged
from .models import ADDRESS_LIMIT, NAME_LIMIT, TAGLINE_LIMIT, SiteValue

NAMES = ("name", "tagline", "address", "language", "time_zone")
"""What a person may change."""

NOT_ZONES = ("posix/", "right/", "posixrules", "localtime")
"""Beginnings of names in the folder of time zones that are no zones of their own."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What is set for the whole site; an empty address has not been said yet."""

    name: str = "Broadsheet"
    tagline: str = "Essays on the things we share, and what people wrote beside them."
    address: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    set_up: bool = False

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as the language is written (CLDR, by Babel)."""
        locale = Locale.parse(self.language, sep="-")
        return "rtl" if locale.text_direction == "rtl" else "ltr"

    @property
    def host(self) -> str:
        """Host and port of the address, in normal form."""
        return addresses.host(self.address) if self.address else ""


def load(fixed_address: str = "", default_address: str = "") -> SiteSettings:
    """The settings in force; one query.

    `fixed_address` wins over the stored one; `default_address` stands in while none is stored.
    """
    known = {item.name for item in fields(SiteSettings)}
    rows = db.session.execute(select(SiteValue.name, SiteValue.value))
    stored = {name: value for name, value in rows if name in known}
    stored["address"] = _first_good(fixed_address, stored.get("address", ""), default_address)
    return SiteSettings(**stored)


def set_up(settings: SiteSettings) -> SiteSettings:
    """Store the answers of the first run, once. Raises Invalid, or Conflict when it was done.

    Of two at once the later one waits for the row of the mark, and then finds it set.
    """
    mark = insert(SiteValue).values(name="set_up", value=False)
    db.session.execute(mark.on_conflict_do_nothing())
    done = select(SiteValue.value).where(SiteValue.name == "set_up").with_for_update()
    if db.session.scalar(done):
        raise Conflict("This site is set up already.")
    return change(replace(settings, set_up=True))


def change(settings: SiteSettings) -> SiteSettings:
    """Store all settings that differ from what is stored. Raises Invalid for the first bad one."""
    wanted = _checked(settings)
    present = load()
    changed = [item.name for item in fields(SiteSettings) if _differs(item.name, wanted, present)]
    for name in changed:
        _store(name, getattr(wanted, name))
    if changed:
        announce(SettingsChanged(names=tuple(changed)))
    return wanted


def _first_good(*said: str) -> str:
    for address in said:
        with suppress(ValueError):
            return addresses.origin(address)
    return ""


def _store(name: str, value: object) -> None:
    first = insert(SiteValue).values(name=name, value=value)
    again = first.on_conflict_do_update(
        index_elements=[SiteValue.name], set_={"value": first.excluded.value}
    )
    db.session.execute(again)


def _differs(name: str, one: SiteSettings, other: SiteSettings) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _checked(settings: SiteSettings) -> SiteSettings:
    name, tagline = " ".join(settings.name.split()), " ".join(settings.tagline.split())
    if not name:
        raise Invalid("name", "The site needs a name.")
    if len(name) > NAME_LIMIT:
        raise Invalid("name", f"The name may have {NAME_LIMIT} characters; this has {len(name)}.")
    if len(tagline) > TAGLINE_LIMIT:
        raise Invalid("tagline", f"The tagline may have {TAGLINE_LIMIT} characters.")
    address = checked_address(settings.address) if settings.address else ""
    _check_language(settings.language)
    _check_time_zone(settings.time_zone)
    return replace(settings, name=name, tagline=tagline, address=address)


def checked_address(address: str) -> str:
    """The address as an origin in normal form. Raises Invalid."""
    try:
        address = addresses.origin(address.strip())
    except ValueError as error:
        raise Invalid("address", str(error)) from None
    if len(address) > ADDRESS_LIMIT:
        raise Invalid("address", f"The address may have {ADDRESS_LIMIT} characters.")
    return address


def _check_language(language: str) -> None:
    try:
        Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        raise Invalid("language", "This language is not known; write en or pt-BR.") from None


def _check_time_zone(name: str) -> None:
    """One file is looked for; walking the folder of all zones would hold up other writers."""
    try:
        if name.startswith(NOT_ZONES):
            raise ValueError
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder, or far too long
        sentence = "This time zone is not known; choose one such as Europe/Paris."
        raise Invalid("time_zone", sentence) from None
