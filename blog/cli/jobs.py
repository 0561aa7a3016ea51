"""`flask --app blog jobs`: what waits to be done."""

import click
from flask import current_app
from sqlalchemy import select

from ..core import ephemeral
from ..core.db import db, writing
from ..core.jobs import queue, worker
from ..core.jobs.models import Job
from .family import Family


@click.group(cls=Family)
def jobs() -> None:
    """Look at the work that follows changes, and help it along."""


@jobs.command("list")
def list_() -> None:
    """Say how much waits, and what was given up and why."""
    waiting, failed = queue.counts()
    click.echo(f"{waiting} waiting, {failed} given up")
    given_up = select(Job).where(Job.failed_at.is_not(None)).order_by(Job.id)
    for job in db.session.scalars(given_up):
        click.echo(f"{job.id}  {job.kind}  {job.payload}  {job.error.strip().splitlines()[-1]}")


@jobs.command()
def run() -> None:
    """Do now what is due, and stop."""
    ephemeral.create_tables()
    begun = worker.drain(current_app.extensions["jobs"])
    click.echo(f"{begun} begun")


@jobs.command()
@click.argument("job_id", type=int)
def retry(job_id: int) -> None:
    """Try a job again that was given up."""
    with writing():
        queue.retry(job_id)
    click.echo(f"Job {job_id} waits again.")
