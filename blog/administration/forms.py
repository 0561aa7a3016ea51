"""Forms of administration."""

from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from ..accounts.models import EMAIL_LIMIT
from ..accounts.models import NAME_LIMIT as PERSON_NAME_LIMIT
from ..site.models import ADDRESS_LIMIT, NAME_LIMIT
from ..web.forms import OpenForm
from .choices import languages, time_zones


class SetupForm(OpenForm):
    """What a site must know of itself, and who runs it: eight answers at most."""

    name = StringField(
        "Name of the site", [InputRequired("The site needs a name."), Length(max=NAME_LIMIT)]
    )
    address = StringField(
        "Address",
        [InputRequired("Say where readers will find the site."), Length(max=ADDRESS_LIMIT)],
    )
    language = SelectField("Language", choices=languages)
    time_zone = SelectField("Time zone", choices=time_zones)
    your_name = StringField(
        "Your name",
        [InputRequired("Write the name that readers shall see."), Length(max=PERSON_NAME_LIMIT)],
    )
    email = EmailField(
        "Your e-mail address",
        [InputRequired("Write your e-mail address."), Length(max=EMAIL_LIMIT)],
    )
    password = PasswordField("Password", [InputRequired("Choose a password."), Length(max=1_000)])
    keep_sample = BooleanField("Keep the sample articles for now", default=True)
