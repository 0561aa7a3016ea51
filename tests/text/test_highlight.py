"""Colours for code: never at the cost of the code or of the server."""

import time

import pytest

from blog.text.highlight import LANGUAGES, LONGEST_BLOCK, SPANS_PER_DOCUMENT, Highlighter
from blog.text.tree import Node, raw_text

CLASSES = {"k", "s", "c", "o", "n", "d", "i"}
SAMPLE = "# c\nif a == 'b' then\n  f(1, true) // x\n/* y */ <a b=\"c\">d</a>\n- x: 1\n+ y\n$ z\n"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_keeps_every_character(language):
    code = Highlighter().code(SAMPLE, language)
    assert raw_text([code]) == SAMPLE
    assert {c.attrs["class"] for c in code.children if isinstance(c, Node)} <= CLASSES


HOSTILE = ["\n\t", '\\"', "<?", "${", "a:", "{%", "x\n"]


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
def test_hostile_code_of_the_greatest_length_is_coloured_soon(language):
    worst = 0.0
    for piece in HOSTILE:
        text = (piece * LONGEST_BLOCK)[:LONGEST_BLOCK]
        text = "\n".join(text[i : i + 150] for i in range(0, len(text), 150))[:LONGEST_BLOCK]
        start = time.process_time()
        Highlighter().code(text, language)
        worst = max(worst, time.process_time() - start)
    assert worst < 0.5


def test_more_spans_than_a_document_may_have_stay_plain():
    code = Highlighter(spans=1).code("1 2", "python")
    assert code.children == ["1 2"]
    assert code.attrs == {"class": "language-python"}
    assert SPANS_PER_DOCUMENT > 1_000


def test_long_code_stays_plain():
    text = "a = 1\n" * LONGEST_BLOCK
    assert Highlighter().code(text, "python").children == [text]


def test_long_white_space_stays_plain():
    assert Highlighter().code("a" + "\n\t" * 200, "python").children == ["a" + "\n\t" * 200]


def test_no_more_characters_are_coloured_than_a_document_may_have():
    highlighter = Highlighter(characters=10)
    assert highlighter.code("1 + 1", "python").children != ["1 + 1"]
    assert highlighter.code("10 + 1", "python").children == ["10 + 1"]
