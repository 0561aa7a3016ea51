"""What the site says of itself, and which values it refuses."""

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from blog.core.db import writing
from blog.core.errors import Invalid
from blog.core.keys import versions
from blog.site.settings import SiteSettings, change, checked_address, load


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
        ("address", "https://exa mple.org:99999"),
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
