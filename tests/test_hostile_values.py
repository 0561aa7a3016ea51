"""A hostile value in every column of text, through every page, judged by a second parser."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import Column, String, Table, Text, update

from blog.ads import booking
from blog.core.db import Base, db, writing
from blog.media import intake, portraits
from tests import factories

HOSTILE = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</title></textarea></style><svg/onload=alert(1)>",
    "javascript:alert(1)//",
    "{{ 7*7 }}{% include 'x' %}",
    "\u202eright to left\u2066 \u0000".replace("\u0000", ""),
    "<!--<b>-->]]><?php echo 1 ?>",
    "&lt;script&gt;&#x6a;avascript:",
    "\x1b[31m\x85\u2028",
)
NOT_WORDS = {
    # Names that stand in addresses or tell rows apart; their verbs refuse anything else.
    "slug", "username", "key", "link", "state", "kind", "digest", "path", "collection",
    "reason", "term", "terms", "wanted_slug",
}  # fmt: skip
NOT_SHOWN = {"page_key", "site_value", "job", "imported_file"}
ADDRESSES = ("/", "/archive", "/articles/bread", "/articles/salt", "/categories/town-life",
             "/tags/tides", "/people/maren", "/articles/never", "/setup")  # fmt: skip


@pytest.fixture
def publication(app: Flask, do_jobs) -> None:  # type: ignore[no-untyped-def]
    """One of everything that a page can show."""
    buffer = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(buffer, "PNG")
    upload = intake.prepare(buffer.getvalue(), "boat.png")
    maren = factories.person(bio="Writes about tides.")
    maren_id = maren.id
    with writing():
        picture = intake.store(upload, uploads=app.config["UPLOADS"])
        portraits.set_portrait(maren_id, picture.id, "A portrait")
        booking.create(
            booking.Booking(
                name="Maps",
                headline="Maps",
                text="All",
                link="https://maps.example/",
                picture_id=picture.id,
                alt="A map",
            )
        )
        picture_id = picture.id
    long = "\n\n".join(
        [f"## Part {n}\n\n" + "\n\n".join([factories.PARAGRAPH] * 5) for n in range(4)]
    )
    for title in ("Bread", "Salt"):
        factories.article(
            title,
            source=long,
            tags=["Tides"],
            authors=[maren],
            hero_id=picture_id,
            hero_alt="A boat",
            hero_caption="Calm",
        )
    do_jobs()


def text_columns() -> Iterator[tuple[Table, Column[str]]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            words = isinstance(column.type, String | Text) and not hasattr(column.type, "enums")
            if words and column.name not in NOT_WORDS and table.name not in NOT_SHOWN:
                yield table, column


def constructs(client: FlaskClient) -> set[tuple[str, str, str]]:
    """Every element, attribute and scheme on every page."""
    found = set()
    for address in ADDRESSES:
        tree = LexborHTMLParser(client.get(address).text)
        for node in tree.css("*"):
            for name, value in {**node.attributes, "": ""}.items():
                scheme = str(value).partition(":")[0] if name in {"href", "src", "action"} else ""
                found.add((str(node.tag), name, scheme if ":" in str(value) else ""))
    return found


def test_there_are_columns_to_fill() -> None:
    assert {f"{table.name}.{column.name}" for table, column in text_columns()} >= {
        "article.title", "article.deck", "article.teaser", "article.hero_alt", "category.name",
        "tag.name", "person.name", "person.bio", "portrait.alt", "advertisement.headline",
        "picture.file_name",
    }  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_in_every_column_adds_nothing_active_to_any_page(
    app: Flask, client: FlaskClient, publication: None, value: str
) -> None:
    before = constructs(client)
    with writing():
        for table, column in text_columns():
            limit = getattr(column.type, "length", None) or 500
            db.session.execute(update(table).values({column.name: value[:limit]}))
    assert constructs(client) - before == set()
    shown = LexborHTMLParser(client.get("/articles/bread").text).css_first("h1")
    assert shown is not None
    assert shown.text().strip() == value.strip()
