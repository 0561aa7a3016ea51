"""Two spellings of one place become equal, and what a browser would have to guess is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.config import ConfigError, check_address
from blog.core.addresses import host, listening, origin


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.ORG/", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://example.org:80", "http://example.org"),
        ("http://example.org:443", "http://example.org:443"),
        ("http://example.org:0080", "http://example.org"),
        ("https://müller.example", "https://xn--mller-kva.example"),
        ("https://MÜLLER.example", "https://xn--mller-kva.example"),
        ("https://mu\u0308ller.example", "https://xn--mller-kva.example"),
        ("https://xn--mller-kva.example", "https://xn--mller-kva.example"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://例え.テスト", "https://xn--r8jz45g.xn--zckzah"),
        ("https://ＥＸＡＭＰＬＥ．org", "https://example.org"),
        ("http://[0:0::0:1]:8000", "http://[::1]:8000"),
        ("http://[2001:DB8:0:0:1:0:0:1]", "http://[2001:db8::1:0:0:1]"),
        ("http://[::ffff:192.0.2.1]", "http://[::ffff:c000:201]"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
        ("http://r3---sn.my_box.example", "http://r3---sn.my_box.example"),
    ],
)
def test_every_spelling_of_an_origin_has_one_normal_form(said: str, normal: str) -> None:
    assert origin(said) == normal
    assert host(said) == normal.partition("://")[2]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "example.org",
        "//example.org",
        "ftp://example.org",
        "httpſ://example.org",
        "https://",
        "https:///",
        "https://@host",
        "https://:pw@host",
        "https://user@host",
        "https://exa mple.org",
        "https://exa\tmple.org",
        "https://example.org\n",
        " https://example.org",
        'https://a"b',
        "https://a\\b",
        "https://<b>",
        "https://a%62",
        "https://[::1]x",
        "https://[::1",
        "https://::1",
        "https://[::1%25eth0]",
        "https://[1:2]",
        "https://[]",
        "https://a?",
        "https://a#",
        "https://a/b",
        "https://a//",
        "https://a:",
        "https://a:0",
        "https://a:65536",
        "https://a:８０",
        "https://a:-1",
        "https://a..b",
        "https://.a",
        "https://a.",
        "https://-a.example",
        "https://a-.example",
        "https://" + "a" * 64,
        "https://" + ".".join(["abcdefghi"] * 26),
        "https://127.1",
        "https://127.0.0.1.1",
        "https://127.0.0.256",
        "https://127.0.0.01",
        "https://2130706433",
        "https://0x7f.0.0.0x1",
        "https://xn--.example",
        "https://xn--abc-.example",
        "https://xn--a.example",
        "https://xn--99999999.example",
        "https://a\u200db.example",
        "https://\u0301a.example",
        "https://a／b.example",
        "https://a\u202eb.example",
        "https://a\ud800b.example",
    ],
)
def test_what_a_browser_would_have_to_guess_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(ValueError) as refusal:
        origin(said)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert type(refusal.value) is ValueError


signs = st.one_of(st.characters(), st.sampled_from("abzAZ09.-_:/?#@[]\\%ßüΣςİ１。"))
hosts = st.one_of(
    st.text(signs, max_size=30),
    st.text("abc019-.", max_size=20).map(lambda text: f"xn--{text}"),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda address: f"[{address.exploded}]"),
)


@given(st.sampled_from(["http", "https", "HTTP"]), hosts, st.integers(0, 70_000) | st.none())
def test_a_normal_form_is_ascii_and_its_own_normal_form(
    scheme: str, name: str, port: int | None
) -> None:
    try:
        normal = origin(f"{scheme}://{name}" + ("" if port is None else f":{port}"))
    except ValueError as error:
        assert type(error) is ValueError
        return
    assert origin(normal) == normal
    assert normal.isascii()
    assert normal == normal.lower()
    assert not set(normal.partition("://")[2]) & set(' "<>\\/?#@%')


@given(st.ip_addresses(v=6))
def test_the_long_and_the_short_form_of_an_ipv6_address_are_one(address: object) -> None:
    long = f"http://[{address.exploded}]"  # type: ignore[attr-defined]
    assert origin(long) == origin(f"http://[{address}]")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("Blog.LAN", "http://blog.lan:8000"),
        ("2001:db8:0::7", "http://[2001:db8::7]:8000"),
        ("0.0.0.0", None),
        ("::", None),
        ("0:0::0", None),
        ("", None),
        ("fe80::1%eth0", None),
    ],
)
def test_a_server_that_listens_everywhere_has_no_origin_by_that(
    name: str, found: str | None
) -> None:
    assert listening(name, 8000) == found


@pytest.mark.parametrize(
    "url",
    [
        *("https://@host", "https://:pw@host", "https://exa mple.org", 'https://a"b', "https://a?"),
        *("https://a\\b", "https://<b>", "https://[::1]x", "https://a:0", "https://a/b"),
    ],
)
def test_a_setting_with_such_an_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^BLOG_URL is .+\.$"):
        check_address(url)


@pytest.mark.parametrize("url", ["https://müller.example", "https://example.org:443/"])
def test_a_setting_may_be_spelled_as_a_person_would(url: str) -> None:
    check_address(url)
