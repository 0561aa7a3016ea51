"""Where a picture's files stand, and how they get there: whole, on the disk, or not at all."""

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

ORIGINAL = "original.jpg"
"""The JPEG made at upload; it answers for variants that are not made yet."""

SOURCES = ("source.webp", "source.jpg")
"""What variants are made of: lossless with transparency, or a JPEG near the eye's limit."""

UNFINISHED = ".part"
LEFTOVER_SECONDS = 3_600
"""An unfinished file of this age belongs to a process that died."""


def folder(uploads: Path, key: str) -> Path:
    """The folder of a picture; the first two digits keep any one folder short."""
    return uploads / key[:2] / key


def is_complete(path: Path) -> bool:
    """Whether a file was written to its end; a name appears only then."""
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False


def write(path: Path, data: bytes) -> None:
    """Put a file in its place at once, surviving a power cut. Raises OSError.

    Written beside its place, flushed, renamed, and the folder flushed too (POSIX promises a rename
    to be atomic, and nothing about when it reaches the disk).
    """
    _make_folder(path.parent)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}{UNFINISHED}")
    try:
        _write_through(unfinished, data)
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    _flush_folder(path.parent)


def sweep(of: Path) -> None:
    """Remove what writers who died have left in a folder."""
    oldest = time.time() - LEFTOVER_SECONDS
    for path in of.glob(f".*{UNFINISHED}"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def _write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(path: Path) -> None:
    """Make a folder and those above it, each known to the disk."""
    if path.is_dir():
        return
    _make_folder(path.parent)
    path.mkdir(exist_ok=True)
    _flush_folder(path.parent)


def _flush_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
