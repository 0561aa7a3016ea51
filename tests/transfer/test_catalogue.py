from datetime import date

import pytest

from blog.transfer.markdown.catalogue import Catalogue, Entry

WALK = Entry("_posts/2014-05-06-a-walk.md", "a-walk", True, date(2014, 5, 6), "a-walk")
SEA = Entry("2015-01-02-sea.markdown", "sea-2", True, date(2015, 1, 2), "sea", ("/old/the-sea/",))
BUNDLE = Entry("posts/boat/index.md", "boat", True)
DRAFT = Entry("draft.md", "draft", False)
CATALOGUE = Catalogue([WALK, SEA, BUNDLE, DRAFT])


@pytest.mark.parametrize(
    ("target", "beside", "slug"),
    [
        ("2014-05-06-a-walk.md", "_posts/x.md", "a-walk"),
        ("_posts/2014-05-06-a-walk.md", "", "a-walk"),
        ("../_posts/2014-05-06-a-walk.md", "posts/x.md", "a-walk"),
        ("2014-05-06-a-walk", "", "a-walk"),
        ("a-walk", "", "a-walk"),
        ("/news/2014/05/06/a-walk/", "", "a-walk"),
        ("/news/2014/05/06/a-walk.html", "", "a-walk"),
        ("/blog/a-walk/", "", "a-walk"),
        ("/old/the-sea", "", "sea-2"),
        ("sea", "", "sea-2"),
        ("/posts/boat/", "", "boat"),
        ("../boat/", "posts/x/index.md", "boat"),
    ],
)
def test_the_ways_to_name_a_file(target: str, beside: str, slug: str) -> None:
    found = CATALOGUE.find(target, beside)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(
    "target",
    ["", "/", "..", "/docs/", "/news/2013/05/06/a-walk/", "http://[", "a\0b", "%00", "index"],
)
def test_what_is_not_in_the_folder_is_not_found(target: str) -> None:
    assert CATALOGUE.find(target) is None


def test_an_address_keeps_the_part_it_asks_for() -> None:
    assert CATALOGUE.address_of("a-walk#The Sea") == "/articles/a-walk#s-the-sea"


def test_a_draft_has_no_address() -> None:
    assert CATALOGUE.find("draft.md") is DRAFT
    assert CATALOGUE.address_of("draft.md") is None


def test_two_files_of_one_name_are_told_apart_by_date_only() -> None:
    other = Entry("2016-01-01-a-walk.md", "a-walk-2", True, date(2016, 1, 1), "a-walk")
    both = Catalogue([WALK, other])
    assert both.find("/x/a-walk/") is None
    assert both.find("/2016/01/a-walk/") is other
