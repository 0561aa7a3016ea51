"""The gate: bleach, then nh3, with one allow-list. Nothing edits HTML after it.

bleach 6.4.0 has no maintainer, is not thread-safe, and trusts some `javascript:` addresses.
So every call builds a new Cleaner, every value is judged by our own rules, and nh3 (another
parser, in another language) has the last word with the same list.
"""

from collections.abc import Mapping
from html import unescape

import nh3
from bleach.sanitizer import Cleaner

from .allow import Context, permitted
from .errors import TextRefused
from .limits import ESCAPES, SHAPED
from .scan import refuse_excess

# Stored beside every safe body. Raise it when the allow-list, the gate or the shape of what is
# stored changes: what was stored under a smaller number is rendered again from its source.
SANITIZER_VERSION = 2

PROTOCOLS = frozenset(("http", "https", "mailto"))


def gate(html: str, context: Context) -> str:
    """Give safe HTML for the context. Raises TextRefused beyond the limits of size and depth."""
    refuse_excess(html, SHAPED * context.limits.html_tags)
    _refuse_many_escapes(html)
    return _by_nh3(_by_bleach(html, context), context)


def _refuse_many_escapes(html: str) -> None:
    if html.count("&") > ESCAPES:
        raise TextRefused(
            "too-many-escapes",
            f"The text has more than {ESCAPES:,} of the signs &, < and >. Use fewer, please.",
        )


def _by_bleach(html: str, context: Context) -> str:
    def keep(tag: str, attribute: str, value: str) -> bool:
        # bleach hands over the value as written, with its entities.
        return permitted(context, tag, attribute, unescape(value))

    cleaner = Cleaner(
        tags=context.tags,
        attributes=keep,
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
    return str(cleaner.clean(html))


def _by_nh3(html: str, context: Context) -> str:
    def judge(tag: str, attribute: str, value: str) -> str | None:
        return value if permitted(context, tag, attribute, value) else None

    return nh3.clean(
        html,
        tags=context.tags,
        attributes=_for_nh3(context.attributes),
        attribute_filter=judge,
        clean_content_tags=set(),
        url_schemes=PROTOCOLS,
        strip_comments=True,
        link_rel=None,
        generic_attribute_prefixes=set(),
    )


def _for_nh3(attributes: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return dict(attributes)
