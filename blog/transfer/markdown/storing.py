"""Writing one article: everything that follows from a file, in one transaction, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...articles import drafting, publishing
from ...articles.drafting import Draft
from ...articles.models import Article, SourceKind, State
from ...core.clock import now
from ...core.db import db, writing
from ...media import intake
from ...media.models import ALT_LIMIT, CAPTION_LIMIT
from ..models import ImportedFile
from ..report import LeftOut, Outcome
from .people import authors
from .preparing import Drawn
from .values import cut


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article comes from and where it goes."""

    collection: str
    path: str
    digest: str
    slug: str
    """The address it gets when it is new."""
    author: str
    uploads: Path
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of it."""

    outcome: Outcome
    slug: str
    remarks: tuple[str, ...] = ()


class _OnlyTried(Exception):
    """Ends a dry run's unit of writing, so that nothing of it is kept."""


def store(drawn: Drawn, place: Place) -> Stored:
    """Make or change the article. Raises LeftOut and whatever the verbs refuse.

    A dry run does the same and takes it back before the end, so that its report is true.
    """
    result: Stored | None = None
    if not place.dry_run:
        for upload in drawn.uploads.values():
            intake.keep(upload, uploads=place.uploads)
    try:
        with writing():
            result = _write(drawn, place)
            if place.dry_run:
                raise _OnlyTried
    except _OnlyTried:
        pass
    assert result is not None
    return result


def _write(drawn: Drawn, place: Place) -> Stored:
    row = db.session.get(ImportedFile, (place.collection, place.path))
    pictures = {} if place.dry_run else _pictures(drawn, place)
    draft = _draft(drawn, place, pictures)
    if row is None:
        article = drafting.create(draft, drawn.document, slug=place.slug)
        row = ImportedFile(collection=place.collection, path=place.path, article_id=article.id)
        outcome, remarks = Outcome.MADE, _publish(article, row, drawn)
    else:
        article = _article_of(row)
        outcome, remarks = Outcome.CHANGED, _change(article, row, draft, drawn)
    row.digest, row.wanted_slug, row.imported_at = place.digest, drawn.fields.slug, now()
    db.session.add(row)
    db.session.flush()
    return Stored(outcome, article.slug, remarks)


def _pictures(drawn: Drawn, place: Place) -> Mapping[str, int]:
    stored = {
        key: intake.store(upload, uploads=place.uploads) for key, upload in drawn.uploads.items()
    }
    return {key: picture.id for key, picture in stored.items()}


def _draft(drawn: Drawn, place: Place, pictures: Mapping[str, int]) -> Draft:
    fields = drawn.fields
    hero_id = pictures.get(drawn.hero_key)
    picture = fields.picture if drawn.hero_key else None
    return Draft(
        title=fields.title,
        source=drawn.source,
        source_kind=SourceKind.MIXED,
        updated_at=fields.updated,
        deck=fields.deck,
        category=fields.category,
        tags=fields.tags,
        hero_id=hero_id,
        hero_alt=cut(picture.alt, ALT_LIMIT) if picture else "",
        hero_caption=cut(picture.caption, CAPTION_LIMIT) if picture else "",
        authors=authors(fields.authors or tuple(filter(None, [place.author]))),
    )


def _article_of(row: ImportedFile) -> Article:
    article = db.session.get_one(Article, row.article_id)
    if article.state is State.DELETED:
        raise LeftOut("the article made of it was deleted here")
    return article


def _change(article: Article, row: ImportedFile, draft: Draft, drawn: Drawn) -> tuple[str, ...]:
    drafting.change(article, draft, drawn.document)
    if row.wanted_slug != drawn.fields.slug:
        publishing.readdress(article, drawn.fields.slug)
    return _publish(article, row, drawn)


def _publish(article: Article, row: ImportedFile, drawn: Drawn) -> tuple[str, ...]:
    """Let the article be seen, or not, as its file says; what a person took back stays back."""
    wanted = not drawn.fields.draft
    if article.state is State.UNPUBLISHED and not row.taken_back:
        return ("the article was taken back here and stays so",) if wanted else ()
    if not wanted and article.state is State.PUBLISHED:
        publishing.unpublish(article)
        row.taken_back = True
        return ("it is a draft now and was taken back",)
    if not wanted:
        return ()
    row.taken_back = False
    if article.state is not State.PUBLISHED or article.published_at != drawn.fields.date:
        publishing.publish(article, at=drawn.fields.date)
    return ()
