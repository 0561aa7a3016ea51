"""The comment context."""

import pytest

from blog.text import render
from blog.text.errors import TextRefused
from tests.text.oracle import COMMENT, judge


def html(source: str) -> str:
    body = "".join(block.html for block in render.comment(source).blocks)
    judge(body, COMMENT)
    return body


def test_a_paragraph_keeps_its_emphasis():
    assert html("*a* **b** `c` ~~d~~") == (
        "<p><em>a</em> <strong>b</strong> <code>c</code> <del>d</del></p>"
    )


def test_raw_html_is_shown_as_text():
    assert html("<b>bold</b>") == "<p>&lt;b&gt;bold&lt;/b&gt;</p>"


def test_a_link_outward_tells_search_engines_not_to_follow():
    assert html("[a](https://example.org/)") == (
        '<p><a href="https://example.org/" rel="nofollow ugc noopener">a</a></p>'
    )


def test_a_link_within_the_site_has_no_rel():
    assert html("[a](/articles/b#s-c)") == '<p><a href="/articles/b#s-c">a</a></p>'


def test_an_address_written_out_becomes_a_link_without_the_full_stop():
    assert html("See https://example.org/a_(b).") == (
        '<p>See <a href="https://example.org/a_(b)" rel="nofollow ugc noopener">'
        "https://example.org/a_(b)</a>.</p>"
    )


def test_an_address_in_code_stays_text():
    assert html("`https://example.org`") == "<p><code>https://example.org</code></p>"


def test_a_heading_becomes_a_bold_paragraph():
    assert html("# Look *here*") == "<p><strong>Look <em>here</em></strong></p>"


def test_a_picture_becomes_a_link_with_its_words_and_a_notice():
    document = render.comment("![a cat](https://example.org/cat.png)")
    assert document.blocks[0].html == (
        '<p><a href="https://example.org/cat.png" rel="nofollow ugc noopener">a cat</a></p>'
    )
    assert "cat.png" in document.notices[0]


def test_code_keeps_its_lines_and_has_no_colours():
    assert html("```python\nif a:\n    b\n```") == (
        '<pre role="region" aria-label="Code" tabindex="0"><code>if a:\n    b\n</code></pre>'
    )


def test_a_list_keeps_its_first_number():
    assert html("3. a\n4. b") == '<ol start="3"><li>a</li><li>b</li></ol>'


def test_a_quote_holds_paragraphs():
    assert html("> a\n>\n> b") == "<blockquote><p>a</p><p>b</p></blockquote>"


def test_tables_footnotes_and_tasks_are_left_as_they_were_written():
    document = render.comment("a[^1]\n\n[^1]: b c\n\n|a|\n|-|\n\n- [ ] c")
    assert document.text == "a[^1]\n\n[^1]: b c\n\n|a|\n|-|\n\n[ ] c"


def test_quotes_stay_as_they_were_typed():
    assert html('"a" -- b...') == '<p>"a" -- b...</p>'


def test_a_fragment_alone_is_no_link():
    assert html("[a](#b)") == "<p>a</p>"


def test_a_rule_leaves_nothing():
    assert html("a\n\n***\n\nb") == "<p>a</p><p>b</p>"


def test_ten_kilobytes_are_taken_and_one_byte_more_is_refused():
    assert render.comment("a" * 10 * 1024).words == 1
    with pytest.raises(TextRefused, match=r"at most 10,240"):
        render.comment("a" * (10 * 1024 + 1))


def test_nothing_gives_no_blocks():
    assert render.comment(" \n ").blocks == ()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a\0b", "nul"),
        ("a\ud800b", "half-character"),
        (">" * 9 + " a", "too-deep"),
        ("".join("  " * i + "- a\n" for i in range(12)), "too-deep"),
        ("*" * 300 + "a" + "*" * 300, "too-deep"),
        ("*a* " * 2_500, "too-many-tags"),
        ("\n" * 3_000, "too-many-lines"),
        ("[" * 3_000, "too-many-brackets"),
    ],
)
def test_what_is_refused_says_so_in_a_sentence(source, code):
    with pytest.raises(TextRefused) as refusal:
        render.comment(source)
    assert refusal.value.code == code
    assert refusal.value.message[0].isupper()
    assert refusal.value.message.endswith(".")


def test_nesting_below_the_limit_loses_no_word():
    source = "".join("  " * i + f"- w{i}\n" for i in range(9))
    assert render.comment(source).text.split() == [f"w{i}" for i in range(9)]


def test_text_is_composed_and_control_characters_go():
    assert html("e\u0301\x08\x7f\r\nb\x85") == "<p>\u00e9\nb</p>"
