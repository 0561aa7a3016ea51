"""Settings: environment variables `BLOG_…` over `instance/config.toml` over defaults, checked once.

Only `create_app` and the starter read them; everything else is given values.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "BLOG_"
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
    host: str = setting("127.0.0.1", "address to listen on")
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
    secret_key: bytes = setting(b"", "signing key, 32 bytes or more; empty means `instance/secret`")

    @property
    def sqlalchemy_url(self) -> str:
        """Where the main database is, as SQLAlchemy says it."""
        if not self.database_url:
            return f"sqlite:///{self.instance / 'broadsheet.db'}"
        scheme, separator, rest = self.database_url.partition("://")
        return f"postgresql+psycopg{separator}{rest}" if scheme.startswith("postgres") else ""

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
    return check(Config(instance=instance, **values))


def check(config: Config) -> Config:
    """The same settings, if they make sense together. Raises ConfigError."""
    if not 1 <= config.port <= 65_535:
        raise ConfigError(f"BLOG_PORT is {config.port}; a port is a number from 1 to 65535.")
    if config.workers < 1 or config.threads < 2:
        raise ConfigError("BLOG_WORKERS must be at least 1 and BLOG_THREADS at least 2.")
    if config.trusted_proxies < 0:
        raise ConfigError("BLOG_TRUSTED_PROXIES cannot be less than 0.")
    if config.url:
        check_address(config.url)
    if config.database_url and not config.sqlalchemy_url:
        raise ConfigError("BLOG_DATABASE_URL must begin with postgresql:// (or stay empty).")
    if config.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ConfigError("BLOG_LOG_LEVEL is one of DEBUG, INFO, WARNING, ERROR.")
    if config.secret_key and len(config.secret_key) < MIN_SECRET_BYTES:
        raise ConfigError(f"BLOG_SECRET_KEY must have at least {MIN_SECRET_BYTES} bytes.")
    return config


def check_address(url: str) -> None:
    """Raises ConfigError unless `url` is scheme and host, without path."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        port_is_fine, parts = False, urlsplit("")
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not bare or not port_is_fine:
        raise ConfigError(
            f"BLOG_URL is {url!r}; write it like https://example.org, without a path."
        )


def _from_file(path: Path) -> dict[str, tuple[object, str]]:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from None
    return {name: (value, f"{name} in {path}") for name, value in said.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    names = {item.name for item in fields(Config)}
    given = {key.removeprefix(PREFIX).lower(): key for key in environ if key.startswith(PREFIX)}
    return {name: (environ[key], key) for name, key in given.items() if name in names}


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
