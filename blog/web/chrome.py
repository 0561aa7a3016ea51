"""What stands around every page and belongs to rooms above: a few slots that they fill."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import g, request

KEY = "chrome"
SECTION = "chrome_section"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, or with `posts` do something."""

    label: str
    href: str
    current: bool = False
    icon: str = ""
    posts: bool = False


Slot = Callable[[], tuple[Link, ...]]


class Chrome:
    """The slots of one application; each is asked when a page is drawn."""

    def __init__(self) -> None:
        self._slots: dict[str, Slot] = {}

    def fill(self, slot: str, provider: Slot) -> None:
        """Say who provides the links of a slot."""
        self._slots[slot] = provider

    def links(self, slot: str) -> tuple[Link, ...]:
        """The links of a slot; none when nobody fills it."""
        provider = self._slots.get(slot)
        here = {quote(request.path), g.get(SECTION, "")}
        links = provider() if provider else ()
        return tuple(replace(link, current=link.href in here) for link in links)

    @property
    def navigation(self) -> tuple[Link, ...]:
        """The main sections of the publication."""
        return self.links("navigation")

    @property
    def actions(self) -> tuple[Link, ...]:
        """What a reader may do from any page."""
        return self.links("actions")

    @property
    def colophon(self) -> tuple[Link, ...]:
        """The links at the foot."""
        return self.links("colophon")


def stand_in(href: str) -> None:
    """Say which link of the masthead the present page belongs to."""
    setattr(g, SECTION, href)
