import os
import time
from pathlib import Path

import pytest

from blog.media import storage


def test_a_written_file_is_whole_and_alone(tmp_path: Path) -> None:
    path = storage.folder(tmp_path, "ab" * 16) / "480.jpg"
    storage.write(path, b"pixels")
    assert path.read_bytes() == b"pixels"
    assert path == tmp_path / "ab" / ("ab" * 16) / "480.jpg"
    assert [found.name for found in path.parent.iterdir()] == ["480.jpg"]
    assert path.stat().st_mode & 0o777 == 0o644 & ~_umask()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "480.jpg"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.write(path, b"pixels")
    assert list(tmp_path.iterdir()) == []
    assert not storage.is_complete(path)


def test_an_empty_or_missing_file_is_not_complete(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert not storage.is_complete(tmp_path / "empty.jpg")
    assert not storage.is_complete(tmp_path / "missing.jpg")
    assert not storage.is_complete(tmp_path / "empty.jpg" / "below.jpg")


def test_only_what_the_dead_have_left_is_swept(tmp_path: Path) -> None:
    old, young, kept = (tmp_path / name for name in (".a.jpg.1.part", ".b.jpg.2.part", "c.jpg"))
    for path in (old, young, kept):
        path.write_bytes(b"x")
    long_ago = time.time() - storage.LEFTOVER_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    os.utime(kept, (long_ago, long_ago))
    storage.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([young, kept])


def _umask() -> int:
    present = os.umask(0)
    os.umask(present)
    return present
