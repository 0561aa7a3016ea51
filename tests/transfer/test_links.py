import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.transfer.markdown import links
from blog.transfer.markdown.liquid import UNKNOWN
from blog.transfer.markdown.targets import Targets
from blog.transfer.report import Remarks

ARTICLES = {"b.md": "/articles/b", "/news/b/": "/articles/b", "b c.md": "/articles/b-c"}
PICTURES = {"sea.jpg": "/media/1"}


def redirect(text: str) -> str:
    return links.redirect(text, Targets(ARTICLES.get, PICTURES.get, Remarks()))


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://example.org/b.md)",
        "[a](mailto:a@example.org)",
        "[a](#part)",
        "`[a](b.md)`",
        "```\n[a](gone.md)\n```\n",
        "    [a](gone.md)\n",
        "<https://example.org>",
        "[a]",
        "[ ] task",
        "![a](https://example.org/sea.jpg)",
        "\\[a](gone.md)",
        "[^1] and\n\n[^1]: A note [x].\n",
        "array[0][1]",
        '[a][b]\n\n[b]: https://example.org "T"\n',
        "[a](not a link)",
        "[a](",
    ],
)
def test_what_leads_somewhere_or_is_no_link_stays(text: str) -> None:
    assert redirect(text) == text


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("[a](b.md)", "[a](</articles/b>)"),
        ('[a](/news/b/ "T")', '[a](</articles/b> "T")'),
        ("[a](<b c.md>)", "[a](</articles/b-c>)"),
        ("[a][x]\n\n[x]: b.md\n", "[a][x]\n\n[x]: </articles/b>\n"),
        ("<a class=x href='b.md'>a</a>", '<a class=x href="/articles/b">a</a>'),
        ("[a](//example.org/x)", "[a](<https://example.org/x>)"),
        ("[home](/)", "[home](/)"),
        ('![A](sea.jpg "Grey")', '![A](</media/1> "Grey")'),
        ("![A][x]\n\n[x]: sea.jpg\n", "![A][x]\n\n[x]: </media/1>\n"),
        ('<img src="sea.jpg" alt=A>', '<img src="/media/1" alt=A>'),
        ("[![A](sea.jpg)](b.md)", "[![A](</media/1>)](</articles/b>)"),
    ],
)
def test_what_is_in_the_import_leads_to_its_present_place(text: str, now: str) -> None:
    assert redirect(text) == now


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a *b*](/docs/x/)", "a *b*"),
        ("[a](/docs/x_(y)/)", "a"),
        ("[a]()", "a"),
        (f"[a]({UNKNOWN}/x)", "a"),
        ("[a][x] b\n\n[x]: /docs/\n", "a b\n\n"),
        ("[x][] b\n\n[x]: /docs/\n", "x b\n\n"),
        ("[X] b\n\n[x]: /docs/\n", "X b\n\n"),
        (f"[#12][] b\n\n[#{UNKNOWN}]: {UNKNOWN}/issues/{UNKNOWN}\n", "#12 b\n\n"),
        ('<a href="/docs/">a <b>b</b></a> c', "a <b>b</b> c"),
        ('![A sea](gone.jpg "Grey")', "A sea Grey"),
        ('<img alt="A &amp; B" src=gone.jpg> c', "A &amp; B c"),
        ('<a href=/docs/><img src=/gone.svg alt="A"></a>', "A"),
        ("[![A](gone.jpg)](/docs/) b", "A b"),
        (f"a {UNKNOWN} b", "a  b"),
    ],
)
def test_what_leads_nowhere_becomes_its_words(text: str, words: str) -> None:
    assert redirect(text) == words


def test_links_that_lead_nowhere_are_told() -> None:
    remarks = Remarks()
    links.redirect("[a](/docs/) [b](/docs/)", Targets(ARTICLES.get, PICTURES.get, remarks))
    assert remarks.lines() == ("link to /docs/ leads nowhere here; its words were kept (2 times)",)


pieces = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "b.md",
        "/gone/",
        "\n\nword\n\n",
        "\n",
        "`",
        "<a href=",
        ">",
        "</a>",
        "[x]: /gone/\n",
        "\\",
        '"',
        "<",
        "]: ",
        UNKNOWN,
        "\n\n",
        "    ",
        " ",
        "<img src=",
    ]
)


@given(st.lists(pieces, max_size=25).map("".join))
def test_whatever_stands_around_it_no_paragraph_is_lost(text: str) -> None:
    found = redirect(text)
    assert UNKNOWN not in found
    assert found.count("word") == text.count("word")
