"""What the toolkit needs to know of the site; the application says where to ask."""

from collections.abc import Callable
from typing import Any, Protocol, cast

from flask import current_app, g

KEY = "site_facts"


class SiteFacts(Protocol):
    """The settings that addresses, dates and the `lang` attribute depend on."""

    @property
    def name(self) -> str:
        """The name of the site."""

    @property
    def address(self) -> str:
        """Scheme and host, without a slash at the end."""

    @property
    def host(self) -> str:
        """Host and port of the address."""

    @property
    def language(self) -> str:
        """A BCP 47 language tag."""

    @property
    def time_zone(self) -> str:
        """A name of the IANA time zone database."""


def ask(load: Callable[[], SiteFacts]) -> None:
    """Wire where the facts come from. Needs an application context."""
    current_app.extensions[KEY] = load


def site() -> Any:
    """The facts in force for this request; asked once."""
    if KEY not in g:
        setattr(g, KEY, cast(Callable[[], SiteFacts], current_app.extensions[KEY])())
    return getattr(g, KEY)
