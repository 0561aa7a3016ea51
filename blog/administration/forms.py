"""Forms of administration."""

from wtforms import SelectField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from ..site.models import ADDRESS_LIMIT, NAME_LIMIT, TAGLINE_LIMIT
from ..web.forms import OpenForm
from .choices import languages, time_zones


class SetupForm(OpenForm):
    """What a site must know of itself."""

    name = StringField(
        "Name of the site", [InputRequired("The site needs a name."), Length(max=NAME_LIMIT)]
    )
    tagline = StringField("Tagline", [Length(max=TAGLINE_LIMIT)])
    address = StringField(
        "Address",
        [InputRequired("Say where readers will find the site."), Length(max=ADDRESS_LIMIT)],
    )
    language = SelectField("Language", choices=languages)
    time_zone = SelectField("Time zone", choices=time_zones)
    submit = SubmitField("Set up the site")
