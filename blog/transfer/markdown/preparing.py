"""From a file to an article that is ready to be stored, without touching the database."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, tzinfo
from pathlib import Path, PurePosixPath

from ...media.intake import Upload
from ...media.models import ALT_LIMIT, CAPTION_LIMIT
from ...text import render
from ...text.blocks import Document
from ...text.errors import TextRefused
from ...text.sanitize import SANITIZER_VERSION
from ..report import LeftOut, Remarks, shown
from . import dates, files, front_matter, kramdown, links, liquid
from .catalogue import Catalogue
from .fields import Fields
from .fields import read as read_fields
from .files import BODY_LIMIT, Found
from .pictures import Found as FoundPicture
from .pictures import Pictures, resolver, shown_as, take_in
from .targets import Targets
from .values import cut

IMPORTER_VERSION = 1
"""Raised when the same file would become another article than before."""

_ABOUT_THE_FOLDER = re.compile(r"(?:readme|license|changelog|contributing)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the site adds to what a file says."""

    folder: Path
    zone: tzinfo
    language: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was read: what its head says, and the body as it was written."""

    path: str
    fields: Fields
    body: str
    page: Mapping[str, str]
    """Plain values of the head, for Liquid's `page.…`."""
    remarks: Remarks
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article before it is drawn; `digest` says what it was made of."""

    parsed: Parsed
    source: str
    digest: str
    pictures: Mapping[str, FoundPicture]
    hero: FoundPicture | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An article that can be stored."""

    fields: Fields
    source: str
    document: Document
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    hero_key: str = ""
    remarks: tuple[str, ...] = ()


def parse(found: Found, circumstances: Circumstances) -> Parsed:
    """Read a file and its head. Raises LeftOut."""
    text = files.read(found).replace(liquid.UNKNOWN, "")
    matter = front_matter.split(text)
    if not matter.values and _ABOUT_THE_FOLDER.match(PurePosixPath(found.path).name):
        raise LeftOut("it speaks of its folder, without front matter")
    if len(matter.body.encode()) > BODY_LIMIT:
        raise LeftOut(f"its text is larger than {BODY_LIMIT // 1024} kB")
    remarks = Remarks()
    fields, body = read_fields(matter, PurePosixPath(found.path), circumstances.zone, remarks)
    if not body.strip():
        raise LeftOut("there is no text in it")
    page = {name: value for name, value in matter.values.items() if isinstance(value, str)}
    day, _ = dates.from_file_name(PurePosixPath(found.path).stem)
    if day is None and fields.date is not None:
        day = fields.date.astimezone(circumstances.zone).date()
    return Parsed(found.path, fields, body, page, remarks, day)


def prepare(
    parsed: Parsed,
    catalogue: Catalogue,
    circumstances: Circumstances,
    refused: Mapping[str, str] | None = None,
) -> Prepared:
    """Turn the body into Markdown of this site; `refused` are keys of what is no picture."""
    remarks = Remarks()
    beside = Pictures(circumstances.folder, parsed.path, remarks, refused or {})

    def article(target: str) -> str | None:
        return catalogue.address_of(target, parsed.path)

    body = liquid.convert(parsed.body, article, parsed.page, remarks)
    body = kramdown.clean(body, remarks)
    source = links.redirect(body, Targets(article, beside.address, remarks))
    hero = _hero(parsed.fields, beside, remarks)
    if not parsed.fields.authors and not circumstances.author:
        remarks.add("it names no author")
    return Prepared(
        parsed=parsed,
        source=source.strip("\n") + "\n",
        digest=_digest(parsed.fields, source, beside, circumstances),
        pictures=beside.found,
        hero=hero,
        remarks=parsed.remarks.lines() + remarks.lines(),
    )


def draw(prepared: Prepared, catalogue: Catalogue, circumstances: Circumstances) -> Drawn:
    """Take the pictures in and render the text: slow, and pure. Raises LeftOut."""
    uploads, refused = take_in(prepared.pictures.values())
    if refused:
        prepared = prepare(prepared.parsed, catalogue, circumstances, refused)
    rendered = shown_as(uploads)
    source = prepared.source
    for key, picture in rendered.items():
        source = source.replace(f"/media/{key}", picture.src)
    resolve = resolver(rendered.values())
    try:
        document = render.article_from_mixed(source, circumstances.language, resolve)
    except TextRefused as problem:
        raise LeftOut(problem.message) from None
    return Drawn(
        fields=prepared.parsed.fields,
        source=source,
        document=document,
        uploads=uploads,
        hero_key=prepared.hero.key if prepared.hero else "",
        remarks=prepared.remarks + document.notices,
    )


def _hero(fields: Fields, beside: Pictures, remarks: Remarks) -> FoundPicture | None:
    picture = fields.picture
    if picture is None:
        return None
    if "//" in picture.source:
        remarks.add(f"picture {shown(picture.source)} is on the web and is not fetched")
        return None
    for name, value, limit in (
        ("description", picture.alt, ALT_LIMIT),
        ("caption", picture.caption, CAPTION_LIMIT),
    ):
        if cut(value, limit) != value:
            remarks.add(f"the {name} of its picture is longer than {limit} characters and was cut")
    return beside.find(picture.source)


def _digest(fields: Fields, source: str, beside: Pictures, circumstances: Circumstances) -> str:
    """SHA-256 of everything the article is made of."""
    made_of = [
        IMPORTER_VERSION,
        SANITIZER_VERSION,
        circumstances.language,
        circumstances.author if not fields.authors else "",
        asdict(fields),
        source,
        sorted(beside.found),
    ]
    return hashlib.sha256(json.dumps(made_of, default=str).encode()).hexdigest()
