"""`flask --app blog site`: what the site says of itself."""

from dataclasses import replace
from typing import Any

import click
from flask import current_app

from ..site import settings
from ..web import facts, transaction
from .family import Family


@click.group(cls=Family)
def site() -> None:
    """Look at the settings of the site, and change them."""


@site.command()
def show() -> None:
    """Say what the site is called, where it is, and in which language and time zone."""
    for name in settings.NAMES:
        _say(name)


@site.command("set")
@click.argument("name", type=click.Choice(settings.NAMES))
@click.argument("value")
def set_(name: str, value: str) -> None:
    """Give NAME (name, tagline, address, language or time_zone) a new VALUE."""
    said: dict[str, Any] = {name: value}
    with transaction.writing():
        settings.change(replace(settings.load(), **said))
    _say(name)
    if name == "address" and current_app.config["FIXED_ADDRESS"]:
        click.echo("The new address is stored; as long as BLOG_URL is set, that one is used.")


def _say(name: str) -> None:
    click.echo(f"{name:<11}{getattr(facts.site(), name)}")
