"""Doing it again, or only trying."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event, select

from blog.articles import publishing
from blog.articles.models import Article, OldSlug, State
from blog.core.db import db, writing
from blog.transfer.report import Outcome
from tests.transfer.conftest import HEAD, Import, Only, Write, article, picture, rows


@contextmanager
def counted_commits() -> Iterator[list[str]]:
    commits: list[str] = []

    def note(_connection: object) -> None:
        commits.append("commit")

    event.listen(db.engine, "commit", note)
    yield commits
    event.remove(db.engine, "commit", note)


def test_a_second_run_changes_no_row(write: Write, bring_in: Import) -> None:
    write("a.md", f"{HEAD}\nauthor: Maren Holt\nrelated: [b]\npicture: sea.png")
    write("b.md", "title: B\ndate: 2014-05-07", "![A sea](sea.png) [a](a.md)")
    (write("c.md", "broken: [").parent / "sea.png").write_bytes(picture())
    bring_in()
    before = rows()
    again = bring_in()
    assert [one.outcome for one in again.files] == ["unchanged", "unchanged", "left out"]
    assert rows() == before


def test_a_dry_run_says_the_same_and_writes_nothing(
    app: Flask, write: Write, bring_in: Import, uploads: Path
) -> None:
    write("a.md", f"{HEAD}\nauthor: Maren Holt\nrelated: [b, gone]\npicture: sea.png", "{% if %}")
    write("b.md", "title: A walk\nslug: a\ndate: 2014-05-07", "![A sea](sea.png) [a](/gone/)")
    write("c.md", "title: " + "x" * 300)
    write("d.md").parent.joinpath("sea.png").write_bytes(picture())
    before = rows()
    with counted_commits() as commits:
        dry = bring_in(dry_run=True)
    assert commits == []
    assert rows() == before
    assert list(uploads.rglob("*")) == []
    wet = bring_in()
    assert dry.files == wet.files
    assert {one.outcome for one in wet.files} == {Outcome.MADE, Outcome.LEFT_OUT}
    assert dry.dry_run


def test_a_dry_run_leaves_the_bytes_of_the_database_alone(
    app: Flask, write: Write, bring_in: Import
) -> None:
    write("a.md", f"{HEAD}\nauthor: Maren Holt\ntags: [sea]")
    path = Path(str(db.engine.url.database))
    files = [path, path.with_name(f"{path.name}-wal")]
    rows()
    before = [file.read_bytes() if file.exists() else b"" for file in files]
    bring_in(dry_run=True)
    assert [file.read_bytes() if file.exists() else b"" for file in files] == before


def test_a_changed_file_changes_its_article(write: Write, only: Only) -> None:
    write("a-walk.md", HEAD)
    only()
    write("a-walk.md", HEAD, "Other words.")
    report = only()
    assert report.outcome is Outcome.CHANGED
    assert article().text == "Other words."
    assert article().updated_at is not None


def test_a_change_of_tags_alone_is_no_update_for_readers(write: Write, only: Only) -> None:
    write("a-walk.md", HEAD)
    only()
    write("a-walk.md", f"{HEAD}\ntags: [sea]")
    assert only().outcome is Outcome.CHANGED
    assert article().updated_at is None


def test_a_new_address_in_the_file_moves_the_article_and_keeps_the_old_one(
    write: Write, only: Only
) -> None:
    write("a-walk.md", HEAD)
    only()
    write("a-walk.md", f"{HEAD}\nslug: the-walk")
    assert only().slug == "the-walk"
    assert db.session.get_one(OldSlug, "a-walk").article_id == article("the-walk").id


def test_a_draft_is_not_published_and_follows_its_file(write: Write, only: Only) -> None:
    write("a-walk.md", f"{HEAD}\ndraft: true")
    only()
    assert article().state is State.DRAFT
    write("a-walk.md", HEAD)
    only()
    assert article().state is State.PUBLISHED
    write("a-walk.md", f"{HEAD}\ndraft: true")
    assert "was taken back" in only().remarks[-1]
    assert article().state is State.UNPUBLISHED
    write("a-walk.md", HEAD)
    assert only().remarks[-1] == "it names no author"
    assert article().state is State.PUBLISHED


def test_what_its_file_took_back_and_published_again_a_person_can_take_back(
    write: Write, only: Only
) -> None:
    for head in (HEAD, f"{HEAD}\ndraft: true", HEAD):
        write("a-walk.md", head)
        only()
    with writing():
        publishing.unpublish(article_in_unit())
    write("a-walk.md", HEAD, "Other words.")
    assert "taken back here and stays so" in only().remarks[-1]
    assert article().state is State.UNPUBLISHED


def test_what_a_person_took_back_stays_back(write: Write, only: Only) -> None:
    write("a-walk.md", HEAD)
    only()
    with writing():
        publishing.unpublish(article_in_unit())
    write("a-walk.md", HEAD, "Other words.")
    assert "taken back here and stays so" in only().remarks[-1]
    assert article().state is State.UNPUBLISHED


def test_what_a_person_deleted_is_left_out(write: Write, only: Only) -> None:
    write("a-walk.md", HEAD)
    only()
    with writing():
        publishing.remove(article_in_unit())
    write("a-walk.md", HEAD, "Other words.")
    assert only().reason == "the article made of it was deleted here"


def article_in_unit() -> Article:
    return db.session.scalars(select(Article)).one()


def test_each_file_is_a_transaction_of_its_own(write: Write, bring_in: Import) -> None:
    for name in "abc":
        write(f"{name}.md", HEAD)
    with counted_commits() as commits:
        bring_in()
    assert len(commits) == 3
