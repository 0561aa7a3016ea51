"""The schema goes up and down without losing a row that both schemas can hold."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.sql.sqltypes import JSON, Boolean, DateTime, Float, Integer

import blog.transfer.models  # noqa: F401  # so that every table is known
from blog.config import Config
from blog.core import migrating
from blog.core.db import Base, UtcDateTime
from tests import postgres


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'broadsheet.db'}"
    server = request.getfixturevalue("postgresql_server")
    return replace(
        Config(), database_url=postgres.create_database(server, "migrations")
    ).sqlalchemy_url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = create_engine(url)
    yield made
    made.dispose()


def value_for(column) -> object:  # type: ignore[no-untyped-def]
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, Float):
        return 1.5
    if isinstance(column.type, JSON):
        return ["kept"]
    if isinstance(column.type, UtcDateTime | DateTime):
        return datetime(2026, 7, 16, tzinfo=UTC)
    if hasattr(column.type, "enums"):
        return column.type.enums[0]
    return "https://kept.example"[: column.type.length or 20]


def fill(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """One row in every table, each pointing at the row 1 of the table above."""
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            row = {column.name: value_for(column) for column in table.columns}
            connection.execute(insert(table).values(row))
    return contents(engine)


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


def test_the_tables_are_what_the_models_say(url: str) -> None:
    migrating.upgrade(url)
    migrating.differences(url)


def test_a_new_database_has_something_pending_and_a_migrated_one_has_not(url: str) -> None:
    assert migrating.pending(url)
    migrating.upgrade(url)
    assert not migrating.pending(url)


def test_going_forward_again_keeps_every_row(url: str, engine: Engine) -> None:
    migrating.upgrade(url)
    before = fill(engine)
    assert all(len(rows) == 1 for rows in before.values())
    migrating.upgrade(url)
    assert contents(engine) == before


def test_going_down_and_up_again_works_with_rows_in_every_table(url: str, engine: Engine) -> None:
    migrating.upgrade(url)
    fill(engine)
    engine.dispose()
    migrating.downgrade(url, "base")
    assert migrating.pending(url)
    migrating.upgrade(url)
    migrating.differences(url)
    assert all(rows == [] for rows in contents(engine).values())


def test_a_table_that_is_copied_loses_none_of_the_rows_that_point_at_it(
    url: str, engine: Engine
) -> None:
    """SQLite fires ON DELETE CASCADE when a batch drops the old table, unless keys are off."""
    migrating.upgrade(url)
    before = fill(engine)
    engine.dispose()
    copying = migrating._engine(url)
    with copying.connect() as connection, connection.begin():
        from alembic.migration import MigrationContext
        from alembic.operations import Operations

        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table(
            "article", recreate="auto" if "postgresql" in url else "always"
        ) as batch:
            batch.alter_column("title", nullable=False)
        with operations.batch_alter_table(
            "person", recreate="auto" if "postgresql" in url else "always"
        ) as batch:
            batch.alter_column("name", nullable=False)
    copying.dispose()
    assert contents(engine) == before
