"""Slowing down whoever tries too often, by what they name and by where they come from.

Counters stand in the forgettable database and are counted before the try (see `core.ephemeral`).
What they are named by is hashed: they are no list of addresses.
"""

from dataclasses import dataclass
from hashlib import sha256

from ..core import ephemeral
from ..core.errors import TooMany

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
KNOWN_FOR = 90 * DAY
"""How long the network of a good log-in stays known."""
_KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Limit:
    """The pauses after the first try, the second and so on; the last one holds for all further."""

    name: str
    pauses: tuple[float, ...]
    memory: float = DAY


LOGIN_OF_NAME = Limit("login:name", (0, 0, MINUTE, 10 * MINUTE, HOUR))
"""Five tries in an hour for each of user name and e-mail: ten for an account (OWASP ASVS 6.3.1)."""
LOGIN_AT_HOME = Limit("login:home", (0, 0, 0, MINUTE, 10 * MINUTE, HOUR))
"""The same person from a network where they have logged in: not touched by what others try."""
LOGIN_FROM_NETWORK = Limit("login:network", (*(0,) * 19, MINUTE, 5 * MINUTE, 15 * MINUTE), HOUR)
PASSWORD_AGAIN = Limit("again", (0, 0, 0, 0, MINUTE, 10 * MINUTE, HOUR))
"""The present password, asked of somebody who is logged in."""
JOIN_FROM_NETWORK = Limit("join", (*(0,) * 9, MINUTE, 5 * MINUTE, HOUR), HOUR)
LETTER_FROM_NETWORK = Limit("letter", (*(0,) * 9, MINUTE, 5 * MINUTE, HOUR), HOUR)
"""Letters that somebody who is not logged in asks for."""


class Slower(TooMany):
    """A try that came too early; `seconds` until the next one is looked at (for Retry-After)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many tries in a row. You can try again in {words(seconds)}.")
        self.seconds = max(1, round(seconds))


def take(limit: Limit, *of: str) -> str:
    """Count one try; gives the counter's name, for `ephemeral.give_back`. Raises Slower."""
    name = counter(limit, *of)
    wait = ephemeral.take(name, limit.pauses, limit.memory)
    if wait:
        raise Slower(wait)
    return name


def counter(limit: Limit, *of: str) -> str:
    """The name under which tries are counted."""
    return f"{limit.name}:{_digest(*of)}"


def make_known(network: str, *names: str) -> None:
    """Let a network be one from where these names have logged in."""
    for name in names:
        ephemeral.remember(_known(network, name), KNOWN_FOR)


def is_known(network: str, name: str) -> bool:
    """Whether this name has logged in from this network lately."""
    return ephemeral.remembers(_known(network, name))


def words(seconds: float) -> str:
    """A stretch of time as people say it, rounded up."""
    if seconds <= MINUTE:
        return f"{max(1, round(seconds))} seconds" if seconds > 1 else "a second"
    minutes = -int(-seconds // MINUTE)
    return f"{minutes} minutes" if minutes < 60 else "an hour"


def _known(network: str, name: str) -> str:
    return f"home:{_digest(network, name)}"


def _digest(*of: str) -> str:
    return sha256("\0".join(of).encode()).hexdigest()[:_KEY_LENGTH]
