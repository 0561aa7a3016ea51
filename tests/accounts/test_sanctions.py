"""Sanctions: who puts them on whom, and that they end by themselves."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from blog.accounts import sanctions
from blog.accounts.models import Person, Role, Sanction, SanctionKind
from blog.core.audit import AuditEntry
from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.errors import Forbidden, Invalid
from tests.accounts.conftest import somebody, the

MUTE, SUSPEND, BAN, WARN = (
    SanctionKind.MUTE,
    SanctionKind.SUSPEND,
    SanctionKind.BAN,
    SanctionKind.WARN,
)


def put(person: int, kind: SanctionKind, by: int, hours: int | None = None) -> int:
    ends = now() + timedelta(hours=hours) if hours is not None else None
    with writing():
        row = sanctions.sanction(
            db.session.get_one(Person, person), kind, "Spam.", db.session.get_one(Person, by), ends
        )
        db.session.flush()
        return row.id


@pytest.fixture
def cast(app: Flask) -> dict[str, int]:
    return {role.value: somebody(f"the-{role.value}s", role).id for role in Role}


def test_a_sanction_with_an_end_ends_by_itself(cast: dict[str, int]) -> None:
    reader = cast["reader"]
    put(reader, MUTE, cast["moderator"], hours=2)
    person = the(reader)
    assert [row.kind for row in sanctions.in_force(person, now())] == [MUTE]
    with pytest.raises(Forbidden, match="until"):
        sanctions.check_not_silenced(person, now())
    after = now() + timedelta(hours=2, seconds=1)
    assert list(sanctions.in_force(person, after)) == []
    sanctions.check_not_silenced(person, after)
    assert list(sanctions.in_force(person, now() - timedelta(minutes=1))) == []


def test_a_sanction_without_end_holds_until_it_is_lifted(cast: dict[str, int]) -> None:
    reader = cast["reader"]
    number = put(reader, BAN, cast["moderator"])
    years = now() + timedelta(days=4_000)
    with pytest.raises(Forbidden):
        sanctions.check_not_shut_out(the(reader), years)
    with writing():
        boss = db.session.get_one(Person, cast["administrator"])
        sanctions.lift(db.session.get_one(Sanction, number), boss)
    sanctions.check_not_shut_out(the(reader), years)
    verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.actor_id.is_not(None)))
    assert verbs.all()[-2:] == ["sanction", "lift sanction"]


@pytest.mark.parametrize(
    ("kind", "silenced", "out"),
    [(WARN, False, False), (MUTE, True, False), (SUSPEND, True, True), (BAN, True, True)],
)
def test_what_each_kind_forbids(
    cast: dict[str, int], kind: SanctionKind, silenced: bool, out: bool
) -> None:
    put(cast["reader"], kind, cast["moderator"], hours=1)
    person, at = the(cast["reader"]), now()
    for check, forbidden in (
        (sanctions.check_not_silenced, silenced),
        (sanctions.check_not_shut_out, out),
    ):
        if forbidden:
            with pytest.raises(Forbidden, match="Spam"):
                check(person, at)
        else:
            check(person, at)


ALLOWED = {
    "moderator": {"reader", "author"},
    "administrator": {"reader", "author", "editor", "moderator"},
}


@pytest.mark.parametrize("by", Role)
def test_nobody_sanctions_an_equal_or_himself(cast: dict[str, int], by: Role) -> None:
    for on in Role:
        if on.value in ALLOWED.get(by.value, set()):
            put(cast[on.value], WARN, cast[by.value])
        else:
            with pytest.raises(Forbidden):
                put(cast[on.value], WARN, cast[by.value])


def test_a_sanction_says_why_and_ends_later(cast: dict[str, int]) -> None:
    with pytest.raises(Invalid), writing():
        boss = db.session.get_one(Person, cast["administrator"])
        sanctions.sanction(db.session.get_one(Person, cast["reader"]), MUTE, "  ", boss)
    for kind, hours in ((MUTE, -1), (MUTE, 0), (SUSPEND, None)):
        with pytest.raises(Invalid):
            put(cast["reader"], kind, cast["administrator"], hours)


@given(
    st.lists(st.tuples(st.sampled_from(SanctionKind), st.none() | st.integers(1, 9)), max_size=4)
)
def test_the_last_end_of_several_is_the_one_that_is_told(rows) -> None:  # type: ignore[no-untyped-def]
    """Pure: what holds is decided by the rows and the moment alone."""
    at = now()
    ends = [at + timedelta(hours=hours) if hours else None for _, hours in rows]
    open_ended = None in ends
    last = None if open_ended or not ends else max(ends)
    assert sanctions.last_end(ends) == last
