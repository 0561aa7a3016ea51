"""What may be forgotten: leases, later throttle counters and last-seen times.

It has a database of its own (`instance/ephemeral.db`; a schema-less set of unlogged tables on
PostgreSQL), so that a change here is no news to the main one, and losing it loses nothing that
anybody was promised.
"""

import logging
import os
import socket
import time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    event,
    select,
    update,
)
from sqlalchemy import delete as sql_delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, OperationalError

from .db import db

BIND = "ephemeral"
"""The name of this database among the application's binds."""

log = logging.getLogger(__name__)

metadata = MetaData()

lease = Table(
    "lease",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("until", Float, nullable=False),
    Column("starts", Integer, nullable=False),
)


def engine() -> Engine:
    """The engine of the running application's forgettable database."""
    return db.engines[BIND]


def prepare_engine(of: Engine) -> None:
    """Autocommit, and on SQLite no waiting for the disk."""
    if of.dialect.name == "sqlite":
        event.listen(of, "connect", _sqlite_connect)


def create_tables() -> None:
    """Make what is missing; the tables are never migrated, only made anew.

    So is a damaged SQLite file. Raises sqlalchemy.exc.DatabaseError when the database is not to be
    used for another reason.
    """
    of = engine()
    try:
        _create(of)
    except DatabaseError as error:
        # An OperationalError (locked, no space, no permission) says nothing about the content.
        if of.dialect.name != "sqlite" or isinstance(error, OperationalError):
            raise
        _remove(of)
        log.warning("a damaged database was made anew", extra={"file": of.url.database})
        _create(of)


def _create(of: Engine) -> None:
    metadata.create_all(of)
    with of.begin() as connection:
        if of.dialect.name == "sqlite":
            # Damage further inside would show only later, in the job process.
            connection.execute(select(lease)).all()
            return
        for table in metadata.tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} SET UNLOGGED")


def _remove(of: Engine) -> None:
    of.dispose()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{of.url.database}{suffix}").unlink(missing_ok=True)


def holder() -> str:
    """Who we are, so that a dead holder on this machine can be told from a living one."""
    return f"{socket.gethostname()}:{os.getpid()}"


def claim(name: str, by: str, seconds: float) -> int | None:
    """Take a lease; gives how often it has been taken since the last release, or None if held."""
    now = time.time()
    insert = sqlite.insert if engine().dialect.name == "sqlite" else postgresql.insert
    first = insert(lease).values(name=name, holder=by, until=now + seconds, starts=1)
    taken = first.on_conflict_do_update(
        index_elements=[lease.c.name],
        set_={"holder": by, "until": now + seconds, "starts": lease.c.starts + 1},
        where=lease.c.until < now,
    ).returning(lease.c.starts)
    with engine().begin() as connection:
        return connection.execute(taken).scalar_one_or_none()


def renew(name: str, by: str, seconds: float, using: Engine) -> bool:
    """Hold a lease longer; False when somebody else has it by now.

    The engine is an argument because a heartbeat runs in a thread without an application.
    """
    longer = update(lease).where(lease.c.name == name, lease.c.holder == by)
    with using.begin() as connection:
        return connection.execute(longer.values(until=time.time() + seconds)).rowcount == 1


def release(name: str, by: str) -> None:
    """Give a lease back and forget how often it was taken."""
    mine = sql_delete(lease).where(lease.c.name == name, lease.c.holder == by)
    with engine().begin() as connection:
        connection.execute(mine)


def lapse(name: str, by: str) -> None:
    """Let a lease run out now, and remember how often it was taken."""
    mine = update(lease).where(lease.c.name == name, lease.c.holder == by)
    with engine().begin() as connection:
        connection.execute(mine.values(until=0.0))


def lapse_of_the_dead() -> int:
    """Let leases of processes of this machine that are gone run out; gives how many."""
    here = f"{socket.gethostname()}:"
    with engine().begin() as connection:
        held = connection.execute(select(lease.c.holder).distinct()).scalars().all()
        dead = [who for who in held if who.startswith(here) and not _alive(who)]
        if not dead:
            return 0
        freed = update(lease).where(lease.c.holder.in_(dead)).values(until=0.0)
        return connection.execute(freed).rowcount


def _alive(who: str) -> bool:
    try:
        os.kill(int(who.rpartition(":")[2]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _sqlite_connect(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")
