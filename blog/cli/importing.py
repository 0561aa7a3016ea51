"""`flask --app blog import`: bringing articles in from elsewhere."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from ..transfer.markdown.importing import Options, carry_out, plan
from ..transfer.report import FileReport, Outcome, Report, printable
from .family import Family


@click.group("import", cls=Family)
def import_group() -> None:
    """Bring articles in from elsewhere."""


@import_group.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, readable=True, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Write nothing, only say what would be done.")
@click.option("--author", default="", help="Who wrote the files that name nobody.")
@click.option("--name", default="", help="Name of the collection, if the folder may move.")
@with_appcontext
def markdown(folder: Path, dry_run: bool, author: str, name: str) -> None:
    """Bring in the Markdown files of FOLDER, with YAML or TOML front matter."""
    options = Options(current_app.config["UPLOADS"], name, author, dry_run)
    if dry_run:
        click.echo("A dry run: nothing is written.")
    planned = plan(folder, options)
    # On anything but a terminal the bar would be noise in a log.
    hidden = not sys.stderr.isatty()
    length = len(planned.files)
    with click.progressbar(length=length, label="Importing", file=sys.stderr, hidden=hidden) as bar:
        report = carry_out(planned, lambda: bar.update(1))
    _say(report)


def _say(report: Report) -> None:
    for one in report.files:
        _say_of(one)
    click.echo(report.summary)
    if report.dry_run:
        click.echo("Nothing was written.")


def _say_of(one: FileReport) -> None:
    if one.outcome is Outcome.UNCHANGED:
        _say_line(f"unchanged  {one.path}")
        return
    reason = f": {one.reason}" if one.reason else ""
    where = f" -> {one.slug}" if one.slug else ""
    _say_line(f"{one.outcome:9}  {one.path}{where}{reason}")
    for remark in one.remarks:
        _say_line(f"           {remark}")


def _say_line(line: str) -> None:
    """What files are called and say may hold anything."""
    click.echo(printable(line))
