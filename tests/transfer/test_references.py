"""What files say of people and of each other."""

import pytest
from sqlalchemy import select

from blog.accounts.models import Person
from blog.core.db import db
from blog.related import choices
from blog.transfer.report import Outcome
from tests import factories
from tests.transfer.conftest import HEAD, Import, Only, Write, article, html


def test_another_default_author_counts_as_a_change(write: Write, only: Only) -> None:
    write("a-walk.md", HEAD)
    assert only().remarks == ("it names no author",)
    assert only(author="Maren Holt").outcome is Outcome.CHANGED
    assert only(author="Maren Holt").outcome is Outcome.UNCHANGED


def test_the_default_author_is_for_files_that_name_nobody(write: Write, bring_in: Import) -> None:
    write("a.md", "title: A\nauthor: Tomas Birk\ndate: 2014-05-06")
    write("b.md", "title: B\ndate: 2014-05-06")
    bring_in(author="Maren Holt")
    names = [person.name for person in db.session.scalars(select(Person).order_by(Person.id))]
    assert names == ["Tomas Birk", "Maren Holt"]


@pytest.mark.parametrize("said", ["maren", "Maren", "Maren Holt"])
def test_people_are_found_by_user_name_or_shown_name(write: Write, only: Only, said: str) -> None:
    factories.person("maren", "Maren Holt")
    write("a-walk.md", f"{HEAD}\nauthor: {said}")
    only()
    assert len(db.session.scalars(select(Person)).all()) == 1


@pytest.mark.parametrize("name", ["王小明", "Å. Ødegård", "!!!", "x" * 90, "हिन्दी लेखक"])
def test_any_name_makes_a_person(write: Write, only: Only, name: str) -> None:
    write("a-walk.md", f'{HEAD}\nauthor: "{name}"')
    assert only().outcome is Outcome.MADE
    assert db.session.scalars(select(Person)).one().name.startswith(name[:70])


def test_the_same_address_twice_gets_a_number_and_a_remark(write: Write, bring_in: Import) -> None:
    factories.article(slug="other")
    for name in ("2014-01-01-a.md", "2014-01-02-a.md", "2014-01-03-other.md"):
        write(name, "title: x\nauthor: m")
    files = bring_in().files
    assert [one.slug for one in files] == ["a", "a-2", "other-2"]
    assert files[1].remarks == ("the address a was taken; it became a-2",)


def test_links_between_files_lead_to_their_articles(write: Write, bring_in: Import) -> None:
    write(
        "_posts/2014-05-06-a-walk.md",
        HEAD,
        "[b](2014-05-07-b.md) [c](/2014/05/08/c/) [d](draft.md) {% post_url 2014-05-07-b %}",
    )
    write("_posts/2014-05-07-b.md", "title: B\nslug: bee")
    write("_posts/2014-05-08-c.md", "title: C")
    write("_posts/draft.md", "title: D\ndraft: true")
    report = bring_in().files[0]
    assert 'href="/articles/bee"' in html()
    assert 'href="/articles/c"' in html()
    assert " d " in article().text
    assert any("draft.md leads nowhere" in remark for remark in report.remarks)


def test_a_link_comes_alive_when_its_draft_is_published(write: Write, bring_in: Import) -> None:
    write("a-walk.md", HEAD, "[b](b.md)")
    write("b.md", "title: B\ndate: 2014-05-07\ndraft: true")
    bring_in()
    write("b.md", "title: B\ndate: 2014-05-07")
    bring_in()
    assert 'href="/articles/b"' in html()


def test_related_articles_are_settled_when_all_files_are_in(write: Write, bring_in: Import) -> None:
    there = factories.article(slug="there-before").id
    write("a-walk.md", f"{HEAD}\nrelated: [b, there-before, gone]\nunrelated: [c.md]")
    write("b.md", "title: B\ndate: 2014-05-07")
    write("c.md", "title: C\ndate: 2014-05-07")
    report = bring_in(author="m").files[0]
    assert report.remarks == ("related article gone is not known",)
    chosen = choices.of(article().id)
    assert chosen.pinned == (article("b").id, there)
    assert chosen.excluded == (article("c").id,)


def test_a_related_article_that_comes_later_is_settled_later(
    write: Write, bring_in: Import
) -> None:
    write("a-walk.md", f"{HEAD}\nrelated: [b]")
    bring_in()
    write("b.md", "title: B\ndate: 2014-05-07")
    files = bring_in().files
    assert [one.outcome for one in files] == ["changed", "made"]
    assert choices.of(article().id).pinned == (article("b").id,)
    assert [one.outcome for one in bring_in().files] == ["unchanged", "unchanged"]


def test_an_article_related_to_itself_is_refused_and_told(write: Write, only: Only) -> None:
    write("a-walk.md", f"{HEAD}\nrelated: [a-walk]\nauthor: m")
    assert only().remarks == ("An article cannot be chosen beside itself.",)
