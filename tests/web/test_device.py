"""Words for a browser, and networks for counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.web import device, network


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18 Safari/605", "Safari on Mac"),
        ("curl/8.5", "An unknown browser"),
        ("", "An unknown browser"),
        ("something on linux", "A browser on Linux"),
    ],
)
def test_a_browser_is_named_as_people_know_it(header: str, said: str) -> None:
    assert device.words(header) == said


@given(st.text())
def test_nothing_of_the_header_itself_is_kept(header: str) -> None:
    names = {name for _mark, name in (*device.BROWSERS, *device.SYSTEMS)}
    names |= {"An unknown browser", "A browser"}
    assert set(device.words(header).split(" on ")) <= names


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.9, 198.51.100.1", ""),
    ],
)
def test_addresses_that_cost_nothing_are_counted_as_one(address: str, counted: str) -> None:
    assert network.of(address) == counted
