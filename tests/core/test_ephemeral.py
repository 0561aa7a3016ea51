"""What may be forgotten: made anew when it is damaged, kept when it is only in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from blog.core import ephemeral

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def file(app: Flask) -> Path:
    """The database with one lease, and nobody who has it open."""
    assert ephemeral.claim("job:1", "here:1", 60) == 1
    ephemeral.engine().dispose()
    return Path(str(ephemeral.engine().url.database))


@pytest.mark.parametrize("begin", [0, 4096], ids=["head", "table"])
def test_a_damaged_file_is_made_anew(file: Path, begin: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:begin] + b"\xff" * (len(whole) - begin))
    ephemeral.create_tables()
    assert ephemeral.claim("job:1", "there:2", 60) == 1


def test_a_whole_file_keeps_what_it_says(file: Path) -> None:
    ephemeral.create_tables()
    assert ephemeral.claim("job:1", "there:2", 60) is None


def test_a_file_that_cannot_be_used_for_another_reason_stays(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("DROP TABLE lease")
        other.execute("CREATE TABLE kept (word TEXT)")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            ephemeral.create_tables()
        other.execute("COMMIT")
        assert other.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    assert file.exists()
