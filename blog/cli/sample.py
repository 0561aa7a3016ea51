"""`flask --app blog sample`: essays to begin with, and taking them out again."""

import click
from flask import current_app

from ..core.db import writing
from ..transfer.sample import load
from ..transfer.sample.clearing import clear
from .family import Single


@click.command(cls=Single)
@click.option("--remove", "out", is_flag=True, help="Take it out again, for good.")
def sample(out: bool) -> None:
    """Put the sample publication into an empty database, or take it out (--remove)."""
    if out:
        with writing():
            clear()
        click.echo("The sample publication is gone.")
        return
    done = load(current_app.config["UPLOADS"])
    click.echo("The sample publication is in." if done else "There was nothing to do.")
