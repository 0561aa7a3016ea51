"""`flask --app blog site`."""

from dataclasses import replace

import pytest
from flask import Flask

from blog import create_app
from blog.config import Config
from blog.core.db import db
from blog.site import settings


def say(app: Flask, *words: str, status: int = 0) -> str:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["site", *words])
    assert result.exit_code == status, result.output
    return result.output


def test_what_the_site_says_of_itself_is_shown(app: Flask) -> None:
    lines = say(app, "show").splitlines()
    assert lines[0].split() == ["name", "Broadsheet"]
    assert [line.split()[0] for line in lines] == list(settings.NAMES)
    assert "http://127.0.0.1:8000" in lines[2]


@pytest.mark.parametrize(
    ("name", "said", "stored"),
    [
        ("name", " The  Saltry Post ", "The Saltry Post"),
        ("tagline", "", ""),
        ("address", "https://Müller.example:443/", "https://xn--mller-kva.example"),
        ("language", "pt-BR", "pt-BR"),
        ("time_zone", "Europe/Paris", "Europe/Paris"),
    ],
)
def test_each_answer_of_the_set_up_can_be_changed(
    app: Flask, name: str, said: str, stored: str
) -> None:
    before = settings.load()
    assert say(app, "set", name, said).split() == [name, *stored.split()]
    db.session.rollback()
    assert settings.load() == replace(before, **{name: stored})


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("name", " ", "Error: The site needs a name."),
        ("address", "example.org", "Error: An address looks like https://example.org"),
        ("language", "tlh", "Error: This language is not known"),
        ("time_zone", "Mars", "Error: This time zone is not known"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_a_sentence(
    app: Flask, name: str, said: str, sentence: str
) -> None:
    refused = say(app, "set", name, said, status=1)
    assert refused.startswith(sentence)
    assert len(refused.splitlines()) == 1
    assert settings.load() == settings.SiteSettings()


@pytest.mark.parametrize("name", ["set_up", "colour", ""])
def test_nothing_else_can_be_set(app: Flask, name: str) -> None:
    assert "is not one of" in say(app, "set", name, "1", status=2)
    assert settings.load() == settings.SiteSettings()


def test_an_address_from_the_environment_stays_in_force_and_that_is_said(
    app: Flask, config: Config
) -> None:
    fixed = create_app(replace(config, url="https://fixed.example"))
    said = say(fixed, "set", "address", "https://other.example")
    assert "https://fixed.example" in said
    assert "BLOG_URL" in said
    assert settings.load().address == "https://other.example"
