"""A real PostgreSQL server for the tests: named by BLOG_TEST_DATABASE_URL, or started from Debian's
binaries in a temporary folder, or absent."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

WAIT_SECONDS = 30
SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=")


def binaries() -> Path | None:
    """Where initdb and postgres stand, if they do."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).parent if on_path else None


def available() -> bool:
    return bool(os.environ.get("BLOG_TEST_DATABASE_URL")) or binaries() is not None


@contextmanager
def server() -> Iterator[str]:
    """The address of a server with an empty database for the one who asks."""
    given = os.environ.get("BLOG_TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="blog-postgresql-"))
    found = binaries()
    assert found is not None, "ask available() first"
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(data, "postgres", "postgres")
    _run(
        [
            str(found / "initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
        ]
    )
    options = [part for setting in SPEED for part in ("-c", setting)]
    command = [str(found / "postgres"), "-D", str(data), "-k", str(folder), *options]
    process = subprocess.Popen(
        _as_postgres(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"postgresql://postgres@/postgres?host={folder}"
    try:
        _wait(url)
        yield url
    finally:
        # A fast shutdown: SIGTERM would wait for every client to leave by itself.
        process.send_signal(signal.SIGINT)
        process.wait(timeout=WAIT_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def create_database(url: str, name: str) -> str:
    """A new empty database on the server; its address."""
    engine = create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    before, _, after = url.partition("?")
    head = before.rpartition("/")[0]
    return f"{head}/{name}" + (f"?{after}" if after else "")


def _wait(url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            engine.connect().close()
            break
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
    engine.dispose()


def _run(command: list[str]) -> None:
    subprocess.run(
        _as_postgres(command), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def _as_postgres(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
