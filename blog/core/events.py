"""News that travels upward: a room announces, the list in `subscribers.py` says what follows.

Announcements are collected during one unit of writing and delivered at its end, inside the same
transaction, so that what follows from a change is stored with it or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

Handler = Callable[[Any], None]

MAX_ROUNDS = 10
"""How often handlers may announce further events before we call it a circle."""

_announced: ContextVar[list[object] | None] = ContextVar("announced", default=None)
_handlers: dict[type, tuple[Handler, ...]] = {}


def subscribe(table: Mapping[type, Sequence[Handler]]) -> None:
    """Replace the list of who hears what."""
    _handlers.clear()
    _handlers.update({event: tuple(handlers) for event, handlers in table.items()})


def announce(event: object) -> None:
    """Say that something has happened. Raises RuntimeError outside a unit of writing."""
    waiting = _announced.get()
    if waiting is None:
        raise RuntimeError(f"{type(event).__name__} was announced outside a unit of writing")
    waiting.append(event)


def collect() -> list[object]:
    """Begin to collect announcements; `core.db.writing` calls it."""
    events: list[object] = []
    _announced.set(events)
    return events


def stop_collecting() -> None:
    """End collecting, delivered or not."""
    _announced.set(None)


def deliver(events: list[object], settle: Callable[[], None]) -> None:
    """Hand every announced event to its handlers, in order; `settle` runs before each round."""
    for _ in range(MAX_ROUNDS):
        settle()
        if not events:
            return
        batch, events[:] = list(events), []
        for event in batch:
            for handler in _handlers.get(type(event), ()):
                handler(event)
    raise RuntimeError("events announce each other in a circle")
