"""The article page, as a reader gets it."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from blog.ads import booking
from blog.articles import publishing
from blog.articles.models import Article
from blog.core.clock import now
from blog.core.db import db, writing
from blog.reading import sharing
from tests import factories

SECTION = "\n\n".join([factories.PARAGRAPH] * 4)
LONG = f"{SECTION}\n\n## First\n\n{SECTION}\n\n## Second\n\n{SECTION}\n\n## Third\n\n{SECTION}"


def page(client: FlaskClient, article: Article) -> LexborHTMLParser:
    answer = client.get(f"/articles/{article.slug}")
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def text_of(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    assert node is not None, f"{selector} is missing"
    return " ".join(node.text(separator=" ").split())


def test_the_parts_stand_in_their_order(app: Flask, client: FlaskClient) -> None:
    maren = factories.person(bio="Writes about tides.")
    article = factories.article(
        source=LONG, tags=["Clocks"], authors=[maren], at=datetime(2025, 7, 16, 6, tzinfo=UTC)
    )
    html = client.get(f"/articles/{article.slug}").text
    landmarks = [
        'href="#article"',
        'href="#comments"',
        'class="masthead',
        'aria-label="Breadcrumb"',
        "<h1",
        'class="deck"',
        "By ",
        "Published",
        "min read",
        'aria-label="Share this article"',
        "article-body",
        'aria-label="Tags"',
        "author-card",
        'id="comments"',
        'class="colophon',
    ]
    places = [html.index(mark) for mark in landmarks]
    assert places == sorted(places)
    assert '<time datetime="2025-07-16T06:00:00+00:00">July 16, 2025</time>' in html


def test_an_article_without_deck_author_category_or_tags_has_no_empty_parts(
    client: FlaskClient,
) -> None:
    article = factories.article(deck="", category="", tags=[], authors=[])
    tree = page(client, article)
    for selector in (".deck", ".by", ".tags", ".author-card", ".hero"):
        assert tree.css_first(selector) is None


def test_contents_stand_from_three_sections_on_and_lead_to_their_headings(
    client: FlaskClient,
) -> None:
    tree = page(client, factories.article("Three", source=LONG))
    links = [node.attributes["href"] for node in tree.css(".contents-side a")]
    assert links == ["#s-first", "#s-second", "#s-third"]
    assert all(tree.css_first(f'[id="{str(link)[1:]}"]') for link in links)
    assert page(client, factories.article("One")).css_first(".contents") is None


def test_share_links_carry_title_and_address_and_nothing_can_leave_its_place(
    client: FlaskClient,
) -> None:
    title = "Bread & “circuses” <b> 100 % ü #1 + more"
    article = factories.article(title)
    address = f"http://127.0.0.1:8000/articles/{article.slug}"
    hrefs = [str(node.attributes["href"]) for node in page(client, article).css(".share a")]
    assert len(hrefs) == 5
    asked = {urlsplit(href).netloc or "mail": parse_qs(urlsplit(href).query) for href in hrefs}
    assert asked["www.facebook.com"] == {"u": [address]}
    assert asked["x.com"] == {"text": [title], "url": [address]}
    assert asked["www.reddit.com"] == {"title": [title], "url": [address]}
    assert asked["www.pinterest.com"] == {"description": [title], "url": [address]}
    assert asked["mail"] == {"subject": [title], "body": [address]}
    assert not any("+" in href for href in hrefs)


def test_pinterest_is_told_the_picture() -> None:
    links = sharing.links("T", "https://a.example/b", "https://a.example/c.jpg?x=1&y")
    pinterest = next(link.href for link in links if link.icon == "pinterest")
    assert "media=https%3A%2F%2Fa.example%2Fc.jpg%3Fx%3D1%26y" in pinterest


def test_addresses_come_from_the_setting_and_never_from_the_request(client: FlaskClient) -> None:
    article = factories.article()
    answer = client.get(f"/articles/{article.slug}", headers={"Host": "localhost:8000"})
    assert "http://localhost" not in answer.text
    assert f'rel="canonical" href="http://127.0.0.1:8000/articles/{article.slug}"' in answer.text


def test_an_updated_article_says_so(client: FlaskClient) -> None:
    article = factories.article()
    assert "Updated" not in text_of(page(client, article), ".facts")
    with writing():
        db.session.get_one(Article, article.id).updated_at = now()
    assert "Updated" in text_of(page(client, article), ".facts")


def test_advertisements_are_labelled_and_leave_with_the_right_rel(client: FlaskClient) -> None:
    with writing():
        booking.create(
            booking.Booking(
                name="Ordnance & Daughters",
                headline="Maps",
                text="Every stile.",
                link="https://maps.example/",
            )
        )
    tree = page(client, factories.article(source=LONG))
    advertisement = tree.css_first(".advertisement")
    assert advertisement is not None
    assert "Advertisement" in advertisement.text()
    link = advertisement.css_first("a")
    assert link is not None
    assert {"sponsored", "nofollow"} <= set(str(link.attributes["rel"]).split())
    assert advertisement.prev is not None


def test_the_place_of_the_comments_is_there_and_says_that_nobody_has_written(
    client: FlaskClient,
) -> None:
    tree = page(client, factories.article())
    assert tree.css_first("#comments h2") is not None
    assert tree.css_first('.facts a[href="#comments"]') is not None
    assert tree.css_first("#comments form") is None


def test_related_articles_show_category_title_teaser_and_date(
    app: Flask, client: FlaskClient, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    article = factories.article("Bread", tags=["Ovens"])
    factories.article("Another loaf", tags=["Ovens"], deck="One sentence.", category="Kitchens")
    do_jobs()
    tree = page(client, article)
    entry = tree.css_first(".related li")
    assert entry is not None
    words = " ".join(entry.text(separator=" ").split())
    assert all(part in words for part in ("Kitchens", "Another loaf", "One sentence."))
    assert entry.css_first("time") is not None


def test_twenty_related_articles_are_shown_of_many(
    app: Flask, client: FlaskClient, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    articles = [factories.article(f"Essay {number}", tags=["Tides"]) for number in range(25)]
    do_jobs()
    tree = page(client, articles[0])
    hrefs = [node.attributes["href"] for node in tree.css(".related h3 a")]
    assert len(hrefs) == len(set(hrefs)) == 20
    assert f"/articles/{articles[0].slug}" not in hrefs


@pytest.mark.parametrize("published", [True, False])
def test_what_is_not_visible_answers_as_if_it_were_not_there(
    client: FlaskClient, published: bool
) -> None:
    article = factories.article("Bread", published=published, at=now() + timedelta(days=1))
    answer = client.get(f"/articles/{article.slug}")
    assert answer.status_code == 404
    assert "Bread" not in answer.text
    assert answer.data == client.get("/articles/never-there").data


def test_a_deleted_article_is_410_and_an_old_address_301(client: FlaskClient) -> None:
    article = factories.article("Bread")
    with writing():
        publishing.readdress(db.session.get_one(Article, article.id), "loaf")
    moved = client.get("/articles/bread?utm_source=x")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/articles/loaf")
    with writing():
        publishing.remove(db.session.get_one(Article, article.id))
    assert client.get("/articles/loaf").status_code == 410


def test_hostile_words_in_every_field_stay_words(app: Flask, client: FlaskClient) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'
    maren = factories.person("maren", bad[:80], bad)
    article = factories.article(
        bad, deck=bad, category=bad[:60], tags=[bad[:60]], authors=[maren], source=bad
    )
    for address in (f"/articles/{article.slug}", "/", "/archive", "/people/maren"):
        answer = client.get(address)
        assert answer.status_code == 200
        tree = LexborHTMLParser(answer.text)
        scripts = {str(node.attributes.get("src")) for node in tree.css("script")}
        assert all(src.startswith("/assets/") for src in scripts)
        assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)
        assert "49" not in re.sub(r"\d{3,}", "", text_of(tree, "main"))
