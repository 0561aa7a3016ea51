"""`flask people`: accounts without a browser."""

import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from blog.accounts.models import Person, Role
from blog.core.audit import AuditEntry
from blog.core.db import db
from tests.visitors import ORIGIN, WORD, browser

MAREN = ["people", "create", "maren", "--email", "maren@post.example"]


def call(app: Flask, *arguments: str, typed: str = "") -> Result:
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=list(arguments), input=typed)
    db.session.rollback()
    return done


def person() -> Person | None:
    return db.session.scalar(select(Person).where(Person.username == "maren"))


def test_an_account_with_a_password_from_standard_input_can_log_in(app: Flask) -> None:
    done = call(app, *MAREN, "--role", "author", "--shown", "Maren Holt", typed=f"{WORD}\n")
    assert done.exit_code == 0, done.output
    assert done.output == "maren is author now.\n"
    made = person()
    assert made is not None
    assert (made.name, made.role) == ("Maren Holt", Role.AUTHOR)
    who = browser(app)
    assert who.log_in("maren@post.example").status_code == 303


def test_without_a_password_a_link_is_printed_that_leads_to_one(app: Flask) -> None:
    done = call(app, *MAREN, "--role", "administrator")
    assert done.exit_code == 0, done.output
    found = re.search(rf"{ORIGIN}(/login/reset/\S+)", done.output)
    assert found is not None
    who = browser(app)
    assert who.log_in("maren").status_code == 422
    assert who.submit(found[1], password=WORD).status_code == 303
    assert who.log_in("maren").status_code == 303


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        ((*MAREN, "--role", "king"), "", "king"),
        (("people", "create", "maren", "--email", "nobody"), "", "e-mail address"),
        (("people", "create", "a", "--email", "a@post.example"), "", "user name"),
        (MAREN, "short\n", "at least 12"),
        (("people", "role", "nobody", "editor"), "", "nobody"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_is_stored(
    app: Flask, arguments: tuple[str, ...], typed: str, sentence: str
) -> None:
    done = call(app, *arguments, typed=typed)
    assert done.exit_code != 0
    assert sentence in done.output
    assert "Traceback" not in done.output
    assert person() is None


def test_a_role_is_given_and_the_person_logged_out_everywhere(app: Flask) -> None:
    call(app, *MAREN, typed=f"{WORD}\n")
    who = browser(app)
    who.log_in("maren")
    assert call(app, "people", "role", "maren", "editor").output == "maren is editor now.\n"
    made = person()
    assert made is not None
    assert made.role is Role.EDITOR
    assert not who.is_known()
    assert "role" in {entry.verb for entry in db.session.scalars(select(AuditEntry))}


def test_the_list_names_everybody(app: Flask) -> None:
    call(app, *MAREN, "--role", "author", typed=f"{WORD}\n")
    assert call(app, "people", "list").output == "maren  author  maren@post.example  maren\n"
