"""The one thing on a reader's page that needs script: copying the address of the article."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Sites

pytestmark = pytest.mark.browser

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
REFUSED = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
MAY_COPY = {"permissions": ["clipboard-read", "clipboard-write"]}


def test_the_button_is_absent_without_script(sites: Sites, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(article(sites))
    expect(page.get_by_text("Copy link")).to_be_hidden()


@pytest.mark.parametrize("before", ["", NO_CLIPBOARD], ids=["clipboard", "without-clipboard"])
def test_the_button_copies_the_canonical_address_and_says_so(
    sites: Sites, new_page: NewPage, before: str
) -> None:
    page = new_page(390, **MAY_COPY)
    other = page.context.new_page()
    other.goto(sites.open.address)
    page.add_init_script(before)
    page.goto(article(sites) + "?utm_source=somewhere#comments")
    press(page)
    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(page.get_by_role("button", name="Copy link")).to_be_focused()
    other.bring_to_front()
    assert other.evaluate("() => navigator.clipboard.readText()") == article(sites)


def test_a_refusal_is_said(sites: Sites, new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(REFUSED)
    page.goto(article(sites))
    press(page)
    expect(page.get_by_role("status")).to_contain_text("Not copied")


def article(sites: Sites) -> str:
    return sites.open.address + sites.open.pages["article with a picture"]


def press(page: Page) -> None:
    page.get_by_role("button", name="Copy link").press("Enter")
