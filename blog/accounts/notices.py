"""What is said after something was done: the same words for everybody it is said to."""

from dataclasses import dataclass

from ..web import urls


@dataclass(frozen=True, slots=True)
class Notice:
    """A page with a few words and one way on."""

    title: str
    text: str
    label: str
    href: str
    small: str = ""


AT = {
    urls.joined(): Notice(
        "Look into your mail",
        "A letter is on its way to the address you gave. Open the link in it, and you can log in.",
        "Go to the front page",
        urls.home(),
        "No letter after a few minutes? Look among the unwanted ones, or log in for another one.",
    ),
    urls.forgot_sent(): Notice(
        "Look into your mail",
        "If the address has an account, a letter with a link is on its way there. The link works "
        "for an hour.",
        "Back to log in",
        urls.login(),
        "No letter after a few minutes? Look among the unwanted ones, then ask again.",
    ),
    urls.password_changed(): Notice(
        "Your new password holds",
        "You were logged out everywhere. Log in with the new one.",
        "Log in",
        urls.login(),
    ),
    urls.verified(): Notice(
        "The address is yours",
        "That is all it took.",
        "Go to your account",
        urls.account(),
    ),
    urls.account_deleted(): Notice(
        "Your account is gone",
        "Your name and everything you said of yourself were taken away. You can read on as ever.",
        "Go to the front page",
        urls.home(),
    ),
}

DEAD_LINK = Notice(
    "This link has done its work",
    "It was used already or is too old. You can ask for a new one.",
    "Ask for a new letter",
    urls.forgot(),
)

DONE = {
    "profile": "Saved.",
    "email": "A letter is on its way to the new address. Open the link in it to change over.",
    "password": "The new password holds. You were logged out everywhere else.",
    "device": "Logged out there.",
}
