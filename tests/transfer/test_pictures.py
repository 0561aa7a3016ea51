"""Pictures beside the files."""

from pathlib import Path

import pytest
from sqlalchemy import select

from blog.core.db import db
from blog.media.models import Picture
from blog.transfer.report import Outcome
from tests.transfer.conftest import HEAD, Only, Write, article, html, picture


def test_pictures_beside_the_file_come_in(write: Write, only: Only, folder: Path) -> None:
    write(
        "posts/a-walk.md",
        f"{HEAD}\ncover: {{src: /sea.png, alt: A sea, caption: Grey}}",
        '![A boat](img/boat%20one.png "At noon")\n\n<img src="../sea.png" alt="Again">',
    )
    (folder / "posts" / "img").mkdir()
    (folder / "posts" / "img" / "boat one.png").write_bytes(picture(900, 500, "navy"))
    (folder / "static").mkdir()
    (folder / "sea.png").write_bytes(picture())
    report = only(author="m")
    assert report.remarks == ()
    stored = {one.file_name: one for one in db.session.scalars(select(Picture))}
    assert set(stored) == {"boat one.png", "sea.png"}
    made = article()
    assert (made.hero_id, made.hero_alt, made.hero_caption) == (
        stored["sea.png"].id,
        "A sea",
        "Grey",
    )
    assert f"/media/{stored['boat one.png'].key}/" in html()
    assert 'width="900"' in html()
    assert "<figcaption>At noon</figcaption>" in html()
    assert f"/media/{stored['sea.png'].key}/" in html()


def test_a_changed_picture_changes_its_article(write: Write, only: Only, folder: Path) -> None:
    write("a-walk.md", HEAD, "![A sea](sea.png)")
    (folder / "sea.png").write_bytes(picture())
    only()
    assert only().outcome is Outcome.UNCHANGED
    (folder / "sea.png").write_bytes(picture(colour="red"))
    assert only().outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("gone.png", "there is no such file"),
        ("../secret.png", "it is outside the folder"),
        ("link.png", "it is outside the folder"),
        ("fake.png", "picture fake.png was left out"),
        ("empty.png", "empty"),
        ("data:image/png;base64,AAAA", "cannot be fetched"),
        ("big.png", "larger than"),
    ],
)
def test_a_picture_that_cannot_come_in_leaves_its_words_and_a_reason(
    write: Write, only: Only, folder: Path, source: str, why: str
) -> None:
    (folder.parent / "secret.png").write_bytes(picture())
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "fake.png").write_bytes(b"GIF89a no picture")
    (folder / "empty.png").write_bytes(b"")
    with (folder / "big.png").open("wb") as stream:
        stream.truncate(13_000_000)
    write("a-walk.md", f"{HEAD}\npicture: '{source}'", f"Before ![a grey sea]({source}) after.")
    report = only()
    assert report.outcome is Outcome.MADE
    assert any(why in remark for remark in report.remarks), report.remarks
    assert article().text == "Before a grey sea after."
    assert article().hero_id is None
    assert db.session.scalars(select(Picture)).all() == []


def test_a_picture_on_the_web_becomes_a_link(write: Write, only: Only) -> None:
    write(
        "a-walk.md",
        f"{HEAD}\npicture: https://example.org/x.png",
        "See ![the sea](https://example.org/sea.png).",
    )
    report = only()
    assert 'href="https://example.org/sea.png"' in html()
    assert any("is not fetched" in remark for remark in report.remarks)
