"""People who are named as authors."""

import pytest
from flask import Flask

from blog.accounts import people
from blog.core.db import writing
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
