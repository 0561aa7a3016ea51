"""Booking advertisements: what is kept, what is refused, what is announced."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from blog.ads import booking, queries
from blog.ads.booking import Booking, checked_link
from blog.ads.events import AdvertisementsChanged
from blog.ads.models import HEADLINE_LIMIT, LINK_LIMIT, WEIGHT_LIMIT, Advertisement
from blog.articles import taxonomy
from blog.core import events
from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.errors import Invalid

CHANDLER = Booking(
    name="Holt & Daughters",
    headline="Rope by the yard",
    text="Hemp, sisal and cotton, cut while you wait.",
    link="https://rope.example/yard?from=broadsheet",
)


@pytest.fixture
def heard(app: Flask) -> Iterator[list[Any]]:
    """What was announced."""
    news: list[Any] = []
    before = dict(events._handlers)
    events.subscribe({AdvertisementsChanged: [news.append]})
    yield news
    events.subscribe(before)


def book(wanted: Booking = CHANDLER) -> int:
    with writing():
        return booking.create(wanted).id


def test_an_advertisement_says_what_was_booked_and_runs_from_now(app: Flask) -> None:
    before = now()
    made = db.session.get_one(Advertisement, book())
    assert (made.name, made.headline, made.text) == (
        CHANDLER.name,
        CHANDLER.headline,
        CHANDLER.text,
    )
    assert made.link == CHANDLER.link
    assert before <= made.starts_at <= now()
    assert made.ends_at is None and made.active and made.picture is None
    assert booking.targets(made) == ((), ())


def test_every_change_is_announced_once(heard: list[Any]) -> None:
    number = book()
    with writing():
        booking.change(db.session.get_one(Advertisement, number), replace(CHANDLER, weight=4))
    for _ in range(2):
        with writing():
            booking.end(db.session.get_one(Advertisement, number))
    assert heard == [AdvertisementsChanged(number)] * 3


def test_a_change_keeps_the_start_and_replaces_the_targets(app: Flask) -> None:
    with writing():
        water, town = taxonomy.category("Water").id, taxonomy.category("Town").id
        number = booking.create(replace(CHANDLER, categories=[water])).id
    start = db.session.get_one(Advertisement, number).starts_at
    with writing():
        made = db.session.get_one(Advertisement, number)
        booking.change(made, replace(CHANDLER, headline="Knots", categories=[town, town]))
    made = db.session.get_one(Advertisement, number)
    assert (made.starts_at, made.headline) == (start, "Knots")
    assert booking.targets(made) == ((town,), ())


def test_an_ended_advertisement_is_no_longer_due_and_stays_in_the_books(app: Flask) -> None:
    number = book()
    with writing():
        booking.end(db.session.get_one(Advertisement, number))
    assert queries.due_for(1, None, now()) == []
    assert db.session.get_one(Advertisement, number).ends_at is not None


def test_one_that_was_to_start_later_can_be_ended_before(app: Flask) -> None:
    number = book(replace(CHANDLER, starts_at=now() + timedelta(days=3)))
    with writing():
        booking.end(db.session.get_one(Advertisement, number))
    assert queries.due_for(1, None, now() + timedelta(days=4)) == []


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": " \n "}),
        ("headline", {"headline": ""}),
        ("headline", {"headline": "x" * (HEADLINE_LIMIT + 1)}),
        ("text", {"text": "x" * 301}),
        ("link", {"link": "javascript:alert(1)"}),
        ("link", {"link": "https://x.example/" + "y" * LINK_LIMIT}),
        ("ends_at", {"starts_at": now(), "ends_at": now() - timedelta(days=1)}),
        ("weight", {"weight": 0}),
        ("weight", {"weight": WEIGHT_LIMIT + 1}),
        ("picture", {"picture_id": 99}),
        ("categories", {"categories": [99]}),
        ("articles", {"articles": [99]}),
        ("articles", {"articles": list(range(101))}),
    ],
)
def test_what_cannot_be_booked_is_refused_with_its_field(
    app: Flask, field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused, writing():
        booking.create(replace(CHANDLER, **change))
    assert refused.value.field == field
    assert db.session.scalars(select(Advertisement)).all() == []


@pytest.mark.parametrize(
    "link",
    [
        "https://rope.example",
        "http://rope.example:8080/a?b=c#d",
        "https://xn--bcher-kva.example/ä",
        "https://rope.example?a=https://Other.example:443/",
        "https://[::1]/",
    ],
)
def test_links_to_other_sites_are_taken(link: str) -> None:
    assert checked_link(f" {link} ") == link


@pytest.mark.parametrize(
    ("link", "stored"),
    [
        ("HTTPS://Rope.example:443/Yard", "https://rope.example/Yard"),
        ("https://bücher.example/ä#Ä", "https://xn--bcher-kva.example/ä#Ä"),
        ("http://[0:0::1]:80?a", "http://[::1]?a"),
    ],
)
def test_the_host_of_a_link_is_kept_in_normal_form(link: str, stored: str) -> None:
    assert checked_link(link) == stored


@pytest.mark.parametrize(
    "link",
    [
        "",
        "/articles/knots",
        "//rope.example",
        "rope.example",
        "javascript:alert(1)",
        "JAVASCRIPT://rope.example/%0aalert(1)",
        "data:text/html,hello",
        "https://",
        "https:///path",
        "https://user:secret@rope.example",
        "https://rope.example@evil.example",
        "https://rope.example/a b",
        "https://rope.example/a\nb",
        "https://rope.example\\@evil.example",
        'https://rope.example/"onclick=',
        "https://rope.example:99999",
        "https://rope.example:0",
        "https://[::1",
        "https://[::1]x/",
        "https://@rope.example",
        "https://:secret@rope.example/",
        "https://ro<pe.example",
        "https://127.1/",
        "https://a..example/",
    ],
)
def test_what_a_browser_would_not_follow_to_another_site_is_refused(link: str) -> None:
    with pytest.raises(Invalid):
        checked_link(link)


def test_words_are_kept_as_one_line_without_control_characters(app: Flask) -> None:
    made = db.session.get_one(
        Advertisement, book(replace(CHANDLER, text="Hemp\x00\n  and\tsisal\u202e"))
    )
    assert made.text == "Hemp and sisal"
