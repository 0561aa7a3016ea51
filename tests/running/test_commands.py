"""Commands as their owner calls them: in a shell, on a folder in any state."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running.conftest import ROOT, Site

SCHEMA = ["database", "upgrade"]


def call(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "blog", *words],
        cwd=ROOT,
        env=site.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        umask=0o022,
    )


def said_in_a_sentence(ran: subprocess.CompletedProcess[str]) -> str:
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: ")
    assert len(ran.stderr.splitlines()) == 1
    return ran.stderr


def test_commands_leave_nothing_that_others_could_read(unstarted: Site) -> None:
    unstarted.folder.mkdir()
    unstarted.folder.chmod(0o755)
    ran = call(unstarted, *SCHEMA)
    assert ran.returncode == 0, ran.stderr
    assert stat.S_IMODE(unstarted.folder.stat().st_mode) == 0o700
    files = [path for path in unstarted.folder.rglob("*") if path.is_file()]
    assert unstarted.folder / "broadsheet.db" in files
    assert [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_check_says_one_line(unstarted: Site) -> None:
    assert call(unstarted, *SCHEMA).returncode == 0
    ran = call(unstarted, "database", "check")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(ran.stdout.splitlines()) == 1


@pytest.mark.parametrize("words", [["sample"], ["jobs", "list"]])
def test_a_folder_without_a_database_is_said_in_a_sentence(
    unstarted: Site, words: list[str]
) -> None:
    assert "database upgrade" in said_in_a_sentence(call(unstarted, *words))


@pytest.mark.parametrize("words", [["sample"], ["jobs", "list"], SCHEMA, ["database", "check"]])
def test_a_file_that_is_no_database_is_said_in_a_sentence(
    unstarted: Site, words: list[str]
) -> None:
    unstarted.folder.mkdir()
    (unstarted.folder / "broadsheet.db").write_bytes(b"no database " * 1_000)
    assert str(unstarted.folder) in said_in_a_sentence(call(unstarted, *words))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BLOG_PORT", "eighty"),
        ("BLOG_PROT", "8001"),
        ("BLOG_DATABASE_URL", "postgresql:/x"),
        ("BLOG_INSTANCE", os.devnull),
    ],
)
def test_a_wrong_setting_is_said_in_a_sentence(unstarted: Site, name: str, value: str) -> None:
    unstarted.settings = {name: value}
    assert name in said_in_a_sentence(call(unstarted, *SCHEMA))
    assert not unstarted.folder.exists()


def test_a_test_run_names_as_left_out_only_what_is_not_there(tmp_path: Path) -> None:
    plan = subprocess.run(
        ["make", "--dry-run", "test"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"^left=;.*?Left out: [^\n]*", plan, re.DOTALL | re.MULTILINE)
    assert found
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o700)
    for path, left_out in ((tmp_path, False), (tmp_path / "none", True)):
        ran = subprocess.run(
            ["/bin/sh", "-c", found[0]],
            env={"PATH": str(path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ("no Chromium" in ran.stdout) == left_out
        assert "no nginx" in ran.stdout
