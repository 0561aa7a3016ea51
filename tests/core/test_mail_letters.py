"""Letters: whatever stands in a fact, it stays words on its line."""

import os
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, TemplateError, meta
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from blog.core.clock import now
from blog.core.mail import letters, messages
from blog.core.mail.lines import one_line
from blog.core.mail.models import Mail
from blog.site.settings import SiteSettings
from tests.core.mail_server import parsed

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LETTERS = sorted(path.name.partition(".")[0] for path in TEMPLATES.glob("emails/*.subject.txt"))
SCALE = 20 if os.environ.get("PROOF") else int(os.environ.get("BLOG_TEST_SCALE", "1"))
EXAMPLES = 60 * SCALE
SITE = SiteSettings(name="Broadsheet", address="https://news.example.org")
LINK = "https://news.example.org/site?a=1&b=2"
EVERY_SLOT = {
    "emails/slots.subject.txt": "For {{ name }} from {{ site.name }}",
    "emails/slots.txt": '{% extends "emails/_letter.txt" %}{% block letter %}\n'
    "Dear {{ name }},\n\n{% for line in lines %}> {{ line }}\n{% endfor %}\n{{ link|link }}\n"
    "{% endblock %}{% block why %}{{ name }}{% endblock %}",
    "emails/slots.html": '{% extends "emails/_letter.html" %}{% block letter %}'
    '<h1 title="{{ name }}">{{ name }}</h1><div class="theirs"><p class="who">{{ name }}</p>'
    '{% for line in lines %}<p>{{ line }}</p>{% endfor %}</div><p><a class="go" '
    'href="{{ link|link }}">{{ name }}</a></p>{% endblock %}'
    "{% block why %}{{ name }}{% endblock %}",
}
HOSTILE = {
    "newlines": "Maren\r\nBcc: everybody@example.org\r\n\r\n<b>Body</b>",
    "newline": "Maren\nBcc: everybody@example.org",
    "rare newlines": "Maren\x0bBcc: a\x0cBcc: b\x1cBcc: c\x85Bcc: d\u2028Bcc: e\u2029Bcc: f",
    "nul": "Maren\0\r\0\nBcc: everybody@example.org",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)></title></head></style>",
    "attribute": "\" onmouseover=alert(1) x='\" style=position:fixed '",
    "template": "{{ 7*7 }}{% raw %}{{ site }}{# #}",
    "markup": Markup("<script>alert(1)</script>"),
    "bidi": "\u202egro.elpmaxe@neram\u202c \u2066x\u2069 \u200f\u200e",
    "long": "x" * 10_000,
    "long words": "wö rd " * 2_000,
    "emoji": "👩‍👩‍👧‍👦 🏴‍☠️ 🇫🇮 👍🏽" * 20,
    "encoded word": "=?utf-8?q?=0D=0ABcc=3A_everybody=40example.org?=",
    "encoded words": "a =?utf-8?b?DQpCY2M6IGFAYi5leGFtcGxl?= =?utf-8?q?=0D=0A?= =?= ?=\n=?x",
    "encoded within": "==??utf-8?q?=0D=0ABcc=3A_a=40b.example?=?=",
    "mail syntax": 'Maren <other@example.org>, "x" (comment); group: a@b.example;',
    "boundary": "--===============0\r\nContent-Type: text/html\r\n\r\n<script>",
    "dot": "\r\n.\r\nQUIT\r\n",
    "surrogate": "Maren\ud800 Holt",
    "empty": "",
    "spaces": " \t\u00a0 ",
    "right to left": "שלום عليكم",
}


@pytest.fixture(autouse=True)
def _pressed() -> None:
    loader = ChoiceLoader([DictLoader(EVERY_SLOT), FileSystemLoader(TEMPLATES)])
    letters.use(Environment(loader=loader), lambda: SITE)


def message(letter: str, site: SiteSettings = SITE, **facts: Any) -> EmailMessage:
    """The letter as it arrives: written, made a message, turned to bytes, read again."""
    written = letters.write(letter, "en", facts)
    mail = Mail(
        message_id=f"<0123456789abcdef@{written.host}>",
        sender=written.sender,
        to="maren@example.org",
        language="en",
        subject=written.subject,
        text=written.text,
        html=written.html,
        run_at=now(),
    )
    return parsed(messages.build(mail, "", "quoted-printable").as_bytes())


def text_of(arrived: EmailMessage) -> str:
    return str(arrived.get_body(("plain",)).get_content()).replace("\r\n", "\n")


def html_of(arrived: EmailMessage) -> str:
    return str(arrived.get_body(("html",)).get_content())


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, in order, as a second parser sees them."""
    tree = LexborHTMLParser(html)
    return [(node.tag or "", tuple(node.attributes)) for node in tree.root.traverse()]


def is_whole(arrived: EmailMessage, plain: EmailMessage) -> None:
    assert tuple(arrived.keys()) == messages.HEADERS
    assert [part.get_content_type() for part in arrived.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert not arrived.defects
    assert shape(html_of(arrived)) == shape(html_of(plain))
    assert text_of(arrived).count("\n") <= text_of(plain).count("\n")
    assert arrived["To"] == "maren@example.org"
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text_of(arrived) + html_of(arrived))


@pytest.mark.parametrize("fact", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_fact_in_every_slot_adds_no_header_no_line_and_no_element(fact: str) -> None:
    plain = message("slots", name="Maren", lines=["One", "Two"], link=LINK)
    arrived = message("slots", name=fact, lines=[fact, fact], link=LINK)
    is_whole(arrived, plain)
    assert len(arrived["Subject"]) <= 200


@settings(deadline=None, max_examples=EXAMPLES)
@given(fact=st.text(st.characters(exclude_categories=()), max_size=200))
def test_whatever_a_fact_is_a_letter_keeps_its_shape(fact: str) -> None:
    plain = message("slots", name="Maren", lines=["One"], link=LINK)
    is_whole(message("slots", name=fact, lines=[fact], link=LINK), plain)


@pytest.mark.parametrize("fact", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_site_with_a_hostile_name_sends_letters_with_the_same_headers(fact: str) -> None:
    own = letters._press[0]
    named = SiteSettings(name=fact, address=SITE.address)
    letters.use(own.environment, lambda: named)
    arrived = message("test", name="Maren", link=LINK)
    assert tuple(arrived.keys()) == messages.HEADERS
    (sender,) = arrived["From"].addresses
    assert sender.addr_spec == "no-reply@news.example.org"


def facts_of(letter: str) -> tuple[set[str], set[str]]:
    """The names that a letter's templates ask for, and those of them that are links."""
    environment = Environment()
    names, links = set(), set()
    for ending in ("subject.txt", "txt", "html"):
        source = (TEMPLATES / "emails" / f"{letter}.{ending}").read_text("utf-8")
        names |= meta.find_undeclared_variables(environment.parse(source.replace("|link", "")))
        links |= set(re.findall(r"(\w+)\|link", source))
    return names - {"site", "subject", "language"}, links


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_of_the_house_takes_hostile_facts(letter: str) -> None:
    names, links = facts_of(letter)
    own = dict.fromkeys(links, LINK)
    plain = message(letter, **(dict.fromkeys(names, "Maren") | own))
    for fact in HOSTILE.values():
        if fact.strip():
            is_whole(message(letter, **(dict.fromkeys(names, fact) | own)), plain)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_has_its_links_checked_and_says_them_in_both_parts(letter: str) -> None:
    names, links = facts_of(letter)
    html = (TEMPLATES / "emails" / f"{letter}.html").read_text("utf-8")
    loose = [href for href in re.findall(r'href="([^"]*)"', html) if "|link" not in href]
    assert loose == []
    arrived = message(letter, **(dict.fromkeys(names, "Maren") | dict.fromkeys(links, LINK)))
    if links:
        assert LINK in text_of(arrived)
        hrefs = [node.attributes["href"] for node in LexborHTMLParser(html_of(arrived)).css("a")]
        assert set(hrefs) == {SITE.address, LINK}


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/reset",
        "https://news.example.org.evil.example/reset",
        "https://news.example.org@evil.example/",
        "http://news.example.org/",
        "/account",
        "//news.example.org/",
        "javascript:alert(1)",
        'https://news.example.org/"onclick="alert(1)',
        "https://news.example.org/a b",
        "https://news.example.org/" + "a" * 2_000,
        "",
    ],
)
def test_a_link_that_leads_off_the_site_is_never_written(link: str) -> None:
    with pytest.raises(ValueError, match="address of the site"):
        letters.write("test", "en", {"name": "Maren", "link": link})


def test_a_fact_that_is_missing_is_a_fault_and_not_a_gap() -> None:
    with pytest.raises(TemplateError):
        letters.write("test", "en", {"name": "Maren"})


def test_a_fact_that_is_a_thing_of_ours_is_refused() -> None:
    with pytest.raises(TypeError):
        letters.write("test", "en", {"name": object(), "link": LINK})


def test_every_element_carries_its_own_style_because_clients_drop_a_sheet() -> None:
    html = html_of(message("test", name="Maren", link=LINK))
    without = re.sub(r"(?s)<style>.*</style>", "", html)
    tree = LexborHTMLParser(without)
    for selector in ("body", "div", "h1", "p", "a"):
        assert all("style" in node.attributes for node in tree.css(selector))
    (button,) = tree.css("a.go")
    assert "background-color: #2450a4" in (button.attributes["style"] or "")
    assert html.count("<style>") == 1
    assert "prefers-color-scheme: dark" in html


def test_a_letter_loads_nothing_and_runs_nothing() -> None:
    html = html_of(message("test", name="Maren", link=LINK))
    assert not re.search(r"<(img|script|link|iframe|form)\b|url\(|@import|\son\w+=", html)


def test_the_text_of_a_letter_reads_as_a_person_writes() -> None:
    text = text_of(message("test", name="Maren Holt", link=LINK))
    assert text.startswith("Mail works\n\nMaren Holt asked for this letter")
    assert f"\n{LINK}\n" in text
    assert "Broadsheet, https://news.example.org\n" in text
    assert "\n\n\n" not in text
    assert "<" not in text


def test_other_templates_of_the_application_stay_as_they_are(app: Flask) -> None:
    letters.use(app.jinja_env, lambda: SITE)
    page = app.jinja_env.from_string('<p class="small">{{ x }}</p>').render(x="1")
    assert page == '<p class="small">1</p>'
    assert "link" not in app.jinja_env.filters


@pytest.mark.parametrize(
    "value", ["a\rb", "a\nb", "a\0b", "a\x0bb", "a\x85b", "a\u2028b", "a\x7fb"]
)
@pytest.mark.parametrize("field", ["sender", "to", "subject", "language", "message_id"])
def test_a_value_that_would_break_a_header_is_refused_at_the_last_door(
    field: str, value: str
) -> None:
    values = {
        "message_id": "<a@example.org>",
        "sender": "Broadsheet",
        "to": "maren@example.org",
        "language": "en",
        "subject": "Hello",
    }
    mail = Mail(**(values | {field: value}), text="", html="", run_at=now())
    with pytest.raises(messages.UnsafeHeader):
        messages.build(mail, "post@example.org", "8bit")


@pytest.mark.parametrize(
    "host", ["a.example", "-".join(["long"] * 12) + "." + "x" * 60 + ".example"]
)
def test_a_message_id_arrives_as_it_was_made_however_long_the_host(host: str) -> None:
    mail = Mail(
        message_id=f"<{'0' * 32}@{host}>",
        sender="Broadsheet",
        to="maren@example.org",
        language="en",
        subject="Hello",
        text="Text",
        html="<p>HTML</p>",
        run_at=now(),
    )
    arrived = parsed(messages.build(mail, "", "quoted-printable").as_bytes())
    assert arrived["Message-ID"].strip() == mail.message_id
    assert arrived["From"].addresses[0].addr_spec == f"no-reply@{host}"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.integers(1, 60))
def test_one_line_is_one_line_within_its_limit(value: str, limit: int) -> None:
    line = one_line(value, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1
    assert one_line(line, limit) == line
