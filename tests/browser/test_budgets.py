"""What a page may weigh, compressed as it is sent, and how often it asks."""

from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Request

from blog.web.assets import read_manifest
from tests.browser.conftest import NewPage, Sites
from tests.browser.content import LONG_ESSAY_WORDS
from tests.browser.test_markup import source

pytestmark = pytest.mark.browser

LIVE_QUALITY = 5
KB = 1_000
ARTICLE_HTML = 16 * KB
HOME_HTML = 14 * KB
CSS = 8 * KB
SCRIPT = 4 * KB
FONTS = 62 * KB
MOST_REQUESTS = 4
"""Before pictures and fonts."""


def test_the_html_of_a_long_article_and_of_the_front_page_is_small(sites: Sites) -> None:
    article = source(sites.open.address + sites.open.pages["article of 2,000 words"])
    assert len(article.split(b'class="prose')[1].split()) > LONG_ESSAY_WORDS
    assert article.count(b'class="advertisement"') == 3
    assert article.count(b'<li class="story">') == 20
    assert compressed(article) <= ARTICLE_HTML
    assert compressed(source(sites.open.address)) <= HOME_HTML


def compressed(page: bytes) -> int:
    return len(brotli.compress(page, quality=LIVE_QUALITY))


def test_style_script_and_faces_are_small(sites: Sites, built_assets: Path) -> None:
    manifest = read_manifest(built_assets)
    assert manifest is not None

    def size(name: str, suffix: str = ".br") -> int:
        return (built_assets / (manifest.files[name] + suffix)).stat().st_size

    for further in ("css/home.css", "css/door.css"):
        assert size("css/app.css") + size(further) <= CSS
    assert size("js/reader.js") <= SCRIPT
    faces = [name for name in manifest.files if name.endswith(".woff2")]
    assert sum(size(name, "") for name in faces) <= FONTS


@pytest.mark.parametrize("kind", ["front page", "article of 2,000 words", "archive"])
def test_a_page_asks_seldom(sites: Sites, new_page: NewPage, kind: str) -> None:
    page = new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        is_picture = request.resource_type in {"image", "font"} or "/favicon" in request.url
        if not is_picture:
            asked.append(request.url)

    page.on("request", note)
    page.goto(sites.open.address + sites.open.pages[kind], wait_until="networkidle")
    assert len(asked) <= MOST_REQUESTS, asked
