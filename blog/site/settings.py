"""Typed settings of the site: reading them, and changing them with their checks."""

from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from sqlalchemy import select

from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from .events import SettingsChanged
from .models import ADDRESS_LIMIT, NAME_LIMIT, TAGLINE_LIMIT, SiteValue

DEFAULT_ADDRESS = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What is set for the whole site."""

    name: str = "Broadsheet"
    tagline: str = "Essays on the things we share, and what people wrote beside them."
    address: str = DEFAULT_ADDRESS
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
        """Host and port of the address, in lower case."""
        return urlsplit(self.address).netloc.lower()


def load(fixed_address: str = "", default_address: str = "") -> SiteSettings:
    """The settings in force; one query.

    `fixed_address` wins over the stored one; `default_address` stands in while none is stored.
    """
    known = {item.name for item in fields(SiteSettings)}
    rows = db.session.execute(select(SiteValue.name, SiteValue.value))
    stored = {name: value for name, value in rows if name in known}
    stored["address"] = fixed_address or stored.get("address") or default_address or DEFAULT_ADDRESS
    return SiteSettings(**stored)


def change(settings: SiteSettings) -> SiteSettings:
    """Store all settings that differ from what is stored. Raises Invalid for the first bad one."""
    wanted = _checked(settings)
    present = load()
    changed = [item.name for item in fields(SiteSettings) if _differs(item.name, wanted, present)]
    for name in changed:
        db.session.merge(SiteValue(name=name, value=getattr(wanted, name)))
    if changed:
        announce(SettingsChanged(names=tuple(changed)))
    return wanted


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
    address = checked_address(settings.address)
    _check_language(settings.language)
    if settings.time_zone not in available_timezones():
        raise Invalid("time_zone", "This time zone is not known; choose one such as Europe/Paris.")
    return replace(settings, name=name, tagline=tagline, address=address)


def checked_address(address: str) -> str:
    """The address as scheme and host, in lower case. Raises Invalid."""
    try:
        parts = urlsplit(address.strip())
        fine = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fine, parts = False, urlsplit("")
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if not fine or extra or len(address) > ADDRESS_LIMIT:
        raise Invalid("address", "An address looks like https://example.org, without a path.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _check_language(language: str) -> None:
    try:
        Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        raise Invalid("language", "This language is not known; write en or pt-BR.") from None
