"""What the site says of itself, and which values it refuses."""

import zoneinfo
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from blog.core.db import db, writing
from blog.core.errors import Conflict, Invalid
from blog.core.keys import versions
from blog.site.models import SiteValue
from blog.site.settings import SiteSettings, change, checked_address, load, set_up


def test_a_new_site_has_sensible_settings(app: Flask) -> None:
    assert load(default_address="http://127.0.0.1:9000").address == "http://127.0.0.1:9000"
    assert load().set_up is False


def test_changed_settings_are_stored_and_move_their_key(app: Flask) -> None:
    with writing():
        change(replace(load(), name="  The  Saltry  Post ", time_zone="Europe/Paris"))
    assert (load().name, load().time_zone) == ("The Saltry Post", "Europe/Paris")
    assert versions(["settings"]) == {"settings": 1}


def test_storing_the_same_settings_is_no_news(app: Flask) -> None:
    with writing():
        change(load())
    assert versions(["settings"]) == {"settings": 0}


def test_an_address_from_outside_wins_over_the_stored_one(app: Flask) -> None:
    with writing():
        change(replace(load(), address="https://stored.example"))
    assert load("https://fixed.example").address == "https://fixed.example"
    assert load(default_address="http://127.0.0.1:8000").address == "https://stored.example"


def test_an_address_that_was_said_is_stored_whatever_the_port_is(app: Flask) -> None:
    with writing():
        change(replace(load(), address="http://127.0.0.1:8000"))
    assert load(default_address="http://127.0.0.1:9000").address == "http://127.0.0.1:8000"


def test_a_changed_name_says_nothing_of_the_address(app: Flask) -> None:
    with writing():
        change(replace(load(), name="Post"))
    assert load(default_address="http://127.0.0.1:9000").address == "http://127.0.0.1:9000"


def test_a_taken_back_address_is_the_servers_own_again(app: Flask) -> None:
    with writing():
        change(replace(load(), address="https://stored.example"))
    with writing():
        change(replace(load(), address=""))
    assert load(default_address="http://127.0.0.1:9000").address == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("said", "address", "host"),
    [
        (" https://Example.org:443/ ", "https://example.org", "example.org"),
        ("https://müller.example", "https://xn--mller-kva.example", "xn--mller-kva.example"),
        ("http://[0:0::1]:80", "http://[::1]", "[::1]"),
        ("http://example.org:443", "http://example.org:443", "example.org:443"),
    ],
)
def test_an_address_is_stored_in_normal_form(
    app: Flask, said: str, address: str, host: str
) -> None:
    with writing():
        change(replace(load(), address=said))
    assert (load().address, load().host) == (address, host)
    assert load(said.strip()).address == address
    assert load(default_address=said.strip()).address == address


def test_a_stored_address_that_no_browser_can_ask_for_does_not_close_the_site(app: Flask) -> None:
    with writing():
        db.session.add(SiteValue(name="address", value="https://@host"))
    assert load(default_address="http://127.0.0.1:8000").address == "http://127.0.0.1:8000"


def test_a_site_is_set_up_once(app: Flask) -> None:
    with writing():
        set_up(SiteSettings(name="First", address="https://first.example"))
    with pytest.raises(Conflict), writing():
        set_up(SiteSettings(name="Second", address="https://second.example"))
    assert load() == SiteSettings(name="First", address="https://first.example", set_up=True)


def test_refused_answers_leave_the_site_to_be_set_up(app: Flask) -> None:
    with pytest.raises(Invalid), writing():
        set_up(SiteSettings(name=" "))
    assert load() == SiteSettings()


def test_of_many_who_set_the_site_up_at_once_one_wins(app: Flask) -> None:
    start, outcomes = Barrier(4), []

    def answer(name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                with writing():
                    set_up(SiteSettings(name=name, address=f"https://{name}.example"))
                outcomes.append(name)
            except Conflict:
                outcomes.append("")

    people = [Thread(target=answer, args=(f"post{number}",)) for number in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    (winner,) = [name for name in outcomes if name]
    assert len(outcomes) == 4
    assert load() == SiteSettings(name=winner, address=f"https://{winner}.example", set_up=True)


@pytest.mark.parametrize(
    "name",
    [
        *("", "Europe", "posix/Europe/Paris", "right/UTC", "posixrules", "zone.tab", "../UTC"),
        *("/etc", "Europe/Paris/", "a\0b", "x" * 5000, "\ud800", "europe/paris"),
    ],
)
def test_what_is_no_time_zone_is_refused(app: Flask, name: str) -> None:
    with pytest.raises(Invalid) as refusal, writing():
        change(replace(load(), time_zone=name))
    assert refusal.value.field == "time_zone"


def test_a_time_zone_is_taken_without_a_walk_through_all_of_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    zones = sorted(zoneinfo.available_timezones() - {"localtime"})[::5]

    def walk(path: str) -> None:
        raise AssertionError(path)

    monkeypatch.setattr("os.walk", walk)
    with writing():
        for name in zones:
            change(replace(load(), time_zone=name))
    assert load().time_zone == zones[-1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 81),
        ("tagline", "x" * 161),
        ("address", "example.org"),
        ("address", "https://example.org/blog"),
        ("address", "https://user:word@example.org"),
        ("address", "javascript:alert(1)"),
        ("address", " "),
        ("address", "https://@example.org"),
        ("address", "https://exa mple.org:99999"),
        ("address", "https://" + ".".join(["abcdefghi"] * 20)),
        ("language", "klingon"),
        ("language", ""),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(app: Flask, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal, writing():
        change(replace(load(), **{field: value}))
    assert refusal.value.field == field
    assert load() == SiteSettings()


@given(st.text(max_size=60))
def test_an_address_is_scheme_and_host_or_refused(said: str) -> None:
    try:
        address = checked_address(said)
    except Invalid:
        return
    assert address.startswith(("http://", "https://"))
    assert checked_address(address) == address


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("pt-BR", "ltr")]
)
def test_the_direction_follows_the_language(language: str, direction: str) -> None:
    assert SiteSettings(language=language).direction == direction
