"""`flask --app blog database`: the schema."""

import click

from ..core import migrating
from .family import Family, database_url


@click.group(cls=Family, needs_schema=False)
def database() -> None:
    """Look after the database."""


@database.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database to the present schema (or to REVISION)."""
    migrating.upgrade(database_url(), revision)
    click.echo("The database is at the present schema.")


@database.command()
@click.argument("revision")
@click.confirmation_option(prompt="What only the newer schema can hold will be lost. Go on?")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION."""
    migrating.downgrade(database_url(), revision)
    click.echo(f"The database is at {revision}.")


@database.command()
def check() -> None:
    """Say whether the tables are what the code expects."""
    migrating.differences(database_url())
    click.echo("The tables are what the code expects.")


@database.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write the script of a new schema revision (for developers)."""
    migrating.revision(database_url(), message)
