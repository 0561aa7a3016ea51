"""Sessions: what ends them, and that nothing brings them back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from blog.accounts import roles, sanctions, sessions
from blog.accounts.models import LoginSession, Person, Role, SanctionKind
from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.errors import NotFound
from tests.accounts.conftest import DEVICE, somebody, the


@pytest.fixture
def maren(app: Flask) -> int:
    return somebody("maren").id


def begin(person_id: int, device: str = DEVICE) -> str:
    with writing():
        return sessions.begin(db.session.get_one(Person, person_id), device)


def found(token: str) -> int | None:
    db.session.rollback()
    person = sessions.find(token)
    return person.id if person is not None else None


def test_a_token_finds_its_person_until_it_is_ended(maren: int) -> None:
    token, other = begin(maren), begin(maren, "Safari on iPhone")
    assert found(token) == found(other) == maren
    with writing():
        sessions.end(token)
    assert found(token) is None
    assert found(other) == maren
    with writing():
        sessions.end(token)
    assert found(token) is None


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 5_000])
def test_a_made_up_token_finds_nobody(maren: int, token: str) -> None:
    begin(maren)
    assert found(token) is None


def test_the_devices_are_listed_and_one_can_be_ended(maren: int) -> None:
    kept, lost = begin(maren), begin(maren, "Safari on iPhone")
    devices = sessions.of(the(maren))
    assert [row.device for row in devices] == ["Safari on iPhone", DEVICE]
    assert sessions.number(kept) == devices[1].id
    wanted = devices[0].id
    with writing():
        sessions.end_one(db.session.get_one(Person, maren), wanted)
    assert (found(kept), found(lost)) == (maren, None)
    with pytest.raises(NotFound), writing():
        sessions.end_one(db.session.get_one(Person, maren), wanted)


def test_nobody_ends_the_session_of_somebody_else(maren: int) -> None:
    token = begin(maren)
    number = sessions.number(token)
    holger = somebody("holger").id
    assert number is not None
    with pytest.raises(NotFound), writing():
        sessions.end_one(db.session.get_one(Person, holger), number)
    assert found(token) == maren


def test_all_can_be_ended_and_all_but_the_present_one(maren: int) -> None:
    here, there = begin(maren), begin(maren)
    foreign = begin(somebody("holger").id)
    with writing():
        sessions.end_all(db.session.get_one(Person, maren), except_token=here)
    assert (found(here), found(there)) == (maren, None)
    with writing():
        sessions.end_all(db.session.get_one(Person, maren))
    assert found(here) is None
    assert found(foreign) is not None


def test_a_new_role_holds_from_the_next_request_on(maren: int) -> None:
    token = begin(maren)
    boss = somebody("boss", Role.ADMINISTRATOR).id
    with writing():
        person, by = (db.session.get_one(Person, number) for number in (maren, boss))
        roles.assign(person, Role.EDITOR, by)
    db.session.rollback()
    found_now = sessions.find(token)
    assert found_now is not None and found_now.role is Role.EDITOR


@pytest.mark.parametrize("kind", [SanctionKind.SUSPEND, SanctionKind.BAN])
def test_who_is_shut_out_is_out_at_the_next_request_and_stays_out(
    maren: int, kind: SanctionKind
) -> None:
    token = begin(maren)
    boss = somebody("boss", Role.ADMINISTRATOR).id
    ends = now() + timedelta(days=1) if kind is SanctionKind.SUSPEND else None
    with writing():
        row = sanctions.sanction(
            db.session.get_one(Person, maren), kind, "Spam.", db.session.get_one(Person, boss), ends
        )
    assert found(token) is None
    fresh = begin(maren)
    assert found(fresh) is None
    with writing():
        sanctions.lift(row, db.session.get_one(Person, boss))
    assert found(fresh) == maren
    assert found(token) is None


@pytest.mark.parametrize("kind", [SanctionKind.WARN, SanctionKind.MUTE])
def test_who_is_only_warned_or_silenced_stays_logged_in(maren: int, kind: SanctionKind) -> None:
    token = begin(maren)
    boss = somebody("boss", Role.ADMINISTRATOR).id
    with writing():
        sanctions.sanction(
            db.session.get_one(Person, maren), kind, "Tone.", db.session.get_one(Person, boss)
        )
    assert found(token) == maren


def test_a_session_is_over_after_its_time(maren: int) -> None:
    token = begin(maren)
    with writing():
        db.session.scalars(select(LoginSession)).one().created_at = now() - sessions.LASTS
    assert found(token) is None
    assert list(sessions.of(the(maren))) == []


def test_the_oldest_session_makes_room_and_rows_do_not_pile_up(maren: int) -> None:
    first = begin(maren)
    for _ in range(sessions.AT_ONCE):
        last = begin(maren)
    assert found(first) is None
    assert found(last) == maren
    assert len(sessions.of(the(maren))) == sessions.AT_ONCE
    with writing():
        for row in db.session.scalars(select(LoginSession)):
            row.ended_at = now() - sessions.KEPT - timedelta(days=1)
    begin(maren)
    assert len(db.session.scalars(select(LoginSession)).all()) == 1


def test_a_device_is_a_few_words(maren: int) -> None:
    begin(maren, "Fire\nfox " * 50)
    (row,) = sessions.of(the(maren))
    assert "\n" not in row.device
    assert len(row.device) <= 80
