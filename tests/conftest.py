"""What every test may ask for: an application on a fresh database, a reader, a cast."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from blog import create_app
from blog.config import Config
from blog.core import ephemeral, migrating
from blog.core.db import Base, db
from blog.core.jobs import worker
from blog.web import assets
from tests import postgres
from tests.scale import SCALE

settings.register_profile("scaled", max_examples=100 * SCALE, deadline=None)
settings.load_profile("scaled")

ROOT = Path(__file__).resolve().parent.parent


class Reader(FlaskClient):
    """A client that asks at this machine's address, each time in a context of its own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("base_url", f"http://127.0.0.1:{PORT}")
        db.session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)


SECRET = b"a secret that only the tests know, and everybody"
BOTH_DATABASES = {
    "core",
    "site",
    "accounts",
    "articles",
    "media",
    "related",
    "ads",
    "reading",
    "cli",
    "transfer",
}
"""Folders whose tests run on SQLite and on PostgreSQL."""

PORT = 8000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "app" not in metafunc.fixturenames:
        return
    engines = [pytest.param("sqlite", id="sqlite")]
    alone = metafunc.definition.get_closest_marker("sqlite_only")
    if metafunc.definition.path.parent.name in BOTH_DATABASES and not alone:
        engines.append(pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql))
    metafunc.parametrize("engine_name", engines, indirect=False, scope="function")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = {
        "postgresql": (postgres.available(), "PostgreSQL is not installed"),
        "browser": (browser_path() is not None, "no Chromium on this machine"),
        "checker": (
            bool(os.environ.get("VNU_JAR")) and bool(shutil.which("java")),
            "no VNU_JAR or Java",
        ),
    }
    for item in items:
        for marker, (present, reason) in absent.items():
            if not present and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def browser_path() -> str | None:
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


@pytest.fixture(scope="session")
def built_assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("assets") / "assets"
    assets.build(ROOT / "static", target)
    return target


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "broadsheet.db"
    migrating.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    if not postgres.available():
        pytest.skip("PostgreSQL is not installed")
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> str:
    worker_name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    url = postgres.create_database(postgresql_server, f"broadsheet_{worker_name}")
    migrating.upgrade(replace(Config(), database_url=url).sqlalchemy_url)
    return url


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def config(
    engine_name: str,
    tmp_path: Path,
    built_assets: Path,
    migrated_sqlite: Path,
    request: pytest.FixtureRequest,
) -> Config:
    """Settings of a fresh instance whose database has the schema and no rows."""
    instance = tmp_path / "instance"
    (instance / "uploads").mkdir(parents=True)
    (instance / "assets").symlink_to(built_assets)
    url = ""
    if engine_name == "postgresql":
        url = request.getfixturevalue("migrated_postgresql")
    else:
        shutil.copy(migrated_sqlite, instance / "broadsheet.db")
    return Config(
        instance=instance, secret_key=SECRET, database_url=url, port=PORT, log_level="WARNING"
    )


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """An application on a database without rows, with its context."""
    application = create_app(config)
    with application.app_context():
        if config.database_url:
            empty_postgresql()
        ephemeral.create_tables()
        yield application
        db.session.remove()
        for engine in {*db.engines.values()}:
            engine.dispose()


def empty_postgresql() -> None:
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.rollback()
        raw.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        raw.execute("DROP TABLE IF EXISTS lease, counter")
        raw.commit()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader without cookies, at the site's own address."""
    return Reader(app, app.response_class, use_cookies=False)


@pytest.fixture
def do_jobs(app: Flask):  # type: ignore[no-untyped-def]
    """Do everything that waits, as the job process does: in a context of its own."""

    def do() -> int:
        db.session.rollback()
        with app.app_context():
            return worker.drain(app.extensions["jobs"])

    return do
