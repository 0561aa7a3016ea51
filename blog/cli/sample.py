"""`flask --app blog sample`: what an empty site shows."""

import click
from flask import current_app
from flask.cli import with_appcontext

from ..transfer.sample import load


@click.command()
@with_appcontext
def sample() -> None:
    """Put the sample publication into an empty database."""
    done = load(current_app.config["UPLOADS"])
    click.echo("The sample publication is in." if done else "There was nothing to do.")
