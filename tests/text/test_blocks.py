"""Blocks and their storage."""

from hashlib import sha256

from blog.text import render
from blog.text.blocks import contents, from_json, to_json
from blog.text.cutting import cut


def test_a_block_knows_its_digest_text_and_html():
    (block,) = render.article("One *two*").blocks
    assert block.html == block.__html__() == "<p>One <em>two</em></p>"
    assert block.digest == sha256(block.html.encode()).hexdigest()[:12]
    assert block.text == "One two"
    assert block.level == 0


def test_equal_blocks_have_different_anchors():
    first, second = render.article("a\n\na").blocks
    assert second.anchor == f"{first.anchor}-2"


def test_blocks_come_back_from_storage_as_they_were():
    blocks = render.article("# a\n\nb\n\n- c").blocks
    assert from_json(to_json(blocks)) == blocks
    assert contents(blocks) == (("s-a", "a"),)


def test_words_of_nested_items_stand_apart():
    (block,) = render.article("- a\n  - b\n- c").blocks
    assert block.text == "a\nb\nc"


def test_cutting_rewrites_nothing():
    html = '<p>a &lt; b</p><hr><div class="table" aria-label="x>y"><table></table></div>stray'
    assert "".join(block.html for block in cut(html)) == html
    assert [block.kind for block in cut(html)] == ["paragraph", "rule", "table", "paragraph"]
