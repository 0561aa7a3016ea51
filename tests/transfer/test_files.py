import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from blog.transfer.markdown import files
from blog.transfer.report import LeftOut

NOBODY = 65_534


def reason(folder: Path, name: str) -> str:
    found = next(one for one in files.find(folder) if one.path == name)
    with pytest.raises(LeftOut) as refused:
        files.read(found)
    return refused.value.reason


def test_files_are_found_in_order_and_special_folders_passed_over(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.markdown",
        "c.mdown",
        "d.txt",
        ".hidden.md",
        "_posts/p.md",
        "_site/s.md",
        "_drafts/d.md",
        ".git/g.md",
        "sub/z.md",
        "UP.MD",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [one.path for one in files.find(tmp_path)] == [
        "UP.MD",
        "_drafts/d.md",
        "_posts/p.md",
        "a.markdown",
        "b.md",
        "c.mdown",
        "sub/z.md",
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"a\r\nb\rc\n", "a\nb\nc\n"), (b"\xef\xbb\xbfa", "a"), ("é".encode(), "é"), (b"", "")],
)
def test_text_is_read_with_and_without_mark_and_with_any_line_end(
    tmp_path: Path, data: bytes, text: str
) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert files.read(files.find(tmp_path)[0]) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "it is not text"),
        (b"caf\xe9", "it is not UTF-8 (at byte 3)"),
        ("x".encode("utf-16"), "it is UTF-16, and must be UTF-8"),
        (b"x" * 5_000_000, "it is larger than 192 kB"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert reason(tmp_path, "a.md") == why


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("/etc/hostname")
    assert reason(tmp_path, "a.md") == "it is a symbolic link"


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert [one.path for one in files.find(tmp_path)] == ["real/a.md"]


def test_a_folder_named_like_a_file_is_told_and_entered(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    (tmp_path / "x.md" / "a.md").write_text("x")
    assert reason(tmp_path, "x.md") == "it is a folder, not a file"
    assert [one.path for one in files.find(tmp_path)] == ["x.md", "x.md/a.md"]


def test_a_pipe_does_not_hold_the_import(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert reason(tmp_path, "a.md") == "it is not a regular file"


def test_a_section_page_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "_index.md").write_text("x")
    assert "section" in reason(tmp_path, "_index.md")


def test_a_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("x")
    assert reason(tmp_path, "caf\ufffd.md") == "its name is not UTF-8"


def test_a_file_that_is_gone_meanwhile_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    found = files.find(tmp_path)
    (tmp_path / "a.md").unlink()
    with pytest.raises(LeftOut, match="cannot be read"):
        files.read(found[0])


@contextmanager
def as_somebody() -> Iterator[None]:
    """Root may read every file, so be nobody for a moment."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_an_unreadable_file_and_folder_are_told() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a.md").write_text("x")
        (folder / "a.md").chmod(0)
        (folder / "sub").mkdir(mode=0)
        with as_somebody():
            assert "cannot be read" in reason(folder, "a.md")
            assert "cannot be read" in reason(folder, "sub")
