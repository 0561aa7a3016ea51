"""An account's whole life in any order: who is in, and by which word, is always as it should be."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from blog.accounts import closing, login, recovery, registration, sessions, verification
from blog.accounts import passwords as real_passwords
from blog.accounts.models import LoginSession, Person, ProofToken
from blog.core.db import db, writing
from blog.core.errors import BlogError, Invalid
from blog.core.jobs.models import Job
from blog.core.mail.models import Mail
from tests.accounts.conftest import ADDRESS, do_reminders, free_of_limits, posted

EXAMPLES = 400 if os.environ.get("PROOF") else 12
USERNAMES = st.sampled_from(["maren", "holger", "ingrid"])
EMAILS = st.sampled_from(["sun@example.org", "moon@example.org", "SUN@Example.org"])
WORDS = st.sampled_from(["first word", "second word", "third word"])


class Accounts(RuleBasedStateMachine):
    """The model: whose address is proven, which word holds, which sessions live."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        with writing():
            for table in (Job, Mail, LoginSession, ProofToken, Person):
                db.session.execute(delete(table))
        self.words: dict[int, str] = {}
        self.proven: dict[str, int] = {}
        self.joined: set[int] = set()
        self.links: dict[str, tuple[str, int, str]] = {}
        self.live: dict[str, int] = {}
        self.dead: set[str] = set()

    @rule(username=USERNAMES, email=EMAILS, word=WORDS)
    def join(self, username: str, email: str, word: str) -> None:
        before = len(posted())
        known = email.lower() in self.proven
        try:
            with writing():
                registration.join(username, "", email, f"hash of {word}", address=ADDRESS)
        except Invalid as refusal:
            assert refusal.field == "username"
            return
        person = db.session.scalars(select(Person.id).where(Person.username == username)).one()
        self.words[person] = word
        self.joined.add(person)
        letter = posted()[before]
        assert letter.kind == ("known" if known else "verify")
        if not known:
            self.links[letter.token] = ("verify", person, email.lower())

    @rule(data=st.data())
    def open_a_letter(self, data: st.DataObject) -> None:
        if not self.links:
            return
        token = data.draw(st.sampled_from(sorted(self.links)))
        kind, person, email = self.links.pop(token)
        free = self.proven.get(email, person) == person
        try:
            with writing():
                if kind == "reset":
                    recovery.reset(token, "hash of reset word", address=ADDRESS)
                else:
                    verification.verify(token)
        except BlogError:
            assert kind != "reset" and not free
            return
        assert free
        if kind == "reset":
            self.words[person] = "reset word"
            self._log_out(person)
        self.proven = {key: one for key, one in self.proven.items() if one != person}
        self.proven[email] = person
        self.joined.discard(person)
        self.links = {key: link for key, link in self.links.items() if link[1] != person}

    @rule(email=EMAILS)
    def ask_for_a_letter(self, email: str) -> None:
        before = len(posted())
        with writing():
            recovery.ask(email, address=ADDRESS)
        do_reminders()
        for letter in posted()[before:]:
            person = self.proven.get(email.lower())
            if letter.kind == "reset":
                assert person is not None
                self.links[letter.token] = ("reset", person, email.lower())
            elif letter.kind == "verify":
                assert person is None
                owner = db.session.scalars(
                    select(ProofToken).order_by(ProofToken.id.desc())
                ).first()
                assert owner is not None and owner.person_id in self.joined
                self.links[letter.token] = ("verify", owner.person_id, email.lower())

    @rule(who=USERNAMES | EMAILS, word=WORDS | st.just("reset word"))
    def log_in(self, who: str, word: str) -> None:
        free_of_limits()
        person = self._of(who)
        right = person is not None and self.words.get(person) == word
        try:
            token = login.log_in(who, word, "192.0.2.1", "A browser")
        except login.Unproven:
            assert right and person in self.joined
        except Invalid:
            assert not right
        else:
            assert right and person is not None and person not in self.joined
            self.live[token] = person

    @rule(data=st.data())
    def log_out(self, data: st.DataObject) -> None:
        if self.live:
            token = data.draw(st.sampled_from(sorted(self.live)))
            with writing():
                sessions.end(token)
            del self.live[token]
            self.dead.add(token)

    @rule(data=st.data(), email=EMAILS)
    def change_address(self, data: st.DataObject, email: str) -> None:
        members = sorted(set(self.proven.values()))
        if not members:
            return
        person = data.draw(st.sampled_from(members))
        try:
            with writing():
                verification.ask_change(db.session.get_one(Person, person), email, address=ADDRESS)
        except Invalid:
            assert self.proven.get(email.lower()) == person
            return
        letter = posted()[-1]
        self.links = {
            key: link
            for key, link in self.links.items()
            if (link[0], link[1]) != ("change", person)
        }
        if letter.kind == "change-email":
            self.links[letter.token] = ("change", person, email.lower())
        else:
            assert email.lower() in self.proven

    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        members = sorted(set(self.proven.values()))
        if not members:
            return
        person = data.draw(st.sampled_from(members))
        with writing():
            row = db.session.get_one(Person, person)
            closing.erase(row, row)
        self._log_out(person)
        del self.words[person]
        gone = {email for email, one in self.proven.items() if one == person}
        self.links = {key: link for key, link in self.links.items() if link[2] not in gone}
        self.proven = {key: one for key, one in self.proven.items() if one != person}
        self.links = {key: link for key, link in self.links.items() if link[1] != person}

    @invariant()
    def sessions_are_of_who_logged_in(self) -> None:
        db.session.rollback()
        for token, person in self.live.items():
            found = sessions.find(token)
            assert found is not None and found.id == person
        assert all(sessions.find(token) is None for token in self.dead)

    @invariant()
    def addresses_are_of_who_proved_them(self) -> None:
        db.session.rollback()
        rows = select(Person.email_key, Person.id).where(Person.email_key.is_not(None))
        assert dict(db.session.execute(rows).all()) == self.proven  # type: ignore[arg-type]

    @invariant()
    def links_that_should_work_do(self) -> None:
        db.session.rollback()
        for token, (kind, _, _) in self.links.items():
            waits = recovery.waits if kind == "reset" else verification.waits
            assert waits(token) is not None

    def _of(self, who: str) -> int | None:
        if "@" in who:
            return self.proven.get(who.lower())
        return db.session.scalar(select(Person.id).where(Person.username == who))

    def _log_out(self, person: int) -> None:
        gone = {token for token, owner in self.live.items() if owner == person}
        self.dead |= gone
        self.live = {token: owner for token, owner in self.live.items() if token not in gone}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes that cost nothing: they are not what is looked at here."""
    monkeypatch.setattr(real_passwords, "verify", lambda word, stored: stored == f"hash of {word}")
    monkeypatch.setattr(real_passwords, "pretend", lambda: None)
    monkeypatch.setattr(real_passwords, "needs_rehash", lambda stored: False)
    yield


def test_the_life_of_accounts_in_any_order(app: Flask, quick: None) -> None:
    run_state_machine_as_test(
        Accounts,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
