"""A reader's way through the paper: by hand and by keyboard, wide and narrow, with and without
JavaScript."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage, Sites

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390, 320)
TIDE = "What the Tide Table Leaves Out"
SHARED_WITH = ("www.facebook.com", "x.com", "www.reddit.com", "www.pinterest.com")
MAX_TABS = 90
PROPERTIES_OF_FOCUS = """element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return {
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
    };
}"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_reader_finds_the_way_through_the_paper(
    sites: Sites, new_page: NewPage, width: int, script: bool
) -> None:
    page = new_page(width, java_script_enabled=script)
    page.goto(sites.open.address)
    page.get_by_role("main").get_by_role("link", name=TIDE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TIDE)
    reads_on_by_the_contents(page)
    looks_into_a_footnote_and_comes_back(page)
    could_share(page, script)
    goes_on_to_a_related_article(page)
    follows_a_tag_and_a_person(page)
    turns_back_the_pages_of_the_archive(page)


def reads_on_by_the_contents(page: Page) -> None:
    fold = page.locator("summary", has_text="Contents")
    if fold.is_visible():
        fold.click()
    contents = page.get_by_role("navigation", name="Contents").filter(visible=True)
    expect(contents).to_have_count(1)
    last = contents.get_by_role("link").last
    words = last.inner_text()
    last.click()
    expect(page.get_by_role("heading", level=2, name=words, exact=True)).to_be_in_viewport()


def looks_into_a_footnote_and_comes_back(page: Page) -> None:
    reference = page.get_by_role("link", name="Footnote 1", exact=True)
    reference.click()
    expect(page.locator("#fn-1")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the text, note 1").click()
    expect(reference).to_be_in_viewport()
    assert page.url.endswith("#ref-1")


def could_share(page: Page, script: bool) -> None:
    address = page.url.partition("#")[0]
    bar = page.get_by_role("navigation", name="Share this article")
    targets = [str(link.get_attribute("href")) for link in bar.get_by_role("link").all()]
    assert len(targets) == 5
    for host, target in zip(SHARED_WITH, targets, strict=False):
        assert urlsplit(target).hostname == host
    for target in targets:
        assert quote(address, safe="") in target, f"{target} does not name the article"
    [picture] = parse_qs(urlsplit(targets[3]).query)["media"]
    assert page.request.get(picture).headers["content-type"] == "image/jpeg"
    expect(bar.get_by_role("button", name="Copy link")).to_have_count(1 if script else 0)


def goes_on_to_a_related_article(page: Page) -> None:
    related = page.get_by_role("region", name="Related articles").get_by_role("heading", level=3)
    assert related.count() >= 5
    words = related.first.inner_text()
    assert words != TIDE
    related.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def follows_a_tag_and_a_person(page: Page) -> None:
    title = page.get_by_role("heading", level=1).inner_text()
    tag = page.get_by_role("navigation", name="Tags").get_by_role("link").first
    words = tag.inner_text()
    tag.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    page.get_by_role("main").get_by_role("link", name=title).click()
    author = page.locator("header").get_by_role("link").and_(page.locator("[rel=author]")).first
    words = author.inner_text()
    author.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def turns_back_the_pages_of_the_archive(page: Page) -> None:
    page.get_by_role("contentinfo").get_by_role("link", name="Archive").click()
    newest = page.get_by_role("main").get_by_role("heading", level=3)
    first = newest.first.inner_text()
    page.get_by_role("link", name="Older articles").click()
    expect(page.get_by_role("link", name="Newer articles")).to_be_visible()
    expect(newest.first).not_to_have_text(first)
    page.get_by_role("link", name="Newer articles").click()
    expect(newest.first).to_have_text(first)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_keyboard_alone_is_enough(sites: Sites, new_page: NewPage, width: int) -> None:
    page = new_page(width)
    page.goto(sites.open.address)
    skips(page, "Skip to the articles", "#main")
    tabs_to(page, TIDE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TIDE)
    skips(page, "Skip to the article", "#article")
    tabs_to(page, "Footnote 1")
    page.keyboard.press("Enter")
    expect(page.locator("#fn-1")).to_be_in_viewport()
    tabs_to(page, "Back to the text, note 1")
    page.keyboard.press("Enter")
    expect(page.locator("#ref-1")).to_be_in_viewport()


def test_the_second_skip_link_leads_to_the_comments(sites: Sites, new_page: NewPage) -> None:
    page = new_page(390)
    page.goto(sites.open.address + sites.open.pages["article with a picture"])
    page.keyboard.press("Tab")
    skips(page, "Skip to the comments", "#comments")
    page.keyboard.press("Tab")
    assert page.locator(".related a:focus").count() == 1


def skips(page: Page, words: str, target: str) -> None:
    """The next Tab shows a skip link, and Enter on it leads past the masthead."""
    page.keyboard.press("Tab")
    skip = focused(page)
    assert skip.inner_text() == words
    page.keyboard.press("Enter")
    expect(page.locator(target)).to_be_in_viewport()
    assert page.url.endswith(target)


def tabs_to(page: Page, name: str) -> None:
    """Goes from stop to stop, each of them seen and ringed, until the one of that name."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        stop = focused(page)
        words = stop.get_attribute("aria-label") or stop.inner_text()
        if words == name:
            return
    raise AssertionError(f"{MAX_TABS} tabs did not lead to {name!r}")


def focused(page: Page) -> Locator:
    stop = page.locator(":focus")
    expect(stop).to_have_count(1)
    shown = stop.evaluate(PROPERTIES_OF_FOCUS)
    where = stop.evaluate("element => element.outerHTML.slice(0, 120)")
    assert shown["outline"] >= 2, f"no ring around {where}"
    assert shown["seen"], f"the focus is out of sight on {where}"
    return stop
