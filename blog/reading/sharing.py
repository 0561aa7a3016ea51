"""Plain links that hand an article to another service; nothing is told to it before the click.

Addresses as documented by each service; `mailto` after RFC 6068.
"""

from urllib.parse import quote

from .pages import ShareLink


def links(title: str, address: str, picture: str | None) -> tuple[ShareLink, ...]:
    """The five services, for an article's title, absolute address and absolute picture."""
    return (
        ShareLink(
            "facebook", "Facebook", _to("https://www.facebook.com/sharer/sharer.php", u=address)
        ),
        ShareLink("x-mark", "X", _to("https://x.com/intent/post", text=title, url=address)),
        ShareLink(
            "reddit", "Reddit", _to("https://www.reddit.com/submit", url=address, title=title)
        ),
        ShareLink("pinterest", "Pinterest", _pinterest(title, address, picture)),
        ShareLink("mail", "Email", _to("mailto:", subject=title, body=address)),
    )


def _pinterest(title: str, address: str, picture: str | None) -> str:
    media = {"media": picture} if picture else {}
    return _to(
        "https://www.pinterest.com/pin/create/button/", url=address, **media, description=title
    )


def _to(target: str, **parameters: str) -> str:
    """Every reserved character is encoded, a space as %20: mail programs do not know the plus."""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
    return f"{target}?{query}"
