"""Logging in: slowed down, equally silent for known and unknown, and open to the owner."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event, select

from blog.accounts import (
    login,
    passwords,
    recovery,
    registration,
    sanctions,
    sessions,
    throttling,
    verification,
)
from blog.accounts.models import LoginSession, Person, Role, SanctionKind
from blog.core import ephemeral
from blog.core.db import db, writing
from blog.core.errors import Forbidden, Invalid, TooMany
from tests import factories
from tests.accounts.conftest import (
    ADDRESS,
    DEVICE,
    HASH,
    OTHER_HASH,
    OTHER_WORD,
    WORD,
    do_reminders,
    free_of_limits,
    join,
    member,
    posted,
    somebody,
    the,
)

HOME, CAFE = "192.0.2.7", "203.0.113.9"


class Clock:
    """The time of the counters, moved by hand."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(ephemeral, "time", made)
    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing, where only the counting is looked at."""
    monkeypatch.setattr(passwords, "verify", lambda word, stored: word == WORD and len(stored) > 9)
    monkeypatch.setattr(passwords, "pretend", lambda: None)


def enter(who: str = "maren", word: str = WORD, network: str = HOME) -> str:
    return login.log_in(who, word, network, DEVICE)


def outcome(who: str, word: str, network: str) -> str:
    try:
        enter(who, word, network)
    except (Invalid, TooMany, Forbidden) as refusal:
        return f"{type(refusal).__name__}: {refusal.message}"
    return "in"


def test_the_owner_gets_in_by_either_name_in_any_spelling(app: Flask) -> None:
    maren = member().id
    for who in ("maren", " Maren ", "maren@example.org", "MAREN@Example.org"):
        person = sessions.find(enter(who))
        assert person is not None and person.id == maren
    assert [row.device for row in sessions.of(the(maren))] == [DEVICE] * 4


def test_one_sentence_for_every_wrong_pair(app: Flask) -> None:
    member()
    factories.person("ida", "Ida Berg")  # named as an author, without an account
    wrong = {
        outcome(*pair, HOME)
        for pair in [
            ("maren", OTHER_WORD),
            ("nobody", WORD),
            ("nobody@example.org", WORD),
            ("maren@example.org", ""),
            ("ida", WORD),
            ("ida", ""),
            ("", WORD),
        ]
    }
    assert wrong == {f"Invalid: {login.REFUSAL}"}
    assert db.session.scalars(select(LoginSession)).all() == []


def test_an_old_hash_is_made_anew_at_the_next_log_in(app: Flask) -> None:
    maren = member().id
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(WORD)
    with writing():
        db.session.get_one(Person, maren).password_hash = weak
    enter()
    stored = the(maren).password_hash
    assert stored is not None and stored != weak
    assert not passwords.needs_rehash(stored)
    assert enter()


def test_a_password_that_changed_while_it_was_asked_for_is_refused(app: Flask) -> None:
    maren = member().id
    proven = login.prove("maren", WORD, HOME)
    with writing():
        db.session.get_one(Person, maren).password_hash = OTHER_HASH
    with pytest.raises(Invalid), writing():
        login.begin(proven, DEVICE)


def test_who_is_shut_out_is_told_so_only_with_the_right_password(app: Flask) -> None:
    maren, boss = member().id, somebody("boss", Role.ADMINISTRATOR).id
    with writing():
        sanctions.sanction(
            db.session.get_one(Person, maren),
            SanctionKind.BAN,
            "Spam.",
            db.session.get_one(Person, boss),
        )
    assert outcome("maren", OTHER_WORD, HOME) == f"Invalid: {login.REFUSAL}"
    assert outcome("maren", WORD, HOME).startswith("Forbidden: ")
    assert db.session.scalars(select(LoginSession)).all() == []


def test_a_name_gets_few_tries_in_an_hour_from_any_number_of_networks(
    app: Flask, clock: Clock, quick: None
) -> None:
    member()
    looked_at = 0
    for second in range(0, 3_600, 4):
        clock.now += 4
        looked_at += outcome("maren", OTHER_WORD, f"2001:db8::{second:x}").startswith("Invalid")
    assert 3 <= looked_at <= 5
    assert outcome("maren", WORD, "2001:db8:1::1").startswith("Slower")


def test_a_network_gets_few_tries_in_an_hour_at_any_number_of_names(
    app: Flask, clock: Clock, quick: None
) -> None:
    looked_at = 0
    for second in range(900):
        clock.now += 4
        looked_at += outcome(f"guess-{second}", WORD, CAFE).startswith("Invalid")
    assert 20 <= looked_at <= 26


def test_the_wait_grows_and_is_told(app: Flask, clock: Clock, quick: None) -> None:
    member()
    told = []
    for _ in range(6):
        while not (said := outcome("maren", OTHER_WORD, "")).startswith("Slower"):
            pass
        told.append(said.rpartition("in ")[2])
        clock.now += 3_600 if "hour" in said else 600 if "10 min" in said else 60
    assert told == ["60 seconds.", "10 minutes.", *["an hour."] * 4]


def test_the_owner_is_not_locked_out_at_home(app: Flask, clock: Clock, quick: None) -> None:
    member()
    enter(network=HOME)
    for number in range(200):
        outcome("maren", OTHER_WORD, f"2001:db8::{number:x}")
        outcome("maren@example.org", OTHER_WORD, f"2001:db8::{number:x}")
    assert outcome("maren", WORD, CAFE).startswith("Slower")
    assert outcome("maren", WORD, HOME) == "in"
    assert outcome("maren@example.org", WORD, HOME) == "in"


def test_neighbours_who_guess_do_not_lock_the_owner_out_of_home(
    app: Flask, clock: Clock, quick: None
) -> None:
    member()
    enter(network=HOME)
    for number in range(60):
        outcome(f"guess-{number}", WORD, HOME)
    assert outcome("somebody-else", WORD, HOME).startswith("Slower")
    assert outcome("maren", WORD, HOME) == "in"


def test_the_owner_is_not_locked_out_with_a_letter(app: Flask, clock: Clock) -> None:
    member()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "verify", lambda *_: False)
        for number in range(30):
            outcome("maren", "x", f"2001:db8::{number:x}")
            outcome("maren@example.org", "x", f"2001:db8::{number:x}")
    assert outcome("maren", WORD, CAFE).startswith("Slower")
    with writing():
        recovery.ask("maren@example.org", address=ADDRESS)
    do_reminders()
    with writing():
        recovery.reset(posted()[-1].token, OTHER_HASH, address=ADDRESS)
    assert outcome("maren", OTHER_WORD, CAFE) == "in"
    assert outcome("maren@example.org", OTHER_WORD, CAFE) == "in"


def test_good_log_ins_are_never_slowed_down(app: Flask, quick: None) -> None:
    member()
    for _ in range(60):
        assert outcome("maren", WORD, HOME) == "in"
        free_home()


def free_home() -> None:
    """Forget that the network is known, so that its own counter is asked each time."""
    with ephemeral.engine().begin() as connection:
        connection.execute(
            ephemeral.counter.delete().where(ephemeral.counter.c.name.like("home:%"))
        )


def test_own_log_ins_do_not_buy_further_guesses(app: Flask, clock: Clock, quick: None) -> None:
    member()
    member("thief", "thief@example.org")
    looked_at = 0
    for number in range(900):
        clock.now += 4
        looked_at += outcome(f"guess-{number}", WORD, CAFE).startswith("Invalid")
        if number % 5 == 0:
            outcome("thief", WORD, CAFE)
            free_home()
    assert looked_at <= 26


def test_a_refusal_in_a_unit_of_writing_does_not_take_the_count_back(app: Flask) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), writing():
            throttling.take(throttling.LOGIN_OF_NAME, "maren")
            raise ZeroDivisionError
    with pytest.raises(TooMany, match="60 seconds"):
        throttling.take(throttling.LOGIN_OF_NAME, "maren")


def test_the_present_password_is_asked_for_a_few_times_only(app: Flask, quick: None) -> None:
    maren = member()
    for _ in range(5):
        with pytest.raises(Invalid):
            login.check_again(maren.id, maren.password_hash, OTHER_WORD)
    with pytest.raises(TooMany):
        login.check_again(maren.id, maren.password_hash, WORD)
    free_of_limits()
    login.check_again(maren.id, maren.password_hash, WORD)


# What a stranger could tell from outside: the answer, the statements, the hashes, the time.


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that go to either database, by kind and table."""
    seen: list[str] = []

    def note(_conn, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
        words = statement.split()
        seen.append(" ".join(words[:3]) if words[0] in {"INSERT", "UPDATE", "DELETE"} else words[0])

    engines = {*db.engines.values()}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def statements(act: Callable[[], object]) -> list[str]:
    db.session.rollback()
    with counted() as seen:
        with suppress(Invalid):
            act()
        db.session.rollback()
    return seen


@pytest.fixture
def no_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ephemeral, "SWEEP_ONE_IN", 10**9)


def test_a_wrong_log_in_does_the_same_for_known_and_unknown(
    app: Flask, no_sweep: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    member()
    hashes: list[str] = []
    real = passwords._hasher.verify

    class Counting:
        def verify(self, stored: str, word: str) -> bool:
            hashes.append(stored)
            return real(stored, word)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    known = statements(lambda: enter("maren@example.org", OTHER_WORD, "a"))
    assert len(hashes) == 1
    unknown = statements(lambda: enter("nobody@example.org", OTHER_WORD, "b"))
    assert len(hashes) == 2
    assert known == unknown


def test_joining_does_the_same_for_a_known_address_and_an_unknown_one(
    app: Flask, no_sweep: None
) -> None:
    member()
    known = statements(lambda: join_only("holger", "maren@example.org"))
    unknown = statements(lambda: join_only("ingrid", "ingrid@example.org"))
    assert known == unknown


def join_only(username: str, email: str) -> None:
    with writing():
        registration.join(username, "", email, OTHER_HASH, address=ADDRESS)


def test_asking_for_a_letter_does_the_same_for_a_known_address_and_an_unknown_one(
    app: Flask, no_sweep: None
) -> None:
    member()
    join("ida", "unproven@example.org")

    def ask(email: str) -> None:
        with writing():
            recovery.ask(email, address=ADDRESS)

    done = [
        statements(partial(ask, email))
        for email in ("maren@example.org", "nobody@example.org", "unproven@example.org")
    ]
    assert done[0] == done[1] == done[2]
    before = len(posted())
    do_reminders()
    assert [letter.kind for letter in posted()[before:]] == ["reset", "verify"]


def test_a_change_of_address_does_the_same_for_a_known_address_and_an_unknown_one(
    app: Flask, no_sweep: None
) -> None:
    maren = member().id
    member("holger", "holger@example.org")

    def ask(email: str) -> None:
        with writing():
            verification.ask_change(db.session.get_one(Person, maren), email, address=ADDRESS)

    known, unknown = (
        statements(lambda: ask("holger@example.org")),
        statements(lambda: ask("nobody@example.org")),
    )
    assert known == unknown


def test_the_hash_of_nobody_takes_as_long_as_one_of_somebody() -> None:
    def cost(act: Callable[[], object]) -> float:
        started = time.perf_counter()
        act()
        return time.perf_counter() - started

    known = [cost(lambda: passwords.verify(OTHER_WORD, HASH)) for _ in range(15)]
    unknown = [cost(passwords.pretend) for _ in range(15)]
    assert min(unknown) == pytest.approx(min(known), rel=0.5)
