"""What an editor may choose beside an article."""

import pytest
from flask import Flask

from blog.core.db import writing
from blog.core.errors import Invalid
from blog.related import choices
from blog.related.choices import EXCLUDED_LIMIT, PINNED_LIMIT, Choices
from tests.related.essays import essay


def test_pins_keep_their_order_and_exclusions_are_kept_apart(app: Flask) -> None:
    one, two, three, four = (essay(f"Essay {number}") for number in range(4))
    with writing():
        choices.set_choices(one, pinned=[three, two, three], excluded=[four])
    assert choices.of(one) == Choices((three, two), (four,))
    with writing():
        choices.set_choices(one, pinned=[two])
    assert choices.of(one) == Choices((two,), ())
    with writing():
        choices.set_choices(one)
    assert choices.of(one) == Choices()


def test_what_cannot_be_chosen_is_refused_and_nothing_changes(app: Flask) -> None:
    one, two = essay("One"), essay("Two")
    too_many = list(range(1000, 1000 + EXCLUDED_LIMIT + 1))
    wrong: list[tuple[str, list[int], list[int]]] = [
        ("pinned", [one], []),
        ("excluded", [], [one]),
        ("excluded", [two], [two]),
        ("pinned", [two, 999], []),
        ("pinned", too_many[: PINNED_LIMIT + 1], []),
        ("excluded", [], too_many),
    ]
    for field, pinned, excluded in wrong:
        with pytest.raises(Invalid) as refused, writing():
            choices.set_choices(one, pinned, excluded)
        assert refused.value.field == field
    assert choices.of(one) == Choices()
