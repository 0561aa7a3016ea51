"""Whatever comes in, what goes out is allowed, well-formed and stays as it is."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.text import render
from blog.text.allow import ARTICLE as ARTICLE_CONTEXT
from blog.text.allow import COMMENT as COMMENT_CONTEXT
from blog.text.blocks import Document, from_json, to_json
from blog.text.errors import TextRefused
from blog.text.sanitize import gate
from tests.text.oracle import ARTICLE, COMMENT, by_lexbor, judge
from tests.text.test_hostile_markup import ADDRESSES, SCALE, VECTORS

many = settings(
    max_examples=80 * SCALE, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

NAMES = st.sampled_from(
    [
        "a",
        "b",
        "i",
        "em",
        "strong",
        "p",
        "div",
        "span",
        "h1",
        "h2",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "caption",
        "blockquote",
        "pre",
        "code",
        "img",
        "figure",
        "figcaption",
        "section",
        "sup",
        "dl",
        "dt",
        "dd",
        "input",
        "br",
        "hr",
        "svg",
        "math",
        "style",
        "script",
        "noscript",
        "title",
        "textarea",
        "iframe",
        "template",
        "select",
        "option",
        "button",
        "form",
        "picture",
        "source",
        "x-y",
        "font",
        "center",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "href",
        "src",
        "id",
        "name",
        "class",
        "style",
        "onclick",
        "title",
        "alt",
        "srcset",
        "rel",
        "type",
        "checked",
        "start",
        "colspan",
        "role",
        "aria-label",
        "tabindex",
        "xlink:href",
        "formaction",
        "data-x",
        "align",
    ]
)
VALUES = st.one_of(
    st.sampled_from(ADDRESSES),
    st.sampled_from(
        ["#s-a", "#a", "a", "s-a", "fn-1", "ref-1", "/media/a.jpg", "/x", "table", "k"]
    ),
    st.text(max_size=10),
)
QUOTES = st.sampled_from(['"', "'", ""])
TAGS = st.one_of(
    st.builds(
        lambda name, attrs, end: f"<{name}{''.join(attrs)}{end}",
        NAMES,
        st.lists(
            st.builds(lambda n, v, q: f" {n}={q}{v}{q}", ATTRIBUTES, VALUES, QUOTES), max_size=3
        ),
        st.sampled_from([">", "/>", " ", ""]),
    ),
    st.builds("</{}>".format, NAMES),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "<?", "&lt;", "&#0;", "&amp;lt;", "<", ">"]
    ),
)
MARKS = st.sampled_from(
    ["\n", "\n\n", "# ", "## ", "> ", "- ", "1. ", "- [ ] ", "|", "|-|", "\n|a|\n|-|\n", "*", "**",
     "_", "`", "```\n", "[", "](", "](#a)", ")", "![", "[^1]", "\n[^1]: ", ": ", "~~", "---\n", '"',
     "'", "--", "...", "\\", "    ", "\t", "http://a.b/", "https://a.b/?c=<d>", "Table: "]
)  # fmt: skip
WORDS = st.one_of(st.text(max_size=8), st.sampled_from(["a", "b c", "é", "日本", "\u200f", "💬"]))
SOUP = st.lists(st.one_of(TAGS, MARKS, WORDS, st.sampled_from(VECTORS)), max_size=25).map("".join)

CONTEXTS = [
    (render.comment, COMMENT),
    (render.article, ARTICLE),
    (render.article_from_html, ARTICLE),
    (render.article_from_mixed, ARTICLE),
]


def rendered(work, source: str) -> Document | None:
    try:
        return work(source)
    except TextRefused:
        return None


@pytest.mark.parametrize("work,allowed", CONTEXTS)
@many
@given(source=st.one_of(SOUP, st.text()))
def test_only_what_is_allowed_comes_out(work, allowed, source):
    document = rendered(work, source)
    if document is not None:
        judge("".join(block.html for block in document.blocks), allowed)
        anchors = [block.anchor for block in document.blocks]
        assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("work,allowed", CONTEXTS)
@many
@given(source=SOUP)
def test_every_block_is_one_element_and_well_formed_by_itself(work, allowed, source):
    document = rendered(work, source)
    for block in document.blocks if document else ():
        trees = by_lexbor(block.html)
        assert len(trees) == 1
        assert not isinstance(trees[0], str)


@pytest.mark.parametrize(
    "work,context",
    [(render.comment, COMMENT_CONTEXT), (render.article_from_mixed, ARTICLE_CONTEXT)],
)
@many
@given(source=SOUP)
def test_the_blocks_joined_are_the_gates_output_and_pass_it_unchanged(work, context, source):
    document = rendered(work, source)
    if document is not None:
        body = "".join(block.html for block in document.blocks)
        assert gate(body, context) == body


@many
@given(source=SOUP, name=st.sampled_from(["a", "p", "td", "li"]))
def test_the_gate_is_a_fixed_point(source, name):
    for context in (COMMENT_CONTEXT, ARTICLE_CONTEXT):
        try:
            once = gate(f"<{name}>{source}", context)
            assert gate(once, context) == gate(gate(once, context), context)
        except TextRefused:
            continue


@many
@given(source=SOUP)
def test_blocks_survive_their_storage(source):
    document = rendered(render.article, source)
    if document is not None:
        assert from_json(to_json(document.blocks)) == document.blocks


PLAIN_WORDS = st.lists(st.from_regex(r"[a-zé]{1,8}", fullmatch=True), min_size=1, max_size=6)
PARTS = st.sampled_from(
    ["{}\n\n", "- {}\n", "> {}\n\n", "# {}\n\n", "**{}** ", "`{}` ", "| {} |\n|-|\n\n", "<b>{}</b>",
     "<div>{}</div>\n\n", "<section><p>{}\n\n", "\n\n<ul><li>{}</ul>\n\n", "<font>{}</font>\n"]
)  # fmt: skip


@many
@given(st.lists(st.tuples(PARTS, PLAIN_WORDS), max_size=10))
def test_an_import_loses_no_word(parts):
    source = "".join(part.format(" ".join(words)) for part, words in parts)
    expected = " ".join(word for _, words in parts for word in words)
    for work in (render.article_from_mixed, render.article_from_html):
        text = render.plain(work(source).text)
        assert "".join(filter(str.isalpha, text)) == expected.replace(" ", "")


def test_four_threads_at_once_give_what_one_gives():
    sources = [
        *VECTORS,
        "```python\na = 1\n```",
        "```ruby\ndef a; end\n```",
        "a[^1]\n\n[^1]: b",
    ] * 2
    alone = [rendered(render.article_from_mixed, source) for source in sources]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(2):
            together = list(pool.map(lambda s: rendered(render.article_from_mixed, s), sources))
            assert together == alone
