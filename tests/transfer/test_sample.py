"""The sample publication; its own files are tested as they stand."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient
from sqlalchemy import select

from blog.accounts.models import Person
from blog.ads.models import Advertisement
from blog.articles.models import Article, Category, State
from blog.core.db import db, writing
from blog.media.models import Portrait
from blog.site import settings
from blog.site.models import SiteValue
from blog.transfer import sample
from blog.transfer.report import Outcome
from blog.transfer.sample.clearing import clear
from blog.web import urls
from tests import factories
from tests.transfer.conftest import picture, rows


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sample of two essays, so that the ways to stop half-way are quick to try."""
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "face.png").write_bytes(picture())
    (folder / "sea.png").write_bytes(picture(colour="navy"))
    (folder / "people.yaml").write_text(
        yaml.safe_dump(
            [
                {
                    "username": "m",
                    "name": "M",
                    "bio": "Writes.",
                    "portrait": {"file": "face.png", "alt": "M"},
                }
            ]
        )
    )
    (folder / "site.yaml").write_text(
        yaml.safe_dump(
            {
                "name": "The Tide",
                "tagline": "Twice a day.",
                "categories": [
                    {"slug": "water", "name": "Water", "description": "Wet."},
                    {"slug": "land", "name": "Land", "description": "Dry."},
                ],
                "advertisements": [
                    {
                        "name": "Boat",
                        "headline": "A boat",
                        "text": "It floats.",
                        "link": "https://boat.example/",
                        "categories": ["water"],
                    },
                    {
                        "name": "Sea",
                        "headline": "The sea",
                        "link": "https://sea.example/",
                        "picture": {"file": "sea.png", "alt": "The sea"},
                    },
                ],
            }
        )
    )
    for name in ("a", "b"):
        (folder / f"2026-01-0{'ab'.index(name) + 1}-{name}.md").write_text(
            f"---\ntitle: {name}\nauthor: m\ncategory: water\n"
            "picture: {file: sea.png, alt: Sea}\n---\nWords.\n"
        )
    monkeypatch.setattr(sample, "FOLDER", folder)
    return folder


def test_an_empty_site_is_filled_and_then_left_alone(app, uploads: Path, small: Path) -> None:  # type: ignore[no-untyped-def]
    assert sample.load(uploads)
    assert (settings.load().name, settings.load().tagline) == ("The Tide", "Twice a day.")
    assert [
        one.slug for one in db.session.scalars(select(Category).order_by(Category.position))
    ] == [
        "water",
        "land",
    ]
    articles = db.session.scalars(select(Article).order_by(Article.slug)).all()
    assert [one.slug for one in articles] == ["a", "b"]
    assert all(one.hero_id for one in articles)
    assert db.session.scalars(select(Portrait)).one().alt == "M"
    before = rows()
    assert not sample.load(uploads)
    assert rows() == before


@pytest.mark.parametrize("made", ["person", "article"])
def test_a_site_with_anything_of_its_own_is_not_touched(
    app,
    uploads: Path,
    small: Path,
    made: str,  # type: ignore[no-untyped-def]
) -> None:
    getattr(factories, made)()
    before = rows()
    assert not sample.load(uploads)
    assert rows() == before


class Killed(BaseException):
    """As a SIGKILL: nothing of ours catches it."""


def test_wherever_it_is_killed_the_next_start_finishes_it_once(
    app,
    uploads: Path,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    commit, kills = db.session.commit, 0
    for allowed in range(6):
        left = [allowed]

        def commit_or_die() -> None:
            if left[0] == 0:  # noqa: B023  # read in this round only
                raise Killed
            left[0] -= 1  # noqa: B023
            commit()

        monkeypatch.setattr(db.session, "commit", commit_or_die)
        try:
            sample.load(uploads)
        except Killed:
            kills += 1
        monkeypatch.setattr(db.session, "commit", commit)
    assert kills >= 2
    assert not sample.load(uploads)
    assert len(db.session.scalars(select(Article)).all()) == 2
    assert len(db.session.scalars(select(Person)).all()) == 1
    assert len(db.session.scalars(select(Advertisement)).all()) == 2
    assert db.session.get_one(SiteValue, sample.MARK).value == sample.LOADED


def test_a_name_given_at_set_up_is_kept(app, uploads: Path, small: Path) -> None:  # type: ignore[no-untyped-def]
    from_set_up = settings.SiteSettings(name="Mine", tagline="Own.", set_up=True)
    with sample.writing():
        settings.change(from_set_up)
    assert sample.load(uploads)
    assert settings.load().name == "Mine"


def test_the_shipped_sample_comes_in_whole_and_is_answered(
    app,
    client: FlaskClient,
    uploads: Path,
    caplog: pytest.LogCaptureFixture,  # type: ignore[no-untyped-def]
) -> None:
    assert sample.load(uploads)
    assert caplog.records == []
    articles = db.session.scalars(select(Article)).all()
    slugs = [one.slug for one in articles]
    assert len(slugs) >= 9
    assert all(500 <= one.words <= 1_700 for one in articles)
    assert len({one.category_id for one in articles} - {None}) >= 3
    assert len(db.session.scalars(select(Person)).all()) == 3
    assert all(one.hero_id and one.hero_alt for one in articles)
    everything = "".join(str(one.blocks) for one in articles)
    for part in ('"footnotes"', "'footnotes'"), ("'table'",), ("'code'",):
        assert any(kind in everything for kind in part)
    for slug in slugs:
        assert client.get(urls.article(slug)).status_code == 200


def test_the_shipped_sample_leaves_no_remark(app, uploads: Path) -> None:  # type: ignore[no-untyped-def]
    sample.load(uploads)
    shutil.copytree(sample.FOLDER, uploads.parent / "copy")
    planned = sample.plan(
        uploads.parent / "copy", sample.Options(uploads, collection="copy", dry_run=True)
    )
    for one in sample.carry_out(planned).files:
        assert one.path == "pictures/README.md" or one.outcome is Outcome.MADE
        assert [remark for remark in one.remarks if "was taken; it became" not in remark] == []


def test_the_sample_goes_again_and_what_is_the_sites_own_stays(
    client: FlaskClient, tmp_path: Path, do_jobs: Callable[[], int]
) -> None:
    assert sample.load(tmp_path / "uploads")
    maren = db.session.scalars(select(Person).where(Person.username == "maren-holt")).one()
    own = factories.article("My own", category="Water", authors=[maren])
    do_jobs()
    with writing():
        clear()
    do_jobs()
    shown = select(Article.slug).where(Article.state != State.DELETED)
    assert db.session.scalars(shown).all() == ["my-own"]
    page = client.get(urls.article(own.slug))
    assert page.status_code == 200
    assert "Maren Holt" in page.text
    assert "Advertisement" not in page.text
    assert client.get(urls.article("the-bench-nobody-owns")).status_code == 410
    assert "Tomas Birk" not in db.session.scalars(select(Person.name)).all()
    assert not sample.load(tmp_path / "uploads")
