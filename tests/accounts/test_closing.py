"""Closing an account: nothing of the person is left anywhere in the database."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import JSON, String, Text, cast, select, update

from blog.accounts import closing, people, recovery, registration, sanctions, sessions, verification
from blog.accounts.models import LoginSession, Person, ProofToken, Role, SanctionKind
from blog.core.clock import now
from blog.core.db import Base, db, writing
from blog.core.errors import Conflict, Forbidden, Invalid
from blog.media import intake, portraits
from blog.media.models import Portrait
from tests import factories
from tests.accounts.conftest import (
    ADDRESS,
    DEVICE,
    HASH,
    OTHER_HASH,
    do_reminders,
    join,
    member,
    posted,
    somebody,
    the,
)

USERNAME, NAME, EMAIL = "quillfeather", "Ottoline Vexwright", "ottoline@vexwright.example"
TRACES = (USERNAME, NAME, "Vexwright", "ottoline", "zither", "rebec@vexwright.example", HASH)


def erase(person_id: int, by_id: int | None, **options: bool) -> None:
    with writing():
        by = db.session.get_one(Person, by_id) if by_id else None
        closing.erase(db.session.get_one(Person, person_id), by, **options)


def left_of(trace: str) -> list[str]:
    """Every column of text that has it, in any spelling."""
    db.session.rollback()
    found = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | Text | JSON) and not hasattr(column.type, "enums"):
                shown = cast(column, Text)
                if db.session.execute(
                    select(shown).where(shown.icontains(trace, autoescape=True))
                ).first():
                    found.append(f"{table.name}.{column.name}")
    return found


@pytest.fixture
def full(app: Flask) -> int:
    """Somebody who has used everything, and whose traces are wherever they can be."""
    boss = somebody("boss", Role.ADMINISTRATOR).id
    person_id = member(USERNAME, EMAIL, NAME).id
    with writing():
        person = db.session.get_one(Person, person_id)
        people.present(person, NAME, "Plays the zither.")
        sessions.begin(person, DEVICE)
        verification.ask_change(person, "rebec@vexwright.example", address=ADDRESS)
        recovery.ask(EMAIL, address=ADDRESS)
        sanctions.sanction(
            person,
            SanctionKind.MUTE,
            "Tone.",
            db.session.get_one(Person, boss),
            now() + timedelta(1),
        )
    do_reminders()
    with writing():
        recovery.ask(EMAIL.upper(), address=ADDRESS)
        registration.join("newcomer", "", EMAIL, HASH, address=ADDRESS)
    factories.article("The Bell", authors=[the(person_id)])
    return person_id


def test_every_trace_is_there_before(full: int) -> None:
    assert all(left_of(trace) for trace in TRACES)
    assert {letter.kind for letter in posted()} >= {"verify", "change-email", "known"}


def test_nothing_is_left_of_name_address_password_and_words(full: int) -> None:
    erase(full, full)
    with writing():  # the cast of this test has one password
        others = update(Person).where(Person.id != full)
        db.session.execute(others.values(password_hash=OTHER_HASH))
    assert {trace: left_of(trace) for trace in TRACES} == {trace: [] for trace in TRACES}
    person = the(full)
    assert person.password_hash is None
    assert person.email is None and person.email_key is None and person.email_verified_at is None
    assert (person.username, person.bio, person.skeleton) == (f"former-{full}", "", "")
    assert person.erased_at is not None
    for table in (LoginSession, ProofToken):
        assert db.session.scalars(select(table).where(table.person_id == full)).all() == []


def test_articles_stay_under_a_former_author(full: int) -> None:
    erase(full, full, wrote=True)
    assert the(full).name == closing.FORMER_AUTHOR


def test_the_portrait_goes_too(app: Flask) -> None:
    person_id = member().id
    buffer = BytesIO()
    Image.new("RGB", (300, 300), "navy").save(buffer, "PNG")
    upload = intake.prepare(buffer.getvalue(), "me.png")
    with writing():
        picture = intake.store(upload, uploads=app.config["UPLOADS"])
        portraits.set_portrait(person_id, picture.id, "Me")
    erase(person_id, person_id)
    assert db.session.scalars(select(Portrait)).all() == []


def test_sessions_end_and_nobody_logs_in_again(full: int) -> None:
    with writing():
        token = sessions.begin(db.session.get_one(Person, full), DEVICE)
    erase(full, full)
    assert sessions.find(token) is None
    with pytest.raises(Conflict):
        erase(full, None)


def test_the_name_and_the_address_are_free_again(full: int) -> None:
    erase(full, full)
    with writing():
        for person in db.session.scalars(select(Person).where(Person.username == "newcomer")):
            person.name = person.username = "somebody-else"
    again = member(USERNAME, EMAIL, NAME)
    assert again.id != full
    assert again.email == EMAIL


def test_only_oneself_or_who_manages_people_closes_an_account(full: int) -> None:
    for role in (Role.READER, Role.AUTHOR, Role.EDITOR, Role.MODERATOR):
        other = somebody(f"a-{role.value}-x", role).id
        with pytest.raises(Forbidden):
            erase(full, other)
    erase(full, somebody("second", Role.ADMINISTRATOR).id)


def test_letters_to_an_address_that_is_somebody_elses_stay(app: Flask) -> None:
    member("holger", "holger@example.org")
    maren = member("maren", "maren@example.org").id
    with writing():
        verification.ask_change(
            db.session.get_one(Person, maren), "holger@example.org", address=ADDRESS
        )
    before = [letter for letter in posted() if letter.to == "holger@example.org"]
    erase(maren, maren)
    assert [letter for letter in posted() if letter.to == "holger@example.org"] == before


def test_a_link_to_a_closed_accounts_address_works_no_more_and_can_be_asked_for_again(
    app: Flask,
) -> None:
    earlier = join("holger", "maren@example.org").token
    maren = member("maren", "maren@example.org").id
    erase(maren, maren)
    with pytest.raises(Invalid), writing():
        verification.verify(earlier)
    assert member("holger-b", "maren@example.org").email == "maren@example.org"
