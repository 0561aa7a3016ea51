from pathlib import Path

import pytest
from flask import Flask

from blog.accounts import people
from blog.core import events
from blog.core.db import db, writing
from blog.core.errors import Invalid, NotFound
from blog.media import portraits
from blog.media.models import ALT_LIMIT, Picture, Portrait
from tests.media import drawn
from tests.media.drawn import file_of, striped


@pytest.fixture
def cast(app: Flask) -> tuple[int, int, int]:
    """A person and two pictures."""
    uploads = Path(app.config["UPLOADS"])
    one = drawn.stored(file_of(striped(20, 20), "PNG"), uploads).id
    two = drawn.stored(file_of(striped(22, 22), "PNG"), uploads).id
    with writing():
        person = people.create("maren", "Maren Holt").id
    return person, one, two


def set_and_listen(person: int, picture: int, alt: str) -> int:
    """How many changes were announced."""
    with writing():
        portraits.set_portrait(person, picture, alt)
        waiting = events._announced.get()
        assert waiting is not None
        return len(waiting)


def test_a_portrait_is_set_and_replaced(cast: tuple[int, int, int]) -> None:
    person, one, two = cast
    assert set_and_listen(person, one, "  Maren,\n by the sea ") == 1
    assert set_and_listen(person, two, "Maren") == 1
    assert db.session.query(Portrait).count() == 1
    found = portraits.portraits_of([person, 999])
    assert list(found) == [person]
    assert (found[person].picture_id, found[person].alt) == (two, "Maren")
    assert found[person].picture.width == 22


def test_setting_the_same_portrait_announces_nothing(cast: tuple[int, int, int]) -> None:
    person, one, _ = cast
    set_and_listen(person, one, "Maren")
    assert set_and_listen(person, one, " Maren ") == 0


def test_a_portrait_is_removed(cast: tuple[int, int, int]) -> None:
    person, one, _ = cast
    set_and_listen(person, one, "")
    with writing():
        portraits.remove_portrait(person)
        portraits.remove_portrait(person)
    assert portraits.portraits_of([person]) == {}
    assert db.session.get(Picture, one) is not None


def test_nobody_and_nothing_are_not_found(cast: tuple[int, int, int]) -> None:
    person, one, _ = cast
    for nobody, nothing in ((999, one), (person, 999)):
        with pytest.raises(NotFound), writing():
            portraits.set_portrait(nobody, nothing)


def test_a_description_has_a_limit(cast: tuple[int, int, int]) -> None:
    person, one, _ = cast
    with pytest.raises(Invalid, match="500") as refused, writing():
        portraits.set_portrait(person, one, "x" * (ALT_LIMIT + 1))
    assert refused.value.field == "alt"
