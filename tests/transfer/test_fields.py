from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.transfer.markdown import fields, front_matter
from blog.transfer.markdown.fields import Fields, PictureField
from blog.transfer.report import LeftOut, Remarks

ZONE = ZoneInfo("UTC")


def read(head: str = "", body: str = "Words.", path: str = "2014-05-06-a-walk.md") -> Fields:
    return whole(head, body, path)[0]


def whole(
    head: str = "", body: str = "Words.", path: str = "2014-05-06-a-walk.md"
) -> tuple[Fields, str, tuple[str, ...]]:
    matter = front_matter.split(f"---\n{head}\n---\n{body}")
    remarks = Remarks()
    found, rest = fields.read(matter, PurePosixPath(path), ZONE, remarks)
    return found, rest, remarks.lines()


def test_the_title_of_the_head_wins() -> None:
    found, body, _ = whole("title: A <em>walk</em> &amp; back", "# Another\n\nWords.")
    assert found.title == "A walk & back"
    assert "# Another" in body


@pytest.mark.parametrize(
    "hidden", ["\\e", "\\N", "\\0", "\\ud800", "\\u202E", "&#x202e;", "&#x1b;", "\\u061C"]
)
def test_no_line_keeps_hidden_characters(hidden: str) -> None:
    said = f'"a {hidden} b"'
    found = read(
        f"title: {said}\nauthor: {said}\ncategory: {said}\ntags: [{said}]\ndeck: {said}\n"
        f"picture: {{file: {said}, alt: {said}, caption: {said}}}\nrelated: [{said}]"
    )
    assert found.title == found.category == found.deck == "a b"
    assert found.authors == found.tags == found.related == ("a b",)
    assert found.picture == PictureField("a b", "a b", "a b")


def test_names_made_of_a_path_are_clean() -> None:
    found = read("date: 2014-05-06", path="to\x1bwn/_posts/a\u202e-walk\x85back.md")
    assert (found.title, found.category) == ("A walk back", "to wn")


def test_a_heading_that_repeats_the_title_is_taken_out() -> None:
    _, body, remarks = whole("title: A walk", "# A Walk\n\nWords.")
    assert body.strip() == "Words."
    assert "repeats the title" in remarks[0]


@pytest.mark.parametrize(
    "heading",
    ["# A *long* [walk](x.md)", "# A long walk #", "A long walk\n===", "# A long walk {#id}"],
)
def test_without_title_the_first_heading_becomes_it_and_leaves_the_body(heading: str) -> None:
    found, body, _ = whole("", f"{heading}\n\nWords.")
    assert (found.title, body.strip()) == ("A long walk", "Words.")


def test_a_heading_in_code_is_no_title() -> None:
    found, body, _ = whole("", "```\n# not this\n```\n\n# This\n\nWords.")
    assert found.title == "This"
    assert "# not this" in body


def test_without_any_title_the_name_of_the_file_is_used_and_told() -> None:
    found, _, remarks = whole()
    assert found.title == "A walk"
    assert "it has no title" in remarks[0]


@pytest.mark.parametrize(
    ("head", "path", "day"),
    [
        ("date: 2015-01-02", "2014-05-06-a.md", 2),
        ("", "2014-05-06-a.md", 6),
        ("date: whenever", "2014-05-06-a.md", 6),
        ("published: 2015-01-03", "a.md", 3),
    ],
)
def test_the_date_is_the_heads_or_the_names(head: str, path: str, day: int) -> None:
    found = read(head, path=path)
    assert found.date is not None
    assert found.date.day == day
    assert not found.draft


def test_a_date_that_cannot_be_read_is_told() -> None:
    assert "“whenever” cannot be read as a date" in whole("title: x\ndate: whenever")[2]


def test_without_any_date_it_is_a_draft_and_told() -> None:
    found, _, remarks = whole("title: x", path="a.md")
    assert found.draft
    assert "came in as a draft" in remarks[0]


@pytest.mark.parametrize("head", ["draft: true", "published: false", "draft: yes", "status: draft"])
def test_the_ways_to_say_draft(head: str) -> None:
    assert read(head).draft


def test_jekylls_folder_of_drafts_makes_drafts() -> None:
    assert read(path="_drafts/2014-05-06-a.md").draft
    assert not read(path="_posts/2014-05-06-a.md").draft


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("author: maren", ("maren",)),
        ("authors: [Maren Holt, Tomas Birk]", ("Maren Holt", "Tomas Birk")),
        ("author: {name: Maren Holt, email: m@example.org}", ("Maren Holt",)),
        ("authors:\n  - name: Maren Holt\n  - Tomas Birk", ("Maren Holt", "Tomas Birk")),
        ("author: Maren Holt <m@example.org>", ("Maren Holt",)),
        ("author: [a, a]", ("a",)),
        ("", ()),
    ],
)
def test_the_ways_to_name_authors(head: str, authors: tuple[str, ...]) -> None:
    assert read(head).authors == authors


@pytest.mark.parametrize(
    ("head", "path", "category", "tags"),
    [
        ("category: town life", "a.md", "town life", ()),
        ("categories: town life", "a.md", "town", ("life",)),
        ("categories: [Town life, Water]", "a.md", "Town life", ("Water",)),
        ("category: [Town life, Water]", "a.md", "Town life", ("Water",)),
        ("", "water/_posts/a.md", "water", ()),
        ("category: Town", "water/_posts/a.md", "Town", ("water",)),
        ("", "posts/a.md", "", ()),
        ("tags: a b", "a.md", "", ("a", "b")),
        ("tags: salt water, sea", "a.md", "", ("salt water", "sea")),
        ("tags: [salt water, Sea, sea]", "a.md", "", ("salt water", "Sea")),
        ("tags: ['#sea']", "a.md", "", ("sea",)),
    ],
)
def test_categories_and_tags(head: str, path: str, category: str, tags: tuple[str, ...]) -> None:
    found = read(head, path=path)
    assert (found.category, found.tags) == (category, tags)


def test_tags_beyond_the_limit_and_without_letters_are_dropped_and_told() -> None:
    names = ", ".join(f"t{number}" for number in range(25))
    found, _, remarks = whole(f"title: x\ntags: [++, {names}]")
    assert len(found.tags) == 20
    assert any("“++”" in remark for remark in remarks)
    assert any("t20" in remark for remark in remarks)


@pytest.mark.parametrize("name", ["deck", "description", "summary", "subtitle", "excerpt"])
def test_the_ways_to_say_a_deck(name: str) -> None:
    assert read(f"{name}: Said in short.").deck == "Said in short."


def test_a_deck_that_is_too_long_is_cut_at_a_word_and_told() -> None:
    found, _, remarks = whole("title: x\ndeck: " + "word " * 200)
    assert found.deck.endswith("word…")
    assert len(found.deck) <= 500
    assert "cut" in remarks[0]


@pytest.mark.parametrize(
    ("head", "path", "slug"),
    [
        ("slug: the-walk", "2014-05-06-a.md", "the-walk"),
        ("url: /blog/the-walk/", "2014-05-06-a.md", "the-walk"),
        ("permalink: /blog/the-walk.html", "2014-05-06-a.md", "the-walk"),
        ("permalink: /:year/:title/", "2014-05-06-a.md", "a"),
        ("", "2014-05-06-a-walk.md", "a-walk"),
        ("", "posts/a-walk/index.md", "a-walk"),
        ("title: The Sea", "2014-05-06.md", "the-sea"),
        ("slug: '!!!'", "2014-05-06-!.md", "article"),
    ],
)
def test_the_address_a_file_asks_for(head: str, path: str, slug: str) -> None:
    assert read(head, path=path).slug == slug


@pytest.mark.parametrize(
    ("head", "picture"),
    [
        ("picture: a.jpg", PictureField("a.jpg")),
        ("image: a.jpg\nimage_alt: A sea", PictureField("a.jpg", "A sea")),
        ("cover: {src: a.jpg, alt: A sea, caption: Grey}", PictureField("a.jpg", "A sea", "Grey")),
        ("cover: {image: a.jpg}", PictureField("a.jpg")),
        ("images: [a.jpg, b.jpg]", PictureField("a.jpg")),
        ("picture: {alt: nothing}", None),
        ("", None),
    ],
)
def test_the_ways_to_name_a_picture(head: str, picture: PictureField | None) -> None:
    assert read(head).picture == picture


@pytest.mark.parametrize("name", ["updated", "lastmod", "last_modified_at"])
def test_the_ways_to_say_that_it_was_updated(name: str) -> None:
    assert read(f"{name}: 2015-01-02").updated == datetime(2015, 1, 2, tzinfo=UTC)


def test_related_articles_are_listed() -> None:
    found = read("related: [a, b]\nunrelated: c")
    assert (found.related, found.unrelated) == (("a", "b"), ("c",))


NAMES = [
    "title",
    "date",
    "author",
    "authors",
    "category",
    "categories",
    "tags",
    "picture",
    "url",
    "deck",
    "slug",
    "permalink",
    "draft",
    "published",
    "related",
    "taxonomies",
    "lastmod",
]
leaves = st.text(max_size=20).map(lambda text: text.replace("\n", " "))
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(leaves, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(NAMES), trees), st.text(max_size=80))
def test_whatever_shape_values_have_fields_come_out(head: dict, body: str) -> None:
    values = {name: front_matter._plain(value, 0) for name, value in head.items()}
    found, _ = fields.read(
        front_matter.Matter(values, body), PurePosixPath("a/b.md"), ZONE, Remarks()
    )
    assert found.title
    assert found.slug


@given(st.text(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused(text: str) -> None:
    try:
        matter = front_matter.split(text)
    except LeftOut as refused:
        assert refused.reason
        return
    assert fields.read(matter, PurePosixPath("x.md"), ZONE, Remarks())[0].title
