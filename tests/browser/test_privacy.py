"""Reading leaves no trace: nothing asked elsewhere, nothing stored, no policy broken."""

import pytest
from playwright.sync_api import ConsoleMessage

from tests.browser.conftest import NewPage, Sites

pytestmark = pytest.mark.browser

LATE_MS = 150
"""So long a page may still ask for pictures that came into sight."""


def test_no_page_asks_another_origin_or_stores_anything_or_breaks_the_policy(
    sites: Sites, new_page: NewPage
) -> None:
    page = new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def said(message: ConsoleMessage) -> None:
        # The browser notes the status of a page that is meant to be an error.
        if message.location["url"] != page.url or "the server responded" not in message.text:
            wrong.append(f"{message.type}: {message.text}")

    page.on("console", said)
    for name, address in sites.all_pages().items():
        asked.clear()
        page.goto(address)
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(LATE_MS)
        origin = address.split("/", 3)[:3]
        strangers = [url for url in asked if url.split("/", 3)[:3] != origin]
        assert not strangers, f"{name} asks {strangers}"
        assert not wrong, f"{name}: {wrong}"
        kept = page.evaluate(
            "() => [document.cookie, localStorage.length, sessionStorage.length].join()"
        )
        assert kept == ",0,0", f"{name} keeps {kept}"
    assert page.context.cookies() == []


def test_setting_the_site_up_leaves_no_cookie(sites: Sites, new_page: NewPage) -> None:
    page = new_page()
    page.goto(sites.fresh.address + sites.fresh.pages["set-up"])
    page.get_by_label("Name of the site").fill("")
    page.get_by_role("button").click()
    assert page.get_by_role("alert").is_visible()
    assert page.context.cookies() == []
