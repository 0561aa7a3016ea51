"""Links in letters: single use, for a time, kept only as a hash."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import String, Text, select, text

from blog.accounts import people, proofs, recovery, sessions, verification
from blog.accounts.models import Person, ProofToken, Purpose, Role
from blog.core.clock import now
from blog.core.db import Base, db, writing
from blog.core.errors import Conflict, Invalid
from tests.accounts.conftest import (
    ADDRESS,
    DEVICE,
    HASH,
    OTHER_HASH,
    do_reminders,
    join,
    member,
    posted,
    the,
)


def ask(email: str = "maren@example.org") -> str:
    with writing():
        recovery.ask(email, address=ADDRESS)
    do_reminders()
    letter = posted()[-1]
    assert letter.kind == "reset"
    return letter.token


def reset(token: str) -> None:
    with writing():
        recovery.reset(token, OTHER_HASH, address=ADDRESS)


def refused(token: str) -> bool:
    try:
        reset(token)
    except Invalid as refusal:
        return refusal.field == "token"
    return False


def later(**passed: int) -> None:
    with writing():
        for proof in db.session.scalars(select(ProofToken)):
            proof.expires_at -= timedelta(**passed)


def test_a_reset_works_once(app: Flask) -> None:
    maren = member().id
    token = ask()
    reset(token)
    assert the(maren).password_hash == OTHER_HASH
    assert refused(token)


def test_a_reset_works_for_an_hour(app: Flask) -> None:
    member()
    token = ask()
    later(minutes=59)
    assert recovery.waits(token) is not None
    later(minutes=2)
    assert recovery.waits(token) is None
    assert refused(token)


def test_of_two_resets_the_one_that_is_used_ends_the_other(app: Flask) -> None:
    member()
    first, second = ask(), ask()
    assert first != second
    reset(first)
    assert refused(second)


def test_a_reset_ends_every_session_begins_none_and_tells_the_owner(app: Flask) -> None:
    maren = member().id
    with writing():
        tokens = [sessions.begin(db.session.get_one(Person, maren), DEVICE) for _ in range(3)]
    reset(ask())
    assert [sessions.find(token) for token in tokens] == [None] * 3
    assert list(sessions.of(the(maren))) == []
    assert (posted()[-1].kind, posted()[-1].to) == ("password-changed", "maren@example.org")


def test_a_reset_asked_before_a_change_of_address_works_no_more(app: Flask) -> None:
    maren = member().id
    token = ask()
    with writing():
        verification.ask_change(
            db.session.get_one(Person, maren), "new@example.org", address=ADDRESS
        )
    change = posted()[-1]
    assert (change.kind, change.to) == ("change-email", "new@example.org")
    with writing():
        verification.confirm_change(change.token, address=ADDRESS)
    assert refused(token)
    assert the(maren).email == "new@example.org"
    assert (posted()[-1].kind, posted()[-1].to) == ("email-changed", "maren@example.org")


def test_a_change_of_address_asked_before_a_reset_works_no_more(app: Flask) -> None:
    """Whoever was in the account with a stolen session cannot keep it."""
    maren = member().id
    with writing():
        verification.ask_change(
            db.session.get_one(Person, maren), "thief@example.org", address=ADDRESS
        )
    change = posted()[-1].token
    reset(ask())
    with pytest.raises(Invalid), writing():
        verification.verify(change)


def test_nothing_changes_before_the_new_address_is_proven(app: Flask) -> None:
    maren = member().id
    with writing():
        verification.ask_change(
            db.session.get_one(Person, maren), "new@example.org", address=ADDRESS
        )
    assert the(maren).email == "maren@example.org"
    token = posted()[-1].token
    with writing():
        assert verification.verify(token).email == "new@example.org"
    with pytest.raises(Invalid), writing():
        verification.verify(token)


def test_a_link_of_one_purpose_serves_no_other(app: Flask) -> None:
    verify = join().token
    assert refused(verify)
    with pytest.raises(Invalid), writing():
        verification.confirm_change(verify)
    with writing():
        verification.verify(verify)
    token = ask()
    with pytest.raises(Invalid), writing():
        verification.verify(token)
    reset(token)


def test_an_address_that_two_claimed_is_the_firsts_who_proves_it(app: Flask) -> None:
    first, second = join("maren").token, join("holger").token
    with writing():
        verification.verify(second)
    with pytest.raises(Conflict), writing():
        verification.verify(first)
    owners = db.session.scalars(select(Person.username).where(Person.email_key.is_not(None)))
    assert owners.all() == ["holger"]


@pytest.mark.parametrize("token", ["", "x", "é", "\ud800", "a" * 5_000])
def test_a_made_up_link_is_refused(app: Flask, token: str) -> None:
    assert refused(token)
    assert recovery.waits(token) is None
    assert verification.waits(token) is None


def test_no_token_stands_in_the_database_but_in_the_letter(app: Flask) -> None:
    maren = member().id
    with writing():
        session = sessions.begin(db.session.get_one(Person, maren), DEVICE)
        loose = proofs.make(Purpose.RESET, maren, "maren@example.org")
    for token in (session, loose):
        assert len(token) >= 43  # 256 bits in base 64
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, String | Text):
                    found = select(text("1")).select_from(table).where(column.contains(token))
                    assert db.session.execute(found).first() is None, column


def test_an_invitation_lets_somebody_choose_the_first_password(app: Flask) -> None:
    with writing():
        ida = people.admit("ida", "Ida Berg", "ida@example.org", None, Role.AUTHOR)
        token, ida_id = recovery.invite(ida), ida.id
    assert the(ida_id).email_verified_at is None
    later(days=6)
    with writing():
        recovery.reset(token, HASH, address=ADDRESS)
    ida = the(ida_id)
    assert ida.email_verified_at is not None and ida.email_verified_at <= now()
    assert posted() == []
    assert refused(token)
