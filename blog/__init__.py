"""Broadsheet: a small publication with comments, drawn on the server."""

import os
import signal
import sys

if sys.argv[:1] == ["-m"]:  # `python -m blog`: told to stop before it has begun, it ends quietly
    for _number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(_number, lambda *_: os._exit(0))

from functools import partial
from wsgiref.headers import Headers

import click
from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from . import subscribers
from .accounts import sessions
from .accounts.own.views import blueprint as account
from .accounts.views import actions
from .accounts.views import blueprint as accounts
from .administration.views import blueprint as administration
from .cli import commands
from .config import ROOT, Config, ConfigError, load_config
from .core import ephemeral, events, instance
from .core.clock import now
from .core.db import db, prepare_engine
from .core.instance import InstanceError
from .core.mail import letters
from .media.views import blueprint as media
from .reading import home
from .reading.views import blueprint as reading
from .site import settings
from .web import (
    assets,
    chrome,
    errors,
    facts,
    filters,
    headers,
    log,
    maintenance,
    origin,
    paths,
    urls,
    visitor,
)
from .web.assets import AssetError, Assets
from .web.bodies import Bodies
from .web.health import blueprint as health

LOCAL_ADDRESS = "http://127.0.0.1:{port}"
MAX_FORM_BYTES = 1024 * 1024


def create_app(config: Config | None = None) -> Flask:
    """The application, wired: the one place that knows every room. Raises ConfigError."""
    config = config or _own_instance()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    log.configure(config.log_level)
    _settings(app, config)
    _database(app)
    _pages(app, config)
    _layers(app, config)
    events.subscribe(subscribers.EVENTS)
    app.extensions["jobs"] = subscribers.jobs(config)
    for group in commands:
        app.cli.add_command(group)
    return app


def _own_instance() -> Config:
    """The instance of this folder, for commands: with its secret and its assets.

    Raises click.ClickException, which a command says in one sentence.
    """
    os.umask(instance.UMASK)
    try:
        instance.prepare(load_config().instance)
        config = load_config()
        assets.build(ROOT / "static", config.assets)
    except (ConfigError, InstanceError, AssetError) as error:
        raise click.ClickException(str(error)) from None
    return config


def _settings(app: Flask, config: Config) -> None:
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.sqlalchemy_url,
        SQLALCHEMY_BINDS={ephemeral.BIND: config.ephemeral_url},
        SQLALCHEMY_ENGINE_OPTIONS={
            # One connection for each thread, and one to spare; errors name no values.
            "pool_size": config.threads + 1,
            "max_overflow": 1,
            "pool_pre_ping": bool(config.database_url),
            "hide_parameters": True,
        },
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        HOST=config.host,
        PORT=config.port,
        FIXED_ADDRESS=config.url,
        UPLOADS=config.uploads,
    )


def _database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        ephemeral.prepare_engine(ephemeral.engine())


def _pages(app: Flask, config: Config) -> None:
    """Guards first, in the order they are asked; then what templates know; then the addresses."""
    log.hide_tokens(app)
    if config.maintenance:
        maintenance.close(app)
    origin.guard(app)
    paths.guard(app)
    visitor.recognise(app, sessions.find)
    headers.guard(app)
    errors.draw_errors(app)
    filters.add_filters(app)
    with app.app_context():
        facts.ask(partial(settings.load, config.url, LOCAL_ADDRESS.format(port=config.port)))
    _templates(app, config)
    for blueprint in (reading, media, accounts, account, administration, health):
        app.register_blueprint(blueprint)


def _templates(app: Flask, config: Config) -> None:
    slots = app.extensions[chrome.KEY] = chrome.Chrome()
    slots.fill("navigation", lambda: home.navigation(now()))
    slots.fill("actions", actions)
    slots.fill("colophon", lambda: (chrome.Link("Archive", urls.archive()),))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(urls=urls, chrome=slots, asset=Assets(config.assets).url)
    app.context_processor(lambda: {"site": facts.site()})
    local = LOCAL_ADDRESS.format(port=config.port)
    letters.use(app.jinja_env, partial(settings.load, config.url, local))


def _policy(found: Headers, _path: str, _url: str) -> None:
    for name, value in headers.EVERY_ANSWER.items():
        found[name] = value


def _layers(app: Flask, config: Config) -> None:
    """What stands between the server and Flask, from the inside outward."""
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    files = WhiteNoise(
        app.wsgi_app,
        immutable_file_test=assets.IMMUTABLE,
        allow_all_origins=False,
        add_headers_function=_policy,
    )
    files.add_files(config.assets, prefix="assets/")
    bodies = Bodies(files, port=config.port, threads=config.threads, limit=MAX_FORM_BYTES)
    app.wsgi_app = log.RequestLog(bodies)  # type: ignore[method-assign]
