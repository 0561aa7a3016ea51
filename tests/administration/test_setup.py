"""The first run: whoever holds the link names the site, once, and runs it."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from blog import create_app
from blog.accounts.models import Person, Role
from blog.administration import proposals, setup
from blog.administration.forms import SetupForm
from blog.articles.models import Article, State
from blog.config import Config
from blog.core.db import db
from blog.site import settings
from blog.transfer import sample
from tests import factories
from tests.visitors import WORD, Browser, browser

SITE = {
    "name": "The Saltry Post",
    "address": "http://127.0.0.1:8000",
    "language": "en-GB",
    "time_zone": "Europe/London",
}
GOOD = SITE | {
    "your_name": "Ottoline Marsh",
    "email": "ottoline@post.example",
    "password": WORD,
    "keep_sample": "y",
}


@pytest.fixture
def link(app: Flask, config: Config) -> str:
    found = setup.link("http://127.0.0.1:8000", config.secret_key)
    assert found is not None
    return found.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def owner(app: Flask) -> Browser:
    return browser(app)


def person() -> Person | None:
    db.session.rollback()
    return db.session.scalar(select(Person))


def test_the_link_opens_a_form_that_proposes_what_is_known(client: FlaskClient, link: str) -> None:
    answer = client.get(link, headers={"Accept-Language": "fr-CA, fr;q=0.9, en;q=0.5"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert 'value="Broadsheet"' in answer.text
    assert 'value="http://127.0.0.1:8000"' in answer.text
    assert '<option selected value="fr">' in answer.text


def test_the_form_asks_for_eight_things_at_most(app: Flask) -> None:
    with app.test_request_context("/setup"):
        assert len(list(SetupForm())) <= 8


@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", "?token=é"])
def test_without_the_token_nothing_opens(client: FlaskClient, token: str) -> None:
    assert client.get(f"/setup{token}").status_code == 403
    assert client.post(f"/setup{token}", data=GOOD).status_code == 403
    assert settings.load().set_up is False
    assert person() is None


def test_a_filled_form_sets_the_site_up_and_logs_its_administrator_in(
    owner: Browser, link: str, config: Config
) -> None:
    answer = owner.post(link, data=GOOD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert settings.load() == replace(settings.load(), **SITE, set_up=True)
    made = person()
    assert made is not None
    assert (made.username, made.name, made.role) == (
        "ottoline-marsh",
        "Ottoline Marsh",
        Role.ADMINISTRATOR,
    )
    assert made.password_hash is not None
    assert WORD not in made.password_hash
    assert "Ottoline Marsh" in owner.get("/").text
    spent = owner.get(link)
    assert spent.status_code == 410
    assert "<h1>This link has done its work</h1>" in spent.text
    assert setup.link("http://127.0.0.1:8000", config.secret_key) is None


def test_the_administrator_may_log_in_again_without_any_letter(
    app: Flask, owner: Browser, link: str
) -> None:
    owner.post(link, data=GOOD)
    again = browser(app)
    assert again.log_in("ottoline@post.example").status_code == 303
    assert again.is_known()


def test_an_https_address_does_not_keep_the_owner_of_this_machine_out(
    owner: Browser, link: str
) -> None:
    """The browser at http://127.0.0.1 would refuse a cookie that is for https only."""
    owner.post(link, data=GOOD | {"address": "https://post.example"})
    assert owner.cookie("session") is not None
    assert owner.is_known()


@pytest.mark.parametrize("second", [GOOD, GOOD | {"name": "Another"}, {}])
def test_a_repeated_post_changes_nothing_and_leads_where_the_first_one_led(
    owner: Browser, link: str, second: dict[str, str]
) -> None:
    owner.post(link, data=GOOD)
    answer = owner.post(link, data=second)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert settings.load().name == GOOD["name"]


@pytest.mark.parametrize("token", ["", "?token=wrong"])
def test_a_later_post_without_the_token_is_answered_with_gone(
    owner: Browser, link: str, token: str
) -> None:
    owner.post(link, data=GOOD)
    assert owner.post(f"/setup{token}", data=GOOD | {"name": "Another"}).status_code == 410
    assert settings.load().name == GOOD["name"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "needs a name"),
        ("name", "x" * 81, "80"),
        ("address", "post.example", "https://example.org"),
        ("address", "https://post.example/blog", "without a path"),
        ("address", "", "where readers will find"),
        ("language", "tlh", "choice"),
        ("time_zone", "Nowhere", "choice"),
        ("your_name", "", "Write the name"),
        ("your_name", "Pаypal", "one script"),
        ("email", "nobody", "e-mail address"),
        ("email", "", "e-mail address"),
        ("password", "short", "at least 12"),
        ("password", "", "Choose a password"),
    ],
)
def test_bad_input_comes_back_with_its_message_and_the_typed_text(
    client: FlaskClient, link: str, field: str, value: str, sentence: str
) -> None:
    answer = client.post(link, data=GOOD | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    for kept in {"name": "The Saltry Post", "your_name": "Ottoline Marsh"}.items():
        assert kept[0] == field or kept[1] in answer.text
    assert WORD not in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Set-Cookie" not in answer.headers
    assert settings.load().set_up is False
    assert person() is None


def test_a_name_without_latin_letters_gets_a_user_name_all_the_same(
    client: FlaskClient, link: str
) -> None:
    assert client.post(link, data=GOOD | {"your_name": "李小龙"}).status_code == 303
    made = person()
    assert made is not None
    assert made.name == "李小龙"
    assert made.username


def test_a_taken_user_name_gets_a_number(app: Flask) -> None:
    factories.person("maren-holt", "Maren Holt")
    assert proposals.username("Maren Holt") == "maren-holt-2"
    assert proposals.username("!!!").startswith("person-")


@pytest.mark.parametrize("kept", [True, False])
def test_the_sample_is_kept_or_taken_away_as_asked(
    app: Flask, client: FlaskClient, link: str, kept: bool
) -> None:
    sample.load(app.config["UPLOADS"])
    assert "Keep the sample articles" in client.get(link).text
    said = GOOD if kept else {name: GOOD[name] for name in GOOD if name != "keep_sample"}
    assert client.post(link, data=said).status_code == 303
    db.session.rollback()
    shown = [row for row in db.session.scalars(select(Article)) if row.state is not State.DELETED]
    assert bool(shown) is kept
    assert ("Maren Holt" in client.get("/").text) is kept
    assert client.get("/people/maren-holt").status_code == (200 if kept else 404)
    assert client.get("/").status_code == 200
    assert sample.load(app.config["UPLOADS"]) is False


def test_an_address_from_the_environment_is_shown_and_kept(config: Config, app: Flask) -> None:
    fixed = create_app(replace(config, url="https://fixed.example"))
    client = fixed.test_client()
    with fixed.app_context():
        path = setup.link("", config.secret_key)
    answer = client.get(path or "", headers={"Host": "fixed.example"})
    assert "https://fixed.example" in answer.text
    assert "readonly" in answer.text
