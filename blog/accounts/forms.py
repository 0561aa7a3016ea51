"""Forms of the way in. Rules beyond "something must stand here" belong to the verbs."""

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from ..web.forms import OpenForm
from .models import EMAIL_LIMIT, USERNAME_LIMIT

TYPED_LIMIT = 1_000
"""Characters of a password that are looked at; its own rule is stricter and says so."""


def needed(sentence: str, limit: int = TYPED_LIMIT) -> list[object]:
    """The rule of a field that cannot stay empty."""
    return [InputRequired(sentence), Length(max=limit)]


class LoginForm(OpenForm):
    """Who, and the proof of it."""

    who = StringField(
        "E-mail or user name",
        needed("Write your e-mail address or your user name.", EMAIL_LIMIT),
        id="login-who",
    )
    password = PasswordField("Password", needed("Write your password."), id="login-password")
    stay = BooleanField("Stay logged in on this machine", id="login-stay")
    next = HiddenField(id="login-next")


class JoinForm(OpenForm):
    """What it takes to become a member."""

    username = StringField(
        "User name", needed("Choose a user name.", USERNAME_LIMIT), id="join-username"
    )
    email = EmailField("E-mail", needed("Write your e-mail address.", EMAIL_LIMIT), id="join-email")
    password = PasswordField("Password", needed("Choose a password."), id="join-password")


class ForgotForm(OpenForm):
    """Whose letter is asked for."""

    email = EmailField("E-mail", needed("Write your e-mail address.", EMAIL_LIMIT))


class ResetForm(OpenForm):
    """A new password, by whoever holds the letter."""

    password = PasswordField("New password", needed("Choose a password."))
