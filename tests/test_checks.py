"""Style, types and templates: what `make check` says is part of the tests."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--no-cache", "."],
        ["ruff", "format", "--no-cache", "--check", "."],
        ["mypy"],
        ["djlint", "--quiet", "--lint", "templates"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_nothing_is_found(command: list[str]) -> None:
    tool, *arguments = command
    ran = subprocess.run([TOOLS / tool, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, (ran.stdout + ran.stderr)[-3_000:]


def test_nothing_published_names_a_registry_or_a_path_of_a_machine() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    hosts = ("files.python" + "hosted.org", "py" + "pi.org/simple", "registry.npm" + "js.org")
    paths = ("/work" + "/", "/root" + "/")
    loose = []
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in {".avif", ".png", ".jpg", ".woff2"} or not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        loose += [f"{name}: {word}" for word in (*hosts, *paths) if word in text]
    assert loose == []
