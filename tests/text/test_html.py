"""The contexts of imports: HTML, and Markdown with HTML in it."""

import pytest

from blog.text import render
from blog.text.errors import TextRefused
from blog.text.pictures import Picture
from tests.text.oracle import ARTICLE, judge


def from_html(source: str, **options) -> str:
    document = render.article_from_html(source, **options)
    body = "".join(block.html for block in document.blocks)
    judge(body, ARTICLE)
    return body


def from_mixed(source: str) -> str:
    body = "".join(block.html for block in render.article_from_mixed(source).blocks)
    judge(body, ARTICLE)
    return body


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\n\ntwo <b>three</b>", "<p>one</p><p>two <strong>three</strong></p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>a<script>alert(1)</script>b</p><style>p{}</style>", "<p>ab</p>"),
        ("<blink>a</blink> <x-y>b</x-y>", "<p>a b</p>"),
        ("<center><font color=red>a</font></center>", "<p>a</p>"),
        ("<p>a<!-- secret -->b", "<p>ab</p>"),
        ("<ul>a<li>b<li>c</ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("<i>a</i> <s>b</s> <tt>c</tt>", "<p><em>a</em> <del>b</del> <code>c</code></p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p style='color:red' onclick=x class=y>a</p>", "<p>a</p>"),
        (
            "<a href=/x><h3>Y</h3>z</a>",
            '<h2 id="s-y"><a href="/x">Y</a></h2><p><a href="/x">z</a></p>',
        ),
        ("a<br>b<hr>c", "<p>a<br>b</p><hr><p>c</p>"),
        ("<table><tr><td>1<td>2</table>", None),
        ("<abbr title=T>a</abbr><kbd>b</kbd>", '<p><abbr title="T">a</abbr><kbd>b</kbd></p>'),
        ("<details><summary>a</summary>b</details>", "<p>a</p><p>b</p>"),
        ("<p></p><p> <br> </p>a", "<p>a</p>"),
        ("<textarea>a</textarea>", "<p>a</p>"),
        ("<title>no</title>yes", "<p>yes</p>"),
    ],
)
def test_foreign_html_becomes_our_few_blocks(source, expected):
    body = from_html(source)
    assert expected is None or body == expected


def test_code_of_wordpress_and_jekyll_keeps_its_lines_and_language():
    source = (
        '<div class="highlight"><pre><code class="language-ruby">'
        "<span>def</span> a\n  1</code></pre></div>"
    )
    assert from_html(source) == (
        '<pre role="region" aria-label="Code" tabindex="0"><code class="language-ruby">'
        '<span class="k">def</span> <span class="n">a</span>\n  <span class="o">1</span>\n'
        "</code></pre>"
    )


def test_a_figure_keeps_its_caption():
    picture = Picture("/media/a.jpg", 4, 3)
    source = (
        '<figure class="x"><a href="/b"><img src="a.jpg" alt="A"></a>'
        "<figcaption>C <em>d</em></figcaption></figure>"
    )
    assert from_html(source, pictures=lambda src: picture if src == "a.jpg" else None) == (
        '<figure><a href="/b"><img src="/media/a.jpg" width="4" height="3" alt="A" '
        'loading="lazy" decoding="async"></a><figcaption>C <em>d</em></figcaption></figure>'
    )


def test_a_frame_becomes_a_link():
    assert from_html('<iframe src="https://example.org/v" title="A film"><p>x</p></iframe>') == (
        '<p><a href="https://example.org/v" rel="noopener">A film</a></p>'
    )


def test_a_link_to_a_named_place_still_arrives():
    assert from_html('<a href="#far">go</a><p>x</p><p id="far">here</p>') == (
        '<p><a href="#s-far">go</a></p><p>x</p><p id="s-far">here</p>'
    )
    assert from_html('<a href="#far">go</a><p>x <span id="far">here</span></p>') == (
        '<p><a href="#s-far">go</a></p><p>x <a id="s-far"></a>here</p>'
    )
    assert from_html('<a href="#far">go</a><h2><a name="far"></a>Here</h2>') == (
        '<p><a href="#s-here">go</a></p><h2 id="s-here"><a href="#s-here">Here</a></h2>'
    )


def test_ids_that_nothing_leads_to_are_gone():
    assert from_html('<p id="comments" class="x">a <b id="y">b</b></p>') == (
        "<p>a <strong>b</strong></p>"
    )


def test_what_was_left_out_is_reported():
    notices = render.article_from_html("<script>a</script><script>b</script><svg></svg>c").notices
    assert notices == ("2 scripts left out.", "1 drawing (SVG) left out.")


def test_raw_html_in_imported_markdown_is_html():
    assert from_mixed(
        "A *b*\n\n<div align=center>\n  c <span>d</span>\n</div>\n\ne <small>f</small>"
    ) == ("<p>A <em>b</em></p><p>c d</p><p>e <small>f</small></p>")


def test_imported_markdown_has_footnotes_and_typographic_quotes():
    body = from_mixed('"a"[^1]\n\n[^1]: b')
    assert "“a”" in body
    assert 'id="fn-1"' in body


def test_markup_left_open_takes_no_sentence_away():
    source = "<div>\n\nOne *two*.\n\n<b>Three.\n\n- four <i>five\n- six\n\n</section>Seven."
    text = render.article_from_mixed(source).text
    assert text.split() == ["One", "two.", "Three.", "four", "five", "six", "Seven."]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<p>a</p>" * 5_001, "too-many-tags"),
        ("<ul><li>" * 60, "too-deep"),
        ("<a><b></a>" * 120, "too-deep"),
        ("<p " + "a=b " * 31 + ">", "too-many-attributes"),
        ("<svg>" + "<b>" * 2_001, "too-much-foreign"),
        ("a" * (512 * 1024 + 1), "too-long"),
        ("&amp;" * 40_001, "too-many-escapes"),
    ],
)
def test_html_beyond_the_limits_is_refused(source, code):
    with pytest.raises(TextRefused) as refusal:
        render.article_from_html(source)
    assert refusal.value.code == code


def test_five_thousand_elements_are_taken():
    assert len(render.article_from_html("<p>a</p>" * 5_000).blocks) == 5_000


def test_paragraphs_and_cells_left_open_are_not_deep():
    from_html("<p>a" * 300 + "<table>" + "<tr><td>b<td>c" * 200)
