"""The normal form of an origin (RFC 6454): what a browser makes of an address before it asks.

Two spellings of one place become equal, so they may be compared as text. Hosts follow the URL
Standard of the WHATWG and the mapping of UTS 46, but nothing is repaired: what a browser would
have to guess is refused.
"""

import re
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from unicodedata import category, normalize

DEFAULT_PORTS = {"http": 80, "https": 443}
LAST_PORT = 65_535
HOST_LIMIT = 253
"""Characters of a name (RFC 1035)."""

SHAPE = "An address looks like https://example.org, without a path."
ORIGIN = re.compile(
    r"(https?)://(\[[0-9a-f:.]+\]|[^\s:/?#@\[\]\\]+)(?::([0-9]{1,5}))?/?",
    re.ASCII | re.IGNORECASE,
)
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label that makes a browser read the whole host as an IPv4 address."""

ACE = "xn--"


@lru_cache(maxsize=256)
def origin(address: str) -> str:
    """Scheme, host and, unless it is the scheme's own, port: `https://example.org`.

    Raises ValueError with a sentence for whoever typed the address.
    """
    found = ORIGIN.fullmatch(address)
    if found is None:
        raise ValueError(SHAPE)
    scheme, host = found[1].lower(), found[2]
    port = int(found[3] or DEFAULT_PORTS[scheme])
    if not 1 <= port <= LAST_PORT:
        raise ValueError(f"A port is a number from 1 to {LAST_PORT}.")
    return f"{scheme}://{_host(host)}" + ("" if port == DEFAULT_PORTS[scheme] else f":{port}")


def host(address: str) -> str:
    """Host and port of an origin, in normal form. Raises ValueError as `origin` does."""
    return origin(address).partition("://")[2]


def listening(name: str, port: int) -> str | None:
    """The origin of a server that listens at a name or IP address; None for "everywhere".

    None as well for what no browser can ask for, such as an IPv6 address with a zone.
    """
    with suppress(ValueError):  # a name, not a number
        if ip_address(name).is_unspecified:
            return None
    with suppress(ValueError):
        return origin(f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}")
    return None


def _host(said: str) -> str:
    if len(said) > HOST_LIMIT:
        raise ValueError(f"The name of a host has at most {HOST_LIMIT} characters.")
    try:
        return f"[{_ipv6(said[1:-1])}]" if said.startswith("[") else _name(_mapped(said))
    except ValueError:
        raise ValueError(f"{said!r} is not the name of a host.") from None


def _ipv6(digits: str) -> str:
    address = IPv6Address(digits)
    if address.ipv4_mapped:  # newer Pythons write the dotted form, browsers never do
        value = int(address.ipv4_mapped)
        return f"::ffff:{value >> 16:x}:{value & 0xFFFF:x}"
    return str(address)


def _name(said: str) -> str:
    labels = [_label(label) for label in said.split(".")]
    name = ".".join(labels)
    if len(name) > HOST_LIMIT:
        raise ValueError
    return str(IPv4Address(name)) if NUMBER.fullmatch(labels[-1]) else name


def _label(said: str) -> str:
    if said.startswith(ACE):
        _check_ace(said)
    elif not said.isascii():
        if category(said[0])[0] == "M" or not all(_may_stand_in_a_name(sign) for sign in said):
            raise ValueError
        said = _ace(said)
    if not LABEL.fullmatch(said):
        raise ValueError
    return said


def _check_ace(label: str) -> None:
    """Raises ValueError unless the label is what its own reading is written as."""
    plain = label[len(ACE) :].encode("ascii").decode("punycode")
    visible = plain.isprintable() and not plain.isascii()
    if not visible or _mapped(plain) != plain or _ace(plain) != label:
        raise ValueError


def _mapped(name: str) -> str:
    """Small letters in composed form; sign by sign, so that no letter looks at its neighbours."""
    small = "".join(sign.lower() for sign in normalize("NFKC", name))
    return normalize("NFKC", small)


def _may_stand_in_a_name(sign: str) -> bool:
    """Letters, marks, digits, hyphens (RFC 5892, roughly); the rest needs its ASCII form."""
    return category(sign)[0] in "LMN" or sign in "-_"


def _ace(label: str) -> str:
    """The ASCII form of a label (RFC 3492)."""
    return ACE + label.encode("punycode").decode("ascii")
