"""The article context: what authors write in Markdown."""

import re

import pytest

from blog.text import render
from blog.text.errors import TextRefused
from blog.text.pictures import Picture
from tests.text.oracle import ARTICLE, judge

PICTURE = Picture(
    src="/media/ab/harbour-1600.jpg",
    width=1600,
    height=900,
    sources=(
        ("image/avif", "/media/ab/harbour-800.avif 800w, /media/ab/harbour-1600.avif 1600w"),
        ("image/webp", "/media/ab/harbour-800.webp 800w"),
    ),
    srcset="/media/ab/harbour-800.jpg 800w, /media/ab/harbour-1600.jpg 1600w",
    sizes="(max-width: 40rem) 100vw, 37rem",
)


LABEL = re.compile(r'role="region" aria-label="([^"]+)"')


def ours(src: str) -> Picture | None:
    return PICTURE if src == "harbour.jpg" else None


def blocks(source: str, **options):
    document = render.article(source, pictures=ours, **options)
    judge("".join(block.html for block in document.blocks), ARTICLE)
    return document.blocks


def html(source: str, **options) -> str:
    return "".join(block.html for block in blocks(source, **options))


def test_every_construct_has_its_kind():
    source = (
        "## a\n\nb\n\n- c\n\n> d\n\n    e\n\n|f|\n|-|\n|g|\n\n![h](harbour.jpg)\n\n---\n\n"
        "i\n: j\n\nk[^1]\n\n[^1]: l"
    )
    assert [block.kind for block in blocks(source)] == [
        "heading",
        "paragraph",
        "list",
        "quote",
        "code",
        "table",
        "figure",
        "rule",
        "definitions",
        "paragraph",
        "footnotes",
    ]


def test_a_table_is_a_region_that_can_be_reached_and_scrolled():
    assert html("| A | B |\n|:-:|--:|\n| 1 | *2* |") == (
        '<div class="table" role="region" aria-label="Table" tabindex="0"><table>'
        '<thead><tr><th scope="col" class="center">A</th><th scope="col" class="end">B</th></tr>'
        '</thead><tbody><tr><td class="center">1</td><td class="end"><em>2</em></td></tr></tbody>'
        "</table></div>"
    )


@pytest.mark.parametrize(
    "source", ["|a|\n|-|\n|1|\n\nTable: How *slow*", "Table: How *slow*\n\n|a|\n|-|\n|1|"]
)
def test_a_paragraph_beside_a_table_can_be_its_caption(source):
    (table,) = blocks(source)
    assert "<caption>How <em>slow</em></caption><thead>" in table.html
    assert 'aria-label="How slow"' in table.html


TABLE = "|a|\n|-|\n|1|"


@pytest.mark.parametrize(
    ("parts", "labels"),
    [
        (["    a", "```\nb\n```", "- ```\n  c\n  ```"], ["Code", "Code 2", "Code 3"]),
        ([TABLE, "    a", TABLE, "text", "    b"], ["Table", "Code", "Table 2", "Code 2"]),
        ([f"{TABLE}\n\nTable: {name}" for name in ("Tides", "tides")], ["Tides", "tides 2"]),
        (["    a", "    b", f"Table: Code 2\n\n{TABLE}"], ["Code", "Code 3", "Code 2"]),
    ],
)
def test_no_two_regions_of_an_article_have_one_name(parts, labels):
    assert LABEL.findall(html("\n\n---\n\n".join(parts))) == labels


def test_a_thousand_regions_are_numbered_in_order():
    labels = LABEL.findall(html("```\n```\n" * 1_000))
    assert labels[0] == "Code" and labels[1:] == [f"Code {n}" for n in range(2, 1_001)]


def test_a_caption_without_a_table_stays_a_paragraph():
    assert html("Table: nothing") == "<p>Table: nothing</p>"


def test_a_task_list_shows_boxes_that_cannot_be_ticked():
    assert html("- [ ] a\n- [x] b\n- c") == (
        '<ul class="tasks"><li><input type="checkbox" disabled="" aria-label="To do"> a</li>'
        '<li><input type="checkbox" disabled="" checked="" aria-label="Done"> b</li>'
        "<li>c</li></ul>"
    )


def test_a_loose_task_list_has_its_boxes_within_the_paragraphs():
    assert "<li><p><input type=" in html("- [ ] a\n\n- [x] b")


def test_a_definition_list_keeps_terms_and_definitions():
    assert html("Tide\n: What *rises*\n: What falls") == (
        "<dl><dt>Tide</dt><dd>What <em>rises</em></dd><dd>What falls</dd></dl>"
    )


def test_code_is_coloured_in_six_classes():
    (code,) = blocks('```python\ndef f(x):  # why\n    return "a" + 1\n```')
    assert code.html == (
        '<pre role="region" aria-label="Code" tabindex="0"><code class="language-python">'
        '<span class="k">def</span> <span class="n">f</span>(x):  <span class="c"># why</span>\n'
        '    <span class="k">return</span> <span class="s">"a"</span> + <span class="o">1</span>\n'
        "</code></pre>"
    )
    assert code.text == 'def f(x):  # why\nreturn "a" + 1'


def test_a_diff_shows_what_went_and_what_came():
    (code,) = blocks("```diff\n-a\n+b\n```")
    assert '<span class="d">-a</span>' in code.html
    assert '<span class="i">+b</span>' in code.html


@pytest.mark.parametrize("language", ["", "no-such-language", '"><script>', "text"])
def test_code_in_an_unknown_language_is_plain(language):
    (code,) = blocks(f"```{language}\na < b\n```")
    assert "<code>a &lt; b\n</code>" in code.html


def test_a_picture_alone_in_a_paragraph_is_a_figure_with_its_title_as_caption():
    assert html('![A *harbour*](harbour.jpg "At dusk")') == (
        "<figure><picture>"
        '<source type="image/avif" srcset="/media/ab/harbour-800.avif 800w, '
        '/media/ab/harbour-1600.avif 1600w" sizes="(max-width: 40rem) 100vw, 37rem">'
        '<source type="image/webp" srcset="/media/ab/harbour-800.webp 800w" '
        'sizes="(max-width: 40rem) 100vw, 37rem">'
        '<img src="/media/ab/harbour-1600.jpg" srcset="/media/ab/harbour-800.jpg 800w, '
        '/media/ab/harbour-1600.jpg 1600w" sizes="(max-width: 40rem) 100vw, 37rem" '
        'width="1600" height="900" alt="A harbour" loading="lazy" decoding="async">'
        "</picture><figcaption>At dusk</figcaption></figure>"
    )


def test_a_picture_within_a_line_stays_there():
    (paragraph,) = blocks('Left ![x](harbour.jpg "lost") right')
    assert paragraph.kind == "paragraph"
    assert paragraph.html.startswith("<p>Left <picture><source")


def test_a_linked_picture_is_a_linked_figure():
    (figure,) = blocks('[![x](harbour.jpg "At dusk")](/a)')
    assert figure.html.startswith('<figure><a href="/a"><picture>')
    assert figure.html.endswith("</picture></a><figcaption>At dusk</figcaption></figure>")


def test_a_picture_from_elsewhere_becomes_a_link_with_a_notice():
    document = render.article("![a cat](https://example.org/cat.png)", pictures=ours)
    assert document.blocks[0].html == (
        '<p><a href="https://example.org/cat.png" rel="noopener">a cat</a></p>'
    )
    assert len(document.notices) == 1


def test_a_picture_without_words_or_address_is_named():
    assert html("![](lost/cat.png)") == "<p>Picture: cat.png</p>"


def test_a_resolver_cannot_let_a_foreign_picture_in():
    foreign = Picture("https://example.org/a.png", 1, 1)
    document = render.article("![a](x.png)", pictures=lambda src: foreign)
    assert "<img" not in document.blocks[0].html


def test_a_footnote_leads_there_and_back():
    paragraph, notes = blocks("Text[^n] and more.\n\n[^n]: The *note*.")
    assert paragraph.html == (
        '<p>Text<sup><a href="#fn-1" id="ref-1" aria-label="Footnote 1">1</a></sup> and more.</p>'
    )
    assert notes.html == (
        '<section class="footnotes" aria-label="Footnotes"><ol><li id="fn-1">The <em>note</em>. '
        '<a href="#ref-1" aria-label="Back to the text, note 1">Back</a></li></ol></section>'
    )


def test_a_footnote_used_twice_has_two_ways_back():
    _, notes = blocks("a[^n] b[^n]\n\n[^n]: c")
    assert 'href="#ref-1"' in notes.html
    assert 'href="#ref-1-2" aria-label="Back to the text, note 1, place 2"' in notes.html


def test_a_footnote_of_several_paragraphs_keeps_them():
    _, notes = blocks("a[^n]\n\n[^n]: b\n\n    c")
    assert "<p>b</p><p>c <a" in notes.html


def test_a_footnote_mark_in_a_pictures_words_leaves_no_way_back_to_nothing():
    html("![a[^1]](https://example.org/a.png) b\n\n[^1]: c")


def test_numbers_of_notes_are_no_words_of_the_text():
    assert render.article("One[^n] two.\n\n[^n]: Three.").text == "One two.\n\nThree."


def test_the_source_of_a_quote_stands_in_its_footer():
    assert html("> Set it.\n>\n> — Edmund Pell, keeper") == (
        "<blockquote><p>Set it.</p><footer>Edmund Pell, keeper</footer></blockquote>"
    )


def test_raw_html_is_shown_as_text():
    assert html("<b>x</b>\n\n<script>y</script>") == (
        "<p>&lt;b&gt;x&lt;/b&gt;</p><p>&lt;script&gt;y&lt;/script&gt;</p>"
    )


def test_links_outward_open_without_a_way_back():
    assert html("<https://example.org>") == (
        '<p><a href="https://example.org" rel="noopener">https://example.org</a></p>'
    )


def test_a_link_to_a_heading_by_its_words_arrives():
    _, paragraph = blocks("## What the Ferry Did\n\n[up](#what-the-ferry-did)")
    assert paragraph.html == '<p><a href="#s-what-the-ferry-did">up</a></p>'


def test_a_link_to_nowhere_keeps_its_words_and_is_reported():
    document = render.article("[up](#nowhere)")
    assert document.blocks[0].html == "<p>up</p>"
    assert "#nowhere" in document.notices[0]


def test_a_dangerous_address_costs_the_link_not_the_words():
    document = render.article("[good words](javascript:alert(1))")
    assert document.blocks[0].html == "<p>good words</p>"
    assert "javascript" in document.notices[0]


def test_words_are_counted_also_without_spaces():
    assert render.article("one two-three, it's 4").words == 4
    assert render.article("日本語のテキスト").words == 8


def test_128_kilobytes_are_taken_and_one_byte_more_is_refused():
    assert render.article("word and " * 14_563).words == 29_126
    with pytest.raises(TextRefused, match="131,072"):
        render.article("a" * (128 * 1024 + 1))


def test_the_worst_length_of_honest_text_is_rendered_whole():
    section = "## Part {}\n\n" + "A *sentence* with [a link](https://example.org). " * 20 + "\n\n"
    source = "".join(section.format(i) for i in range(120))
    document = render.article(source)
    assert len(document.contents()) == 120
