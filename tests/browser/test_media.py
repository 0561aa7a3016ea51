"""What a reader's machine asks for: dark, on paper, without motion, in its own colours."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Sites

pytestmark = pytest.mark.browser

COLOURS = """() => {
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    const words = [...document.querySelectorAll('h1, h1 a, .prose p, .deck, .teaser')];
    return [ground, ...words.map(element => getComputedStyle(element).color)];
}"""
NOT_ON_PAPER = ".skip, nav a, summary, button, form, .advertisement, .comments, .related, .row a"
STOPS = ":is(a[href], button, input:enabled, select, [tabindex='0']):visible"
MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element);
    return style.animationName !== 'none' || style.scrollBehavior === 'smooth'
        || (style.transitionDuration !== '0s');
}).map(element => element.tagName)"""


def test_dark_is_dark_and_light_is_light(sites: Sites, new_page: NewPage) -> None:
    page = new_page()
    for name, address in sites.all_pages().items():
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            ground, *words = (luminance(colour) for colour in page.evaluate(COLOURS))
            assert (ground < 0.02) if scheme == "dark" else (ground > 0.9), f"{name}, {scheme}"
            for word in words:
                assert abs(ground - word) > 0.3, f"{name}, {scheme}: words as dark as the ground"


def luminance(colour: str) -> float:
    """Relative luminance of `rgb(…)`, from 0 to 1 (WCAG 2.2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_paper_gets_the_words_and_nothing_to_press(sites: Sites, new_page: NewPage) -> None:
    page = new_page(color_scheme="dark")
    for name, address in sites.all_pages().items():
        page.goto(address)
        page.emulate_media(media="print")
        shown = page.locator(NOT_ON_PAPER).filter(visible=True)
        words = shown.evaluate_all("all => all.map(one => one.outerHTML.slice(0, 90))")
        assert not words, f"{name} prints {words}"
        assert page.get_by_role("heading").first.is_visible(), f"{name} has lost its heading"
        ground, *_ = page.evaluate(COLOURS)
        assert luminance(ground) == 1, f"{name} prints its ground"
        page.emulate_media(media="screen")


def test_paper_says_where_links_lead(sites: Sites, new_page: NewPage) -> None:
    page = new_page()
    page.goto(sites.open.address + sites.open.pages["article of hard words"])
    link = page.get_by_role("link", name="link to somewhere")
    after = "link => getComputedStyle(link, '::after').content"
    assert link.evaluate(after) == "none"
    page.emulate_media(media="print")
    assert "https://elsewhere.example/a/page" in link.evaluate(after)
    expect(page.locator(".prose .footnotes")).to_be_visible()


def test_nothing_moves_for_those_who_asked_for_less(sites: Sites, new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    article = sites.open.address + sites.open.pages["article with a picture"]
    for address in (article, sites.open.address):
        page.goto(address)
        assert page.evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) == ["HTML"]


def test_forced_colours_keep_the_ring_and_the_edges(sites: Sites, new_page: NewPage) -> None:
    page = new_page(forced_colors="active")
    for kind in ("article with a picture", "article of hard words"):
        page.goto(sites.open.address + sites.open.pages[kind])
        rings_everything(page)
    page.goto(sites.fresh.address + sites.fresh.pages["set-up"])
    rings_everything(page)
    for control in page.locator(":is(input, select, button):visible:enabled").all():
        edge = control.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)")
        assert edge >= 1, "a control has lost its edge"


def rings_everything(page: Page) -> None:
    bare = page.locator(STOPS).evaluate_all("""all => all.filter(one => {
        one.focus({focusVisible: true});
        const style = getComputedStyle(one);
        return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2;
    }).map(one => one.outerHTML.slice(0, 90))""")
    assert not bare, f"no ring around {bare}"
