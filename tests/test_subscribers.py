"""What follows from what: the list is whole, and every verb moves what shows its change."""

import ast
import importlib
import inspect
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from blog import subscribers
from blog.accounts import people
from blog.accounts.models import Person
from blog.ads import booking
from blog.articles import drafting, publishing
from blog.articles.drafting import Draft
from blog.articles.models import Article
from blog.config import Config
from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.jobs.models import Job
from blog.core.keys import PageKey
from blog.related import choices
from blog.related.queries import related_to
from blog.site import settings
from blog.text import render
from tests import factories

BLOG = Path(subscribers.__file__).parent


def announced_events() -> Iterator[type]:
    for path in sorted(BLOG.glob("*/events.py")):
        if path.parent.name == "core":
            continue
        module = importlib.import_module(f"blog.{path.parent.name}.events")
        for _name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__:
                yield kind


def test_every_event_of_every_room_is_in_the_list() -> None:
    assert set(announced_events()) == set(subscribers.EVENTS)


def enqueued_kinds() -> set[str]:
    """The first argument of every call of `enqueue`, a literal or the module's own constant."""
    kinds = set()
    for path in BLOG.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name == "enqueue":
                first = node.args[0]
                literal = first.value if isinstance(first, ast.Constant) else ""
                kinds.add(str(literal or constants[getattr(first, "id", "")]))
    return kinds


def test_every_job_that_is_ever_enqueued_has_a_function(config: Config) -> None:
    assert enqueued_kinds() == set(subscribers.jobs(config))


def keys() -> dict[str, int]:
    db.session.rollback()
    return {row.name: row.version for row in db.session.scalars(select(PageKey))}


def moved_by(verb: Callable[[], object]) -> set[str]:
    before = keys()
    with writing():
        verb()
    return {name for name, version in keys().items() if before.get(name, 0) != version}


@pytest.fixture
def bread(app: Flask) -> int:
    maren = factories.person()
    factories.article("Loaf", tags=["Ovens"], authors=[maren])
    factories.article("Crumb", tags=["Ovens"], authors=[maren])
    return factories.article("Bread", tags=["Ovens"], authors=[maren]).id


LISTS = {"list:all", "list:category:1", "list:tag:1", "list:person:1"}


def the(article_id: int) -> Article:
    return db.session.get_one(Article, article_id)


def test_taking_back_moves_the_article_its_card_and_its_lists(bread: int) -> None:
    own = {f"body:{bread}", f"card:{bread}"}
    assert moved_by(lambda: publishing.unpublish(the(bread))) == own | LISTS
    assert moved_by(lambda: publishing.publish(the(bread))) == own | LISTS
    assert moved_by(lambda: publishing.remove(the(bread))) == own | LISTS


def test_a_new_address_moves_every_page_that_may_link_there(bread: int) -> None:
    moved = moved_by(lambda: publishing.readdress(the(bread), "loaf of bread"))
    assert moved == {f"body:{bread}", f"card:{bread}", "addresses"} | LISTS


def test_a_schedule_moves_the_lists_and_asks_for_a_second_look(bread: int) -> None:
    at = now() + timedelta(days=1)
    moved = moved_by(lambda: publishing.publish(the(bread), at=at))
    assert moved == {f"body:{bread}", f"card:{bread}"} | LISTS
    wanted = select(Job).where(Job.kind == "articles.announce_if_due")
    assert [job.run_at for job in db.session.scalars(wanted)] == [at]


def test_a_change_moves_the_lists_it_left_and_joined(bread: int) -> None:
    document = render.article(factories.BODY)
    draft = Draft(title="Bread", source=factories.BODY, category="Kitchens", tags=["Salt"])
    moved = moved_by(lambda: drafting.change(the(bread), draft, document))
    assert moved == {
        f"body:{bread}",
        f"card:{bread}",
        "list:all",
        "list:category:1",
        "list:category:2",
        "list:tag:1",
        "list:tag:2",
        "list:person:1",
        "navigation",
    }


def test_the_masthead_moves_when_a_category_comes_into_use_and_when_it_empties(app: Flask) -> None:
    salt = factories.article("Salt", category="Water").id
    assert "navigation" in moved_by(lambda: publishing.unpublish(the(salt)))
    assert "navigation" in moved_by(lambda: publishing.publish(the(salt)))


def test_two_scheduled_articles_of_a_new_category_bring_it_into_the_masthead(app: Flask) -> None:
    at = now() + timedelta(seconds=0.3)
    first = factories.article("One", category="Fresh", at=at).id
    factories.article("Two", category="Fresh", at=at)
    time.sleep(0.4)
    assert "navigation" in moved_by(lambda: publishing.announce_if_due(first))


def test_what_readers_no_longer_see_leaves_the_lists_beside_others(
    app: Flask, do_jobs: Callable[[], int]
) -> None:
    ids = [factories.article(f"Essay {number}", tags=["Tides"]).id for number in range(45)]
    do_jobs()
    with writing():
        for article_id in ids[15:]:
            publishing.remove(the(article_id))
    do_jobs()
    assert len(related_to(ids[0], now())) == 14


def test_a_person_moves_what_names_them(bread: int) -> None:
    maren = db.session.scalars(select(Person.id)).one()
    moved = moved_by(lambda: people.describe(db.session.get_one(Person, maren), "M. Holt", ""))
    assert {f"person:{maren}", f"body:{bread}", f"card:{bread}"} <= moved


def test_settings_move_everything_and_advertisements_their_own_key(app: Flask) -> None:
    assert moved_by(lambda: settings.change(replace(settings.load(), name="Post"))) == {"settings"}
    offer = booking.Booking(name="Maps", headline="Maps", link="https://maps.example/")
    assert moved_by(lambda: booking.create(offer)) == {"ads"}


def test_a_choice_of_an_editor_has_the_list_worked_out_again(bread: int) -> None:
    with writing():
        for job in db.session.scalars(select(Job)):
            db.session.delete(job)
    other = db.session.scalars(select(Article.id).where(Article.slug == "loaf")).one()
    moved_by(lambda: choices.set_choices(bread, pinned=[other]))
    (job,) = db.session.scalars(select(Job))
    assert (job.kind, job.payload["article_id"]) == ("related.refresh", bread)


def test_the_list_beside_an_article_moves_its_key_only_when_it_is_another(
    bread: int, do_jobs: Callable[[], int]
) -> None:
    do_jobs()
    before = keys()
    assert f"related:{bread}" in before
    moved_by(lambda: publishing.publish(the(bread)))
    do_jobs()
    assert keys()[f"related:{bread}"] == before[f"related:{bread}"]
