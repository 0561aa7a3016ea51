"""Bodies that an older sanitiser made are made again from their sources."""

from collections.abc import Callable
from io import BytesIO

from flask import Flask
from PIL import Image
from sqlalchemy import select

from blog.articles import queries, rendering
from blog.articles.models import Article, SourceKind
from blog.core.db import db, writing
from blog.media import intake
from blog.media.illustrations import as_picture
from blog.text.sanitize import SANITIZER_VERSION
from tests import factories


def body(slug: str) -> Article:
    db.session.expire_all()
    found = queries.by_slug(slug)
    assert found is not None
    return found


def age(article_id: int) -> None:
    """Let a body look as if an older sanitiser had made it, and made it badly."""
    with writing():
        article = db.session.get_one(Article, article_id)
        article.blocks, article.text, article.sanitizer_version = [], "", 0


def test_an_old_body_is_made_again_and_is_what_it_would_be_today(
    app: Flask, do_jobs: Callable[[], int]
) -> None:
    article = factories.article("Bread")
    today = body("bread").blocks
    age(article.id)
    assert rendering.ask_for_outdated() == 1
    do_jobs()
    again = body("bread")
    assert (again.blocks, again.sanitizer_version) == (today, SANITIZER_VERSION)
    assert again.updated_at is None
    assert rendering.ask_for_outdated() == 0


def test_a_source_changed_meanwhile_is_left_alone(app: Flask) -> None:
    article_id = factories.article("Bread").id
    age(article_id)
    record = rendering.render_again(article_id=article_id)
    assert record is not None
    with writing():
        db.session.get_one(Article, article_id).source = "Another text."
    with writing():
        record()
    assert body("bread").blocks == []


def test_pictures_of_ours_keep_their_sizes_and_no_other_picture_appears(app: Flask) -> None:
    buffer = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(buffer, "PNG")
    upload = intake.prepare(buffer.getvalue(), "boat.png")
    with writing():
        src = as_picture(intake.store(upload, uploads=app.config["UPLOADS"])).src
    source = (
        f"![A boat]({src})\n\n![Theirs](https://elsewhere.example/x.jpg)\n\n![Gone](/media/x/1.jpg)"
    )
    made = rendering.document(source, SourceKind.MARKDOWN, "en")
    assert made.blocks[0].kind == "figure"
    assert 'width="900"' in made.blocks[0].html
    assert "<img" not in "".join(block.html for block in made.blocks[1:])


def test_html_in_a_source_is_read_as_its_kind_says(app: Flask) -> None:
    source = "One <mark>two</mark> three"
    assert "&lt;mark" in rendering.document(source, SourceKind.MARKDOWN, "en").blocks[0].html
    assert "&lt;mark" not in rendering.document(source, SourceKind.MIXED, "en").blocks[0].html


def test_every_article_of_a_new_site_is_of_the_present_version(app: Flask) -> None:
    factories.article("Bread")
    versions = db.session.scalars(select(Article.sanitizer_version)).all()
    assert versions == [SANITIZER_VERSION]
