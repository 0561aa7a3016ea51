"""The sample publication: put once into an empty site, to be kept, changed or deleted there.

It can be killed at any moment and is finished by the next start. The first transaction makes the
cast and says `loading`; the essays come in through the importer, which remembers each file; the
last transaction books the advertisements and says `loaded`. A site where neither is said is only
touched while it has no person and no article.
"""

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from ...accounts import people
from ...accounts.models import Person
from ...ads import booking
from ...ads.booking import Booking
from ...articles import taxonomy
from ...articles.models import Article
from ...core.db import db, end_read, writing
from ...media import intake, portraits
from ...media.intake import Upload
from ...site import settings
from ...site.models import SiteValue
from ..markdown.importing import Options, carry_out, plan
from ..report import Outcome

FOLDER = Path(__file__).resolve().parent
COLLECTION = "sample"
MARK = "sample"
"""Name of the site value that says how far it came; not one of the settings."""
LOADING = "loading"
LOADED = "loaded"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cast:
    """What the sample consists of besides its essays."""

    site: dict[str, Any]
    people: list[dict[str, Any]]
    uploads: dict[str, Upload]
    """Pictures by the path they are named with."""


def load(uploads: Path) -> bool:
    """Fill an empty site, or finish doing so; gives whether anything was to do."""
    stage = _stage()
    if stage == LOADED or (stage is None and not _is_empty()):
        end_read()
        return False
    end_read()
    cast = _cast()
    for upload in cast.uploads.values():
        intake.keep(upload, uploads=uploads)
    if stage is None and not _open(cast, uploads):
        return False
    report = carry_out(plan(FOLDER, Options(uploads, collection=COLLECTION)))
    for one in report.files:
        if one.outcome is Outcome.LEFT_OUT and "/" not in one.path:  # pictures/ has a README
            log.error("sample essay %s was left out: %s", one.path, one.reason)
    _close(cast, uploads)
    return True


def _stage() -> str | None:
    mark = db.session.get(SiteValue, MARK)
    return str(mark.value) if mark else None


def _is_empty() -> bool:
    somebody = db.session.scalar(select(Person.id).limit(1))
    something = db.session.scalar(select(Article.id).limit(1))
    return somebody is None and something is None


def _cast() -> Cast:
    site = yaml.safe_load((FOLDER / "site.yaml").read_text("utf-8"))
    cast = yaml.safe_load((FOLDER / "people.yaml").read_text("utf-8"))
    pictures = [one.get("portrait") for one in cast]
    pictures += [one.get("picture") for one in site.get("advertisements", ())]
    files = [picture["file"] for picture in pictures if picture]
    made = {file: intake.prepare((FOLDER / file).read_bytes(), Path(file).name) for file in files}
    return Cast(site, cast, made)


def _open(cast: Cast, uploads: Path) -> bool:
    """Name the site and make people and categories; False when somebody was here meanwhile."""
    with writing():
        if not _is_empty():
            return False
        present = settings.load()
        if not present.set_up:
            named = replace(present, name=cast.site["name"], tagline=cast.site["tagline"])
            settings.change(named)
        for one in cast.people:
            _person(one, cast, uploads)
        for shelf in cast.site["categories"]:
            taxonomy.category(shelf["name"], slug=shelf["slug"], description=shelf["description"])
        db.session.merge(SiteValue(name=MARK, value=LOADING))
    return True


def _person(one: dict[str, Any], cast: Cast, uploads: Path) -> None:
    person = people.create(one["username"], one["name"], one.get("bio", ""))
    if portrait := one.get("portrait"):
        picture = intake.store(cast.uploads[portrait["file"]], uploads=uploads)
        portraits.set_portrait(person.id, picture.id, portrait.get("alt", ""))


def _close(cast: Cast, uploads: Path) -> None:
    """Book the advertisements, once: in the transaction that says that all is there."""
    with writing():
        if _stage() == LOADED:
            return
        for one in cast.site.get("advertisements", ()):
            booking.create(_booking(one, cast, uploads))
        db.session.merge(SiteValue(name=MARK, value=LOADED))


def _booking(one: dict[str, Any], cast: Cast, uploads: Path) -> Booking:
    picture = one.get("picture")
    stored = intake.store(cast.uploads[picture["file"]], uploads=uploads) if picture else None
    return Booking(
        name=one["name"],
        headline=one["headline"],
        text=one.get("text", ""),
        link=one["link"],
        picture_id=stored.id if stored else None,
        alt=picture.get("alt", "") if picture else "",
        categories=[_category_id(slug) for slug in one.get("categories", ())],
    )


def _category_id(slug: str) -> int:
    return taxonomy.category(slug, slug=slug).id
