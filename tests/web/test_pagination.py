"""Places in a list, as they stand in an address."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.core.errors import NotFound
from blog.web.pagination import MAX_ID, Cursor, Window

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(
    lambda at: at.replace(tzinfo=UTC)
)


@given(MOMENTS, st.integers(1, MAX_ID))
def test_a_place_survives_its_address(at: datetime, number: int) -> None:
    assert Cursor.parse(Cursor(at, number).token()) == Cursor(at, number)


@given(st.text(max_size=60))
def test_whatever_stands_in_the_address_is_a_place_or_not_found(said: str) -> None:
    try:
        place = Cursor.parse(said)
    except NotFound:
        return
    assert Cursor.parse(place.token()) == place


@pytest.mark.parametrize(
    "said",
    [
        "",
        "-",
        "1",
        "1-",
        "-1",
        "a-b",
        "9" * 39 + "-1",
        "١-١",
        "1-1-1x",
        "+5-1",
        "5-1_0",
        "05-1",
        "-0-1",
        "0-0",
        "0-2147483648",
        "0-9223372036854775808",
    ],
)
def test_what_is_no_place_is_not_found(said: str) -> None:
    with pytest.raises(NotFound):
        Cursor.parse(said)


def test_a_window_looks_in_one_direction() -> None:
    window = Window.parse("1-1", "2-2")
    assert window.older_than is not None
    assert window.newer_than is None
