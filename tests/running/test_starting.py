"""Starting: the first time, the second time, and all the ways in which it cannot."""

import hashlib
import os
import re
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.running.conftest import Site, alive, as_anybody, free_port, until
from tests.scale import PROOF

LINK = re.compile(r"http://127\.0\.0\.1:\d+/setup\S*\w")
PASSING = {"run.lock", "ephemeral.db", "ephemeral.db-wal", "ephemeral.db-shm"}
"""Files that change with every start: who holds the lock, what may be forgotten."""
WITH_SAMPLE = "yes" if PROOF else "no"
"""Its pictures keep the job process busy for half a minute."""


def can_listen(host: str) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, 0), family=family):
            return True
    except OSError:
        return False


def sentences(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def contents(folder: Path) -> dict[str, str]:
    """Every file by its digest, the database by what it says."""
    files = {path.name: path for path in folder.rglob("*") if path.is_file()}
    kept = {name for name in files if name not in PASSING and not name.startswith("broadsheet.db")}
    found = {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in kept}
    with closing(sqlite3.connect(folder / "broadsheet.db")) as connection:
        return found | {"broadsheet.db": "\n".join(connection.iterdump())}


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    """One folder, started and stopped twice."""
    folder = tmp_path_factory.mktemp("life") / "instance"
    first, second = (Site(folder, free_port(), BLOG_SAMPLE=WITH_SAMPLE) for _ in range(2))
    for site in (first, second):
        site.start()
        until(site.is_idle, 120)
        site.stopped_in = site.stop()
        site.left = contents(folder)
    for name, site in (("first", first), ("second", second)):
        print(f"\n{name} start {site.took:.2f} s, CPU {site.cpu:.2f} s", end=", ")
        print(f"ended in {site.stopped_in:.2f} s")
    return [first, second]


def test_the_first_start_says_the_address_and_last_the_link_that_sets_the_site_up(
    site: Site,
) -> None:
    said = sentences(site.said())
    assert f"http://127.0.0.1:{site.port}/" in said[-2]
    assert LINK.search(said[-1])
    assert sentences(site.complaint()) == []
    assert site.get("/setup" + said[-1].partition("/setup")[2]) == 200


def test_only_the_owner_can_read_the_instance_folder_and_the_secret(site: Site) -> None:
    assert stat.S_IMODE(site.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((site.folder / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((site.folder / "broadsheet.db").stat().st_mode) == 0o600


def test_a_second_start_on_the_same_folder_says_so_in_one_sentence(site: Site) -> None:
    again = Site(site.folder, site.port).run()
    assert again.returncode == 1
    assert again.stdout == ""
    assert len(sentences(again.stderr)) == 1
    assert f"already runs on {site.folder} (process {site.process.pid})" in again.stderr
    assert site.get() == 200


def test_a_second_start_on_another_port_is_refused_as_well(site: Site) -> None:
    again = Site(site.folder, free_port()).run()
    assert again.returncode == 1
    assert len(sentences(again.stderr)) == 1
    assert "already runs" in again.stderr


def test_another_folder_cannot_share_the_port(site: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "instance", site.port)
    refused = other.run()
    assert refused.returncode == 1
    assert len(sentences(refused.stderr)) == 1
    assert not other.folder.exists()


def test_an_occupied_port_is_named_and_nothing_is_made(unstarted: Site) -> None:
    with socket.create_server(("127.0.0.1", unstarted.port)):
        refused = unstarted.run()
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(sentences(refused.stderr)) == 1
    assert f"127.0.0.1:{unstarted.port}" in refused.stderr
    assert not unstarted.folder.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BLOG_PORT", "eighty"),
        ("BLOG_PORT", "70000"),
        ("BLOG_URL", "example.org/blog"),
        ("BLOG_THREADS", "1"),
        ("BLOG_HOST", "nonsense"),
        ("BLOG_HOST", "2001:db8::1"),  # kept for examples (RFC 3849), so nobody's own
        ("BLOG_DATABASE_URL", "postgresql:/x"),
        ("BLOG_DATABASE_URL", "postgresql://127.0.0.1:port/x"),
        ("BLOG_PROT", "8001"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_is_made(
    unstarted: Site, name: str, value: str
) -> None:
    unstarted.settings = {name: value}
    refused = unstarted.run()
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert len(sentences(refused.stderr)) == 1
    assert name in refused.stderr
    assert "BLOG_PORT" in name or "BLOG_PORT" not in refused.stderr
    assert not unstarted.folder.exists()


def test_a_file_in_place_of_the_instance_folder_is_one_sentence(unstarted: Site) -> None:
    unstarted.folder.write_text("not a folder")
    refused = unstarted.run()
    assert refused.returncode == 1
    assert len(sentences(refused.stderr)) == 1
    assert str(unstarted.folder) in refused.stderr
    assert unstarted.folder.read_text() == "not a folder"


def test_a_place_where_nothing_can_be_written_is_one_sentence(unstarted: Site) -> None:
    # The kernel's own folder refuses the superuser as well.
    unstarted.folder = Path("/proc/broadsheet")
    refused = unstarted.run()
    assert refused.returncode == 1
    assert len(sentences(refused.stderr)) == 1
    assert "cannot be written to" in refused.stderr


def test_a_folder_that_may_only_be_read_is_one_sentence_also_when_it_has_run(
    unstarted: Site,
) -> None:
    unstarted.folder.mkdir()
    (unstarted.folder / "run.lock").write_text("1\n")
    unstarted.folder.chmod(0o500)
    (unstarted.folder / "run.lock").chmod(0o400)
    refused = unstarted.run(through=as_anybody())
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(sentences(refused.stderr)) == 1
    assert "cannot be written to" in refused.stderr


def test_a_lock_of_somebody_else_is_one_sentence(unstarted: Site) -> None:
    unstarted.folder.mkdir()
    lock = unstarted.folder / "run.lock"
    lock.write_text("1\n")
    lock.chmod(0)
    if not os.geteuid():
        os.chown(lock, 12345, 12345)
    refused = unstarted.run(through=as_anybody())
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(sentences(refused.stderr)) == 1
    assert str(lock) in refused.stderr
    with socket.create_server(("127.0.0.1", unstarted.port)):
        occupied = unstarted.run(through=as_anybody())
    assert (occupied.returncode, occupied.stdout) == (1, "")
    assert len(sentences(occupied.stderr)) == 1
    assert f"127.0.0.1:{unstarted.port}" in occupied.stderr


@pytest.mark.parametrize("host", ["127.0.0.2", "::1", "0.0.0.0", "::"])
def test_the_printed_link_opens_wherever_the_site_listens(unstarted: Site, host: str) -> None:
    if not can_listen(host):
        pytest.skip(f"{host} is no address of this machine")
    unstarted.settings = {"BLOG_HOST": host, "BLOG_SAMPLE": "no"}
    unstarted.start()
    try:
        address, link = [re.search(r"http://\S+", line)[0] for line in sentences(unstarted.said())]
        assert urlopen(address, timeout=5).status == 200
        assert urlopen(link, timeout=5).status == 200
    finally:
        unstarted.stop()


def test_a_database_server_that_is_away_is_one_sentence_without_the_password(
    unstarted: Site,
) -> None:
    away = f"postgresql://me:tulip@127.0.0.1:{free_port()}/blog"
    unstarted.settings = {"BLOG_DATABASE_URL": away}
    refused = unstarted.run()
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(sentences(refused.stderr)) == 1
    assert "127.0.0.1" in refused.stderr
    assert "tulip" not in refused.stderr


def test_a_file_that_is_no_database_is_one_sentence_and_stays(unstarted: Site) -> None:
    unstarted.folder.mkdir()
    database = unstarted.folder / "broadsheet.db"
    database.write_bytes(b"no database " * 1_000)
    refused = unstarted.run()
    assert refused.returncode == 1
    assert len(sentences(refused.stderr)) == 1
    assert str(unstarted.folder) in refused.stderr
    assert database.read_bytes() == b"no database " * 1_000


def test_a_database_of_a_newer_version_is_one_sentence_and_not_copied(unstarted: Site) -> None:
    unstarted.folder.mkdir()
    with closing(sqlite3.connect(unstarted.folder / "broadsheet.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.commit()
    refused = unstarted.run()
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(sentences(refused.stderr)) == 1
    assert "9999" in refused.stderr
    assert "newer" in refused.stderr
    assert list((unstarted.folder / "backups").iterdir()) == []


def test_what_may_be_forgotten_is_made_anew_when_it_is_damaged(unstarted: Site) -> None:
    unstarted.settings = {"BLOG_SAMPLE": "no"}
    unstarted.folder.mkdir()
    (unstarted.folder / "ephemeral.db").write_bytes(b"no database " * 1_000)
    (unstarted.folder / "ephemeral.db-wal").write_bytes(b"nor this")
    unstarted.start()
    try:
        assert unstarted.get() == 200
        told = sentences(unstarted.complaint())
        assert len(told) == 1
        assert str(unstarted.folder / "ephemeral.db") in told[0]
    finally:
        unstarted.stop()


def test_a_second_start_takes_less_than_three_seconds_and_changes_nothing(life: list[Site]) -> None:
    first, second = life
    # Of CPU, so that a busy machine does not fail the test; by the clock it is less (two cores).
    assert second.cpu < 3
    assert second.left == first.left


def test_a_site_ends_within_five_seconds_and_leaves_no_process(life: list[Site]) -> None:
    assert all(site.stopped_in < 5 for site in life)
    assert all(site.process.returncode == 0 for site in life)
    assert not any(alive(site.process.pid) for site in life)
