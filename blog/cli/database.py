"""`flask --app blog database`: the schema."""

import click
from flask import current_app

from ..core import migrating


@click.group()
def database() -> None:
    """Look after the database."""


def _url() -> str:
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"])


@database.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database to the present schema (or to REVISION)."""
    migrating.upgrade(_url(), revision)
    click.echo("The database is at the present schema.")


@database.command()
@click.argument("revision")
@click.confirmation_option(prompt="What only the newer schema can hold will be lost. Go on?")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION."""
    migrating.downgrade(_url(), revision)
    click.echo(f"The database is at {revision}.")


@database.command()
def check() -> None:
    """Say whether the tables are what the code expects."""
    migrating.differences(_url())
    click.echo("The tables are what the code expects.")


@database.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write the script of a new schema revision (for developers)."""
    migrating.revision(_url(), message)
