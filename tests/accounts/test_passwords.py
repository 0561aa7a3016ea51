"""Passwords: which are good enough, how they are stored, what they cost."""

import multiprocessing
import resource
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.accounts import passwords
from blog.core.errors import Invalid
from tests.accounts.conftest import HASH, WORD


def test_a_hash_is_argon2id_with_the_parameters_that_were_chosen() -> None:
    found = extract_parameters(HASH)
    assert (found.type, found.time_cost, found.memory_cost, found.parallelism) == (
        Type.ID,
        2,
        19_456,
        1,
    )
    assert found.salt_len >= 16
    assert found.hash_len >= 32


def test_the_hash_of_nobody_costs_the_same() -> None:
    assert extract_parameters(passwords._NOBODYS) == extract_parameters(HASH)
    assert not passwords.needs_rehash(passwords._NOBODYS)


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=12, max_size=200), st.text(min_size=12, max_size=200))
def test_only_the_same_word_is_accepted(word: str, other: str) -> None:
    stored = passwords.hash_password(word)
    assert stored != passwords.hash_password(word)
    assert passwords.verify(word, stored)
    assert passwords.verify(other, stored) == (
        passwords._prepared(word) == passwords._prepared(other)
    )


def test_two_keyboards_send_one_word() -> None:
    assert passwords.verify("Cafe\u0301 by the quay", passwords.hash_password("Café by the quay"))


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$", "$2b$12$abc", "pbkdf2:sha256:1$a$b"])
def test_a_hash_that_cannot_be_read_fits_nothing_and_is_to_be_renewed(stored: str) -> None:
    assert not passwords.verify(WORD, stored)
    assert passwords.needs_rehash(stored)


def test_a_hash_of_other_parameters_is_to_be_renewed_and_still_fits() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(WORD)
    assert passwords.needs_rehash(weak)
    assert passwords.verify(WORD, weak)
    assert not passwords.needs_rehash(HASH)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "short",
        "elevenchars",
        "x" * 201,
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "abcdefghijkl",
        "qwertyuiopas",
        "poiuytrewqmn",
        "Password1234",
        "letmeinletmein",
        "marenholt1234"[:13],
        "maren-holt-1",
        "maren@example.org",
        "Maren@Example.ORG!",
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(word: str) -> None:
    with pytest.raises(Invalid) as refusal:
        passwords.check_rule(word, username="maren-holt", email="maren@example.org")
        passwords.check_rule(word, username="marenholt", email="maren@example.org")
    assert refusal.value.field == "password"


@pytest.mark.parametrize(
    "word",
    [WORD, "x7#kQ!pl02-T", "häuser am hafen im regen", "я люблю чай и море", "a b c d e f g"],
)
def test_a_good_password_needs_no_kinds_of_characters(word: str) -> None:
    passwords.check_rule(word, username="maren", email="maren@example.org")


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=80))
def test_the_rule_answers_every_text(word: str, username: str, email: str) -> None:
    try:
        passwords.check_rule(word, username=username, email=email)
    except Invalid as refusal:
        assert refusal.field == "password"
    else:
        assert passwords.LEAST <= len(word) <= passwords.LIMIT


def test_a_word_beyond_the_limit_costs_no_more_and_fits_nothing() -> None:
    started = time.perf_counter()
    assert not passwords.verify("x" * 10_000_000, HASH)
    assert time.perf_counter() - started < 1


def test_only_a_few_hashes_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    class Counting:
        def hash(self, _word: str) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.01)
            with lock:
                running -= 1
            return HASH

    monkeypatch.setattr(passwords, "_hasher", Counting())
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(passwords.hash_password, [WORD] * 40))
    assert most == passwords.AT_ONCE


def test_a_forked_process_can_hash_as_well() -> None:
    passwords.verify(WORD, HASH)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(passwords.verify, (WORD, HASH)).get(timeout=10)


def test_twenty_log_ins_at_once_take_the_memory_of_a_few() -> None:
    with ThreadPoolExecutor(20) as pool:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert all(pool.map(lambda _: passwords.verify(WORD, HASH), range(40)))
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 120 * 1024  # KiB; one for each thread would be 380 MiB
