"""Bringing a database to the present schema, without losing a row.

On SQLite a batch migration copies a table and drops the old one; with foreign keys on, that fires
ON DELETE CASCADE and empties the tables below. So they are off while the schema changes, and every
reference is checked before the change is committed (SQLite documentation, "Making Other Kinds Of
Table Schema Changes", the twelve steps).
"""

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from . import ephemeral
from .db import Base

SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


def pending(url: str) -> bool:
    """Whether the database at an address is not at the present schema; it need not exist yet.

    Raises alembic.util.CommandError when its schema is none of ours, such as a newer one.
    """
    engine = _engine(url)
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_config(url))
    if present is not None:
        scripts.get_revision(present)
    return present != scripts.get_current_head()


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision."""
    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision; what only later schemas can hold is lost."""
    command.downgrade(_config(url), revision)


def differences(url: str) -> None:
    """Raises alembic.util.CommandError when the models say something else than the schema."""
    config = _config(url)
    config.stdout = StringIO()  # whoever asks says it in words of their own
    command.check(config)


def revision(url: str, message: str) -> None:
    """Write the script of a new revision from the differences."""
    command.revision(_config(url), message, autogenerate=True)


def _config(url: str) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["engine"] = _engine(url)
    config.attributes["metadata"] = Base.metadata
    config.attributes["forgettable"] = frozenset(ephemeral.metadata.tables)
    return config


def _engine(url: str) -> Engine:
    """An engine whose transactions begin where they are said to: DDL is rolled back whole."""
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _by_hand)
        event.listen(engine, "begin", _immediate)
    return engine


def _immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _by_hand(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
    connection.execute("PRAGMA busy_timeout=10000")  # type: ignore[attr-defined]
