"""Addresses: which may stand in a text, and how they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.urls import are_own_sources, is_outward, is_own_picture, safe_link
from tests.text.test_hostile_markup import ADDRESSES


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.org:8080/a?b=c#d", "HTTPS://Example.org:8080/a?b=c#d"),
        (" http://example.org/a b ", "http://example.org/a%20b"),
        ("http://exa\nmple.org", "http://example.org"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
        ("/a?b=[c]|d", "/a?b=%5Bc%5D%7Cd"),
        ("/100%", "/100%25"),
        ("mailto:a@example.org?subject=b c", "mailto:a@example.org?subject=b%20c"),
        ("#s-a", "#s-a"),
        ("a/b:c", "a/b:c"),
        ("?a:b", "?a:b"),
    ],
)
def test_an_address_is_taken_and_written_as_browsers_read_it(written, given):
    assert safe_link(written) == given


HARMLESS = {
    "javascript&colon;x", "&#106;avascript:x", "&#x6A&#x61vascript:x", "java&Tab;script:x",
    "java&NewLine;script:x",
}  # fmt: skip


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a not in HARMLESS])
def test_a_dangerous_or_broken_address_is_refused(address):
    assert safe_link(address) is None


@given(st.text())
def test_a_taken_address_is_taken_again_unchanged(value):
    once = safe_link(value)
    assert once is None or safe_link(once) == once


@given(st.text(), st.sampled_from(["javascript", "data", "vbscript", "file", "tel"]))
def test_no_other_scheme_is_ever_taken(rest, scheme):
    assert safe_link(f"{scheme}:{rest}") is None


def test_too_long_an_address_is_refused():
    assert safe_link("/" + "a" * 1_999) is not None
    assert safe_link("/" + "a" * 2_000) is None


def test_outward_is_what_leaves_the_site():
    assert is_outward("HTTPS://example.org")
    assert not is_outward("/https://example.org")
    assert not is_outward("mailto:a@example.org")


@pytest.mark.parametrize(
    "src", ["/media/../x", "/media/", "media/a", "//media/a", "/media/a b", "/media/a?b"]
)
def test_only_files_below_media_are_our_pictures(src):
    assert is_own_picture("/media/ab/c-1.jpg")
    assert not is_own_picture(src)


def test_a_srcset_names_only_our_files_with_widths():
    assert are_own_sources("/media/a.jpg 400w, /media/b.jpg 800w")
    assert not are_own_sources("/media/a.jpg 400w, //evil/b.jpg 800w")
    assert not are_own_sources("/media/a.jpg 2x")
    assert not are_own_sources("/media/../a.jpg 400w")
