"""Where a log-in may lead: to a path of ours and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.utils import redirect

from blog.web.visitor import own_path

ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example",
    "HTTPS://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/a",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    " https://evil.example",
    "/ /evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "mailto:a@evil.example",
    "ftp://evil.example",
    "//evil.example@127.0.0.1:8000/",
    "/\u2028/evil.example",
    "/\u00a0/evil.example",
    "／／evil.example",
    "/\x00/evil.example",
    "//[::1]/",
    "evil.example",
    "www.evil.example/a",
    "?next=//evil.example",
    "#//evil.example",
    "",
    "/" + "a" * 600,
    "/a\r\nSet-Cookie: session=x",
]
OURS = ["/", "/account", "/articles/bread", "/archive?before=1-2", "/a%2fb", "/a?x=//b", "/a:b@c"]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nothing_leads_to_another_site(wanted: str) -> None:
    assert own_path(wanted, "/home") == "/home"


@pytest.mark.parametrize("wanted", OURS)
def test_a_path_of_ours_is_followed(wanted: str) -> None:
    assert own_path(wanted, "/home") == wanted


@given(st.text(alphabet="/\\.@:?#%ae\t\n \u2028", max_size=12))
def test_whatever_is_followed_stays_on_this_host(wanted: str) -> None:
    location = redirect(own_path(wanted, "/")).headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
