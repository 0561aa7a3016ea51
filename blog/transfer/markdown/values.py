"""Reading single values out of a head, whatever shape they were given."""

import html
import re
from collections.abc import Iterator

from ...text.render import plain
from .front_matter import Value

_TAGS = re.compile(
    r"</?(?:a|abbr|b|br|code|em|i|mark|p|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE
)
_NEVER = r"(?!)"
_MAIL = re.compile(r"\s*<[^<>\s]*@[^<>\s]*>")
YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}


def first(values: dict[str, Value], *names: str) -> Value:
    """The first of these names that has a value, or empty text."""
    return next((values[name] for name in names if values.get(name)), "")


def text(value: Value) -> str:
    """A value as one plain line without markup; the first one of a list, empty for a table."""
    if isinstance(value, list):
        return next((found for found in map(text, value) if found), "")
    if isinstance(value, dict):
        return ""
    return plain(html.unescape(_TAGS.sub("", value)))


def words(value: Value, separators: str) -> list[str]:
    """A list as it stands, or a text cut at separators; inner lists are laid flat."""
    if isinstance(value, str):
        return [part for raw in re.split(separators, value) if (part := text(raw))]
    items: list[Value] = value if isinstance(value, list) else list(value)
    return [part for item in items for part in words(item, _NEVER)]


def names(value: Value) -> Iterator[str]:
    """The names of people: a text, a list, or tables with a `name`; mail addresses are dropped."""
    if isinstance(value, list):
        for item in value:
            yield from names(item)
    elif isinstance(value, dict):
        yield from names(first(value, "name", "display_name", "username", "slug"))
    elif name := text(_MAIL.sub("", value)):
        yield name


def flag(value: Value) -> bool | None:
    """Yes, no, or neither."""
    said = value.lower() if isinstance(value, str) else ""
    return True if said in YES else False if said in NO else None


def cut(value: str, limit: int) -> str:
    """The value, or as many of its words as a limit of characters holds, with an ellipsis."""
    if len(value) <= limit:
        return value
    head = value[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–-") + "…"
