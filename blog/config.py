"""Settings: environment variables `BLOG_…` over `instance/config.toml` over defaults, checked once.

Only `create_app` and the starter read them; everything else is given values.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from .core.addresses import origin
from .core.mail import transport as mail

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "BLOG_"
OF_THE_TESTS = "BLOG_TEST_"
"""What `make test` is told; the site itself has no use for it."""
POSTGRESQL = frozenset({"postgres", "postgresql", "postgresql+psycopg"})
MIN_SECRET_BYTES = 32


class ConfigError(Exception):
    """A setting that cannot be used; the message is one sentence for whoever runs the site."""


def setting(default: Any, doc: str) -> Any:
    """A field with its line of documentation."""
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting there is."""

    instance: Path = setting(ROOT / "instance", "folder of the database, uploads, assets, secret")
    host: str = setting("127.0.0.1", "IP address to listen on")
    port: int = setting(8000, "port to listen on")
    url: str = setting(
        "", "address of the site, such as `https://example.org`; wins over the stored one"
    )
    database_url: str = setting("", "PostgreSQL address; empty means `instance/broadsheet.db`")
    workers: int = setting(2, "server processes")
    threads: int = setting(8, "threads in each server process; at least 2")
    trusted_proxies: int = setting(0, "how many forwarders in front may say who the reader is")
    maintenance: bool = setting(False, "answer 503 with the maintenance page")
    sample: bool = setting(True, "put the sample publication into an empty database")
    log_level: str = setting("INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`")
    mail_url: str = setting("", "`smtp://name:word@host:port` or `smtps://…`; empty: `outbox/`")
    mail_from: str = setting("", "address that mail comes from; empty: `no-reply@` the site's host")
    secret_key: bytes = setting(b"", "signing key, 32 bytes or more; empty means `instance/secret`")

    @property
    def sqlalchemy_url(self) -> str:
        """Where the main database is, as SQLAlchemy says it."""
        if not self.database_url:
            return f"sqlite:///{self.instance / 'broadsheet.db'}"
        scheme, separator, rest = self.database_url.partition("://")
        return f"postgresql+psycopg://{rest}" if separator and scheme in POSTGRESQL else ""

    @property
    def ephemeral_url(self) -> str:
        """Where the forgettable database is."""
        own = f"sqlite:///{self.instance / 'ephemeral.db'}"
        return self.sqlalchemy_url if self.database_url else own

    @property
    def assets(self) -> Path:
        """The folder of built style sheets, scripts, fonts."""
        return self.instance / "assets"

    @property
    def uploads(self) -> Path:
        """The folder of pictures."""
        return self.instance / "uploads"


def load_config(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in force. Raises ConfigError, naming the setting and where it was said."""
    instance = Path(environ.get(f"{PREFIX}INSTANCE") or ROOT / "instance").absolute()
    said = {**_from_file(instance / "config.toml"), **_from_environment(environ)}
    said.pop("instance", None)
    values: dict[str, Any] = {name: _convert(name, *value) for name, value in said.items()}
    if not values.get("secret_key"):
        values["secret_key"] = _read_secret(instance / "secret")
    config = check(Config(instance=instance, **values))
    return replace(config, host=normal_host(config.host))


def check(config: Config) -> Config:
    """The same settings, if they make sense together. Raises ConfigError."""
    normal_host(config.host)
    if not 1 <= config.port <= 65_535:
        raise ConfigError(f"BLOG_PORT is {config.port}; a port is a number from 1 to 65535.")
    if config.workers < 1 or config.threads < 2:
        raise ConfigError("BLOG_WORKERS must be at least 1 and BLOG_THREADS at least 2.")
    if config.trusted_proxies < 0:
        raise ConfigError("BLOG_TRUSTED_PROXIES cannot be less than 0.")
    if config.url:
        check_address(config.url)
    if config.database_url:
        check_database(config)
    if config.mail_url:
        check_mail(config.mail_url)
    if config.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ConfigError("BLOG_LOG_LEVEL is one of DEBUG, INFO, WARNING, ERROR.")
    if config.secret_key and len(config.secret_key) < MIN_SECRET_BYTES:
        raise ConfigError(f"BLOG_SECRET_KEY must have at least {MIN_SECRET_BYTES} bytes.")
    return config


def check_mail(url: str) -> None:
    """Raises ConfigError unless `url` names a mail server."""
    try:
        mail.read(url)
    except mail.SettingsError as error:
        raise ConfigError(str(error)) from None


def check_address(url: str) -> None:
    """Raises ConfigError unless `url` is scheme and host, without path."""
    try:
        origin(url)
    except ValueError as error:
        raise ConfigError(f"BLOG_URL is {url!r}. {error}") from None


def check_database(config: Config) -> None:
    """Raises ConfigError unless the address of the database can be read; it is not asked."""
    if not config.sqlalchemy_url:
        raise ConfigError("BLOG_DATABASE_URL must begin with postgresql:// (or stay empty).")
    try:
        port = make_url(config.sqlalchemy_url).port
    except (ArgumentError, ValueError):
        port = 0
    # The address itself is not said: it holds a password.
    if port is not None and not 1 <= port <= 65_535:
        raise ConfigError(
            "BLOG_DATABASE_URL cannot be read; write it like postgresql://name:word@host:5432/blog."
        )


def normal_host(host: str) -> str:
    """The address to listen on as everybody writes it (RFC 5952). Raises ConfigError.

    The server takes neither names nor zones of IPv6.
    """
    try:
        address = ip_address("" if "%" in host else host)
    except ValueError:
        raise ConfigError(
            f"BLOG_HOST is {host!r}; it must be an IP address, such as 127.0.0.1 or ::1."
        ) from None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _from_file(path: Path) -> dict[str, tuple[object, str]]:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from None
    return {name: (value, f"{name} in {path}") for name, value in said.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    ours = [key for key in environ if key.startswith(PREFIX) and not key.startswith(OF_THE_TESTS)]
    return {key.removeprefix(PREFIX).lower(): (environ[key], key) for key in ours}


def _convert(name: str, value: object, where: str) -> object:
    defaults = {item.name: item.default for item in fields(Config)}
    if name not in defaults:
        raise ConfigError(f"{where} is not a setting; the README lists them.")
    try:
        return _as_type(type(defaults[name]), value)
    except (ValueError, TypeError):
        kind = {int: "a whole number", bool: "yes or no"}.get(type(defaults[name]), "text")
        raise ConfigError(f"{where} is {value!r}; it must be {kind}.") from None


def _as_type(kind: type, value: object) -> object:
    if kind is bool:
        words = {"1": True, "yes": True, "true": True, "on": True}
        words |= {"0": False, "no": False, "false": False, "off": False, "": False}
        return value if isinstance(value, bool) else _word(words, str(value).lower())
    if kind is int:
        return int(str(value))
    if kind is bytes:
        return str(value).encode()
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def _word(words: dict[str, bool], value: str) -> bool:
    if value not in words:
        raise ValueError
    return words[value]


def _read_secret(path: Path) -> bytes:
    """The stored key, or nothing: the starter writes one."""
    try:
        return path.read_bytes().strip()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
