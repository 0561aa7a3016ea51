"""Settings: where they come from, and one clear sentence for each that cannot be used."""

from pathlib import Path

import pytest

from blog.config import Config, ConfigError, load_config


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"BLOG_INSTANCE": str(tmp_path)}


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(
    environ: dict[str, str], tmp_path: Path
) -> None:
    assert load_config(environ).port == 8000
    (tmp_path / "config.toml").write_text(
        'port = 9000\nurl = "https://file.example"\nsample = false\n'
    )
    assert load_config(environ).port == 9000
    assert load_config(environ).sample is False
    found = load_config(environ | {"BLOG_PORT": "9001"})
    assert (found.port, found.url) == (9001, "https://file.example")


def test_a_stored_secret_is_used_and_a_given_one_wins(
    environ: dict[str, str], tmp_path: Path
) -> None:
    assert load_config(environ).secret_key == b""
    (tmp_path / "secret").write_bytes(b"s" * 64 + b"\n")
    assert load_config(environ).secret_key == b"s" * 64
    assert load_config(environ | {"BLOG_SECRET_KEY": "k" * 32}).secret_key == b"k" * 32


def test_both_spellings_of_a_postgresql_address_are_understood(environ: dict[str, str]) -> None:
    for scheme in ("postgres", "postgresql"):
        found = load_config(environ | {"BLOG_DATABASE_URL": f"{scheme}://me@db/blog"})
        assert found.sqlalchemy_url == found.ephemeral_url == "postgresql+psycopg://me@db/blog"


def test_sqlite_keeps_what_may_be_forgotten_in_a_file_of_its_own(environ: dict[str, str]) -> None:
    found = load_config(environ)
    assert found.sqlalchemy_url.endswith("/broadsheet.db")
    assert found.ephemeral_url.endswith("/ephemeral.db")


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("PORT", "eighty", "whole number"),
        ("PORT", "0", "BLOG_PORT"),
        ("PORT", "70000", "65535"),
        ("WORKERS", "0", "BLOG_WORKERS"),
        ("THREADS", "1", "BLOG_THREADS"),
        ("TRUSTED_PROXIES", "-1", "BLOG_TRUSTED_PROXIES"),
        ("MAINTENANCE", "perhaps", "yes or no"),
        ("URL", "example.org", "https://example.org"),
        ("URL", "https://example.org/blog", "without a path"),
        ("URL", "ftp://example.org", "BLOG_URL"),
        ("URL", "https://example.org:port", "BLOG_URL"),
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("DATABASE_URL", "postgresql:/x", "postgresql://"),
        ("DATABASE_URL", "postgresqlite://x", "postgresql://"),
        ("DATABASE_URL", "postgresql://db:port/x", "BLOG_DATABASE_URL"),
        ("DATABASE_URL", "postgresql://db:/x", "BLOG_DATABASE_URL"),
        ("DATABASE_URL", "postgresql://db:70000/x", "BLOG_DATABASE_URL"),
        ("HOST", "nonsense", "BLOG_HOST"),
        ("HOST", "localhost", "127.0.0.1"),
        ("HOST", "[::1]", "BLOG_HOST"),
        ("HOST", "fe80::1%eth0", "BLOG_HOST"),
        ("HOST", "", "BLOG_HOST"),
        ("PROT", "8001", "BLOG_PROT"),
        ("LOG_LEVEL", "LOUD", "DEBUG"),
        ("SECRET_KEY", "short", "32"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_sentence(
    environ: dict[str, str], name: str, value: str, word: str
) -> None:
    with pytest.raises(ConfigError) as refusal:
        load_config(environ | {f"BLOG_{name}": value})
    assert word in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_password_is_not_said(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as refusal:
        load_config(environ | {"BLOG_DATABASE_URL": "postgresql://me:tulip@db:port/blog"})
    assert "tulip" not in str(refusal.value)


def test_what_the_tests_are_told_is_no_setting_and_no_slip(environ: dict[str, str]) -> None:
    assert load_config(environ | {"BLOG_TEST_SCALE": "20"}) == load_config(environ)


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("0:0:0:0:0:0:0:1", "::1"),
        ("2001:DB8::0:1", "2001:db8::1"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "0.0.0.0"),
    ],
)
def test_an_address_to_listen_on_gets_its_normal_form(
    environ: dict[str, str], said: str, normal: str
) -> None:
    assert load_config(environ | {"BLOG_HOST": said}).host == normal


@pytest.mark.parametrize(
    "content", ["port = ", "prot = 8000", 'port = "x"', "port = [1]", "\xff\xfe"]
)
def test_a_file_that_cannot_be_used_is_named_too(
    environ: dict[str, str], tmp_path: Path, content: str
) -> None:
    (tmp_path / "config.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load_config(environ)


def test_the_table_of_defaults_makes_a_working_configuration() -> None:
    assert Config().workers >= 1
