"""Every page holds its shape: at any width, with large text, while the face arrives."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import NewPage, Sites

pytestmark = pytest.mark.browser

WIDTHS = (1280, 768, 390, 320)
DEFAULT_TEXT = 16
MOST_SHIFT = 0.01
TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return null;
    const wide = [...document.body.querySelectorAll('*')].filter(
        element => element.getBoundingClientRect().right > room + 1);
    return wide.slice(0, 5).map(element => element.outerHTML.slice(0, 90)).join('; ') || 'unknown';
}"""
COUNT_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(entry => entry.value)))
        .observe({type: 'layout-shift', buffered: true});
"""
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
FACES = "() => [...document.fonts].map(face => `${face.family} ${face.style} ${face.status}`)"


@pytest.mark.parametrize("text", [100, 200], ids=["text-100%", "text-200%"])
def test_no_page_scrolls_sideways(sites: Sites, new_page: NewPage, text: int) -> None:
    page = new_page()
    enlarge(page, text)
    for name, address in sites.all_pages().items():
        page.goto(address)
        set_in = page.evaluate("() => getComputedStyle(document.documentElement).fontSize")
        assert set_in == f"{DEFAULT_TEXT * text // 100}px"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            beyond = page.evaluate(TOO_WIDE)
            assert beyond is None, f"{name} at {width} px, text {text} %: {beyond}"


def enlarge(page: Page, text: int) -> None:
    """What a reader sets in the browser: the size of text, in per cent."""
    session = page.context.new_cdp_session(page)
    sizes = {"standard": DEFAULT_TEXT * text // 100, "fixed": 13 * text // 100}
    session.send("Page.setFontSizes", {"fontSizes": sizes})


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", ["front page", "article with a picture"])
def test_nothing_moves_when_the_face_arrives(
    sites: Sites, new_page: NewPage, kind: str, width: int
) -> None:
    page = new_page(width)
    page.add_init_script(COUNT_SHIFTS)
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(sites.open.address + sites.open.pages[kind], wait_until="domcontentloaded")
    page.wait_for_function(FIRST_PAINT)
    faces = page.evaluate(FACES)
    if not any("Stand-in" in face and "normal loaded" in face for face in faces):
        pytest.skip("none of the faces that the stand-in is made of is installed")
    assert held, "the face was not asked for before the first paint"
    for route in held:
        route.continue_()
    page.unroute("**/*.woff2")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.wait_for_load_state("networkidle")
    assert "Broadsheet Serif normal loaded" in page.evaluate(FACES)
    shift = page.evaluate("() => shifts.reduce((sum, value) => sum + value, 0)")
    assert shift < MOST_SHIFT, f"{kind} at {width} px moves by {shift}"
