"""What all families of commands have in common: an error is one sentence, not a trace."""

from typing import Any

import click
from flask import current_app
from flask.cli import ScriptInfo

from ..config import ConfigError
from ..core import migrating
from ..core.errors import BlogError


class Family(click.Group):
    """A group whose commands have a database with the present schema, and say errors in words."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command of the group."""
        try:
            with context.ensure_object(ScriptInfo).load_app().app_context():
                _require_schema()
                return super().invoke(context)
        except (BlogError, ConfigError) as error:
            raise click.ClickException(str(error)) from error


def _require_schema() -> None:
    if migrating.pending(str(current_app.config["SQLALCHEMY_DATABASE_URI"])):
        raise BlogError(
            "The database is not at the present schema; start the site once, "
            "or call: flask --app blog database upgrade"
        )
