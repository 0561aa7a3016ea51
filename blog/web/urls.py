"""Public addresses, as paths: one function each, so that a lower room can link to an upper one."""

from urllib.parse import quote, urlencode


def home() -> str:
    """The front page."""
    return "/"


def article(slug: str) -> str:
    """An article."""
    return f"/articles/{quote(slug)}"


def article_comments(slug: str) -> str:
    """The comments of an article, on its page."""
    return f"{article(slug)}#comments"


def category(slug: str) -> str:
    """Everything in a category."""
    return f"/categories/{quote(slug)}"


def tag(slug: str) -> str:
    """Everything that bears a tag."""
    return f"/tags/{quote(slug)}"


def person(username: str) -> str:
    """A person and what they wrote."""
    return f"/people/{quote(username)}"


def archive() -> str:
    """Every article, by month."""
    return "/archive"


def picture(key: str, file_name: str) -> str:
    """One file of a picture."""
    return f"/media/{key}/{quote(file_name)}"


def setup(token: str = "") -> str:
    """The page of the first run."""
    return "/setup" + (f"?{urlencode({'token': token})}" if token else "")


def with_parameters(path: str, **parameters: str) -> str:
    """The same path with a query."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def absolute(address: str, path: str) -> str:
    """A path below the site's address, which is a setting and never the Host header."""
    return address.rstrip("/") + path
