"""Rendering stored sources again, when what is safe is judged anew.

Blocks are stored with the version of the sanitiser that made them. A newer version asks for every
older body; a job renders each from its source, so readers never wait for it.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import undefer_group

from ..core.db import db, writing
from ..core.events import announce
from ..core.jobs.queue import enqueue
from ..media import intake
from ..media.addresses import key_in
from ..media.illustrations import as_picture
from ..site import settings
from ..text import pictures, render
from ..text.blocks import Document, to_json
from ..text.sanitize import SANITIZER_VERSION
from .drafting import lists_of
from .events import ArticleChanged
from .models import Article, SourceKind, State

JOB = "articles.render"
BATCH = 500
"""Jobs asked for in one transaction, so that a site with many articles stays open meanwhile."""


def document(source: str, kind: SourceKind, language: str) -> Document:
    """The safe blocks of a source whose pictures are ours. Raises TextRefused."""
    read = render.article_from_mixed if kind is SourceKind.MIXED else render.article
    return read(source, language, stored_picture)


def stored_picture(path: str) -> pictures.Picture | None:
    """The picture that a path of ours leads to, with its sizes."""
    key = key_in(path)
    found = intake.find(key) if key else None
    return as_picture(found) if found else None


def ask_for_outdated() -> int:
    """Write a job for every body that an older sanitiser made; gives how many. Writes by itself."""
    outdated = select(Article.id).where(
        Article.sanitizer_version < SANITIZER_VERSION, Article.state != State.DELETED
    )
    ids = list(db.session.scalars(outdated.order_by(Article.id)))
    for start in range(0, len(ids), BATCH):
        with writing():
            for article_id in ids[start : start + BATCH]:
                enqueue(JOB, article_id=article_id)
    return len(ids)


def render_again(*, article_id: int) -> Callable[[], None] | None:
    """The job: render now, store in the closure, unless the source has changed meanwhile."""
    article = db.session.get(Article, article_id, options=[undefer_group("body")])
    if article is None or article.state is State.DELETED:
        return None
    source = article.source
    made = document(source, article.source_kind, settings.load().language)
    return lambda: _store(article_id, source, made)


def _store(article_id: int, source: str, made: Document) -> None:
    article = db.session.get_one(Article, article_id)
    if article.source != source:
        return
    article.blocks, article.text, article.words = to_json(made.blocks), made.text, made.words
    article.sanitizer_version = SANITIZER_VERSION
    announce(ArticleChanged(article_id, lists_of(article)))
