"""The addresses of administration: for now, the first run."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..core.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from ..site import settings
from ..web import transaction
from ..web.facts import site
from .forms import SetupForm
from .setup import opens

blueprint = Blueprint("administration", __name__)

PAGE = {
    "title": "Set up your site",
    "description": "",
    "canonical": None,
    "picture": None,
    "kind": "website",
}


class LinkSpent(Gone):
    """The site is set up, and nothing sets it up again."""

    title = "This link has done its work"


@blueprint.route("/setup", methods=["GET", "POST"])
def setup() -> ResponseReturnValue:
    """Name, address, language and zone, once, for whoever holds the link.

    A second post, as by a double click, changes nothing and leads where the first one led.
    """
    holds_link = opens(request.args.get("token", ""), current_app.config["SECRET_KEY"])
    if site().set_up and holds_link and request.method == "POST":
        return _done()
    _check(holds_link)
    form = SetupForm(obj=site())
    if form.validate_on_submit() and _store(form):
        return _done()
    return _form_page(form)


@blueprint.get("/setup/done")
def setup_done() -> ResponseReturnValue:
    """What to do next."""
    if not site().set_up:
        raise NotFound
    return _private(render_template("administration/setup_done.html", page=PAGE), 200)


def _check(holds_link: bool) -> None:
    if site().set_up:
        raise LinkSpent("This site is set up already, and the link opens nothing any more.")
    if not holds_link:
        raise Forbidden("This page opens with the link that the server printed when it started.")


def _done() -> ResponseReturnValue:
    return redirect(url_for("administration.setup_done"), 303)


def _store(form: SetupForm) -> bool:
    """Whether the site is set up now; otherwise the form says what is in the way."""
    said: dict[str, Any] = {name: form[name].data or "" for name in settings.NAMES}
    try:
        with transaction.writing():
            settings.set_up(replace(settings.load(), **said))
    except Conflict:
        return True  # a post of the same person came first, or won the race
    except Invalid as error:
        form.refuse(error.field, error.message)
        return False
    return True


def _form_page(form: SetupForm) -> ResponseReturnValue:
    fixed = bool(current_app.config["FIXED_ADDRESS"])
    drawn = render_template("administration/setup.html", page=PAGE, form=form, address_fixed=fixed)
    return _private(drawn, 422 if form.is_submitted() else 200)


def _private(drawn: str, status: int) -> ResponseReturnValue:
    return drawn, status, {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
