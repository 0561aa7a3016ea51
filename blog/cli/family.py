"""What all families of commands have in common: an error is one sentence, not a trace."""

from typing import Any

import click
from flask import current_app
from flask.cli import ScriptInfo

from ..config import ConfigError
from ..core import faults, migrating
from ..core.errors import BlogError


class Single(click.Command):
    """A command with an application that says errors in words.

    `needs_schema`: whether it is refused as long as the database lacks the present schema.
    """

    def __init__(self, *arguments: Any, needs_schema: bool = True, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.needs_schema = needs_schema

    def invoke(self, context: click.Context) -> Any:
        """Run the command. Raises click.ClickException."""
        with context.ensure_object(ScriptInfo).load_app().app_context():
            try:
                if self.needs_schema:
                    _require_schema()
                return super().invoke(context)
            except (BlogError, ConfigError) as error:
                raise click.ClickException(str(error)) from error
            except BrokenPipeError:  # click ends quietly when nobody reads on
                raise
            except faults.FAULTS as fault:
                raise click.ClickException(faults.sentence(fault, database_url())) from fault


class Family(Single, click.Group):
    """A group of such commands."""


def database_url() -> str:
    """The address of the present application's database."""
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"])


def _require_schema() -> None:
    if migrating.pending(database_url()):
        raise BlogError(
            "The database is not at the present schema; start the site once, "
            "or call: flask --app blog database upgrade"
        )
