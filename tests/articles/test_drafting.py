"""Writing an article and changing it."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from blog.articles import drafting, publishing, queries, taxonomy
from blog.articles.drafting import Draft
from blog.articles.models import Article
from blog.core.db import db, writing
from blog.core.errors import Invalid
from blog.core.keys import versions
from blog.site import settings
from blog.text import render
from tests import factories


def change(article: Article, **said: object) -> None:
    values: dict[str, object] = {
        "title": "A title",
        "source": factories.BODY,
        "category": "Town life",
    }
    values |= said
    document = render.article(str(values["source"]))
    article_id = article.id
    with writing():
        drafting.change(db.session.get_one(Article, article_id), Draft(**values), document)  # type: ignore[arg-type]


def test_an_article_keeps_what_was_said_with_its_safe_blocks(app: Flask) -> None:
    maren = factories.person()
    article = factories.article(tags=["Clocks", "Ferries"], authors=[maren])
    found = queries.by_slug(article.slug)
    assert found is not None
    assert found.slug == "the-clock-that-was-four-minutes-slow"
    assert [tag.name for tag in found.tags] == ["Clocks", "Ferries"]
    assert [byline.person.username for byline in found.bylines] == ["maren"]
    assert found.blocks[0]["kind"] == "paragraph"
    assert found.words > 80
    assert found.source == factories.BODY


def test_two_articles_of_one_title_get_two_addresses(app: Flask) -> None:
    assert factories.article("Bread").slug == "bread"
    assert factories.article("Bread").slug == "bread-2"


def test_a_title_without_letters_still_gets_an_address(app: Flask) -> None:
    assert factories.article("!!!").slug == "article"
    assert factories.article("日本語").slug == "日本語"


def test_only_a_published_article_says_that_it_was_updated(app: Flask) -> None:
    article = factories.article(published=False)
    change(article, title="Draft again")
    assert article.updated_at is None
    with writing():
        publishing.publish(db.session.get_one(Article, article.id))
    change(article, title="Corrected")
    assert article.updated_at is not None


def test_an_article_that_changes_its_category_moves_both_lists(app: Flask) -> None:
    water = factories.category("Water").id
    kitchens = factories.category("Kitchens").id
    article = factories.article(category="Water")
    before = versions([f"list:category:{water}", f"list:category:{kitchens}"])
    change(article, category="Kitchens")
    after = versions(before)
    assert all(after[name] == before[name] + 1 for name in before)


def test_a_deck_is_the_teaser_and_else_the_text_is(app: Flask) -> None:
    assert factories.article("One", deck="A deck.").teaser == "A deck."
    assert factories.article("Two", deck="").teaser.startswith("The ferry leaves at seven")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 201}),
        ("deck", {"deck": "x" * 501}),
        ("hero_alt", {"hero_alt": "x" * 501}),
        ("tags", {"tags": [f"tag {n}" for n in range(21)]}),
        ("tags", {"tags": ["…"]}),
        ("category", {"category": "x" * 61}),
    ],
)
def test_what_breaks_a_rule_is_refused_by_field_and_nothing_is_stored(
    app: Flask, field: str, said: dict[str, object]
) -> None:
    article = factories.article("Before")
    with pytest.raises(Invalid) as refusal:
        change(article, **said)
    assert refusal.value.field == field
    db.session.expire_all()
    assert queries.by_slug("before").title == "Before"  # type: ignore[union-attr]


def test_tags_of_one_name_in_two_writings_are_one_tag(app: Flask) -> None:
    with writing():
        first = taxonomy.tags(["Water Works", "water works", "Clocks"])
    assert len(first) == 2


def test_a_name_in_any_case_is_one_category(app: Flask) -> None:
    same: Callable[[str], int] = lambda name: factories.category(name).id  # noqa: E731
    assert same("Town life") == same("town LIFE")


def test_titles_and_decks_are_typeset_in_the_sites_language(app: Flask) -> None:
    article = factories.article('The keeper\'s "usual" time', deck="Four minutes -- or five...")
    assert article.title == "The keeper’s “usual” time"
    assert article.deck == "Four minutes – or five…"
    assert article.slug == "the-keepers-usual-time"


def test_limits_hold_for_what_is_stored_after_typesetting(app: Flask) -> None:
    """French sets each guillemet apart with a space, so a title grows."""
    with writing():
        settings.change(replace(settings.load(), language="fr"))
    with pytest.raises(Invalid) as refusal:
        factories.article('"a" ' * 49)
    assert refusal.value.field == "title"


@pytest.mark.parametrize("sign", ["\x00", "\x1b[31m", "\x85", "\u202e", "\ud800", "\u2066"])
def test_a_title_keeps_no_sign_that_steers_a_terminal_or_turns_the_line(
    app: Flask, sign: str
) -> None:
    article = factories.article(f"Bread{sign} and salt", deck=f"De{sign}ck")
    assert all(character.isprintable() for character in article.title + article.deck)


def test_two_writers_of_one_title_at_once_get_two_addresses(app: Flask) -> None:
    failures: list[Exception] = []

    def write() -> None:
        with app.app_context():
            try:
                for _ in range(8):
                    factories.article("Bread", category="", tags=[])
            except Exception as error:
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    slugs = db.session.scalars(db.select(Article.slug)).all()
    assert len(slugs) == len(set(slugs)) == 16
