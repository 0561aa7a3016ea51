"""A browser, and the site in the states a reader may find it in, each made once for all tests."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from blog import create_app
from blog.config import Config
from blog.core import ephemeral
from blog.core.db import db
from tests.browser.content import fresh_start, publication
from tests.conftest import SECRET, browser_path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000

NewPage: TypeAlias = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    """One running site."""

    address: str
    app: Flask
    pages: dict[str, str]
    """Its kinds of pages: what they are called in messages, and their paths."""


@dataclass(frozen=True)
class Sites:
    """The states of a site: with the sample publication, fresh, and closed."""

    open: Site
    fresh: Site
    closed: Site

    def all_pages(self) -> dict[str, str]:
        """Every kind of page there is, by name, with its whole address."""
        return {
            name: site.address + path
            for site in (self.open, self.fresh, self.closed)
            for name, path in site.pages.items()
        }


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@contextmanager
def served(config: Config, prepare: Callable[[Flask], dict[str, str]]) -> Iterator[Site]:
    """An application at work on a port of its own; `prepare` fills it and names its pages."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    app = create_app(replace(config, port=port))
    with app.app_context():
        ephemeral.create_tables()
        pages = prepare(app)
        db.session.remove()
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{port}", app, pages)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture(scope="session")
def sites(
    tmp_path_factory: pytest.TempPathFactory, built_assets: Path, migrated_sqlite: Path
) -> Iterator[Sites]:
    """The three sites."""

    def instance(name: str) -> Config:
        folder = tmp_path_factory.mktemp(name)
        (folder / "uploads").mkdir()
        (folder / "assets").symlink_to(built_assets)
        (folder / "broadsheet.db").write_bytes(migrated_sqlite.read_bytes())
        return Config(instance=folder, secret_key=SECRET, log_level="CRITICAL")

    closed = replace(instance("closed"), maintenance=True)
    with (
        served(instance("open"), publication) as open_site,
        served(instance("fresh"), fresh_start) as fresh_site,
        served(closed, lambda app: {"maintenance": "/"}) as closed_site,
    ):
        yield Sites(open_site, fresh_site, closed_site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens a page in a context of its own: new_page(width=390, color_scheme="dark", …)."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, height: int = 900, **wanted: Any) -> Page:
        wanted.setdefault("reduced_motion", "reduce")
        context = browser.new_context(viewport={"width": width, "height": height}, **wanted)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
