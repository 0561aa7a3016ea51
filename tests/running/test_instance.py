"""The instance folder: made once, found afterwards, backed up before it changes."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from blog.core import instance
from blog.core.instance import BACKUPS_KEPT, InstanceError, back_up, prepare
from blog.core.processes import Lock, LockHeldError, holder_of
from tests.running.conftest import ROOT, as_anybody


def test_preparing_twice_keeps_the_secret(tmp_path: Path) -> None:
    prepare(tmp_path / "instance")
    secret = (tmp_path / "instance/secret").read_bytes()
    prepare(tmp_path / "instance")
    assert (tmp_path / "instance/secret").read_bytes() == secret
    assert len(secret.strip()) == 64


def test_a_secret_that_was_cut_short_by_a_crash_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    (tmp_path / "secret.unfinished").write_text("abc")
    prepare(tmp_path)
    assert len((tmp_path / "secret").read_bytes().strip()) == 64
    assert not (tmp_path / "secret.unfinished").exists()


def test_a_folder_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    folder.mkdir()
    folder.chmod(0o755)
    prepare(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_below_a_file_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InstanceError, match=str(tmp_path / "file/instance")):
        prepare(tmp_path / "file/instance")


def test_a_backup_holds_what_was_committed_also_when_it_stands_in_the_log(tmp_path: Path) -> None:
    database = tmp_path / "site.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE word (value TEXT)")
        connection.execute("INSERT INTO word VALUES ('kept')")
        connection.commit()
        copy = back_up(database, tmp_path)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM word").fetchall() == [("kept",)]


def test_only_the_last_backups_are_kept(tmp_path: Path) -> None:
    database = tmp_path / "site.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE word (value TEXT)")
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(10, 20):
        (folder / f"site-202601{day}T000000Z.db").touch()
    newest = back_up(database, folder)
    kept = sorted(folder.iterdir())
    assert len(kept) == BACKUPS_KEPT
    assert kept[-1] == newest


def test_nothing_is_copied_when_there_is_no_database_yet(tmp_path: Path) -> None:
    assert back_up(tmp_path / "site.db", tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_lock_has_one_holder_who_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / instance.LOCK
    assert holder_of(path) is None
    assert not path.exists()
    with Lock(path):
        with pytest.raises(LockHeldError):
            Lock(path)
        assert holder_of(path) == os.getpid()
    assert holder_of(path) is None


@pytest.mark.parametrize(("mode", "known"), [(0o400, True), (0o000, False)])
def test_who_holds_a_lock_is_asked_without_writing(tmp_path: Path, mode: int, known: bool) -> None:
    path = tmp_path / instance.LOCK
    question = f"from blog.core.processes import *; print(holder_of(Path({str(path)!r})))"
    with Lock(path):
        path.chmod(mode)
        asked = subprocess.run(
            [*as_anybody(), sys.executable, "-c", question],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    assert asked.stdout.strip() == str(os.getpid() if known else None)
