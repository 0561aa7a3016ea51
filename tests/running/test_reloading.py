"""`--reload` on a copy of the project: mistakes are waited out, and the same process goes on."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blog.core import reloading
from tests.running.conftest import ROOT, Site, alive, descendants, free_port, until

FOLDERS = ("blog", "static", "templates")
A_START = 30.0


class Copy:
    """A copy of the project, as its developer sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        for name in FOLDERS:
            shutil.copytree(ROOT / name, self.folder / name)
        shutil.copy2(ROOT / "pyproject.toml", self.folder)
        self.site = Site(folder / "instance", free_port(), BLOG_SAMPLE="no")
        with self.site.out.open("wb") as out, self.site.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "blog", "--reload"],
                cwd=self.folder,
                env=self.site.environment(),
                stdout=out,
                stderr=err,
            )

    def answers(self, path: str, status: int) -> bool:
        try:
            return self.site.get(path, 3.0) == status
        except OSError:
            return False

    def waits(self) -> bool:
        return "starts again when a file changes" in self.site.complaint()


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    copy = Copy(tmp_path)
    try:
        until(lambda: copy.answers("/healthz", 200), A_START)
        yield copy
    finally:
        copy.process.kill()
        copy.process.wait()


def test_a_mistake_in_a_python_file_is_shown_and_waited_out(copy: Copy) -> None:
    file = copy.folder / "blog/web/health.py"
    right = file.read_text()
    file.write_text(right + "\ndef broken(:\n")
    until(copy.waits, A_START)
    assert copy.site.complaint().count("SyntaxError") == 1
    assert copy.process.poll() is None
    file.write_text(right)
    until(lambda: copy.answers("/healthz", 200), A_START)
    assert copy.process.poll() is None


def test_a_mistake_in_a_template_fails_pages_until_it_is_mended(copy: Copy) -> None:
    file = copy.folder / "templates/reading/home.html"
    right = file.read_text()
    assert copy.answers("/", 200)
    file.write_text("{% if %}" + right)
    until(lambda: copy.answers("/", 500), A_START)
    file.write_text(right)
    until(lambda: copy.answers("/", 200), A_START)


def test_the_end_is_quiet_and_leaves_nothing_behind(copy: Copy) -> None:
    below = descendants(copy.process.pid)
    assert below
    os.kill(copy.process.pid, signal.SIGINT)
    assert copy.process.wait(10) == 0
    assert copy.site.complaint() == ""
    assert not any(alive(member) for member in below)


def test_what_python_and_editors_put_beside_a_file_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("a")
    before = reloading.stamps([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    for name in ("__pycache__/page.cpython-311.pyc", ".page.html.swp", "page.html~", "4913"):
        (tmp_path / name).touch()
    assert reloading.stamps([tmp_path]) == before
    (tmp_path / "new.html").touch()
    assert reloading.stamps([tmp_path]) != before
