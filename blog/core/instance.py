"""The instance folder: everything a site is, apart from its program. Made here, backed up here."""

import os
import secrets
import sqlite3
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

UMASK = 0o077
"""For every process that writes into the folder: what it makes is readable by us alone."""
FOLDERS = ("uploads", "outbox", "assets", "backups")
LOCK = "run.lock"
BACKUPS = "backups"
SECRET = "secret"  # noqa: S105 - the name of the file
SECRET_BYTES = 32
BACKUPS_KEPT = 5


class InstanceError(Exception):
    """The folder cannot be used; the message is one sentence for whoever runs the site."""


def prepare(folder: Path) -> None:
    """Makes the folder, what belongs in it and the secret, or finds them; readable by us alone.

    Raises InstanceError when it is not a folder or cannot be written to.
    """
    try:
        _make(folder)
        _close_to_others(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
        for name in FOLDERS:
            _make(folder / name)
        _make_secret(folder / SECRET)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InstanceError(
            f"The folder {folder} cannot be written to ({reason}); BLOG_INSTANCE names another one."
        ) from None


def back_up(database: Path, folder: Path) -> Path | None:
    """Copies an SQLite database, also while it is written to, and keeps the last few copies.

    Gives the copy's path, None when there is nothing to copy yet. Raises OSError and
    sqlite3.Error; a copy with its final name is whole.
    """
    if not database.exists() or not database.stat().st_size:
        return None
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    copy = folder / f"{database.stem}-{stamp}{database.suffix}"
    unfinished = copy.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(database)) as source,
        closing(sqlite3.connect(unfinished)) as target,
    ):
        source.backup(target)
    unfinished.replace(copy)
    for old in sorted(folder.glob(f"{database.stem}-*{database.suffix}"))[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)
    return copy


def _make(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700, parents=True)


def _close_to_others(folder: Path) -> None:
    # One that belongs to somebody else is theirs to open; some file systems know no modes.
    with suppress(PermissionError):
        if folder.stat().st_mode & UMASK:
            folder.chmod(0o700)


def _make_secret(path: Path) -> None:
    """Appears whole or not at all: a key cut short would be taken for the key."""
    if path.exists() and path.stat().st_size:
        return
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(SECRET_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
