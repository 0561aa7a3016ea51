from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.transfer.markdown import dates

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2014-05-06 12:00:00 -0700", datetime(2014, 5, 6, 19, tzinfo=UTC)),
        ("2014-05-06 12:00:00 +02:00", datetime(2014, 5, 6, 10, tzinfo=UTC)),
        ("2014-05-06T12:00:00Z", datetime(2014, 5, 6, 12, tzinfo=UTC)),
        ("2014-05-06T12:00:00.123456789Z", datetime(2014, 5, 6, 12, tzinfo=UTC)),
        ("2014-05-06 12:00 UTC", datetime(2014, 5, 6, 12, tzinfo=UTC)),
        ("2014-05-06 12:00:00", datetime(2014, 5, 6, 10, tzinfo=UTC)),
        ("2014-05-06 12:00", datetime(2014, 5, 6, 10, tzinfo=UTC)),
        ("2014-05-06", datetime(2014, 5, 5, 22, tzinfo=UTC)),
        ("2014/5/6", datetime(2014, 5, 5, 22, tzinfo=UTC)),
        ("2014.05.06", datetime(2014, 5, 5, 22, tzinfo=UTC)),
        ("20140506", datetime(2014, 5, 5, 22, tzinfo=UTC)),
        ("Tue, 06 May 2014 12:00:00 -0700", datetime(2014, 5, 6, 19, tzinfo=UTC)),
        ("6 May 2014", datetime(2014, 5, 5, 22, tzinfo=UTC)),
        ("May 6, 2014", datetime(2014, 5, 5, 22, tzinfo=UTC)),
        ("Sept. 6th, 2014", datetime(2014, 9, 5, 22, tzinfo=UTC)),
    ],
)
def test_the_ways_to_write_a_moment(written: str, moment: datetime) -> None:
    assert dates.parse(written, OSLO).at == moment


def test_a_moment_without_zone_is_in_the_sites_zone_and_keeps_its_day() -> None:
    found = dates.parse("2014-05-06", OSLO)
    assert found.day == date(2014, 5, 6)
    assert found.at.astimezone(OSLO).date() == date(2014, 5, 6)


def test_what_was_not_understood_is_told() -> None:
    found = dates.parse("2023-01-29 18:30:22 2023 -0800", OSLO)
    assert found.at == datetime(2023, 1, 30, 2, 30, 22, tzinfo=UTC)
    assert found.leftover == "2023"


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "",
        "2014-13-45",
        "2014-02-30",
        "0000-01-01",
        "9999-12-31",
        "2014-05-06 25:00",
        "2014-05-06 12:00:00 +9999",
        "6 Smarch 2014",
        "1399999999",
        "12:30",
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # the caller catches nothing finer
        dates.parse(written, OSLO)


@pytest.mark.parametrize(
    ("stem", "day", "rest"),
    [
        ("2014-05-06-a-walk", date(2014, 5, 6), "a-walk"),
        ("2014-5-6-a-walk", date(2014, 5, 6), "a-walk"),
        ("2014-05-06", date(2014, 5, 6), ""),
        ("2014-15-06-a-walk", None, "2014-15-06-a-walk"),
        ("a-walk", None, "a-walk"),
        ("2014-05-061-x", None, "2014-05-061-x"),
    ],
)
def test_the_day_in_a_file_name(stem: str, day: date | None, rest: str) -> None:
    assert dates.from_file_name(stem) == (day, rest)


moments = st.datetimes(datetime(1000, 1, 3), datetime(9998, 12, 29))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(moments, offsets)
def test_every_moment_comes_back_from_iso_and_from_jekylls_form(
    at: datetime, zone: timezone
) -> None:
    at = at.replace(microsecond=0, tzinfo=zone)
    assert dates.parse(at.isoformat(), OSLO).at == at
    assert dates.parse(at.strftime(f"{at.year:04}-%m-%d %H:%M:%S %z"), OSLO).at == at


@given(st.text(max_size=60) | st.from_regex(r"\d{1,5}[-/]\d{1,3}[-/]\d{1,3}.{0,20}"))
def test_arbitrary_text_is_a_date_or_a_value_error(written: str) -> None:
    try:
        found = dates.parse(written, OSLO)
    except (ValueError, OverflowError):
        return
    assert found.at.tzinfo is UTC
