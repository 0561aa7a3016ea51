"""A folder to import from, and the import as a function of it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, text

from blog.articles.models import Article
from blog.core.db import Base, db
from blog.transfer.markdown.importing import Options, carry_out, plan
from blog.transfer.report import FileReport, Report

Write = Callable[..., Path]
Import = Callable[..., Report]
Only = Callable[..., FileReport]
HEAD = "title: A walk\ndate: 2014-05-06"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "old-site"
    path.mkdir()
    return path


@pytest.fixture
def write(folder: Path) -> Write:
    """Write a file: its path, its head, its body."""

    def _write(path: str, head: str = "", body: str = "Some words.") -> Path:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{head}\n---\n{body}\n", "utf-8")
        return file

    return _write


@pytest.fixture
def uploads(app: Flask) -> Path:
    return Path(app.config["UPLOADS"])


@pytest.fixture
def bring_in(app: Flask, folder: Path, uploads: Path) -> Callable[..., Report]:
    def _bring_in(**options: object) -> Report:
        return carry_out(plan(folder, Options(uploads, **options)))  # type: ignore[arg-type]

    return _bring_in


@pytest.fixture
def only(bring_in: Callable[..., Report]) -> Callable[..., FileReport]:
    """Import, and give the report of the one file there is."""

    def _only(**options: object) -> FileReport:
        (report,) = bring_in(**options).files
        return report

    return _only


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in the database, but when and how often jobs wait."""
    found = {}
    for table in Base.metadata.sorted_tables:
        named = db.session.execute(text(f'SELECT * FROM "{table.name}"'))
        found[table.name] = sorted((tuple(row) for row in named), key=repr)
    db.session.rollback()
    return found


def picture(width: int = 60, height: int = 40, colour: str = "teal") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


def article(slug: str = "a-walk") -> Article:
    db.session.rollback()
    return db.session.scalars(select(Article).where(Article.slug == slug)).one()


def html(slug: str = "a-walk") -> str:
    return "".join(block["html"] for block in article(slug).blocks)
