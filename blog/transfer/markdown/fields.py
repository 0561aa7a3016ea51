"""What a file says of its article: the names in its head, its path, its first heading."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ...articles.models import DECK_LIMIT, TAG_LIMIT, TAGS_LIMIT
from ...text.render import plain
from ...text.slug import slugify
from ..report import Remarks, shown
from . import dates, headings
from .files import SUFFIXES
from .front_matter import Matter, Value
from .values import cut, first, flag, names, text, words

_TITLE = ("title", "headline")
_DATE = ("date", "publishdate", "published_at", "pubdate", "pubdatetime", "created")
_UPDATED = ("updated", "lastmod", "last_modified_at", "last_modified", "modified", "updated_at")
_DECK = ("deck", "description", "summary", "subtitle", "excerpt")
_PICTURE = ("picture", "image", "cover", "featured_image", "images")
_ADDRESS = ("permalink", "url")
_SEPARATORS = r"[,\s]+"


@dataclass(frozen=True, slots=True)
class PictureField:
    """The picture above an article, as the file names it."""

    source: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Everything a file says of its article but the body."""

    title: str
    date: datetime | None = None
    updated: datetime | None = None
    draft: bool = False
    authors: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    deck: str = ""
    slug: str = ""
    picture: PictureField | None = None
    related: tuple[str, ...] = ()
    unrelated: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Paths the article had on the old site, as far as the file says them."""


def read(matter: Matter, path: PurePosixPath, zone: tzinfo, remarks: Remarks) -> tuple[Fields, str]:
    """What a file says, and its body without the heading that became the title."""
    values = matter.values
    day, rest = dates.from_file_name(_stem(path))
    title, body = _title(values, matter.body, rest or _stem(path), remarks)
    named = dates.start_of(day, zone) if day else None
    date = _date(values, zone, remarks) or named
    category, tags = _shelves(values, path, remarks)
    fields = Fields(
        title=title,
        date=date,
        updated=_moment(first(values, *_UPDATED), zone, remarks),
        draft=_is_draft(values, path, date, remarks),
        authors=tuple(dict.fromkeys(names(first(values, "authors", "author", "by")))),
        category=category,
        tags=tags,
        deck=_deck(values, remarks),
        slug=_slug(values, rest, title),
        picture=_picture(values),
        related=tuple(words(first(values, "related"), _SEPARATORS)),
        unrelated=tuple(words(first(values, "unrelated"), _SEPARATORS)),
        addresses=_addresses(values),
    )
    return fields, body


def _stem(path: PurePosixPath) -> str:
    """The name without ending; an `index.md` is named by its folder (a page bundle of Hugo)."""
    stem = path.stem if path.suffix.lower() in SUFFIXES else path.name
    return path.parent.name if stem.lower() == "index" and path.parent.name else stem


def _title(values: dict[str, Value], body: str, stem: str, remarks: Remarks) -> tuple[str, str]:
    heading = headings.first_title(body)
    title = text(first(values, *_TITLE))
    if not title and heading is not None:
        return heading.title, heading.without(body)
    if not title:
        title = plain(re.sub(r"[-_]+", " ", stem)).capitalize() or "Untitled"
        remarks.add(f"it has no title; “{shown(title)}” was made of its name")
    if heading is not None and heading.repeats(title, body):
        remarks.add("its first heading repeats the title and was taken out")
        return title, heading.without(body)
    return title, body


def _date(values: dict[str, Value], zone: tzinfo, remarks: Remarks) -> datetime | None:
    said = first(values, *_DATE)
    if not said and flag(first(values, "published")) is None:
        said = first(values, "published")
    return _moment(said, zone, remarks)


def _moment(said: Value, zone: tzinfo, remarks: Remarks) -> datetime | None:
    value = text(said)
    if not value:
        return None
    try:
        moment = dates.parse(value, zone)
    except (ValueError, OverflowError):
        remarks.add(f"“{shown(value)}” cannot be read as a date")
        return None
    if moment.leftover:
        remarks.add(f"“{shown(moment.leftover)}” in the date “{shown(value)}” was passed over")
    return moment.at


def _is_draft(
    values: dict[str, Value], path: PurePosixPath, date: datetime | None, remarks: Remarks
) -> bool:
    if flag(first(values, "draft")) or flag(first(values, "published")) is False:
        return True
    if text(first(values, "status")).lower() == "draft" or "_drafts" in path.parts[:-1]:
        return True
    if date is None:
        remarks.add("it has no date that can be read, so it came in as a draft")
    return date is None


def _shelves(
    values: dict[str, Value], path: PurePosixPath, remarks: Remarks
) -> tuple[str, tuple[str, ...]]:
    """Category and tags: the first category is the shelf, further ones become tags.

    As in Jekyll, `category: a b` is one name, `categories: a b` are two, and folders above
    `_posts` are categories.
    """
    one = first(values, "category", "section")
    named = words(one, _SEPARATORS) if isinstance(one, list) else [text(one)]
    named += words(first(values, "categories"), _SEPARATORS)
    folders = list(path.parts[:-1])
    special = next((i for i, part in enumerate(folders) if part in {"_posts", "_drafts"}), 0)
    shelves = _named(named + folders[:special], remarks)
    tags = _tag_words(first(values, "tags", "tag", "keywords"))
    kept = _named([*tags, *shelves[1:]], remarks)
    if len(kept) > TAGS_LIMIT:
        dropped = ", ".join(kept[TAGS_LIMIT:])
        remarks.add(f"an article bears {TAGS_LIMIT} tags; dropped: {shown(dropped)}")
    return (shelves[0] if shelves else ""), tuple(kept[:TAGS_LIMIT])


def _tag_words(value: Value) -> list[str]:
    """Tags as a list, as words between commas, or else between spaces, as Jekyll does."""
    separators = r"[,;]" if isinstance(value, str) and re.search("[,;]", value) else r"\s+"
    return words(value, separators)


def _named(wanted: list[str], remarks: Remarks) -> list[str]:
    """The names that can be shelves or tags, each once."""
    kept: dict[str, str] = {}
    for name in (plain(raw).lstrip("#") for raw in wanted):
        slug = slugify(name)
        if name and (not slug or len(name) > TAG_LIMIT):
            remarks.add(f"“{shown(name)}” cannot be a category or tag and was dropped")
        elif name:
            kept.setdefault(slug, name)
    return list(kept.values())


def _deck(values: dict[str, Value], remarks: Remarks) -> str:
    deck = text(first(values, *_DECK))
    if len(deck) > DECK_LIMIT:
        remarks.add(f"its deck is longer than {DECK_LIMIT} characters and was cut")
    return cut(deck, DECK_LIMIT)


def _slug(values: dict[str, Value], rest: str, title: str) -> str:
    """The address the file asks for: `slug`, end of `permalink` or `url`, its name, its title."""
    last = ""
    for address in _addresses(values):
        last = PurePosixPath(address.rstrip("/")).name
        last = PurePosixPath(last).stem if last.endswith((".html", ".htm", *SUFFIXES)) else last
    wanted = (text(first(values, "slug")), last, rest, title)
    return next((slug for name in wanted if (slug := slugify(name))), "article")


def _addresses(values: dict[str, Value]) -> tuple[str, ...]:
    """The old paths; a pattern such as `/:year/:title/` is none."""
    said = [text(values.get(name, "")) for name in _ADDRESS]
    paths = []
    for address in said:
        try:
            path = unquote(urlsplit(address).path)
        except ValueError:
            continue
        if path.strip("/") and ":" not in path:
            paths.append(path)
    return tuple(paths)


def _picture(values: dict[str, Value]) -> PictureField | None:
    said = first(values, *_PICTURE)
    if isinstance(said, list):
        said = said[0]
    if isinstance(said, dict):
        table = {name.lower(): value for name, value in said.items()}
        source = text(first(table, "file", "src", "url", "path", "image", "feature"))
        alt, caption = text(first(table, "alt")), text(first(table, "caption", "credit"))
    else:
        source, alt, caption = text(said), "", ""
    alt = alt or text(first(values, "image_alt", "picture_alt", "cover_alt", "featured_image_alt"))
    caption = caption or text(
        first(values, "image_caption", "picture_caption", "cover_caption", "featured_image_caption")
    )
    return PictureField(source, alt, caption) if source else None
