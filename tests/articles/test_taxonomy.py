"""Categories and tags: one row for each name, whoever writes it, without hidden characters."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from blog.articles import taxonomy
from blog.articles.models import DESCRIPTION_LIMIT, TAG_LIMIT, TAGS_LIMIT, Category, Tag
from blog.core.db import db, writing
from blog.core.errors import Invalid
from blog.core.keys import versions

ROUNDS = 10
HIDDEN = ["\x1b", "\x85", "\0", "\u202e", "\u061c"]


def test_a_category_is_made_once_and_keeps_its_first_name(app: Flask) -> None:
    with writing():
        first = taxonomy.category("Town Life").id
        assert taxonomy.category("town life").id == first
    made = db.session.get_one(Category, first)
    assert (made.slug, made.name, made.position) == ("town-life", "Town Life", 1)


def test_new_categories_stand_behind_the_others(app: Flask) -> None:
    with writing():
        assert [taxonomy.category(name).position for name in ("A", "B", "A")] == [1, 2, 1]


def test_the_same_description_moves_nothing(app: Flask) -> None:
    long = "words " * DESCRIPTION_LIMIT
    with writing():
        taxonomy.category("Water", description=long)
    before = versions(["all"])
    with writing():
        made = taxonomy.category("Water", description=long)
        assert len(made.description) <= DESCRIPTION_LIMIT
    assert versions(["all"]) == before


def test_tags_come_in_order_each_once(app: Flask) -> None:
    with writing():
        taxonomy.tags(["salt"])
        found = taxonomy.tags(["Sea", "salt", "sea", "ice"])
        assert [tag.name for tag in found] == ["Sea", "salt", "ice"]
    assert len(db.session.scalars(select(Tag)).all()) == 3
    with writing():
        assert taxonomy.tags([]) == []


def test_an_article_bears_a_limited_number_of_tags(app: Flask) -> None:
    with pytest.raises(Invalid), writing():
        taxonomy.tags(f"tag {number}" for number in range(TAGS_LIMIT + 1))


@pytest.mark.parametrize("name", ["", "!!!", "\u202e", "\0", "x" * (TAG_LIMIT + 1)])
def test_names_without_letters_or_end_are_refused(app: Flask, name: str) -> None:
    for make in (taxonomy.category, lambda said: taxonomy.tags([said])):
        with pytest.raises(Invalid), writing():
            make(name)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_characters_are_taken_out_of_names(app: Flask, hidden: str) -> None:
    said = f"a {hidden} b"
    with writing():
        shelf = taxonomy.category(said, description=said)
        assert (shelf.name, shelf.description, shelf.slug) == ("a b", "a b", "a-b")
        assert [(tag.name, tag.slug) for tag in taxonomy.tags([said])] == [("a b", "a-b")]


def test_half_a_character_is_replaced(app: Flask) -> None:
    with writing():
        assert taxonomy.category("a\ud800").name == "a\ufffd"


@given(st.text(st.characters(codec=None), max_size=30))
def test_any_name_is_one_clean_line_or_refused(name: str) -> None:
    try:
        checked = taxonomy._checked_name("tags", name)
    except Invalid as refused:
        refused.message.encode()
    else:
        checked.encode()
        assert " ".join(checked.split()) == checked


def test_two_writers_of_the_same_new_names_share_them(app: Flask) -> None:
    together = Barrier(2)

    def write(turn: int, names: list[str]) -> tuple[int, set[int]]:
        with app.app_context():
            together.wait()
            with writing():
                shelf = taxonomy.category(f"Shelf {turn}").id
                return shelf, {tag.id for tag in taxonomy.tags(names)}

    with ThreadPoolExecutor(2) as pool:
        for turn in range(ROUNDS):
            names = [f"{word} {turn}" for word in ("sea", "salt", "ice")]
            both = [pool.submit(write, turn, order) for order in (names, names[::-1])]
            found = [future.result() for future in both]
            assert found[0] == found[1]
    assert len(db.session.scalars(select(Category)).all()) == ROUNDS
    assert len(db.session.scalars(select(Tag)).all()) == 3 * ROUNDS
