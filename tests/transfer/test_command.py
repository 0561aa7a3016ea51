from pathlib import Path

import pytest
from flask import Flask

from tests.transfer.conftest import Write


@pytest.fixture
def run(app: Flask):  # type: ignore[no-untyped-def]
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["import", "markdown", *map(str, words)])


def test_the_report_names_every_file_and_counts(run, write: Write, folder: Path) -> None:  # type: ignore[no-untyped-def]
    write("a-walk.md", "title: A walk\ndate: 2014-05-06\nauthor: m", "{% if %} Words.")
    write("b.md", "title: [")
    result = run(folder)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "made       a-walk.md -> a-walk"
    assert lines[1].strip() == "Liquid tag {% if %} was taken out"
    assert lines[2].startswith("left out   b.md: its YAML cannot be read")
    assert lines[-1] == "2 files: 1 made, 0 changed, 0 unchanged, 1 left out."
    assert run(folder).output.splitlines()[0] == "unchanged  a-walk.md"


def test_a_dry_run_says_so_first_and_last(run, write: Write, folder: Path) -> None:  # type: ignore[no-untyped-def]
    write("a.md", "title: A\ndate: 2014-05-06")
    lines = run(folder, "--dry-run").output.splitlines()
    assert lines[0] == "A dry run: nothing is written."
    assert lines[-1] == "Nothing was written."
    assert "1 made" in run(folder, "--author", "Maren Holt", "--name", "old").output


def test_a_folder_that_does_not_exist_ends_with_status_2(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    for wrong in (folder / "gone", __file__):
        result = run(wrong)
        assert result.exit_code == 2
        assert "Usage:" in result.output


def test_an_empty_folder_is_said_to_be_empty(run, folder: Path) -> None:  # type: ignore[no-untyped-def]
    assert "0 files" in run(folder).output


def test_file_names_cannot_steer_a_terminal(run, write: Write, folder: Path) -> None:  # type: ignore[no-untyped-def]
    write("a\x1b[31m.md", "title: A\x1b]0;x\x07\ndate: 2014-05-06")
    assert "\x1b" not in run(folder).output
