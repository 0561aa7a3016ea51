"""Which old address or file name means which article."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from ...text.slug import slugify
from ...web import urls
from . import dates
from .files import SUFFIXES

_ENDINGS = (*SUFFIXES, ".html", ".htm")
_DATED = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})(?:/(\d{1,2}))?/")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that becomes an article."""

    path: str
    slug: str
    shown: bool
    """Whether readers see it; a link to a draft would be dead."""
    day: date | None = None
    asked: str = ""
    """The address the file asked for."""
    addresses: tuple[str, ...] = ()


class Catalogue:
    """All files of a folder, found by whatever another file may call them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._paths: dict[str, Entry] = {}
        self._addresses: dict[str, Entry] = {}
        self._names: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._add(entry)

    def find(self, target: str, beside: str = "") -> Entry | None:
        """The file meant by a path, address or name; `beside` is the file that says it."""
        try:
            path = unquote(urlsplit(target.strip()).path)
        except ValueError:
            return None
        if not path.strip("/.") or "\0" in path:
            return None
        return self._by_path(path, beside) or self._by_address(path) or self._by_name(path)

    def address_of(self, target: str, beside: str = "") -> str | None:
        """The path of an article on this site, with the fragment asked for; None when unknown."""
        entry = self.find(target, beside)
        if entry is None or not entry.shown:
            return None
        fragment = slugify(unquote(target.partition("#")[2]))
        return urls.article(entry.slug) + (f"#s-{fragment.removeprefix('s-')}" if fragment else "")

    def _add(self, entry: Entry) -> None:
        path = PurePosixPath(entry.path)
        self._paths[entry.path] = entry
        self._paths.setdefault(_bare(entry.path), entry)
        if path.stem.lower() in {"index", "_index"}:
            self._paths.setdefault(str(path.parent), entry)
        for address in entry.addresses:
            self._addresses.setdefault(_bare(address.strip("/")), entry)
        _, rest = dates.from_file_name(path.stem)
        names = {path.stem, rest, slugify(rest), entry.slug, entry.asked} - {"", "index"}
        for name in names:
            self._names[name.lower()].append(entry)

    def _by_path(self, path: str, beside: str) -> Entry | None:
        tried = [path.strip("/")]
        if not path.startswith("/") and beside:
            tried.insert(0, str(PurePosixPath(beside).parent / path))
        for attempt in tried:
            plain = normpath(attempt)
            if found := self._paths.get(plain) or self._paths.get(_bare(plain)):
                return found
        return None

    def _by_address(self, path: str) -> Entry | None:
        return self._addresses.get(_bare(path.strip("/")))

    def _by_name(self, path: str) -> Entry | None:
        """By the last part, where the date in the path, if there is one, does not say otherwise."""
        name = _bare(PurePosixPath(path.rstrip("/")).name).lower()
        dated = _DATED.search(path)
        fitting = [one for one in self._names.get(name, ()) if not dated or _agrees(one, dated)]
        return fitting[0] if len({one.path for one in fitting}) == 1 else None


def _bare(path: str) -> str:
    ending = PurePosixPath(path).suffix.lower()
    return path[: -len(ending)] if ending in _ENDINGS else path


def _agrees(entry: Entry, dated: re.Match[str]) -> bool:
    if entry.day is None:
        return False
    said = [int(part) for part in dated.groups() if part]
    return [entry.day.year, entry.day.month, entry.day.day][: len(said)] == said
