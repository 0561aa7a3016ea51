"""Headings: levels, anchors, links to themselves."""

from hypothesis import given, settings
from hypothesis import strategies as st

from blog.text import render
from tests.text.oracle import ARTICLE, judge


def headings(source: str) -> list[tuple[int, str]]:
    document = render.article(source)
    judge("".join(block.html for block in document.blocks), ARTICLE)
    return [(b.level, b.anchor) for b in document.blocks if b.kind == "heading"]


def test_a_heading_is_a_link_to_itself():
    (block,) = render.article("## Measuring a kindness").blocks
    assert block.html == (
        '<h2 id="s-measuring-a-kindness"><a href="#s-measuring-a-kindness">'
        "Measuring a kindness</a></h2>"
    )


def test_the_body_never_has_the_pages_own_heading():
    assert headings("# a\n\n## b\n\n### c\n\n#### d") == [
        (2, "s-a"),
        (3, "s-b"),
        (4, "s-c"),
        (4, "s-d"),
    ]


def test_sections_that_begin_with_two_marks_are_of_the_second_level():
    assert headings("## a\n\n### b\n\n## c") == [(2, "s-a"), (3, "s-b"), (2, "s-c")]


def test_no_level_is_left_out():
    assert [level for level, _ in headings("### a\n\n###### b\n\n### c")] == [2, 3, 2]


def test_equal_headings_have_different_anchors():
    assert [anchor for _, anchor in headings("# Notes\n\n# Notes\n\n# Notes 2")] == [
        "s-notes",
        "s-notes-3",
        "s-notes-2",
    ]


def test_a_heading_without_letters_is_a_section():
    assert [anchor for _, anchor in headings("# ???\n\n# !!!")] == ["s-section", "s-section-2"]


def test_a_heading_in_any_script_keeps_its_letters():
    assert headings("# Приливы 日本")[0][1] == "s-приливы-日本"
    assert headings("# हिन्दी")[0][1] == "s-हिन्दी"


def test_a_link_in_a_heading_stays_and_the_rest_leads_to_the_heading():
    (block,) = render.article("## See [this](/x) now").blocks
    assert block.html == (
        '<h2 id="s-see-this-now"><a href="#s-see-this-now">See </a><a href="/x">this</a> now</h2>'
    )


def test_a_heading_inside_a_list_or_quote_is_bold():
    assert headings("- # a\n\n> # b") == []


def test_the_contents_are_the_second_level():
    document = render.article("## One *two*\n\n### no\n\n## Three[^1]\n\n[^1]: x")
    assert document.contents() == (("s-one-two", "One two"), ("s-three", "Three"))


PARAGRAPHS = st.lists(
    st.text("abc *_[]", min_size=1, max_size=20).filter(lambda text: text.strip()), max_size=4
)


@settings(max_examples=50, deadline=None)
@given(before=PARAGRAPHS, after=PARAGRAPHS)
def test_a_heading_keeps_its_anchor_when_text_around_it_changes(before, after):
    source = "\n\n".join([*before, "## The week it was right", *after])
    assert "s-the-week-it-was-right" in [anchor for _, anchor in headings(source)]


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=1, max_size=3)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS.map(" ".join), max_size=8), st.integers(0, 7), WORDS.map(" ".join))
def test_an_edited_paragraph_renames_no_other_block(texts, index, words):
    texts = [f"{text} {number}" for number, text in enumerate(texts)]
    before = [block.anchor for block in render.article("\n\n".join(texts)).blocks]
    if index < len(texts):
        texts[index] = f"changed {words}"
    after = [block.anchor for block in render.article("\n\n".join(texts)).blocks]
    assert [a for i, a in enumerate(before) if i != index] == [
        a for i, a in enumerate(after) if i != index
    ]
    assert len(set(after)) == len(after)
