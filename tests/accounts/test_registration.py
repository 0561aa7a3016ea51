"""Joining: nothing without a proof, and nothing told of who has an account."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from blog.accounts import login, recovery, registration, verification
from blog.accounts.models import Person, ProofToken, Role
from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.errors import Invalid
from blog.core.jobs.models import Job
from tests import factories
from tests.accounts.conftest import (
    ADDRESS,
    DEVICE,
    WORD,
    do_reminders,
    join,
    member,
    posted,
    the,
)


def test_who_joins_is_a_reader_once_the_address_is_proven(app: Flask) -> None:
    letter = join("maren", "Maren@Example.org", "Maren Holt")
    assert (letter.kind, letter.to) == ("verify", "Maren@example.org")
    person = db.session.scalars(select(Person)).one()
    assert person.email is None and person.email_verified_at is None
    with writing():
        verification.verify(letter.token)
    person = the(person.id)
    assert (person.name, person.email_key, person.role) == (
        "Maren Holt",
        "maren@example.org",
        Role.READER,
    )
    assert person.email_verified_at is not None


def test_nobody_logs_in_before_the_proof_and_another_letter_can_be_asked_for(app: Flask) -> None:
    first = join()
    with pytest.raises(login.Unproven) as refusal:
        login.log_in("maren", WORD, "192.0.2.1", DEVICE)
    with writing():
        registration.send_again(
            db.session.get_one(Person, refusal.value.person_id), address=ADDRESS
        )
    second = posted()[-1]
    assert second.kind == "verify" and second.token != first.token
    with writing():
        verification.verify(second.token)
    assert login.log_in("maren", WORD, "192.0.2.1", DEVICE)
    with pytest.raises(Invalid), writing():
        verification.verify(first.token)


def test_the_owner_of_a_known_address_gets_a_letter_without_a_proof(app: Flask) -> None:
    member("maren", "maren@example.org", "Maren Holt")
    letter = join("holger", "MAREN@example.org", "Buy Cheap Tea")
    assert (letter.kind, letter.to) == ("known", "maren@example.org")
    assert letter.text.count(ADDRESS) and "/account/verify/" not in letter.text
    assert "Buy Cheap Tea" not in letter.text


def rows() -> dict[str, list[tuple[object, ...]]]:
    people = select(Person.username, Person.email, Person.role, Person.password_hash)
    claims = select(ProofToken.purpose, ProofToken.email)
    return {
        "people": [
            tuple(row) for row in db.session.execute(people.order_by(Person.id.desc()).limit(1))
        ],
        "claims": [
            tuple(row) for row in db.session.execute(claims.order_by(ProofToken.id.desc()).limit(1))
        ],
        "jobs": [
            (job.kind,) for job in db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1))
        ],
    }


def test_a_known_address_and_an_unknown_one_leave_the_same_rows(app: Flask) -> None:
    member("maren", "maren@example.org")
    join("holger", "maren@example.org")
    known = rows()
    join("holgert", "nobody@example.org")
    unknown = rows()
    assert known["jobs"] == unknown["jobs"]
    assert [row[2:] for row in known["people"]] == [row[2:] for row in unknown["people"]]
    assert [row[0] for row in known["claims"]] == [row[0] for row in unknown["claims"]]
    for name in ("holger", "holgert"):
        with pytest.raises(Invalid, match="taken"):
            join(name, "third@example.org")
        with pytest.raises(login.Unproven):
            login.log_in(name, WORD, "", DEVICE)


def test_a_claim_keeps_no_address_from_its_owner(app: Flask) -> None:
    join("squatter", "maren@example.org")
    assert member("maren", "maren@example.org").email == "maren@example.org"


def test_who_forgot_that_the_letter_was_never_opened_gets_it_again(app: Flask) -> None:
    join("maren", "maren@example.org")
    for _ in range(5):
        with writing():
            recovery.ask("MAREN@example.org", address=ADDRESS)
        do_reminders()
    assert [letter.kind for letter in posted()] == ["verify"] * 3


@pytest.mark.parametrize(
    "email",
    [
        "",
        "x",
        "a@b",
        "a b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@[127.0.0.1]",
        "<a@example.org>",
        "a" * 250 + "@example.org",
    ],
)
def test_an_address_that_cannot_be_one_is_refused(app: Flask, email: str) -> None:
    with pytest.raises(Invalid) as refusal:
        join(email=email)
    assert refusal.value.field == "email"
    assert posted() == []


def test_who_never_proves_an_address_is_forgotten_and_nobody_else_is(app: Flask) -> None:
    join("late", "late@example.org")
    join("named", "named@example.org")
    member("maren", "maren@example.org")
    factories.person("author", "An Author With No Address")
    named = db.session.scalars(select(Person.id).where(Person.username == "named")).one()
    factories.article(authors=[the(named)])
    join("fresh", "fresh@example.org")
    with writing():
        for person in db.session.scalars(select(Person).where(Person.username != "fresh")):
            person.created_at = now() - timedelta(days=3)
    with writing():
        assert registration.forget_unproven(now()) == 1
    left = db.session.scalars(select(Person.username).order_by(Person.id)).all()
    assert left == ["named", "maren", "author", "fresh"]
    member("late", "late@example.org")


def test_a_name_is_one_persons_before_the_proof_already(app: Flask) -> None:
    join("maren")
    with pytest.raises(Invalid) as refusal:
        join("rnaren", "other@example.org")
    assert refusal.value.field == "username"
