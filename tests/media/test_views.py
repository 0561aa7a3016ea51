from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from blog.core.db import db
from blog.media import storage
from blog.media.addresses import names
from tests.media import drawn
from tests.media.drawn import file_of, opened, striped

MIME = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}

UNKNOWN_WIDTHS = ("481.jpg", "800.jpg", "1.jpg", "9999.avif")
OTHER_NAMES = (
    "480.png",
    "480.svg",
    "480",
    "original.jpg",
    "source.jpg",
    "0480.jpg",
    "480.jpg%0a",
    "480.jpg%00",
    "480.jpg/",
    "..%2foriginal.jpg",
    "%2e%2e%2f%2e%2e%2fsecret",
    "..%5coriginal.jpg",
)
OTHER_PATHS = (
    f"/media/{'0' * 32}/480.jpg",
    "/media/../../etc/passwd",
    "/media/..%2f..%2fbroadsheet.db/480.jpg",
    "/media/%2e%2e/480.jpg",
    "/media//480.jpg",
    f"/media/{'A' * 32}/480.jpg",
    f"/media/{'0' * 5000}/480.jpg",
    "/media/",
)


@pytest.fixture
def uploads(app: Flask) -> Path:
    return Path(app.config["UPLOADS"])


def inert(headers) -> bool:  # type: ignore[no-untyped-def]
    return (
        headers["X-Content-Type-Options"] == "nosniff"
        and headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        and headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        and "Set-Cookie" not in headers
    )


def test_a_variant_is_served_for_ever_and_without_the_database(
    client: FlaskClient, uploads: Path, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    picture = drawn.stored(file_of(striped(500, 20), "JPEG"), uploads)
    key = picture.key
    do_jobs()
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    for name in names(500):
        answer = client.get(f"/media/{key}/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == MIME[name.partition(".")[2]]
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert inert(answer.headers)
        assert answer.data == (storage.folder(uploads, key) / name).read_bytes()
        answer.close()
    assert not [statement for statement in asked if "picture" in statement]


def test_a_head_request_and_a_repeated_one_send_no_body(
    client: FlaskClient, uploads: Path, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    picture = drawn.stored(file_of(striped(100, 20), "JPEG"), uploads)
    path = f"/media/{picture.key}/100.avif"
    do_jobs()
    head = client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0
    repeated = client.get(path, headers={"If-None-Match": head.headers["ETag"]})
    assert (repeated.status_code, repeated.data) == (304, b"")
    assert repeated.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_until_a_variant_is_made_the_jpeg_answers_and_is_not_kept(
    client: FlaskClient, uploads: Path
) -> None:
    picture = drawn.stored(file_of(striped(500, 20), "PNG"), uploads)
    for name in names(500):
        answer = client.get(f"/media/{picture.key}/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "no-store"
        assert not {"ETag", "Last-Modified", "Expires"} & set(answer.headers.keys())
        assert inert(answer.headers)
        assert opened(answer.data).size == (500, 20)


def test_a_half_written_variant_is_never_served(client: FlaskClient, uploads: Path) -> None:
    picture = drawn.stored(file_of(striped(100, 20), "PNG"), uploads)
    folder = storage.folder(uploads, picture.key)
    (folder / ".100.avif.0123456789abcdef.part").write_bytes(b"half")
    assert client.get(f"/media/{picture.key}/100.avif").headers["Content-Type"] == "image/jpeg"
    assert client.get(f"/media/{picture.key}/.100.avif.0123456789abcdef.part").status_code == 404


def test_other_names_are_not_found(client: FlaskClient, uploads: Path) -> None:
    picture = drawn.stored(file_of(striped(500, 20), "PNG"), uploads)
    for name in (*UNKNOWN_WIDTHS, *OTHER_NAMES):
        assert client.get(f"/media/{picture.key}/{name}").status_code == 404, name


def test_other_keys_are_not_found(client: FlaskClient, uploads: Path) -> None:
    (uploads.parent / "secret").write_text("not for readers")
    for path in OTHER_PATHS:
        assert client.get(path, follow_redirects=True).status_code == 404, path


def test_a_lost_original_is_not_found(client: FlaskClient, uploads: Path) -> None:
    picture = drawn.stored(file_of(striped(50, 20), "PNG"), uploads)
    (storage.folder(uploads, picture.key) / storage.ORIGINAL).unlink()
    assert client.get(f"/media/{picture.key}/50.jpg").status_code == 404


def test_nothing_can_be_posted(client: FlaskClient, uploads: Path) -> None:
    picture = drawn.stored(file_of(striped(50, 20), "PNG"), uploads)
    answer = client.post(f"/media/{picture.key}/50.jpg", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 405
