"""Passwords: which are good enough, and how they are stored.

Argon2id with the least parameters of the OWASP Password Storage Cheat Sheet (19 MiB, two passes,
one lane). Hashing is slow on purpose: it stands outside of every unit of writing, and only a few
run at once, so that many log-ins cost time and not memory.
"""

import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..core.errors import Invalid

LEAST = 12
LIMIT = 200
AT_ONCE = 3
"""How many hashes each process computes at once, of 19 MiB each."""
FEW = 5
"""A password of fewer different characters is guessed soon."""
BESIDE_A_NAME = 6
"""How many characters a password must have besides the user name or the address in it."""
COMMON = frozenset({
    "administrator", "changemeplease", "footballfootball", "iloveyouforever", "iloveyousomuch",
    "letmeinletmein", "letmeinplease", "mypasswordis123", "p@ssw0rd1234", "p@ssword1234",
    "passw0rd1234", "passw0rd12345", "password1234", "password12345", "password123456",
    "password!234", "password2024", "password2025", "password2026", "passwordpassword",
    "princess1234", "q1w2e3r4t5y6", "q1w2e3r4t5y6u7", "qazwsxedcrfv", "qwerty123456",
    "qwertyqwerty", "sunshine1234", "trustno1trustno1", "unbelievable", "welcome12345",
    "welcomewelcome", "whatever1234", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u", "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv", "zaq12wsxcde3", "zxcvbnmasdfg",
})  # fmt: skip
"""The commonest of twelve characters and more that the other rules let pass."""
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
)
_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "bm9ib2R5IGhhcyB0aGlzIA$M2hN3ZpCzM4lDkMPhbdBL3vG2dTqUfzRjXwWcXkN0dA"
)
"""A hash of no password, with the same parameters, so that it costs the same to ask."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_few = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")
# Threads of their own, not a semaphore: glibc keeps 19 MiB for every thread that ever hashed.


def check_rule(word: str, *, username: str = "", email: str = "") -> None:
    """Raises Invalid, with what to do instead, unless a password may be used."""
    if len(word) < LEAST:
        raise Invalid(
            "password", f"A password has at least {LEAST} characters; a sentence is best."
        )
    if len(word) > LIMIT:
        raise Invalid("password", f"A password has at most {LIMIT} characters.")
    folded = _prepared(word).casefold()
    if _is_common(folded):
        raise Invalid("password", "This password is among the first to be guessed; choose another.")
    for own in (username, email, email.partition("@")[0]):
        if _is_mostly(folded, own.strip().casefold()):
            raise Invalid("password", "A password is not made of the user name or the e-mail.")


def hash_password(word: str) -> str:
    """What is stored of a password. Slow: about 40 ms, 19 MiB; waits for its turn."""
    return _few.submit(_hasher.hash, _prepared(word)).result()


def verify(word: str, stored: str) -> bool:
    """Whether a stored hash is of this password. As slow as `hash_password`."""
    if len(word) > LIMIT:
        word = ""
    with suppress(VerificationError, InvalidHashError):
        return _few.submit(_hasher.verify, stored, _prepared(word)).result()
    return False


def pretend() -> None:
    """Spend the time of `verify` for a person who does not exist."""
    verify("nobody", _NOBODYS)


def needs_rehash(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    try:
        return _hasher.check_needs_rehash(stored)
    except InvalidHashError:
        return True


def _begin_anew() -> None:
    """A process made by fork(2) has none of the threads."""
    global _few  # noqa: PLW0603 - the one moment at which it is another one
    _few = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")


os.register_at_fork(after_in_child=_begin_anew)


def _prepared(word: str) -> str:
    """One form for what keyboards send in several (NIST SP 800-63B, section 5.1.1.2)."""
    return unicodedata.normalize("NFKC", word)


def _is_common(word: str) -> bool:
    ways = [row + row for row in (*ROWS, *(row[::-1] for row in ROWS))]
    in_a_row = any(word in way for way in ways)
    repeated = word in (word + word)[1:-1]
    return len(set(word)) < FEW or in_a_row or repeated or word in COMMON


def _is_mostly(word: str, own: str) -> bool:
    return len(own) > 2 and own in word and len(word) - len(own) < BESIDE_A_NAME
