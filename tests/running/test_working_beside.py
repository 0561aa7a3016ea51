"""Commands and jobs beside a running server: readers notice only that there is more to read."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from tests.running.conftest import ROOT, Site, until
from tests.scale import PROOF

FILES = 400 if PROOF else 30
KILLS = 25 if PROOF else 3
WORDS = "The oven at the end of the street is lit on Fridays, and eleven houses share its heat. "


def write_posts(folder: Path) -> None:
    folder.mkdir()
    for number in range(FILES):
        head = f"---\ntitle: Post {number}\ndate: 2026-01-01\ntags: [ovens]\n---\n"
        (folder / f"post-{number}.md").write_text(head + WORDS * 20)


def import_command(site: Site, folder: Path) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "blog", "import", "markdown", str(folder)]


def rows(site: Site, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(site.folder / "broadsheet.db")) as database:
        return database.execute(question).fetchall()


def test_an_import_beside_the_server_fails_no_reader_and_is_seen_at_once(
    site: Site, tmp_path: Path
) -> None:
    write_posts(tmp_path / "posts")
    answers: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            answers.append(site.get("/"))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        ran = subprocess.run(
            import_command(site, tmp_path / "posts"),
            cwd=ROOT,
            env=site.environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        done.set()
        reader.join()
    assert ran.returncode == 0, ran.stderr
    assert f"{FILES} made" in ran.stdout
    assert set(answers) == {200}
    assert {site.get(f"/articles/post-{number}") for number in range(FILES)} == {200}


def test_every_job_is_done_although_the_job_process_is_killed_again_and_again(site: Site) -> None:
    """Follows the import above: its jobs work out which articles go together."""
    chance = random.Random(7)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.5))
        until(site.is_whole, 15)
        os.kill(site.job_process(), signal.SIGKILL)
    until(site.is_whole, 15)
    until(site.is_idle, 240)
    assert rows(site, "SELECT count(*) FROM job") == [(0,)]
    without_a_list = rows(
        site,
        "SELECT slug FROM article WHERE slug LIKE 'post-%' AND id NOT IN "
        "(SELECT article_id FROM related_article)",
    )
    assert without_a_list == []
    twice = rows(
        site, "SELECT article_id, other_id FROM related_article GROUP BY 1, 2 HAVING count(*) > 1"
    )
    assert twice == []
    assert rows(site, "PRAGMA integrity_check") == [("ok",)]
