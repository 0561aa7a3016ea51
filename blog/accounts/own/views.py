"""The addresses of one's own account: how one is shown, e-mail, password, devices, the end."""

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from ...core.db import db, end_read
from ...core.errors import Invalid
from ...web import transaction, urls, visitor
from ...web.chrome import Link
from ...web.facts import site
from ...web.forms import DONE
from ...web.pages import draw
from .. import closing, login, notices, passwords, people, recovery, sessions, verification
from ..models import Person
from .forms import KEEP, DeleteForm, EmailForm, PasswordForm, ProfileForm

blueprint = Blueprint("account", __name__)

FORMS = frozenset({urls.account(), urls.account_email(), urls.account_password()})
"""The addresses of the forms that stand on one page."""


@blueprint.route("/account", methods=["GET", "POST"])
@visitor.required
def profile() -> ResponseReturnValue:
    """How one is shown; the other forms of the page have addresses of their own."""
    person = visitor.person()
    form = ProfileForm(name=person.name, bio=person.bio)
    status = form.attempt(lambda: _describe(form, person.id))
    return _done("profile") if status == DONE else _account(status, profile=form)


@blueprint.route("/account/email", methods=["GET", "POST"])
@visitor.required
def email() -> ResponseReturnValue:
    """Ask for another address; the same answer whether it is known or not."""
    person = visitor.person()
    form = EmailForm()
    status = form.attempt(lambda: _ask_change(form, person))
    return _done("email") if status == DONE else _account(status, email=form)


@blueprint.route("/account/password", methods=["GET", "POST"])
@visitor.required
def password() -> ResponseReturnValue:
    """Choose another password; every other session ends."""
    person = visitor.person()
    form = PasswordForm()
    status = form.attempt(lambda: _change_password(form, person))
    return _done("password") if status == DONE else _account(status, password=form)


@blueprint.get("/account/devices")
@visitor.required
def devices() -> ResponseReturnValue:
    """Where one is logged in."""
    here = sessions.number(visitor.token())
    shown = [
        {"id": row.id, "words": row.device, "since": row.created_at, "here": row.id == here}
        for row in sessions.of(visitor.person())
    ]
    return _own("accounts/devices.html", "Devices", devices=shown)


@blueprint.post("/account/devices/<int:session_id>/end")
@visitor.required
def end_device(session_id: int) -> ResponseReturnValue:
    """End one session; the present one too, if it is that."""
    person_id, here = visitor.person().id, sessions.number(visitor.token())
    with transaction.writing():
        sessions.end_one(db.session.get_one(Person, person_id), session_id)
    if session_id == here:
        visitor.sign_out()
        return redirect(urls.home(), 303)
    return redirect(urls.with_parameters(urls.devices(), done="device"), 303)


@blueprint.post("/account/devices/end")
@visitor.required
def end_devices() -> ResponseReturnValue:
    """End every session, this one included."""
    person_id = visitor.person().id
    with transaction.writing():
        sessions.end_all(db.session.get_one(Person, person_id))
    visitor.sign_out()
    return redirect(urls.home(), 303)


@blueprint.route("/account/delete", methods=["GET", "POST"])
@visitor.required
def delete() -> ResponseReturnValue:
    """Take one's account away for good."""
    person = visitor.person()
    form = DeleteForm()
    status = form.attempt(lambda: _erase(form, person))
    if status == DONE:
        visitor.sign_out()
        return redirect(urls.account_deleted(), 303)
    return _own("accounts/delete.html", "Delete your account", status, form=form)


def _describe(form: ProfileForm, person_id: int) -> None:
    with transaction.writing():
        person = db.session.get_one(Person, person_id)
        people.present(person, form.name.data, form.bio.data or "")


def _ask_change(form: EmailForm, person: Person) -> None:
    person_id = _check_again(person, form.password.data)
    address = site().address
    with transaction.writing():
        person = db.session.get_one(Person, person_id)
        verification.ask_change(person, form.email.data, address=address)


def _change_password(form: PasswordForm, person: Person) -> None:
    word, names = form.new_password.data, (person.username, person.email or "")
    person_id = _check_again(person, form.password.data)
    try:
        passwords.check_rule(word, username=names[0], email=names[1])
    except Invalid as error:
        raise Invalid("new_password", error.message) from None
    stored, here = passwords.hash_password(word), visitor.token()
    address = site().address
    with transaction.writing():
        person = db.session.get_one(Person, person_id)
        recovery.change(person, stored, except_token=here, address=address)


def _erase(form: DeleteForm, person: Person) -> None:
    person_id = _check_again(person, form.password.data)
    with transaction.writing():
        person = db.session.get_one(Person, person_id)
        closing.erase(person, by=person, keep=form.articles.data == KEEP)


def _check_again(person: Person, word: str) -> int:
    """Ask for the present password, with no read held open meanwhile; gives the person's number."""
    person_id, stored = person.id, person.password_hash
    end_read()
    login.check_again(person_id, stored, word)
    return person_id


def _account(status: int = 200, **sent: ProfileForm | EmailForm | PasswordForm) -> Response:
    person = visitor.person()
    forms = {
        "profile": ProfileForm(formdata=None, name=person.name, bio=person.bio),
        "email": EmailForm(formdata=None),
        "password": PasswordForm(formdata=None),
    }
    return _own("accounts/account.html", "Your account", status, person=person, **(forms | sent))


def _own(template: str, title: str, status: int = 200, **facts: object) -> Response:
    parts = (
        Link("Account", urls.account(), request.path in FORMS),
        Link("Devices", urls.devices(), request.path == urls.devices()),
        Link("Delete your account", urls.account_delete(), request.path == urls.account_delete()),
    )
    told = notices.DONE.get(request.args.get("done", ""), "")
    return draw(template, title, status, parts=parts, told=told, **facts)


def _done(what: str) -> ResponseReturnValue:
    return redirect(urls.with_parameters(urls.account(), done=what), 303)
