"""Finding and reading files: nothing outside the folder, nothing that is not a regular file."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..models import PATH_LIMIT
from ..report import LeftOut
from .front_matter import FRONT_MATTER_LIMIT

SUFFIXES = (".md", ".markdown", ".mdown")
SPECIAL_FOLDERS = {"_posts", "_drafts"}
"""Folders of Jekyll that hold articles; others with an underscore hold layouts and data."""
BODY_LIMIT = 128 * 1024
"""Bytes of an article's Markdown."""
FILE_LIMIT = BODY_LIMIT + FRONT_MATTER_LIMIT
MAX_DEPTH = 30
"""Folders inside folders."""

_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file with the name of an article, or why it cannot be one."""

    path: str
    file: Path
    problem: str = ""


def find(folder: Path) -> list[Found]:
    """Everything in a folder that is named like a Markdown file, in the order of its path."""
    return sorted(_walk(folder, "", 0), key=lambda found: found.path.split("/"))


def read(found: Found) -> str:
    """The text of a file, without byte order mark, lines ended by a line feed. Raises LeftOut."""
    if found.problem:
        raise LeftOut(found.problem)
    if len(found.path) > PATH_LIMIT:
        raise LeftOut(f"its path is longer than {PATH_LIMIT} characters")
    data = read_bytes(found.file, FILE_LIMIT)
    if data[:2] in _BYTE_ORDER_MARKS:
        raise LeftOut(f"it is {_BYTE_ORDER_MARKS[data[:2]]}, and must be UTF-8")
    if b"\0" in data:
        raise LeftOut("it is not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LeftOut(f"it is not UTF-8 (at byte {error.start})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(file: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises LeftOut.

    Opened without waiting, so that a pipe of that name does not hold the import for ever.
    """
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise LeftOut(f"it cannot be read: {error.strerror}") from None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise LeftOut("it is not a regular file")
        try:
            data = stream.read(limit + 1)
        except OSError as error:
            raise LeftOut(f"it cannot be read: {error.strerror}") from None
    if len(data) > limit:
        raise LeftOut(f"it is larger than {limit // 1024} kB")
    return data


def _walk(folder: Path, below: str, depth: int) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(below or ".", folder, f"the folder cannot be read: {error.strerror}")
        return
    for entry in entries:
        path = f"{below}/{entry.name}" if below else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry, path, depth)
        elif entry.name.lower().endswith(SUFFIXES) and not entry.name.startswith("."):
            yield _file(entry, path)


def _folder(entry: os.DirEntry[str], path: str, depth: int) -> Iterator[Found]:
    if entry.name.lower().endswith(SUFFIXES):
        yield Found(_printable(path), Path(entry.path), "it is a folder, not a file")
    if entry.name.startswith((".", "_")) and entry.name not in SPECIAL_FOLDERS:
        return
    if depth >= MAX_DEPTH:
        yield Found(_printable(path), Path(entry.path), f"it is more than {MAX_DEPTH} folders deep")
        return
    yield from _walk(Path(entry.path), path, depth + 1)


def _file(entry: os.DirEntry[str], path: str) -> Found:
    printable = _printable(path)
    if printable != unicodedata.normalize("NFC", path):
        return Found(printable, Path(entry.path), "its name is not UTF-8")
    if entry.is_symlink():
        return Found(printable, Path(entry.path), "it is a symbolic link")
    if entry.name.startswith("_"):
        return Found(printable, Path(entry.path), "it is the page of a section, not an article")
    return Found(printable, Path(entry.path))


def _printable(path: str) -> str:
    """A path that any database and terminal takes."""
    whole = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", whole)
