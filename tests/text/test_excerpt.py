"""Excerpts: cut from text, given as data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.excerpt import Part, extract, first_sentence, folded, shortened, teaser


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One two. Three four.", "One two."),
        ("A heading\n\nThe first sentence. The second.", "The first sentence."),
        ("Dr. Holt came at 7 a.m. and left. Then", "Dr. Holt came at 7 a.m. and left."),
        ("She said “No.” Then she left.", "She said “No.”"),
        ("Version 1.5 is out! Get it.", "Version 1.5 is out!"),
        ("No end at all", "No end at all"),
        ("日本語です。次の文。", "日本語です。"),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_where_a_reader_hears_it_end(text, sentence):
    assert first_sentence(text) == sentence


def test_a_teaser_is_one_sentence_when_it_fits():
    assert teaser("Short. And more.") == "Short."


def test_a_long_sentence_is_cut_at_a_word():
    assert teaser("one two, three four.", limit=10) == "one two…"


@given(st.text(), st.integers(10, 200))
def test_a_teaser_is_never_longer_than_asked(text, limit):
    assert len(teaser(text, limit)) <= limit
    assert "\n" not in teaser(text, limit)


def test_what_fits_is_not_cut():
    assert shortened("a  b\nc", 5) == "a b c"


def test_an_extract_marks_the_words_that_were_searched():
    assert extract("The Café was closed.", ["cafe", "CLOSE"]) == (
        Part("The "),
        Part("Café", marked=True),
        Part(" was "),
        Part("closed", marked=True),
        Part("."),
    )


def test_an_extract_is_taken_where_most_words_stand():
    text = "tide " + "filler " * 80 + "the tide and the moon " + "filler " * 80
    parts = extract(text, ["tide", "moon"], limit=100)
    assert [part.text for part in parts if part.marked] == ["tide", "moon"]
    assert parts[0].text == "… "
    assert parts[-1].text == " …"


def test_without_a_match_the_extract_is_the_beginning():
    assert extract("word " * 100, ["absent"], limit=20)[0].text == "word word word word"


def test_markup_in_a_text_stays_text():
    assert extract("<b>bold</b>", ["bold"])[1] == Part("bold", marked=True)


@given(st.text(), st.lists(st.text(max_size=5), max_size=3), st.integers(20, 300))
def test_an_extract_is_a_piece_of_the_text(text, terms, limit):
    line = " ".join(text.split())
    parts = extract(text, terms, limit)
    whole = "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …")
    assert whole in line or whole.strip("… ") in line
    wanted = tuple(filter(None, map(folded, terms)))
    assert all(folded(part.text).startswith(wanted) for part in parts if part.marked)


def test_a_teaser_begins_where_the_sentence_does_although_its_lines_are_wrapped() -> None:
    wrapped = "A release fixes a fault\nwhere a path was read too broadly. More follows.\n\nNext."
    assert teaser(wrapped) == "A release fixes a fault where a path was read too broadly."
