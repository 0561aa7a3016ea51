"""The first run: whoever holds the link names the site, once."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog import create_app
from blog.administration import setup
from blog.config import Config
from blog.core.db import db
from blog.core.keys import versions
from blog.site import settings

GOOD = {
    "name": "The Saltry Post",
    "tagline": "News from the quay",
    "address": "https://post.example",
    "language": "en-GB",
    "time_zone": "Europe/London",
}


@pytest.fixture
def link(app: Flask, config: Config) -> str:
    found = setup.link("http://127.0.0.1:8000", config.secret_key)
    assert found is not None
    return found.removeprefix("http://127.0.0.1:8000")


def test_the_link_opens_a_form_that_proposes_what_is_known(client: FlaskClient, link: str) -> None:
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'value="Broadsheet"' in answer.text
    assert 'value="http://127.0.0.1:8000"' in answer.text


@pytest.mark.parametrize("token", ["", "?token=", "?token=wrong", "?token=é"])
def test_without_the_token_nothing_opens(client: FlaskClient, token: str) -> None:
    assert client.get(f"/setup{token}").status_code == 403
    assert client.post(f"/setup{token}", data=GOOD).status_code == 403
    assert settings.load().set_up is False


def test_a_filled_form_sets_the_site_up_and_the_link_has_done_its_work(
    app: Flask, client: FlaskClient, link: str, config: Config
) -> None:
    answer = client.post(link, data=GOOD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/setup/done")
    assert settings.load() == settings.SiteSettings(**GOOD, set_up=True)
    assert client.get("/setup/done").status_code == 200
    spent = client.get(link)
    assert spent.status_code == 410
    assert "<h1>This link has done its work</h1>" in spent.text
    assert setup.link("http://127.0.0.1:8000", config.secret_key) is None


@pytest.mark.parametrize("second", [GOOD, GOOD | {"name": "Another"}, {}])
def test_a_repeated_post_changes_nothing_and_leads_where_the_first_one_led(
    client: FlaskClient, link: str, second: dict[str, str]
) -> None:
    client.post(link, data=GOOD)
    answer = client.post(link, data=second)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/setup/done")
    assert settings.load() == settings.SiteSettings(**GOOD, set_up=True)


@pytest.mark.parametrize("token", ["", "?token=wrong"])
def test_a_later_post_without_the_token_is_answered_with_gone(
    client: FlaskClient, link: str, token: str
) -> None:
    client.post(link, data=GOOD)
    assert client.post(f"/setup{token}", data=GOOD | {"name": "Another"}).status_code == 410
    assert settings.load().name == GOOD["name"]


def test_of_posts_at_the_same_time_one_names_the_site_and_all_see_that_it_is_done(
    app: Flask, link: str
) -> None:
    start, seen = Barrier(4), []

    def post(name: str) -> None:
        start.wait()
        reader = app.test_client()
        data = GOOD | {"name": name, "tagline": f"{name} says"}
        answer = reader.post(link, data=data, base_url="http://127.0.0.1:8000")
        seen.append((answer.status_code, answer.headers.get("Location")))

    people = [Thread(target=post, args=(f"Post {number}",)) for number in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert seen == [(303, "/setup/done")] * 4
    db.session.rollback()
    found = settings.load()
    assert found.tagline == f"{found.name} says"
    assert versions(["settings"]) == {"settings": 1}


def test_the_answer_that_names_another_port_is_kept(app: Flask, config: Config) -> None:
    elsewhere = create_app(replace(config, port=9000))
    with elsewhere.app_context():
        path = setup.link("", config.secret_key)
    said = GOOD | {"address": "http://127.0.0.1:8000"}
    answer = elsewhere.test_client().post(path, data=said, base_url="http://127.0.0.1:9000")
    assert answer.status_code == 303
    assert settings.load(default_address="http://127.0.0.1:9000").address == said["address"]


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
    ],
)
def test_bad_input_comes_back_with_its_message_and_the_typed_text(
    client: FlaskClient, link: str, field: str, value: str, sentence: str
) -> None:
    answer = client.post(link, data=GOOD | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "News from the quay" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert settings.load().set_up is False


def test_an_address_from_the_environment_is_shown_and_kept(config: Config, app: Flask) -> None:
    fixed = create_app(replace(config, url="https://fixed.example"))
    client = fixed.test_client()
    with fixed.app_context():
        path = setup.link("", config.secret_key)
    answer = client.get(path or "", headers={"Host": "fixed.example"})
    assert "https://fixed.example" in answer.text
    assert "readonly" in answer.text


def test_the_done_page_is_there_only_afterwards(client: FlaskClient) -> None:
    assert client.get("/setup/done").status_code == 404
