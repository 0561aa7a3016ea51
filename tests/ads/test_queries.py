"""Which advertisements are due, in which order, and until when."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from blog.ads import booking
from blog.ads.booking import Booking
from blog.ads.models import Advertisement
from blog.ads.queries import _lot, due_for, next_change
from blog.articles import drafting
from blog.articles.drafting import Draft
from blog.articles.models import Article
from blog.core.db import db, writing
from blog.media.models import Picture
from blog.text.blocks import Document

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANY = Booking(name="Any", headline="Anything", link="https://any.example", starts_at=NOON)


def article(title: str, category: str = "Water") -> Article:
    with writing():
        return drafting.create(
            Draft(title=title, source="", category=category), Document((), "", 0)
        )


def book(*wanted: Booking) -> list[int]:
    with writing():
        return [booking.create(one).id for one in wanted]


def due(of: Article, at: datetime = NOON) -> list[int]:
    db.session.rollback()
    return [found.id for found in due_for(of.id, of.category_id, at)]


def test_the_closest_aimed_comes_first(app: Flask) -> None:
    knots, bread = article("Knots"), article("Bread", "Food")
    assert knots.category_id is not None
    everywhere, at_category, at_article, both = book(
        ANY,
        replace(ANY, categories=[knots.category_id]),
        replace(ANY, articles=[knots.id]),
        replace(ANY, categories=[knots.category_id], articles=[bread.id]),
    )
    shown = due(knots)
    assert shown[0] == at_article
    assert set(shown[1:3]) == {at_category, both}
    assert shown[3:] == [everywhere]
    assert due(bread) == [both, everywhere]


def test_an_article_without_category_has_what_runs_everywhere(app: Flask) -> None:
    knots, bare = article("Knots"), article("Bare", "")
    assert knots.category_id is not None
    everywhere, _ = book(ANY, replace(ANY, categories=[knots.category_id]))
    assert due(bare) == [everywhere]


def test_it_runs_from_its_start_to_just_before_its_end(app: Flask) -> None:
    knots = article("Knots")
    (number,) = book(replace(ANY, ends_at=NOON + HOUR))
    book(replace(ANY, active=False))
    moments = (
        NOON - timedelta(microseconds=1),
        NOON,
        NOON + HOUR - timedelta(microseconds=1),
        NOON + HOUR,
    )
    assert [due(knots, at) for at in moments] == [[], [number], [number], []]


def test_the_next_change_is_the_first_start_or_end_to_come(app: Flask) -> None:
    assert next_change(NOON) is None
    book(
        replace(ANY, ends_at=NOON + 5 * HOUR),
        replace(ANY, starts_at=NOON + 2 * HOUR),
        replace(ANY, starts_at=NOON + HOUR, active=False),
    )
    changes = [next_change(at) for at in (NOON - HOUR, NOON, NOON + 2 * HOUR, NOON + 5 * HOUR)]
    assert changes == [NOON, NOON + 2 * HOUR, NOON + 5 * HOUR, None]


def test_pages_differ_in_the_order_and_each_keeps_its_own(app: Flask) -> None:
    pages = [article(f"Essay {number}") for number in range(8)]
    book(*[ANY] * 4)
    first = [due(page) for page in pages]
    assert [due(page) for page in pages] == first
    assert len({tuple(order) for order in first}) > 1


def test_the_picture_is_there_without_a_further_look(app: Flask) -> None:
    knots = article("Knots")
    with writing():
        picture = Picture(key="k" * 32, file_name="rope.jpg", width=480, height=320)
        db.session.add(picture)
        db.session.flush()
        booking.create(replace(ANY, picture_id=picture.id, alt="Coils of rope on a quay"))
    (found,) = due_for(knots.id, knots.category_id, NOON)
    assert found.picture is not None and found.picture.width == 480


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 100))
def test_a_lot_is_a_number_that_a_greater_weight_makes_smaller(
    ad: int, page: int, weight: int
) -> None:
    light, heavy = Advertisement(id=ad, weight=weight), Advertisement(id=ad, weight=weight + 1)
    assert 0 <= _lot(heavy, page) <= _lot(light, page)


def test_a_weight_of_three_comes_first_three_times_as_often() -> None:
    light, heavy = Advertisement(id=1, weight=1), Advertisement(id=2, weight=3)
    first = Counter(min((light, heavy), key=lambda ad: _lot(ad, page)).id for page in range(4000))
    assert 0.7 < first[2] / 4000 < 0.8
