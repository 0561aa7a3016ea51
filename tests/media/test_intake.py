import os
import subprocess
import sys
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select

from blog.core.db import db, writing
from blog.core.errors import Invalid, TooLarge
from blog.core.jobs.models import Job
from blog.media import intake, storage
from blog.media.models import FILE_NAME_LIMIT, Picture
from tests.media import drawn
from tests.media.drawn import file_of, striped

SCRIPT = b"<script>alert(document.domain)</script>"


@pytest.fixture
def uploads(app: Flask) -> Path:
    return Path(app.config["UPLOADS"])


def how_many(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_picture_is_stored_with_its_files(app: Flask, uploads: Path) -> None:
    data = file_of(striped(1_000, 40), "PNG")
    picture = drawn.stored(data, uploads, "ferry.png")
    assert (picture.width, picture.height, picture.file_name) == (1_000, 40, "ferry.png")
    assert picture.key == intake.key_of(data)
    assert picture.variants_at is None
    files = sorted(path.name for path in storage.folder(uploads, picture.key).iterdir())
    assert files == ["original.jpg", "source.jpg"]
    assert how_many(Job) == 1


def test_the_same_bytes_twice_are_one_picture(app: Flask, uploads: Path) -> None:
    data = file_of(striped(100, 40), "JPEG")
    first = drawn.stored(data, uploads, "one.jpg").id
    second = drawn.stored(data, uploads, "two.jpg")
    assert (second.id, second.file_name) == (first, "one.jpg")
    assert how_many(Picture) == 1
    assert how_many(Job) == 1
    found = intake.find(intake.key_of(data))
    assert found is not None
    assert found.id == first
    assert intake.find("0" * 32) is None


def test_two_at_once_make_one_picture(app: Flask, uploads: Path) -> None:
    upload = intake.prepare(file_of(striped(100, 40), "JPEG"), "a.jpg")
    together = Barrier(4)

    def send() -> int:
        with app.app_context():
            together.wait()
            with writing():
                return intake.store(upload, uploads=uploads).id

    with ThreadPoolExecutor(4) as pool:
        found = {future.result() for future in [pool.submit(send) for _ in range(4)]}
    assert len(found) == 1
    assert how_many(Picture) == 1


def test_a_failed_unit_leaves_no_row_and_the_next_attempt_succeeds(
    app: Flask, uploads: Path
) -> None:
    upload = intake.prepare(file_of(striped(100, 40), "JPEG"), "a.jpg")
    with pytest.raises(ZeroDivisionError), writing():
        intake.store(upload, uploads=uploads)
        raise ZeroDivisionError
    assert how_many(Picture) == 0
    with writing():
        intake.store(upload, uploads=uploads)
    assert how_many(Picture) == 1


def test_a_lost_file_is_written_again_by_the_same_upload(app: Flask, uploads: Path) -> None:
    data = file_of(striped(100, 40), "JPEG")
    picture = drawn.stored(data, uploads)
    lost = storage.folder(uploads, picture.key) / storage.ORIGINAL
    lost.unlink()
    drawn.stored(data, uploads)
    assert storage.is_complete(lost)
    assert how_many(Picture) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
        (b"<!doctype html><body>" + SCRIPT, "web page"),
        (b"Dear editor, the picture is attached.", "text"),
        (b"GIF89a/*" + SCRIPT + b"*/=1;", "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 500, "damaged"),
        (b"\x93\x01\x02" * 50, "not a picture"),
        (b"II*\0\x08\0\0\0" + b"\0" * 50, "TIFF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as refused:
        intake.prepare(data, "holiday.jpg")
    assert refused.value.field == "picture"
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA", "PCX"])
def test_other_formats_are_refused_though_pillow_could_read_them(kind: str) -> None:
    with pytest.raises(Invalid, match="JPEG, PNG, WebP, AVIF or GIF"):
        intake.prepare(file_of(striped(32, 32), kind), "a.jpg")


def test_too_many_bytes_are_refused_before_anything_looks_at_them() -> None:
    with pytest.raises(TooLarge, match=r"12 MB; this one has 12\.0"):
        intake.prepare(bytes(intake.MAX_UPLOAD_BYTES + 1), "a.jpg")


def test_a_picture_that_is_also_something_else_comes_out_as_a_picture_only() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("index.html", SCRIPT)
    for hidden in (SCRIPT, archive.getvalue(), b"<?php system($_GET[0]); ?>"):
        for kind in ("JPEG", "PNG", "GIF", "WEBP"):
            upload = intake.prepare(file_of(striped(60, 40), kind) + hidden, "a.jpg.html")
            for _, content in upload.files:
                assert hidden not in content
                assert not zipfile.is_zipfile(BytesIO(content))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\ferry.jpg", "ferry.jpg"),
        ("a\0b.jpg", "ab.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\ud800x.png", "x.png"),
        ("  two\n\tlines .jpg ", "two lines .jpg"),
        ("...", "picture"),
        ("", "picture"),
        ("/", "picture"),
        ("水の町.webp", "水の町.webp"),
        ("x" * 300 + ".jpeg", "x" * 195 + ".jpeg"),
    ],
)
def test_a_file_name_becomes_harmless(given_name: str, kept: str) -> None:
    assert intake.harmless_name(given_name) == kept


@given(st.text(max_size=20).map(lambda text: text * 12) | st.text(max_size=60))
def test_any_file_name_becomes_one_short_visible_line(name: str) -> None:
    kept = intake.harmless_name(name)
    assert 1 <= len(kept) <= FILE_NAME_LIMIT
    assert not {"/", "\\", "\0"} & set(kept)
    assert not any(unicodedata.category(character).startswith("C") for character in kept)
    assert intake.harmless_name(kept) == kept


def test_a_hostile_file_name_is_stored_and_names_no_file(app: Flask, uploads: Path) -> None:
    hostile = ("../../../x.jpg", "a\0.jpg", "\u202egpj.\ud83d", "n" * 300, "'; --", "水.png")
    for size, name in enumerate(hostile, start=1):
        picture = drawn.stored(file_of(striped(size, 9), "PNG"), uploads, name)
        assert picture.file_name == intake.harmless_name(name)
    files = {path.name for path in uploads.rglob("*") if path.is_file()}
    assert files == {"original.jpg", "source.jpg"}


BOMBS = """
import sys, time
from blog.core.errors import Invalid
from blog.media import intake
from tests.media import drawn

def peak():
    return int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) // 1024

bombs = {
    "header": drawn.forged_png(50_000, 50_000),
    "empty promise": drawn.forged_png(8_000, 4_990),
    "frames": drawn.gif_of_many_frames(10_000),
    "scans": drawn.jpeg_of_many_scans(6_000, 400),
}
before = peak()
for name, data in bombs.items():
    began = time.process_time()
    try:
        intake.prepare(data, name)
    except Invalid:
        pass
    else:
        sys.exit(f"{name} was taken in")
    if time.process_time() - began > 2:
        sys.exit(f"{name} took {time.process_time() - began:.1f} s")
if peak() - before > 300:
    sys.exit(f"{peak() - before} MiB")
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_bombs_are_refused_within_two_seconds_and_300_mebibytes() -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path])}
    run = subprocess.run(
        [sys.executable, "-c", BOMBS], cwd=root, env=environment, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_a_picture_of_the_largest_allowed_size_is_taken_in() -> None:
    data = file_of(Image.new("L", (8_000, 5_000), 200), "JPEG")
    upload = intake.prepare(data, "a.jpg")
    assert (upload.width, upload.height) == (2_400, 1_500)
