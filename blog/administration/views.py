"""The addresses of administration: for now, the first run."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue

from ..accounts import passwords, people, sessions
from ..accounts.models import Role
from ..core.db import end_read
from ..core.errors import Conflict, Forbidden, Gone, Invalid
from ..site import settings
from ..transfer.sample import clearing
from ..web import device, transaction, urls, visitor
from ..web.facts import site
from ..web.forms import DONE
from ..web.pages import draw_secret
from . import proposals
from .forms import SetupForm
from .setup import opens

blueprint = Blueprint("administration", __name__)

SITE_FIELDS = ("name", "address", "language", "time_zone")


class LinkSpent(Gone):
    """The site is set up, and nothing sets it up again."""

    title = "This link has done its work"


@blueprint.route("/setup", methods=["GET", "POST"])
@visitor.same_for_all
def setup() -> ResponseReturnValue:
    """The site and who runs it, once, for whoever holds the link; it logs in.

    A second post, as by a double click, changes nothing and leads where the first one led.
    """
    holds_link = opens(request.args.get("token", ""), current_app.config["SECRET_KEY"])
    if site().set_up and holds_link and request.method == "POST":
        return redirect(urls.home(), 303)
    _check(holds_link)
    form = SetupForm(obj=_proposed())
    status = form.attempt(lambda: _set_up(form))
    settled = status in {DONE, Conflict.status}
    return redirect(urls.home(), 303) if settled else _form_page(form, status)


def _check(holds_link: bool) -> None:
    if site().set_up:
        raise LinkSpent("This site is set up already, and the link opens nothing any more.")
    if not holds_link:
        raise Forbidden("This page opens with the link that the server printed when it started.")


def _proposed() -> settings.SiteSettings:
    present: settings.SiteSettings = site()
    return replace(
        present,
        language=proposals.language(request.accept_languages, present.language),
        time_zone=proposals.time_zone(present.time_zone),
    )


def _set_up(form: SetupForm) -> None:
    word, email = form.password.data, form.email.data
    passwords.check_rule(word, email=email)
    end_read()
    stored = passwords.hash_password(word)
    words = device.words(request.user_agent.string)
    with transaction.writing():
        _name_site(form)
        if not form.keep_sample.data:
            clearing.clear()
        token = _appoint(form, stored, words)
    visitor.sign_in(token)


def _name_site(form: SetupForm) -> None:
    said = {name: form[name].data for name in SITE_FIELDS}
    settings.set_up(replace(settings.load(), **said))


def _appoint(form: SetupForm, stored: str, words: str) -> str:
    """Make the administrator, whose address is believed; gives the token of a session."""
    name = form.your_name.data
    try:
        username, email = proposals.username(name), form.email.data
        person = people.admit(username, name, email, stored, Role.ADMINISTRATOR)
    except Invalid as error:
        field = "your_name" if error.field in {"name", "username"} else error.field
        raise Invalid(field, error.message) from None
    return sessions.begin(person, words)


def _form_page(form: SetupForm, status: int) -> Response:
    fixed = bool(current_app.config["FIXED_ADDRESS"])
    facts = {"form": form, "address_fixed": fixed, "sample": clearing.is_there()}
    return draw_secret("administration/setup.html", "Set up your site", status, **facts)
