"""What a file becomes, and what becomes of files that cannot come in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from blog.articles.models import Article, State
from blog.core.clock import now
from blog.core.db import db, writing
from blog.related import choices
from blog.site import settings
from blog.transfer.markdown.importing import Options, Planned, carry_out, plan
from blog.transfer.models import COLLECTION_LIMIT, ImportedFile
from blog.transfer.report import Outcome
from blog.web import urls
from tests.transfer.conftest import HEAD, Import, Only, Write, article, html


def test_a_file_becomes_an_article(write: Write, only: Only) -> None:
    write(
        "2014-05-06-a-walk.md",
        "title: A Walk\ndate: 2014-05-06 12:00:00 -0700\nauthor: Maren Holt\ncategory: Water\n"
        "tags: [sea, salt]\ndeck: Said in short.\nlastmod: 2015-01-01",
        "Some *words*.",
    )
    report = only()
    made = article()
    assert (report.outcome, report.slug, report.remarks) == (Outcome.MADE, "a-walk", ())
    assert (made.title, made.deck, made.source) == ("A Walk", "Said in short.", "Some *words*.\n")
    assert made.published_at == datetime(2014, 5, 6, 19, tzinfo=UTC)
    assert made.updated_at == datetime(2015, 1, 1, tzinfo=UTC)
    db.session.refresh(made, ["category", "bylines", "tags"])
    assert made.category is not None
    assert made.category.name == "Water"
    assert [byline.person.username for byline in made.bylines] == ["maren-holt"]
    assert [tag.name for tag in made.tags] == ["sea", "salt"]


def test_a_date_to_come_schedules(write: Write, only: Only) -> None:
    later = now() + timedelta(days=3)
    write("a-walk.md", f"title: A walk\ndate: {later.isoformat()}")
    only()
    assert article().state is State.PUBLISHED
    assert not article().visible(now())


def test_a_date_without_zone_is_in_the_sites_zone(write: Write, only: Only) -> None:
    with writing():
        settings.change(settings.SiteSettings(time_zone="Asia/Tokyo"))
    write("a-walk.md", HEAD)
    only()
    assert article().published_at == datetime(2014, 5, 5, 15, tzinfo=UTC)


def test_raw_html_is_html_and_never_printed(write: Write, only: Only) -> None:
    write(
        "a-walk.md",
        HEAD,
        '<div class="x"><b>Bold</b> <script>alert(1)</script></div>\n\nAnd <kbd>x</kbd>.',
    )
    only()
    assert "<strong>Bold</strong>" in html()
    assert "<kbd>x</kbd>" in html()
    assert "script" not in html()
    assert "&lt;" not in html()


def test_bad_files_are_left_out_with_a_reason_and_stop_nothing(
    write: Write, bring_in: Import, folder: Path
) -> None:
    (folder / "binary.md").write_bytes(b"\x00\x01\x02")
    (folder / "folder.md").mkdir()
    (folder / "large.md").write_bytes(b"x " * 2_500_000)
    (folder / "link.md").symlink_to(folder / "z-good.md")
    write("empty.md", HEAD, "")
    write("head.md", "title: [")
    write("long-title.md", "title: " + "x" * 300)
    (folder / "README.md").write_text("# About these files")
    write("deep.md", HEAD, ">" * 60 + " deep")
    write("words.md", HEAD, "word " * 30_000)
    write("z-good.md", HEAD)
    reasons = {one.path: one.reason for one in bring_in().files}
    assert reasons.pop("z-good.md") == ""
    assert reasons == {
        "README.md": "it speaks of its folder, without front matter",
        "binary.md": "it is not text",
        "folder.md": "it is a folder, not a file",
        "large.md": "it is larger than 192 kB",
        "link.md": "it is a symbolic link",
        "empty.md": "there is no text in it",
        "head.md": reasons["head.md"],
        "long-title.md": "The title may have 200 characters; this has 300.",
        "deep.md": reasons["deep.md"],
        "words.md": "its text is larger than 128 kB",
    }
    assert "YAML" in reasons["head.md"]
    assert "levels deep" in reasons["deep.md"]
    assert len(db.session.scalars(select(ImportedFile)).all()) == 1


@pytest.mark.parametrize(
    "head",
    ['---\ntitle: "\\UFFFFFFFF"\n---', f"+++\ntitle = 'x'\nx = 0x{'f' * 6_000}\n+++"],
)
def test_a_head_no_parser_survives_leaves_its_file_out(
    write: Write, bring_in: Import, folder: Path, head: str
) -> None:
    (folder / "bad.md").write_text(f"{head}\nWords.\n")
    write("good.md", HEAD)
    assert [one.outcome for one in bring_in().files] == [Outcome.LEFT_OUT, Outcome.MADE]


def test_a_fault_nobody_foresaw_leaves_its_file_out(
    write: Write, bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(head: str, loader: object) -> object:
        return sound(head, loader) if "bad" not in head else {"title": 1 / 0}

    sound = yaml.load
    monkeypatch.setattr(yaml, "load", load)
    write("bad.md", "title: bad")
    write("good.md", HEAD)
    bad, good = bring_in().files
    assert bad.reason == "something unforeseen went wrong: ZeroDivisionError division by zero"
    assert (bad.outcome, good.outcome) == (Outcome.LEFT_OUT, Outcome.MADE)


def test_a_name_that_no_database_takes_is_unknown(write: Write, only: Only) -> None:
    write("a-walk.md", f'{HEAD}\nauthor: m\nrelated: ["a\\0b", "c\\ud800"]')
    report = only()
    assert report.outcome is Outcome.MADE
    assert report.remarks == (
        "related article a b is not known",
        "related article c is not known",
    )


def test_related_articles_that_cannot_be_set_are_a_remark(
    write: Write, folder: Path, uploads: Path
) -> None:
    write("a-walk.md", f"{HEAD}\nauthor: m\nrelated: [other]")
    write("b.md", f"{HEAD}\nauthor: m\nrelated: [a-walk]")
    planned = plan(folder, Options(uploads))
    first, second = planned.files
    assert isinstance(first, Planned)
    fields = replace(first.parsed.fields, related=("half a character: \ud800",))
    broken = replace(first, parsed=replace(first.parsed, fields=fields))
    report = carry_out(replace(planned, files=(broken, second)))
    assert [one.outcome for one in report.files] == [Outcome.MADE, Outcome.MADE]
    assert report.files[0].remarks[-1].startswith("its related articles were not set")
    assert choices.of(article("b").id).pinned == (article().id,)


def test_names_of_collections_and_authors_may_be_no_utf_8(write: Write, only: Only) -> None:
    write("a.md", HEAD)
    assert only(collection="x\udcff", author="m\udcff").outcome is Outcome.MADE


def test_files_without_title_or_date_are_mended_and_told(write: Write, bring_in: Import) -> None:
    write("no-title.md", "date: 2014-05-06")
    write("wrong-date.md", "title: x\ndate: 2014-13-45")
    files = bring_in(author="m").files
    assert [one.outcome for one in files] == ["made", "made"]
    assert files[0].remarks == ("it has no title; “No title” was made of its name",)
    assert files[1].remarks == (
        "“2014-13-45” cannot be read as a date",
        "it has no date that can be read, so it came in as a draft",
    )


def test_two_folders_keep_their_files_apart(
    app: Flask, tmp_path: Path, write: Write, bring_in: Import
) -> None:
    write("a.md", "title: A\ndate: 2014-05-06")
    bring_in()
    bring_in(collection="another")
    assert len(db.session.scalars(select(Article)).all()) == 2


def test_a_collection_may_have_any_name(write: Write, only: Only) -> None:
    write("a.md", HEAD)
    assert only(collection="ü" * 300).outcome is Outcome.MADE
    assert only(collection="ü" * 300).outcome is Outcome.UNCHANGED
    assert len(db.session.scalars(select(ImportedFile)).one().collection) <= COLLECTION_LIMIT


def test_every_imported_article_is_answered(
    client: FlaskClient, write: Write, bring_in: Import
) -> None:
    write("a-walk.md", HEAD, "Words.")
    write("海.md", "title: 海\ndate: 2014-05-07", "Words.")
    for one in bring_in().files:
        assert client.get(urls.article(one.slug)).status_code == 200
