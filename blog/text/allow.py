"""The allow-lists: one frozen list per context, read by bleach and by nh3 alike.

To let one more tag or attribute through, add it here, add it to tests/text/oracle.py (which
restates the list on purpose) and raise SANITIZER_VERSION. Never add svg, math, style, noscript,
title, textarea, iframe, xmp, template or the style attribute: every known way around bleach
needed one of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from . import limits
from .tags import tags
from .urls import are_own_sources, is_own_picture, safe_link


@dataclass(frozen=True, slots=True)
class Context:
    """Where a text will stand: its tags, their attributes, its limits, the rel of its links."""

    name: str
    tags: frozenset[str]
    attributes: Mapping[str, frozenset[str]]
    outward_rel: str
    limits: limits.Limits


def _frozen(attributes: dict[str, str]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({tag: frozenset(names.split()) for tag, names in attributes.items()})


_WITH_ID = "p h2 h3 h4 ul ol li dl dt dd blockquote figure"

COMMENT = Context(
    name="comment",
    tags=tags("p br strong em del code pre blockquote ul ol li a"),
    attributes=_frozen(
        {"a": "href rel", "ol": "start", "pre": "role aria-label tabindex", "code": "class"}
    ),
    outward_rel="nofollow ugc noopener",
    limits=limits.COMMENT,
)

ARTICLE = Context(
    name="article",
    tags=COMMENT.tags
    | tags(
        "h2 h3 h4 hr ins sub sup kbd samp var abbr cite q dfn mark small span footer section div"
        " table caption thead tbody tfoot tr th td dl dt dd figure figcaption picture source img"
        " input"
    ),
    attributes=_frozen(
        dict.fromkeys(_WITH_ID.split(), "id")
        | {
            "a": "href rel id aria-label",
            "ol": "start id",
            "ul": "class id",
            "pre": "role aria-label tabindex id",
            "code": "class",
            "span": "class",
            "abbr": "title",
            "section": "class aria-label",
            "div": "class role aria-label tabindex id",
            "th": "scope colspan rowspan class",
            "td": "colspan rowspan class",
            "source": "type srcset sizes",
            "img": "src srcset sizes width height alt loading decoding",
            "input": "type disabled checked aria-label",
        }
    ),
    outward_rel="noopener",
    limits=limits.ARTICLE,
)


def _one_of(*values: str) -> Callable[[str], bool]:
    return frozenset(values).__contains__


def _like(pattern: str) -> Callable[[str], bool]:
    matcher = re.compile(pattern, re.ASCII).fullmatch
    return lambda value: matcher(value) is not None


def _any(_value: str) -> bool:
    return True


def _is_safe_link(value: str) -> bool:
    return safe_link(value) == value


# Prefixed, so that no id of a text is one of the page's (DOM clobbering).
PREFIXED = re.compile(r"(?:s|fn|ref)-[^\s\"'<>`&=/#%?\\]{1,120}")

# What a value must be, whatever the context. An attribute that is not named here is not allowed.
VALUES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "href": _is_safe_link,
        "src": is_own_picture,
        "srcset": are_own_sources,
        "sizes": _like(r"[\w().,:%/*+ -]{1,300}"),
        "type": _one_of("image/avif", "image/webp", "image/jpeg", "image/png", "checkbox"),
        "rel": _one_of(COMMENT.outward_rel, ARTICLE.outward_rel),
        "id": lambda value: PREFIXED.fullmatch(value) is not None,
        "role": _one_of("region"),
        "tabindex": _one_of("0"),
        "scope": _one_of("col", "row"),
        "loading": _one_of("lazy"),
        "decoding": _one_of("async"),
        "disabled": _one_of("", "disabled"),
        "checked": _one_of("", "checked"),
        "width": _like(r"[1-9]\d{0,4}"),
        "height": _like(r"[1-9]\d{0,4}"),
        "start": _like(r"-?\d{1,9}"),
        "colspan": _like(r"[1-9]\d?"),
        "rowspan": _like(r"[1-9]\d{0,2}"),
        "alt": _any,
        "title": _any,
        "aria-label": lambda value: 0 < len(value) <= 300,
    }
)

LANGUAGE_CLASS = re.compile(r"language-[a-z0-9][a-z0-9+#.-]{0,31}", re.ASCII)
CLASSES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "code": lambda value: LANGUAGE_CLASS.fullmatch(value) is not None,
        "span": _one_of("k", "s", "c", "o", "n", "d", "i"),
        "div": _one_of("table"),
        "ul": _one_of("tasks"),
        "section": _one_of("footnotes"),
        "th": _one_of("start", "center", "end"),
        "td": _one_of("start", "center", "end"),
    }
)


def permitted(context: Context, tag: str, attribute: str, value: str) -> bool:
    """Tell whether the tag may carry this attribute with this value, entities resolved."""
    if attribute not in context.attributes.get(tag, ()):
        return False
    rule = CLASSES.get(tag) if attribute == "class" else VALUES.get(attribute)
    return bool(rule and rule(value))
