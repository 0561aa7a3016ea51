"""What may be forgotten: leases, counters that slow things down, short memories.

It has a database of its own (`instance/ephemeral.db`; a schema-less set of unlogged tables on
PostgreSQL), so that a change here is no news to the main one, and losing it loses nothing that
anybody was promised.
"""

import logging
import os
import secrets
import socket
import time
from collections.abc import Sequence
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
    and_,
    event,
    or_,
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

counter = Table(
    "counter",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("free_at", Float, nullable=False),
    Column("until", Float, nullable=False, index=True),
)
"""How often something was tried, when it may be tried again, and when that is forgotten."""

CHANGES_OF_MIND = 20
"""How often a try looks again because another process counted in between."""
SWEEP_ONE_IN = 100
"""One try in so many also removes what is to be forgotten."""


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


def take(name: str, delays: Sequence[float], memory: float) -> float:
    """Count one try, unless it comes too early; gives the seconds to wait, 0 when it was counted.

    `delays[n]` are the seconds that must pass after try n + 1, the last one after every further
    try. All is forgotten `memory` seconds after the last counted try. It is counted before the try
    is made and in a transaction of its own, so that neither a thousand tries at once nor a refusal
    that rolls back get through uncounted.
    """
    if secrets.randbelow(SWEEP_ONE_IN) == 0:
        forget_old()
    for _ in range(CHANGES_OF_MIND):
        now = time.time()
        tried, free_at = _tries(name, now)
        if free_at > now:
            return free_at - now
        pause = delays[min(tried, len(delays) - 1)]
        if _count(name, tried, now + pause, now + pause + memory, now):
            return 0.0
    return max(delays[0], 1.0)


def give_back(name: str) -> None:
    """Take one counted try back: it was a good one."""
    mine = update(counter).where(counter.c.name == name, counter.c.count > 0)
    with engine().begin() as connection:
        connection.execute(mine.values(count=counter.c.count - 1, free_at=0.0))


def remember(name: str, seconds: float) -> None:
    """Keep a name in mind for a while."""
    until = time.time() + seconds
    insert = sqlite.insert if engine().dialect.name == "sqlite" else postgresql.insert
    first = insert(counter).values(name=name, count=0, free_at=0.0, until=until)
    longer = first.on_conflict_do_update(index_elements=[counter.c.name], set_={"until": until})
    with engine().begin() as connection:
        connection.execute(longer)


def remembers(name: str) -> bool:
    """Whether a name is kept in mind."""
    wanted = select(counter.c.name).where(counter.c.name == name, counter.c.until > time.time())
    with engine().begin() as connection:
        return connection.execute(wanted).first() is not None


def forget(*names: str) -> None:
    """Forget counters and names."""
    with engine().begin() as connection:
        connection.execute(sql_delete(counter).where(counter.c.name.in_(names)))


def forget_old() -> int:
    """Remove what is to be forgotten by now; gives how much that was."""
    with engine().begin() as connection:
        return connection.execute(sql_delete(counter).where(counter.c.until < time.time())).rowcount


def _tries(name: str, now: float) -> tuple[int, float]:
    known = select(counter.c.count, counter.c.free_at, counter.c.until)
    with engine().begin() as connection:
        found = connection.execute(known.where(counter.c.name == name)).first()
    if found is None or found.until <= now:
        return 0, 0.0
    tried, free_at, _until = found
    return tried, free_at


def _count(name: str, tried: int, free_at: float, until: float, now: float) -> bool:
    """Write one try more; False when somebody else has counted since it was read."""
    insert = sqlite.insert if engine().dialect.name == "sqlite" else postgresql.insert
    first = insert(counter).values(name=name, count=tried + 1, free_at=free_at, until=until)
    unchanged = or_(
        and_(counter.c.until > now, counter.c.count == tried, counter.c.free_at <= now),
        counter.c.until <= now,
    )
    further = first.on_conflict_do_update(
        index_elements=[counter.c.name],
        set_={"count": tried + 1, "free_at": free_at, "until": until},
        where=unchanged,
    ).returning(counter.c.count)
    with engine().begin() as connection:
        return connection.execute(further).first() is not None


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
