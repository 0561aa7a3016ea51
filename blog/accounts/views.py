"""The addresses of accounts: join, log in and out, lost passwords, proven addresses.

What is slow (hashing) stands before the unit of writing. What is answered to somebody who is not
logged in never tells whether an address is known.
"""

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from ..core.db import db, end_read
from ..core.errors import Gone
from ..web import device, transaction, urls, visitor
from ..web.chrome import Link
from ..web.facts import site
from ..web.forms import DONE
from ..web.network import network
from ..web.origin import SAFE_METHODS
from ..web.pages import draw, draw_secret
from . import (
    login,
    notices,
    passwords,
    proofs,
    recovery,
    registration,
    sessions,
    throttling,
    verification,
)
from .forms import ForgotForm, JoinForm, LoginForm, ResetForm
from .models import Person, Purpose

blueprint = Blueprint("accounts", __name__)


def actions() -> tuple[Link, ...]:
    """What the masthead offers to whoever asks."""
    person = visitor.person()
    if person is None:
        return (Link("Log in", urls.login(), icon="person"),)
    own = Link(person.name, urls.account(), icon="person")
    return (own, Link("Log out", urls.logout(), posts=True))


@blueprint.route("/join", methods=["GET", "POST"], endpoint="join")
@visitor.same_for_all
def join_() -> ResponseReturnValue:
    """Become a member; the same answer whether the address is known or not."""
    if visitor.person() and request.method in SAFE_METHODS:
        return redirect(urls.account(), 303)
    form = JoinForm()
    status = form.attempt(lambda: _join(form))
    return redirect(urls.joined(), 303) if status == DONE else _door("join", status, join=form)


@blueprint.route("/login", methods=["GET", "POST"], endpoint="login")
@visitor.same_for_all
def login_() -> ResponseReturnValue:
    """Begin a session, and go on to where one came from."""
    form = LoginForm(next=request.args.get("next", ""))
    then = visitor.own_path(form.next.data or "", urls.home())
    if visitor.person() and request.method in SAFE_METHODS:
        return redirect(then, 303)
    try:
        status = form.attempt(lambda: _log_in(form))
    except login.Unproven as unproven:
        return _send_again(unproven)
    form.next.data = then if then != urls.home() else ""
    return redirect(then, 303) if status == DONE else _door("login", status, login=form)


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """End the present session."""
    with transaction.writing():
        sessions.end(visitor.token())
    visitor.sign_out()
    return redirect(urls.home(), 303)


@blueprint.route("/login/forgot", methods=["GET", "POST"])
@visitor.same_for_all
def forgot() -> ResponseReturnValue:
    """Ask for a letter; the same answer whether the address is known or not."""
    form = ForgotForm()
    status = form.attempt(lambda: _ask_for_letter(form))
    if status == DONE:
        return redirect(urls.forgot_sent(), 303)
    return draw("accounts/forgot.html", "A new password", status, form=form)


@blueprint.route("/login/reset/<token>", methods=["GET", "POST"])
@visitor.same_for_all
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password with a letter in hand."""
    person = recovery.waits(token)
    if person is None:
        return _dead_link()
    form = ResetForm()
    status = form.attempt(lambda: _reset(form, token, person))
    if status == DONE:
        return redirect(urls.password_changed(), 303)
    return draw_secret("accounts/reset.html", "Choose a new password", status, form=form)


@blueprint.route("/account/verify/<token>", methods=["GET", "POST"])
@visitor.same_for_all
def verify(token: str) -> ResponseReturnValue:
    """Prove an address with a letter in hand; mail programs that open links prove nothing."""
    proof = verification.waits(token)
    if proof is None:
        return _dead_link()
    if request.method == "POST":
        _verify(token, proof.purpose)
        return redirect(urls.verified(), 303)
    name = db.session.get_one(Person, proof.person_id).name
    first = proof.purpose is Purpose.VERIFY
    title = "Is this address yours?"
    return draw_secret("accounts/verify.html", title, name=name, email=proof.email, first=first)


@blueprint.get("/join/sent")
@blueprint.get("/login/forgot/sent")
@blueprint.get("/login/changed")
@blueprint.get("/account/verified")
@blueprint.get("/account/deleted")
def told() -> ResponseReturnValue:
    """What has just happened, the same for everybody."""
    notice = notices.AT[request.path]
    return draw("accounts/notice.html", notice.title, notice=notice)


def _join(form: JoinForm) -> None:
    said = {name: form[name].data for name in ("username", "email")}
    passwords.check_rule(form.password.data, **said)
    throttling.take(throttling.JOIN_FROM_NETWORK, network())
    end_read()
    stored = passwords.hash_password(form.password.data)
    address = site().address
    with transaction.writing():
        registration.join(name="", password_hash=stored, address=address, **said)


def _log_in(form: LoginForm) -> None:
    proven = login.prove(form.who.data, form.password.data, network())
    words = device.words(request.user_agent.string)
    with transaction.writing():
        sessions.end(visitor.token())
        token = login.begin(proven, words)
    visitor.sign_in(token, stay=form.stay.data)


def _send_again(unproven: login.Unproven) -> ResponseReturnValue:
    """The password is right: so the letter may go out once more, if the last is not fresh."""
    throttling.take(throttling.LETTER_FROM_NETWORK, network())
    address = site().address
    with transaction.writing():
        person = db.session.get_one(Person, unproven.person_id)
        if proofs.count_open(person.id, Purpose.VERIFY) < recovery.LETTERS_AN_HOUR:
            registration.send_again(person, address=address)
    raise unproven


def _ask_for_letter(form: ForgotForm) -> None:
    throttling.take(throttling.LETTER_FROM_NETWORK, network())
    address = site().address
    with transaction.writing():
        recovery.ask(form.email.data, address=address)


def _reset(form: ResetForm, token: str, person: Person) -> None:
    word = form.password.data
    passwords.check_rule(word, username=person.username, email=person.email or "")
    end_read()
    stored = passwords.hash_password(word)
    with transaction.writing():
        recovery.reset(token, stored, address=site().address)


def _verify(token: str, purpose: Purpose) -> None:
    address = site().address
    with transaction.writing():
        if purpose is Purpose.CHANGE_EMAIL:
            verification.confirm_change(token, address=address)
        else:
            verification.verify(token)


def _door(first: str, status: int, **sent: LoginForm | JoinForm) -> Response:
    """Log in and join, on one page; the one that was asked for comes first."""
    empty = {"login": LoginForm(formdata=None), "join": JoinForm(formdata=None)}
    title = "Join" if first == "join" else "Log in"
    return draw("accounts/door.html", title, status, first=first, **(empty | sent))


def _dead_link() -> Response:
    notice = notices.DEAD_LINK
    return draw_secret("accounts/notice.html", notice.title, Gone.status, notice=notice)
