"""Forms of one's own account. Rules beyond "something must stand here" belong to the verbs."""

from wtforms import EmailField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from ...web.forms import SignedForm
from ..forms import needed
from ..models import BIO_LIMIT, EMAIL_LIMIT, NAME_LIMIT

KEEP, UNPUBLISH = "keep", "unpublish"


class ProfileForm(SignedForm):
    """How somebody is shown."""

    name = StringField("Name", needed("Write the name that people shall see.", NAME_LIMIT))
    bio = TextAreaField("About you", [Length(max=BIO_LIMIT)])


class EmailForm(SignedForm):
    """Another address; the password says that it is really the owner who asks."""

    email = EmailField(
        "New e-mail address", needed("Write the new address.", EMAIL_LIMIT), id="email-new"
    )
    password = PasswordField("Your password", needed("Write your password."), id="email-password")


class PasswordForm(SignedForm):
    """Another password."""

    password = PasswordField(
        "Your present password", needed("Write your present password."), id="password-present"
    )
    new_password = PasswordField("New password", needed("Choose a password."), id="password-new")


class DeleteForm(SignedForm):
    """The end of an account, and what becomes of the articles."""

    articles = RadioField(
        "What shall become of articles that you wrote?",
        choices=[
            SelectChoice(KEEP, "They stay where they are, under “former author”."),
            SelectChoice(UNPUBLISH, "Those you wrote alone are taken back; nobody can read them."),
        ],
        default=KEEP,
    )
    password = PasswordField("Your password", needed("Write your password."))
