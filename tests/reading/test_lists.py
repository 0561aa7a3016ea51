"""The front page, categories, tags, people and the archive."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from blog.reading import views
from tests import factories

START = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)


def titles(client: FlaskClient, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [
        node.text().strip() for node in LexborHTMLParser(answer.text).css("main h2 a, main h3 a")
    ]


def follow(client: FlaskClient, address: str, rel: str) -> list[list[str]]:
    """The titles on this page and on those that its links of a kind lead to."""
    pages = []
    while True:
        pages.append(titles(client, address))
        link = LexborHTMLParser(client.get(address).text).css_first(f'main a[rel~="{rel}"]')
        if link is None:
            return pages
        address = str(link.attributes["href"])


def test_an_empty_site_is_designed_too(client: FlaskClient) -> None:
    for address in ("/", "/archive"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(LexborHTMLParser(answer.text).css_first("main").text().strip()) > 20  # type: ignore[union-attr]


def test_the_newest_article_leads_and_nothing_is_shown_twice_at_the_head(
    client: FlaskClient,
) -> None:
    for number in range(14):
        factories.article(f"Essay {number}", at=START + timedelta(days=number))
    tree = LexborHTMLParser(client.get("/").text)
    assert tree.css_first(".lead h2").text().strip() == "Essay 13"  # type: ignore[union-attr]
    head = [node.attributes["href"] for node in tree.css(".lead h2 a, .front-top h3 a, .tier h3 a")]
    assert len(head) == len(set(head)) >= 5


@pytest.mark.parametrize("address", ["/categories/water", "/tags/tides", "/people/maren"])
def test_a_list_is_paged_in_both_directions_and_shows_each_article_once(
    app: Flask, client: FlaskClient, address: str
) -> None:
    maren = factories.person()
    count = views.PER_PAGE * 2 + 3
    for number in range(count):
        at = START + timedelta(hours=number)
        factories.article(
            f"Essay {number}", category="Water", tags=["Tides"], authors=[maren], at=at
        )
    expected = [f"Essay {number}" for number in reversed(range(count))]
    pages = follow(client, address, "next")
    assert [title for page in pages for title in page] == expected
    assert [len(page) for page in pages] == [views.PER_PAGE, views.PER_PAGE, 3]


@pytest.mark.parametrize("address", ["/categories/none", "/tags/none", "/people/none"])
def test_what_nobody_made_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["before=x", "after=9", "before=99999999999999999999999-1"])
def test_a_place_that_cannot_be_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/archive?{query}").status_code == 404


def test_a_category_without_articles_is_a_page_that_says_so(client: FlaskClient) -> None:
    factories.category("Water", "What comes and goes.")
    answer = client.get("/categories/water")
    assert answer.status_code == 200
    assert "What comes and goes." in answer.text


def test_the_archive_counts_months_as_the_sites_zone_does(app: Flask, client: FlaskClient) -> None:
    factories.article("Late in January", at=START)
    factories.article("February", at=START + timedelta(hours=1))
    html = client.get("/archive").text
    assert html.index("February 2026") < html.index("January 2026")


def test_names_of_any_script_make_working_addresses(client: FlaskClient) -> None:
    factories.article("日本語の記事", category="Вода", tags=["Čas"])
    for address in ("/articles/日本語の記事", "/categories/вода", "/tags/čas"):
        found = client.get(address)
        assert found.status_code in {200, 404}
    tree = LexborHTMLParser(client.get("/").text)
    for link in tree.css("a"):
        href = str(link.attributes["href"])
        if href.startswith("/"):
            assert client.get(href).status_code == 200, href


def test_every_link_of_ours_on_every_page_leads_somewhere(
    app: Flask, client: FlaskClient, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    maren = factories.person(bio="Writes.")
    for number in range(3):
        factories.article(f"Essay {number}", tags=["Tides"], authors=[maren])
    do_jobs()
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code == 200, address
        tree = LexborHTMLParser(answer.text)
        ids = {node.attributes["id"] for node in tree.css("[id]")}
        for link in tree.css("a[href]"):
            href = str(link.attributes["href"])
            if href.startswith("#"):
                assert href[1:] in ids, f"{href} on {address}"
            elif href.startswith("/") and (path := href.partition("#")[0]) not in seen:
                seen.add(path)
                waiting.append(path)
    assert {"/", "/archive", "/people/maren", "/tags/tides", "/articles/essay-1"} <= seen
