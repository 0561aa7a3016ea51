import errno
import os
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from blog.core.db import db, writing
from blog.core.jobs.queue import enqueue
from blog.media import storage, variants
from blog.media.addresses import names
from blog.media.models import Picture
from tests.media import drawn
from tests.media.drawn import BLUE, RED, alike, file_of, opened, striped

SECRET = b"Lighthouse Lane 4"
LATITUDE = (59.0, 33.0, 21.987)


@pytest.fixture
def uploads(app: Flask) -> Path:
    return Path(app.config["UPLOADS"])


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}


def test_the_job_makes_every_size_in_every_format(app: Flask, uploads: Path, do_jobs) -> None:  # type: ignore[no-untyped-def]
    picture = drawn.stored(file_of(striped(1_000, 40), "JPEG"), uploads)
    folder = storage.folder(uploads, picture.key)
    do_jobs()
    assert set(names(1_000)) | {"original.jpg", "source.jpg"} == {p.name for p in folder.iterdir()}
    formats = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
    for name in names(1_000):
        width, _, extension = name.partition(".")
        image = opened((folder / name).read_bytes())
        assert (image.format, image.width) == (formats[extension], int(width))
        assert image.height == round(40 * int(width) / 1_000)
        assert alike(image.getpixel((5, 5)), RED)
        assert alike(image.getpixel((image.width - 5, 5)), BLUE)
    assert db.session.get_one(Picture, picture.id).variants_at is not None


def test_clear_parts_stay_clear_in_webp_and_avif(app: Flask, uploads: Path, do_jobs) -> None:  # type: ignore[no-untyped-def]
    picture = drawn.stored(file_of(Image.new("RGBA", (500, 20), (9, 9, 9, 0)), "PNG"), uploads)
    folder = storage.folder(uploads, picture.key)
    do_jobs()
    for name in ("480.webp", "480.avif", "500.webp", "500.avif"):
        assert opened((folder / name).read_bytes()).getpixel((9, 9))[3] == 0
    assert opened((folder / "500.jpg").read_bytes()).mode == "RGB"


def test_nothing_of_where_and_by_whom_is_left(app: Flask, uploads: Path, do_jobs) -> None:  # type: ignore[no-untyped-def]
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = SECRET.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 29: "2025:07:16", 27: SECRET})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>' + SECRET + b"</place></x:xmpmeta>"
    profile = drawn.profile_of_swapped_colours()
    text = PngInfo()
    text.add_text("Comment", SECRET.decode())
    image = striped(500, 40)
    said = {"exif": exif, "icc_profile": profile}
    for data in (
        file_of(image, "JPEG", **said, xmp=xmp, comment=SECRET),
        file_of(image, "PNG", **said, pnginfo=text),
        file_of(image, "WEBP", **said, xmp=xmp),
        file_of(image, "AVIF", **said, xmp=xmp),
        file_of(image, "GIF", comment=SECRET),
    ):
        assert SECRET in data
        drawn.stored(data, uploads)
    do_jobs()
    written = [path for path in uploads.rglob("*") if path.is_file()]
    assert len(written) == 4 * (3 + 2) + (6 + 2)
    marks = (
        SECRET,
        b"Exif\0",
        b"EXIF",
        b"exif",
        b"xmpmeta",
        b"ICC_PROFILE",
        b"ICCP",
        b"2025:07:16",
    )
    for path in written:
        content = path.read_bytes()
        assert not [mark for mark in marks if mark in content], path.name
        image = opened(content)
        assert not image.getexif()
        assert not {"icc_profile", "xmp", "comment", "exif"} & set(image.info)


def test_done_twice_changes_nothing(app: Flask, uploads: Path, do_jobs) -> None:  # type: ignore[no-untyped-def]
    picture = drawn.stored(file_of(striped(500, 20), "JPEG"), uploads)
    folder = storage.folder(uploads, picture.key)
    do_jobs()
    before, noted = snapshot(folder), db.session.get_one(Picture, picture.id).variants_at
    assert variants.make(picture_id=picture.id, uploads=uploads) is None
    with writing():
        enqueue("media.variants", picture_id=picture.id)
    do_jobs()
    assert snapshot(folder) == before
    assert db.session.get_one(Picture, picture.id).variants_at == noted


def test_a_job_that_was_killed_is_taken_up_where_it_stopped(
    app: Flask, uploads: Path, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    picture = drawn.stored(file_of(striped(500, 20), "JPEG"), uploads)
    folder = storage.folder(uploads, picture.key)
    do_jobs()
    whole = snapshot(folder)
    half = folder / ".480.avif.0123456789abcdef.part"
    half.write_bytes(whole["480.avif"][1][:100])
    (folder / "480.avif").unlink()
    (folder / "500.webp").unlink()
    record = variants.make(picture_id=picture.id, uploads=uploads)
    assert record is not None
    again = snapshot(folder)
    assert {name: content for name, (_, content) in again.items() if name != half.name} == {
        name: content for name, (_, content) in whole.items()
    }
    untouched = set(whole) - {"480.avif", "500.webp"}
    assert all(again[name] == whole[name] for name in untouched)


def test_a_full_disk_fails_the_job_and_the_next_try_succeeds(
    app: Flask, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = drawn.stored(file_of(striped(500, 20), "JPEG"), uploads)
    folder, flush, calls = storage.folder(uploads, picture.key), os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(descriptor)

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            variants.make(picture_id=picture.id, uploads=uploads)
    assert len(list(folder.iterdir())) == 2 + 2
    assert db.session.get_one(Picture, picture.id).variants_at is None
    assert variants.make(picture_id=picture.id, uploads=uploads) is not None
    assert set(names(500)) <= {path.name for path in folder.iterdir()}


def test_a_picture_that_is_gone_is_no_fault(app: Flask, uploads: Path) -> None:
    assert variants.make(picture_id=999, uploads=uploads) is None


def test_a_lost_source_is_a_fault_that_names_the_folder(app: Flask, uploads: Path) -> None:
    picture = drawn.stored(file_of(striped(50, 20), "JPEG"), uploads)
    (storage.folder(uploads, picture.key) / "source.jpg").unlink()
    with pytest.raises(variants.SourceMissingError, match=picture.key):
        variants.make(picture_id=picture.id, uploads=uploads)
