"""Who did what: written with the act or not at all."""

import pytest
from flask import Flask

from blog.core import audit
from blog.core.db import writing


def test_an_entry_is_stored_with_the_act_or_not_at_all(app: Flask) -> None:
    with writing():
        audit.record(7, "rename", "thing:1", before="a", after="b")
    with pytest.raises(ZeroDivisionError), writing():
        audit.record(7, "rename", "thing:2")
        raise ZeroDivisionError
    (entry,) = audit.entries()
    assert (entry.actor_id, entry.verb, entry.subject) == (7, "rename", "thing:1")
    assert entry.details == {"before": "a", "after": "b"}
    assert entry.at.tzinfo is not None


def test_entries_come_newest_first_and_page_by_number(app: Flask) -> None:
    with writing():
        for number in range(5):
            audit.record(None, "do", f"thing:{number % 2}", number=number)
    first = audit.entries(2)
    assert [entry.details["number"] for entry in first] == [4, 3]
    then = audit.entries(2, before=first[-1].id)
    assert [entry.details["number"] for entry in then] == [2, 1]
    assert [entry.details["number"] for entry in audit.entries(subject="thing:1")] == [3, 1]


def test_a_verb_that_is_too_long_is_a_fault_of_ours(app: Flask) -> None:
    with pytest.raises(ValueError, match="too long"), writing():
        audit.record(None, "x" * 81, "thing:1")
