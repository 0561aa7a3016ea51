"""The head of a file: YAML between `---` lines or TOML between `+++` lines.

Every plain value is given as the text that stood there: `version: 1.10` stays 1.10, `on: no` stays
no, and a date is read by `dates` alone, whichever of the two languages it was written in.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeAlias

import yaml

from ..report import LeftOut, shown

FRONT_MATTER_LIMIT = 64 * 1024
"""Bytes of a head that are read."""
MAX_DEPTH = 20
"""Lists inside lists, tables inside tables."""

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
NOTHING = {"", "~", "null", "Null", "NULL"}

# All that is no character of XML 1.0 (2.2), the C1 controls and the non-characters among letters.
_UNPRINTABLE = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
_HEAD = {
    "---": re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE),
    "+++": re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """A head and the body below it."""

    values: dict[str, Value] = field(default_factory=dict)
    body: str = ""


class _Loader(yaml.BaseLoader):
    """YAML as text, lists and tables, without names for lists and tables.

    A few nested aliases make a document of gigabytes ("billion laughs"); one of a word cannot.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            named = self.anchors.get(self.peek_event().anchor)  # type: ignore[no-untyped-call]
            if not isinstance(named, yaml.ScalarNode):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                problem = "an alias names a list or table"
                raise yaml.composer.ComposerError(None, None, problem, mark)
        return super().compose_node(parent, index)


def split(text: str) -> Matter:
    """Head and body of a file; a file without head is all body. Raises LeftOut."""
    pattern = _HEAD.get(text[:3])
    found = pattern.match(text) if pattern else None
    if found is None:
        return Matter(body=text)
    head = found.group(1)
    if len(head.encode()) > FRONT_MATTER_LIMIT:
        raise LeftOut(f"its front matter is larger than {FRONT_MATTER_LIMIT // 1024} kB")
    values = _yaml(head) if text.startswith("---") else _toml(head)
    return Matter(_lower_keys(values), text[found.end() :])


def _yaml(head: str) -> object:
    try:
        values = yaml.load(head, _Loader)  # noqa: S506  # makes only text, lists and tables
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise LeftOut(f"its YAML cannot be read{line}: {shown(error.problem or '')}") from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise LeftOut(f"its YAML cannot be read: {shown(str(error))}") from None
    return {} if values is None or values == "" else values


def _toml(head: str) -> object:
    try:
        return tomllib.loads(head)
    except (ValueError, RecursionError) as error:
        raise LeftOut(f"its TOML cannot be read: {shown(str(error))}") from None


def _lower_keys(values: object) -> dict[str, Value]:
    """The head with names in small letters; Zola's and Hugo's inner tables count as outer ones."""
    plain = _plain(values, 0)
    if not isinstance(plain, dict):
        raise LeftOut("its front matter is not a list of names and values")
    flat = {name.strip().lower(): value for name, value in plain.items()}
    for inner in ("taxonomies", "params", "extra"):
        table = flat.get(inner)
        if isinstance(table, dict):
            flat = {**{name.strip().lower(): value for name, value in table.items()}, **flat}
    return flat


def _plain(value: object, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise LeftOut(f"its front matter is nested deeper than {MAX_DEPTH}")
    if isinstance(value, dict):
        return {_text(name): _plain(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, depth + 1) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    text = _text(value)
    return "" if text in NOTHING else text


def _text(value: object) -> str:
    """A plain value as it stood there; of what cannot be printed, spaces."""
    try:
        said = str(value)
    except ValueError:  # TOML's 0x… of more digits than Python writes in decimals
        raise LeftOut("a number in its front matter is too long") from None
    return _UNPRINTABLE.sub(" ", said).strip()
