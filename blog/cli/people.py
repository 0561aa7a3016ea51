"""`flask --app blog people`: who is there, and who may do what."""

import sys

import click

from ..accounts import passwords, queries, recovery, roles, sessions
from ..accounts import people as accounts
from ..accounts.models import Person, Role
from ..core.db import db, end_read, writing
from ..core.errors import NotFound
from ..web import urls
from ..web.facts import site
from .family import Family

ROLES = click.Choice([role.value for role in Role])
LISTED = 200
"""How many people are read at once."""


@click.group(cls=Family)
def people() -> None:
    """See who is there, and say who may do what."""


@people.command()
@click.argument("name")
@click.option("--email", required=True, help="Where letters go; it is believed.")
@click.option("--role", type=ROLES, default=Role.READER.value, help="What the person may do.")
@click.option("--shown", default="", help="The name readers see, if it is not NAME.")
def create(name: str, email: str, role: str, shown: str) -> None:
    """Make an account NAME; the password is read from standard input, else a link is printed."""
    word = "" if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    stored = _hash(word, name, email) if word else None
    end_read()
    with writing():
        person = accounts.admit(name, shown, email, stored, Role(role))
        token = recovery.invite(person) if stored is None else ""
        username = person.username
    click.echo(f"{username} is {role} now.")
    if token:
        click.echo("The password is chosen here, once, within a week:")
        click.echo(urls.absolute(site().address, urls.reset(token)))


@people.command()
@click.argument("name")
@click.argument("role", type=ROLES)
def role(name: str, role: str) -> None:
    """Give the person NAME the role ROLE; they are logged out everywhere."""
    with writing():
        person = _found(name)
        roles.assign(person, Role(role), by=None)
        # Nothing that was begun in one role goes on in another.
        sessions.end_all(person)
    click.echo(f"{name} is {role} now.")


@people.command("list")
def list_() -> None:
    """Say who has an account: user name, role, e-mail address, name."""
    last = 0
    while part := queries.members(LISTED, after=last):
        for person in part:
            click.echo(f"{person.username}  {person.role}  {person.email or '-'}  {person.name}")
        last = part[-1].id


def _hash(word: str, name: str, email: str) -> str:
    passwords.check_rule(word, username=name, email=email)
    return passwords.hash_password(word)


def _found(name: str) -> Person:
    person = accounts.find(name)
    if person is None or person.erased_at is not None:
        raise NotFound(f"There is nobody with the user name {name}.")
    return db.session.get_one(Person, person.id)
