"""Two folders of real files, where they are present: everything comes in, and no word is lost."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from blog.articles.models import Article
from blog.core.clock import now
from blog.core.db import db
from blog.core.jobs import worker
from blog.related import queries
from blog.transfer.markdown import files, front_matter
from blog.transfer.markdown.importing import Options, carry_out, plan
from blog.transfer.models import ImportedFile
from blog.transfer.report import Outcome, Report
from blog.web import urls
from tests.transfer.conftest import rows

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FOLDERS = {"reference-site": 21, "markdown-posts": 102}

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="reads ../shared/data, which is not on this machine"
)

WORD = re.compile(r"[^\W_]+")
RAW = re.compile(r"\{%\s*(?:end)?raw\s*%\}")
RAW_PART = re.compile(r"\{%\s*raw\s*%\}(.*?)\{%\s*endraw\s*%\}", re.DOTALL)
LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
DEFINITION = re.compile(r"^\[[^\]\n]+\]:.*$", re.MULTILINE)
TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\)|\{\{.*?\}\})*\)")
LABEL = re.compile(r"(?<=\])\[[^\]\n]*\]")
TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
CODE = re.compile(r"(```|~~~).*?^\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*[\w+-]*[ \t]*$", re.MULTILINE)
KEPT = re.compile(r"\0(\d+)\0")
NUMBER = re.compile(r"^[ \t]*\d+[.)][ \t]+", re.MULTILINE)


def bring_in(app: Flask, name: str) -> Report:
    return carry_out(plan(DATA / name, Options(Path(app.config["UPLOADS"]), collection=name)))


def imported(name: str) -> Iterator[tuple[str, Article]]:
    joined = select(ImportedFile.path, Article).join(Article, Article.id == ImportedFile.article_id)
    for path, article in db.session.execute(joined.where(ImportedFile.collection == name)):
        yield str(path), article


def words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in WORD.findall(text))


def words_of_source(text: str) -> Counter[str]:
    """The words of a file as a reader of the old site saw them.

    Taken out: the head, link targets and labels, raw HTML tags outside code, Liquid outside `raw`,
    the name of a code block's language, the numbers of lists (a browser counts them). Of pictures
    and links the words remain.
    """
    body = unicodedata.normalize("NFC", front_matter.split(text).body)
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        code = found.group(1) if found.re is RAW_PART else found.group()
        kept.append(FENCE.sub("", RAW.sub("", code)).replace("`", ""))
        return f"\0{len(kept) - 1}\0"

    body = CODE.sub(keep, RAW_PART.sub(keep, body))
    for pattern in (LIQUID, TARGET, DEFINITION, LABEL, TAG, NUMBER):
        body = pattern.sub("]" if pattern is TARGET else "", body)
    while "\0" in body:
        body = KEPT.sub(lambda found: kept[int(found.group(1))], body)
    return words(html.unescape(TARGET.sub("]", body)))


@pytest.mark.parametrize(("name", "count"), FOLDERS.items())
def test_a_folder_comes_in_whole_and_a_second_run_changes_no_row(
    app: Flask, name: str, count: int
) -> None:
    first = bring_in(app, name)
    assert len(first.files) == count
    assert {one.outcome for one in first.files} == {Outcome.MADE}
    before = rows()
    second = bring_in(app, name)
    assert {one.outcome for one in second.files} == {Outcome.UNCHANGED}
    assert rows() == before


@pytest.mark.parametrize("name", FOLDERS)
def test_every_article_is_answered_and_has_lost_no_word(
    app: Flask, client: FlaskClient, name: str
) -> None:
    bring_in(app, name)
    lost = {}
    for path, article in list(imported(name)):
        assert client.get(urls.article(article.slug)).status_code == 200
        source = files.read(files.Found(path, DATA / name / path))
        stored = words(article.text) + words(" ".join(_alts(article)))
        if missing := words_of_source(source) - stored:
            lost[path] = dict(missing)
    assert lost == {}


def _alts(article: Article) -> list[str]:
    found = re.findall(r'alt="([^"]*)"', "".join(block["html"] for block in article.blocks))
    return [html.unescape(alt) for alt in found]


def test_the_article_of_july_16_shows_its_twenty_related_ones(app: Flask) -> None:
    bring_in(app, "reference-site")
    worker.drain(app.extensions["jobs"])
    paths = {path: article.id for path, article in imported("reference-site")}
    longest = "2025-07-16-how-gender-role-flexibility-correlates-with-healthier-sexual-communica.md"
    related = queries.related_to(paths[longest], now(), limit=20)
    assert len(related) == 20
