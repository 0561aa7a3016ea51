"""The one SQLAlchemy object, and the one way to write.

Every unit of work begins as a read. `writing()` turns it into the only write transaction; on SQLite
that is BEGIN IMMEDIATE, because a transaction that reads first and writes later fails at once when
another writer came between (the busy timeout does not apply to lock upgrades).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, UOWTransaction, registry
from sqlalchemy.types import TypeDecorator

from . import events

BUSY_TIMEOUT_MS = 10_000
"""How long a writer waits for the one write lock of SQLite."""

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_TIMEOUT_MS}",
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment; SQLite forgets the zone, so it is stored as UTC and given back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on the way in. Raises ValueError for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware UTC on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table is built on: named constraints, aware moments."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime()},
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class WriteOutsideTransaction(RuntimeError):
    """Code tried to change rows outside `writing()`: a fault of ours, never of a reader."""


_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """One unit of writing: what happens inside is committed once, at the end, or not at all.

    Ends the read that went before, so objects loaded earlier are read again when touched. Events
    announced inside are delivered before the commit. Nothing slow or external may stand inside.
    Raises RuntimeError when units are nested.
    """
    if _writing.get():
        raise RuntimeError("a unit of writing stands inside another one")
    db.session.rollback()
    token = _writing.set(True)
    announced = events.collect()
    try:
        yield
        events.deliver(announced, settle=db.session.flush)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        events.stop_collecting()
        _writing.reset(token)


def is_writing() -> bool:
    """Whether the present code runs inside a unit of writing."""
    return _writing.get()


def insert(model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the words of the present database."""
    if db.session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(model)
    return postgresql.insert(model)


def end_read() -> None:
    """End the read transaction before something slow, so that no snapshot is held meanwhile."""
    db.session.rollback()


def _sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _postgresql_begin(connection: Any) -> None:
    mode = "READ COMMITTED" if _writing.get() else "REPEATABLE READ, READ ONLY"
    connection.exec_driver_sql(f"SET TRANSACTION ISOLATION LEVEL {mode}")


def prepare_engine(engine: Engine) -> None:
    """Give an engine our way to connect and to begin."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "begin", _postgresql_begin)


@event.listens_for(Session, "before_flush")
def _flush_only_when_writing(session: Session, context: UOWTransaction, instances: object) -> None:
    if not _writing.get() and (session.new or session.deleted or session.dirty):
        raise WriteOutsideTransaction("rows are changed only inside core.db.writing()")


@event.listens_for(Session, "do_orm_execute")
def _execute_only_when_writing(state: ORMExecuteState) -> None:
    if not _writing.get() and (state.is_insert or state.is_update or state.is_delete):
        raise WriteOutsideTransaction("rows are changed only inside core.db.writing()")
