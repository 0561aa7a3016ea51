"""Writing a letter: subject, text and HTML from the templates in `templates/emails/`.

Facts are untrusted: each stands on one line and has a limit, HTML is escaped, and a link that does
not lead to the site's own address is refused, wherever it came from.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context

from .dress import Dress
from .lines import one_line
from .models import NAME_LIMIT, SUBJECT_LIMIT

FACT_LIMIT = 1_000
"""Characters of one fact; a longer one is cut."""
LINES_LIMIT = 200
"""Items of one fact that is a list; the others are left out."""
LINK = re.compile(r"https?://[^\s\"'<>`\\…]+")
"""An absolute address that ends nowhere early, and was not cut."""
LOCAL_HOST = "localhost"
"""What a host is called in a mail that has no name that mail knows."""


class Site(Protocol):
    """What a letter says of the site."""

    @property
    def name(self) -> str:
        """The name of the site."""

    @property
    def address(self) -> str:
        """Scheme and host, without a slash at the end; from the settings, never from a request."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is stored: who it comes from, and its words."""

    sender: str
    host: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Site:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class _Press:
    environment: Environment
    site: Callable[[], Site]


_press: list[_Press] = []


def use(environment: Environment, site: Callable[[], Site]) -> None:
    """Say where the templates are, and who knows the site's name and address.

    The environment is copied with rules of its own (strict, HTML escaped, styles written into the
    elements). `site` is asked for each letter, inside the transaction.
    """
    own = environment.overlay(
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"], default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Dress],
    )
    own.filters = {**environment.filters, "link": link}
    _press[:] = [_Press(own, site)]


def write(letter: str, language: str, facts: Mapping[str, Any]) -> Letter:
    """The letter of that name, with these facts filled in.

    Facts are text, numbers, days, None, or lists of these; TypeError for anything else, ValueError
    for a link that leads off the site, RuntimeError before `use`.
    """
    if not _press:
        raise RuntimeError("letters.use was not called")
    environment, asked = _press[0].environment, _press[0].site()
    site = _Site(one_line(asked.name, NAME_LIMIT), asked.address)
    said = {name: _plain(fact) for name, fact in facts.items()}
    said |= {"site": site, "language": language}

    def part(ending: str) -> str:
        return environment.get_template(f"emails/{letter}.{ending}").render(said)

    said["subject"] = subject = one_line(part("subject.txt"), SUBJECT_LIMIT)
    return Letter(
        sender=site.name,
        host=host_of(site.address),
        subject=subject,
        text=_tidy(part("txt")),
        html=part("html"),
    )


@pass_context
def link(context: Context, value: str) -> str:
    """The filter for addresses: the value itself. Raises ValueError if it leads off the site."""
    own = context["site"].address
    inside = value == own or value.startswith(f"{own}/")
    if not (inside and LINK.fullmatch(value)):
        raise ValueError("a link in a letter must begin with the address of the site")
    return value


def host_of(address: str) -> str:
    """The host of the site's address as mail writes it: ASCII (IDNA), "localhost" for a number."""
    host = urlsplit(address).hostname or LOCAL_HOST
    try:
        ip_address(host)
    except ValueError:
        return _ascii(host)
    return LOCAL_HOST


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return LOCAL_HOST


def _plain(fact: Any) -> Any:
    if isinstance(fact, str):
        return one_line(fact, FACT_LIMIT)
    if isinstance(fact, list | tuple):
        return tuple(_plain(item) for item in fact[:LINES_LIMIT])
    if fact is None or isinstance(fact, int | float | date):
        return fact
    raise TypeError(f"a letter takes text, numbers and days, not {type(fact).__name__}")


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
