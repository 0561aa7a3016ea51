"""Which addresses may stand in a text. bleach lets `javascript:1` pass, so it is not asked.

The rules follow the WHATWG URL parser: what a browser strips is stripped before looking, and
what it repairs (backslashes, missing slashes) is refused instead.
"""

import re

LONGEST = 2_000

_EDGES = "".join(map(chr, range(0x21)))
_DROPPED = re.compile(r"[\t\r\n]")
_REFUSED = re.compile(r"[\x00-\x1f\x7f-\x9f`\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([^/?#:]*):")
_WEB = re.compile(
    r"https?://(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]\"<>^{|}%]+)(?::\d{1,5})?(?=[/?#]|$)", re.I
)
_MAIL = re.compile(r"mailto:\S.*", re.I)
_UNWRITTEN = re.compile(r"[ \"<>^{|}]|%(?![0-9A-Fa-f]{2})")
_BRACKET = re.compile(r"[\[\]]")
_OWN_PICTURE = re.compile(r"/media/[\w.-]+(?:/[\w.-]+)*", re.ASCII)
_OWN_SOURCES = re.compile(
    r"/media/[\w./-]+ [1-9]\d{0,4}w(?:, /media/[\w./-]+ [1-9]\d{0,4}w)*", re.ASCII
)


def safe_link(value: str) -> str | None:
    """Give the address as it may be written into `href`, or None.

    Taken are http and https with a host, mailto, and addresses within the site.
    """
    url = _DROPPED.sub("", value.strip(_EDGES))
    if not url or len(url) > LONGEST or _REFUSED.search(url) or url.startswith("//"):
        return None
    if _SCHEME.match(url) and not (_WEB.match(url) or _MAIL.fullmatch(url)):
        return None
    return _written(url)


def is_outward(url: str) -> bool:
    """Tell whether a safe address leads to the web and not within the site."""
    return url[:8].lower().startswith(("http://", "https://"))


def is_own_picture(src: str) -> bool:
    """Tell whether the address is a file of our own below /media/."""
    return bool(_OWN_PICTURE.fullmatch(src)) and ".." not in src


def are_own_sources(srcset: str) -> bool:
    """Tell whether a `srcset` names only files of our own, with widths."""
    return bool(_OWN_SOURCES.fullmatch(srcset)) and ".." not in srcset and "//" not in srcset


def _written(url: str) -> str:
    """Percent-encode what RFC 3986 does not let stand in an address."""
    url = _UNWRITTEN.sub(_encoded, url)
    return url if "://[" in url[:10] else _BRACKET.sub(_encoded, url)


def _encoded(match: re.Match[str]) -> str:
    return f"%{ord(match[0][0]):02X}"
