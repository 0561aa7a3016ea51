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


def join() -> str:
    """Where a reader becomes a member."""
    return "/join"


def joined() -> str:
    """What happens after joining: a letter."""
    return "/join/sent"


def login(then: str = "") -> str:
    """Where a member logs in, and where they go on to."""
    return with_parameters("/login", **({"next": then} if then else {}))


def logout() -> str:
    """Where a post ends the session."""
    return "/logout"


def forgot() -> str:
    """Where a member without password asks for a letter."""
    return "/login/forgot"


def forgot_sent() -> str:
    """What happens after asking for a letter."""
    return "/login/forgot/sent"


def password_changed() -> str:
    """What happens after choosing a new password."""
    return "/login/changed"


def reset(token: str) -> str:
    """Where a new password is chosen, by whoever holds the letter."""
    return f"/login/reset/{quote(token, safe='')}"


def verify(token: str) -> str:
    """Where an e-mail address is proven, by whoever holds the letter."""
    return f"/account/verify/{quote(token, safe='')}"


def verified() -> str:
    """What happens after proving an address."""
    return "/account/verified"


def account_deleted() -> str:
    """What happens after the end of an account."""
    return "/account/deleted"


def account() -> str:
    """One's own account."""
    return "/account"


def account_email() -> str:
    """Where one's e-mail address is changed."""
    return "/account/email"


def account_password() -> str:
    """Where one's password is changed."""
    return "/account/password"


def account_delete() -> str:
    """Where one's account is taken away."""
    return "/account/delete"


def device_end(session_id: int) -> str:
    """Where a post ends one session."""
    return f"/account/devices/{session_id}/end"


def devices_end() -> str:
    """Where a post ends every session."""
    return "/account/devices/end"


def devices() -> str:
    """Where one is logged in."""
    return "/account/devices"


def setup(token: str = "") -> str:
    """The page of the first run."""
    return "/setup" + (f"?{urlencode({'token': token})}" if token else "")


def with_parameters(path: str, **parameters: str) -> str:
    """The same path with a query."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def absolute(address: str, path: str) -> str:
    """A path below the site's address, which is a setting and never the Host header."""
    return address.rstrip("/") + path
