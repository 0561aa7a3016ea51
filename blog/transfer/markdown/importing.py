"""The whole way of a folder: read everything, then bring in one file after another."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from ...articles import drafting
from ...articles.models import Article
from ...core.db import db, end_read
from ...core.errors import BlogError
from ...site import settings
from ...text.render import plain
from ..models import COLLECTION_LIMIT, ImportedFile
from ..report import FileReport, LeftOut, Outcome, Report, shown
from . import choices, files
from .catalogue import Catalogue, Entry
from .preparing import Circumstances, Parsed, draw, parse, prepare
from .storing import Place, Stored, store

BUSY_TRIES = 3
"""How often a file is tried when other writers hold the database (10 s each)."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who imports decides."""

    uploads: Path
    collection: str = ""
    author: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that can become an article, and what is known of it here."""

    parsed: Parsed
    slug: str
    digest: str = ""
    """What the article was made of last time; empty for a new one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was found in a folder."""

    files: Sequence[Planned | FileReport]
    catalogue: Catalogue
    circumstances: Circumstances
    options: Options


def plan(folder: Path, options: Options) -> Plan:
    """Read a folder and find an address for everything in it. Writes nothing."""
    folder = folder.resolve()
    options = replace(options, collection=_collection(folder, options.collection))
    site = settings.load()
    circumstances = Circumstances(folder, ZoneInfo(site.time_zone), site.language, options.author)
    known = _known(options.collection)
    read = [_parsed(found, circumstances) for found in files.find(folder)]
    planned = _addressed(read, known)
    end_read()
    entries = [_entry(one) for one in planned if isinstance(one, Planned)]
    return Plan(planned, Catalogue(entries), circumstances, options)


def carry_out(plan: Plan, tick: Callable[[], object] = lambda: None) -> Report:
    """Bring everything in, file by file; `tick` is called after each."""
    reports = []
    for one in plan.files:
        reports.append(one if isinstance(one, FileReport) else _bring_in(one, plan))
        tick()
    return Report(_related(plan, reports), plan.options.dry_run)


def _collection(folder: Path, name: str) -> str:
    """What the files are remembered under: a name, else the place of the folder."""
    name = plain(name) or str(folder).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if len(name) <= COLLECTION_LIMIT:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return f"{digest}:{name[-(COLLECTION_LIMIT - 17) :]}"


def _known(collection: str) -> dict[str, tuple[str, str]]:
    """Address and digest of what came from this collection before, by path."""
    mine = select(ImportedFile.path, Article.slug, ImportedFile.digest)
    joined = mine.join(Article, Article.id == ImportedFile.article_id)
    rows = db.session.execute(joined.where(ImportedFile.collection == collection))
    return {path: (slug, digest) for path, slug, digest in rows}


def _parsed(found: files.Found, circumstances: Circumstances) -> Parsed | FileReport:
    try:
        return parse(found, circumstances)
    except Exception as problem:
        reason = _reason(problem, found.path)
        return FileReport(found.path, Outcome.LEFT_OUT, reason=reason)


def _addressed(
    read: Sequence[Parsed | FileReport], known: dict[str, tuple[str, str]]
) -> list[Planned | FileReport]:
    """Every file with its address: the one it has, else the free one nearest to its wish."""
    given: set[str] = set()
    planned: list[Planned | FileReport] = []
    for one in read:
        if isinstance(one, FileReport):
            planned.append(one)
        elif one.path in known:
            planned.append(Planned(one, *known[one.path]))
        else:
            slug = _free_slug(one.fields.slug, given)
            if slug != one.fields.slug:
                one.remarks.add(f"the address {one.fields.slug} was taken; it became {slug}")
            given.add(slug)
            planned.append(Planned(one, slug))
    return planned


def _free_slug(wanted: str, given: set[str]) -> str:
    slug, number = drafting.free_slug(wanted), 1
    while slug in given:
        number += 1
        slug = drafting.free_slug(f"{wanted}-{number}")
    return slug


def _entry(one: Planned) -> Entry:
    parsed = one.parsed
    return Entry(
        path=parsed.path,
        slug=one.slug,
        shown=not parsed.fields.draft,
        day=parsed.day,
        asked=parsed.fields.slug,
        addresses=parsed.fields.addresses,
    )


def _bring_in(one: Planned, plan: Plan) -> FileReport:
    """Bring one file in; whatever goes wrong with it, the next one comes."""
    path = one.parsed.path
    try:
        return _made(one, plan)
    except Exception as problem:
        end_read()
        reason = _reason(problem, path)
        return FileReport(path, Outcome.LEFT_OUT, reason=reason, remarks=one.parsed.remarks.lines())


def _reason(problem: Exception, path: str) -> str:
    """What the report says of a failure; the unforeseen is written into the log as well."""
    match problem:
        case LeftOut():
            return problem.reason
        case BlogError():
            return problem.message
        case OperationalError():
            return "the database was busy; import the folder again"
    log.error("importing %s", shown(path), exc_info=problem)
    return f"something unforeseen went wrong: {type(problem).__name__} {shown(str(problem))}"


def _made(one: Planned, plan: Plan) -> FileReport:
    parsed, options = one.parsed, plan.options
    prepared = prepare(parsed, plan.catalogue, plan.circumstances)
    if prepared.digest == one.digest:
        return FileReport(parsed.path, Outcome.UNCHANGED, one.slug)
    drawn = draw(prepared, plan.catalogue, plan.circumstances)
    place = Place(
        collection=options.collection,
        path=parsed.path,
        digest=prepared.digest,
        slug=one.slug,
        author=options.author,
        uploads=options.uploads,
        dry_run=options.dry_run,
    )
    stored = _patiently(lambda: store(drawn, place))
    remarks = drawn.remarks + stored.remarks
    return FileReport(parsed.path, stored.outcome, stored.slug, remarks=remarks)


def _patiently(attempt: Callable[[], Stored]) -> Stored:
    for _ in range(BUSY_TRIES - 1):
        try:
            return attempt()
        except OperationalError:
            log.warning("the database is busy; trying again")
    return attempt()


def _related(plan: Plan, reports: Sequence[FileReport]) -> list[FileReport]:
    """The reports, with what became of the files' wishes for related articles."""
    wishes = {
        one.parsed.path: choices.wish(one.parsed.path, one.slug, one.parsed.fields)
        for one in plan.files
        if isinstance(one, Planned)
    }
    settled = []
    for report in reports:
        said = wishes.get(report.path)
        if said is None or report.outcome is Outcome.LEFT_OUT:
            settled.append(report)
        else:
            settled.append(_settled(report, said, plan))
    end_read()
    return settled


def _settled(report: FileReport, said: choices.Wish, plan: Plan) -> FileReport:
    """One report with that; whatever goes wrong with it, the next one comes."""
    try:
        return _chosen(report, said, plan)
    except Exception as problem:
        end_read()
        remark = f"its related articles were not set: {_reason(problem, report.path)}"
        return replace(report, remarks=(*report.remarks, remark))


def _chosen(report: FileReport, said: choices.Wish, plan: Plan) -> FileReport:
    fresh = report.outcome is not Outcome.UNCHANGED
    remarks = choices.unknown(said, plan.catalogue) if fresh else []
    changed = False
    if not plan.options.dry_run:
        changed, refused = choices.settle(said, plan.catalogue, plan.options.collection)
        remarks += [refused] if refused and fresh else []
    if changed and not fresh:
        remarks.append("its related articles are others now")
        report = replace(report, outcome=Outcome.CHANGED)
    return replace(report, remarks=(*report.remarks, *remarks))
