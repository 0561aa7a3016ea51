"""People who are named as authors."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from blog.accounts import people
from blog.core.db import db, writing
from blog.core.errors import Invalid
from blog.core.keys import versions
from tests import factories


def test_a_person_is_found_by_both_names(app: Flask) -> None:
    factories.person("maren-holt", "Maren Holt")
    found = people.find("maren-holt")
    assert found is not None
    assert people.find_by_name("Maren Holt") == found
    assert people.find("nobody") is None


def test_a_user_name_is_taken_once(app: Flask) -> None:
    factories.person("maren")
    with pytest.raises(Invalid, match="taken"):
        factories.person("maren")


@pytest.mark.parametrize("username", ["", "Maren", "maren holt", "-", "a/b", "x" * 41, "<b>"])
def test_a_user_name_that_cannot_stand_in_an_address_is_refused(app: Flask, username: str) -> None:
    with pytest.raises(Invalid) as refusal:
        factories.person(username)
    assert refusal.value.field == "username"


def test_a_description_moves_the_pages_that_show_it_and_the_same_one_does_not(app: Flask) -> None:
    maren = factories.person("maren")
    article = factories.article(authors=[maren])
    keys = [f"person:{maren.id}", f"body:{article.id}"]
    before = versions(keys)
    with writing():
        people.describe(people.find("maren"), "Maren Holt", "Writes about tides.")  # type: ignore[arg-type]
    after = versions(keys)
    assert all(after[key] == before[key] + 1 for key in keys)
    with writing():
        people.describe(people.find("maren"), "Maren Holt", "Writes about tides.")  # type: ignore[arg-type]
    assert versions(keys) == after


@pytest.mark.parametrize("hidden", ["\x1b", "\x85", "\0", "\u202e", "\u061c", "\n"])
def test_hidden_characters_are_taken_out_of_what_is_shown(app: Flask, hidden: str) -> None:
    factories.person("maren", f"Maren {hidden} Holt", f"Writes {hidden} about tides.{hidden}")
    made = people.find("maren")
    assert made is not None
    assert (made.name, made.bio) == ("Maren Holt", "Writes about tides.")
    with writing():
        people.describe(people.find("maren"), f"M. {hidden} Holt", hidden)  # type: ignore[arg-type]
    db.session.refresh(made)
    assert (made.name, made.bio) == ("M. Holt", "")


def test_half_a_character_is_replaced(app: Flask) -> None:
    assert factories.person("maren", "Maren \ud800").name == "Maren \ufffd"


@pytest.mark.parametrize(
    ("name", "bio"), [("", ""), ("\u202e\0", ""), ("x" * 81, ""), ("M", "x" * 601)]
)
def test_an_empty_or_long_description_is_refused_and_makes_nobody(
    app: Flask, name: str, bio: str
) -> None:
    with pytest.raises(Invalid):
        factories.person("maren", name, bio)
    assert people.find("maren") is None


def test_of_two_writers_one_gets_the_user_name_and_the_other_is_told(app: Flask) -> None:
    together = Barrier(2)

    def write(turn: int) -> str:
        with app.app_context():
            together.wait()
            try:
                with writing():
                    people.create(f"maren-{turn}", "Maren Holt")
            except Invalid as refused:
                return refused.field
            return "made"

    with ThreadPoolExecutor(2) as pool:
        for turn in range(10):
            both = [pool.submit(write, turn) for _ in range(2)]
            assert sorted(future.result() for future in both) == ["made", "username"]
