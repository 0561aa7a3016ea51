"""What a machine can find of the barriers of WCAG 2.2: nothing, on any page.

axe is put into the page, which the pages' policy forbids, so these contexts go past the policy.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.browser.conftest import NewPage, Sites

pytestmark = pytest.mark.browser

RUN = "() => axe.run({resultTypes: ['violations']})"
STATES = (("light", 1280), ("light", 390), ("dark", 1280), ("dark", 390))


def test_no_page_has_a_barrier(sites: Sites, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True)
    for name, address in sites.all_pages().items():
        page.goto(address)
        look_for_barriers(page, name)


def test_a_refused_form_has_no_barrier(sites: Sites, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True)
    page.goto(sites.fresh.address + sites.fresh.pages["set-up"])
    page.get_by_label("Name of the site").fill("")
    page.get_by_label("Address", exact=True).fill("nowhere")
    page.get_by_role("button").click()
    assert page.get_by_role("alert").is_visible()
    look_for_barriers(page, "refused set-up")


def look_for_barriers(page: Page, name: str) -> None:
    page.evaluate(AXE_SCRIPT)
    for scheme, width in STATES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        found = AxeResults(page.evaluate(RUN))
        assert not found.violations_count, (
            f"{name}, {scheme}, {width} px: {found.generate_report()}"
        )
