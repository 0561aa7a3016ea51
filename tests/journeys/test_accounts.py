"""Accounts, from outside: a browser, the outbox, and nothing else."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from blog.accounts import people, sanctions
from blog.accounts.models import LoginSession, Person, Role, SanctionKind
from blog.articles.models import Article
from blog.core.clock import now
from blog.core.db import db, writing
from blog.site import settings
from tests import factories
from tests.members import WORD, member
from tests.visitors import HOST, ORIGIN, Browser, browser, letters, link_in

NEW_WORD = "another lamp, another rain"
EVIL = "evil.example"


@pytest.fixture
def me(app: Flask) -> Browser:
    return browser(app)


@pytest.fixture
def other(app: Flask) -> Browser:
    return browser(app)


def ask_for_reset(who: Browser, email: str, do_jobs) -> str:  # type: ignore[no-untyped-def]
    assert who.submit("/login/forgot", email=email).status_code == 303
    do_jobs()
    mail = [mail for mail in letters(email) if mail.letter == "reset"][-1]
    return link_in(mail)


def test_from_a_letter_to_a_name_and_out_again(me: Browser) -> None:
    joined = me.submit("/join", username="ottoline", email="ottoline@post.example", password=WORD)
    assert (joined.status_code, joined.headers["Location"]) == (303, "/join/sent")
    assert me.get("/join/sent").status_code == 200
    (mail,) = letters("ottoline@post.example")
    assert me.log_in("ottoline").status_code == 403, "the address is not proven yet"
    link = link_in(mail)
    assert me.get(link).headers["Referrer-Policy"] == "no-referrer"
    assert me.log_in("ottoline").status_code == 403, "a program that looks at links proves nothing"
    assert me.submit(link).headers["Location"] == "/account/verified"
    assert not me.is_known(), "a letter logs nobody in"
    assert me.get(link).status_code == 410
    assert me.log_in("ottoline@post.example").headers["Location"] == "/"
    said = {"name": "Ottoline Marsh", "bio": "Counts."}
    assert me.submit("/account", "/account", **said).status_code == 303
    assert "Ottoline Marsh" in me.get("/people/ottoline").text
    assert "Firefox on Linux" in me.get("/account/devices").text
    assert me.submit("/account", "/logout").headers["Location"] == "/"
    assert not me.is_known()
    assert me.cookie() is None


def test_a_log_in_leads_back_to_where_one_was(app: Flask, me: Browser) -> None:
    member("maren")
    turned_away = me.get("/account/devices?x=1")
    assert turned_away.status_code == 303
    assert turned_away.headers["Location"] == "/login?next=%2Faccount%2Fdevices%3Fx%3D1"
    path = turned_away.headers["Location"]
    said = me.form(path, "/login") | {"who": "maren", "password": WORD}
    assert me.post("/login", data=said).headers["Location"] == "/account/devices?x=1"


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example"]
)
def test_a_log_in_leads_nowhere_else(app: Flask, me: Browser, wanted: str) -> None:
    member("maren")
    assert EVIL not in me.get("/login", query_string={"next": wanted}).text
    assert me.log_in("maren", next=wanted).headers["Location"] == "/"


def test_a_lost_password_is_chosen_anew_and_every_session_ends(
    app: Flask, me: Browser, other: Browser, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    member("maren")
    me.log_in("maren")
    link = ask_for_reset(other, "maren@post.example", do_jobs)
    assert other.submit(link, password="short").status_code == 422
    assert other.submit(link, password=NEW_WORD).headers["Location"] == "/login/changed"
    assert not other.is_known(), "a reset logs nobody in"
    assert not me.is_known()
    assert me.cookie() is None, "the dead cookie is taken back"
    assert other.get(link).status_code == 410
    assert other.post(link, data={"password": WORD}).status_code == 410
    assert other.log_in("maren").status_code == 422
    assert other.log_in("maren", NEW_WORD).status_code == 303
    assert [mail.letter for mail in letters()] == ["reset", "password-changed"]


def test_a_changed_password_ends_all_other_sessions_and_no_open_link_works(
    app: Flask, me: Browser, other: Browser, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    member("maren")
    me.log_in("maren")
    other.log_in("maren")
    link = ask_for_reset(browser(app), "maren@post.example", do_jobs)
    wrong = me.submit("/account", "/account/password", password="x" * 12, new_password=NEW_WORD)
    assert wrong.status_code == 422
    assert "not your present password" in wrong.text
    weak = me.submit("/account", "/account/password", password=WORD, new_password="aaaaaaaaaaaa")
    assert weak.status_code == 422
    assert 'id="password-new-error"' in weak.text
    done = me.submit("/account", "/account/password", password=WORD, new_password=NEW_WORD)
    assert done.headers["Location"] == "/account?done=password"
    assert me.is_known()
    assert not other.is_known()
    assert me.get(link).status_code == 410


def test_another_address_counts_when_its_letter_is_opened(app: Flask, me: Browser) -> None:
    member("maren")
    me.log_in("maren")
    change = {"email": "quay@post.example", "password": WORD}
    assert me.submit("/account", "/account/email", **change).status_code == 303
    (mail,) = letters("quay@post.example")
    assert "maren@post.example" in me.get("/account").text
    link = link_in(mail)
    assert browser(app).submit(link).status_code == 303
    assert "quay@post.example" in me.get("/account").text
    assert [mail.letter for mail in letters("maren@post.example")] == ["email-changed"]


def test_devices_are_listed_and_ended_one_by_one_and_all_at_once(
    app: Flask, me: Browser, other: Browser
) -> None:
    member("maren")
    me.log_in("maren")
    other.post(
        "/login",
        data={"who": "maren", "password": WORD},
        headers={"User-Agent": "Mozilla/5.0 (iPhone) Version/18 Safari/604"},
    )
    page = me.get("/account/devices").text
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    newest = re.findall(r"/account/devices/(\d+)/end", page)[0]
    assert me.submit("/account/devices", f"/account/devices/{newest}/end").status_code == 303
    assert not other.is_known()
    assert me.is_known()
    other.log_in("maren")
    assert me.submit("/account/devices", "/account/devices/end").headers["Location"] == "/"
    assert not me.is_known()
    assert not other.is_known()


def test_nobody_ends_a_session_of_somebody_else(app: Flask, me: Browser, other: Browser) -> None:
    member("maren")
    member("tomas")
    me.log_in("maren")
    other.log_in("tomas")
    db.session.rollback()
    hers = db.session.scalars(select(LoginSession.id).order_by(LoginSession.id)).first()
    said = other.form("/account/devices", "/account/devices/end")
    assert other.post(f"/account/devices/{hers}/end", data=said).status_code == 404
    assert me.is_known()


@pytest.mark.parametrize("articles", ["keep", "unpublish"])
def test_an_account_is_deleted_and_its_articles_stay_or_go_as_asked(
    app: Flask, me: Browser, articles: str
) -> None:
    member("tomas", role=Role.ADMINISTRATOR)
    maren = member("maren", role=Role.AUTHOR)
    factories.article("Alone", authors=[maren])
    factories.article("Together", authors=[maren, factories.person("adaeze", "Adaeze Nwosu")])
    me.log_in("maren")
    assert me.submit("/account/delete", articles=articles, password="x" * 12).status_code == 422
    assert me.is_known()
    done = me.submit("/account/delete", articles=articles, password=WORD)
    assert done.headers["Location"] == "/account/deleted"
    assert me.cookie() is None
    assert me.get("/account/deleted").status_code == 200
    assert me.get("/people/maren").status_code == 404
    assert me.log_in("maren").status_code == 422
    assert me.get("/articles/alone").status_code == (200 if articles == "keep" else 404)
    together = me.get("/articles/together")
    assert together.status_code == 200
    assert "Former author" in together.text
    assert "Maren" not in together.text


def test_the_only_administrator_cannot_be_deleted(app: Flask, me: Browser) -> None:
    member("maren", role=Role.ADMINISTRATOR)
    me.log_in("maren")
    answer = me.submit("/account/delete", articles="keep", password=WORD)
    assert answer.status_code == 409
    assert "only administrator" in answer.text
    assert me.is_known()


# What is told to whoever is not logged in


def told(answer, typed: str) -> tuple[int, str, list[tuple[str, str]]]:  # type: ignore[no-untyped-def]
    """Everything that is answered, but for what was typed."""
    text = answer.text.replace(typed, "TYPED")
    headers = [(k, v) for k, v in answer.headers if k != "Content-Length"]
    return answer.status_code, text, headers


@pytest.mark.parametrize(
    ("path", "field"), [("/login/forgot", "email"), ("/join", "email"), ("/login", "who")]
)
def test_a_known_and_an_unknown_address_are_answered_with_the_same_bytes(
    app: Flask, do_jobs, path: str, field: str
) -> None:  # type: ignore[no-untyped-def]
    member("maren")
    answers = []
    for number, address in enumerate(["maren@post.example", "mares@post.example"]):
        said = {"password": "not the right one"} if path == "/login" else {"password": WORD}
        said |= {"username": f"newcomer{number}"} if path == "/join" else {}
        who = browser(app)
        first = who.post(path, data=said | {field: address})
        after = who.get(first.headers.get("Location", "/"))
        answers.append((told(first, address), told(after, address)))
    assert answers[0] == answers[1]


def test_every_kind_of_refused_log_in_reads_alike(app: Flask) -> None:
    member("maren")
    with writing():
        people.admit("invited", "Invited Guest", "invited@post.example", None)
    factories.person("named", "Only Named")
    read = set()
    for who in ("maren", "invited", "named", "nobody", "maren@post.example", "@"):
        answer = browser(app).post("/login", data={"who": who, "password": "x" * 14})
        shown = re.sub(r'value="[^"]*"', "", answer.text)
        read.add((answer.status_code, shown))
    assert len(read) == 1
    assert read.pop()[0] == 422


def test_a_change_of_address_tells_nobody_whether_it_is_known(app: Flask, me: Browser) -> None:
    member("maren")
    member("tomas")
    me.log_in("maren")
    answers = []
    for address in ("tomas@post.example", "tomes@post.example"):
        answer = me.submit("/account", "/account/email", email=address, password=WORD)
        answers.append((answer.status_code, answer.headers["Location"], answer.text))
    assert answers[0] == answers[1]
    assert [mail.letter for mail in letters()] == ["known", "change-email"]


def test_too_many_tries_are_told_to_wait_and_what_was_typed_is_kept(
    app: Flask, me: Browser
) -> None:
    member("maren")
    answers = [me.log_in("maren", "x" * 14) for _ in range(8)]
    assert [answer.status_code for answer in answers][-1] == 429
    last = answers[-1]
    assert 'value="maren"' in last.text
    assert "try again in" in last.text
    assert int(last.headers["Retry-After"]) > 0
    assert "x" * 14 not in last.text


def test_the_owner_is_not_locked_out_by_somebody_who_guesses(
    app: Flask, me: Browser, other: Browser, do_jobs
) -> None:  # type: ignore[no-untyped-def]
    member("maren")
    for _ in range(8):
        other.post(
            "/login",
            data={"who": "maren", "password": "x" * 14},
            environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
        )
    link = ask_for_reset(me, "maren@post.example", do_jobs)
    assert me.submit(link, password=NEW_WORD).status_code == 303
    assert me.log_in("maren", NEW_WORD).status_code == 303


# Sessions


def test_a_planted_session_is_worth_nothing_after_the_log_in(
    app: Flask, me: Browser, other: Browser
) -> None:
    member("maren")
    member("tomas")
    other.log_in("tomas")
    planted = other.cookie()
    assert planted is not None
    me.set_cookie("session", planted, domain="127.0.0.1")
    me.post("/login", data={"who": "maren", "password": WORD})
    assert me.cookie() != planted
    assert not other.is_known(), "what was planted has ended"
    assert "maren@post.example" in me.get("/account").text


def test_a_planted_cookie_that_is_not_signed_is_taken_back(app: Flask, me: Browser) -> None:
    me.set_cookie("session", "eyJfdXNlcl9pZCI6IngifQ.forged.sig", domain="127.0.0.1")
    answer = me.get("/")
    assert answer.status_code == 200
    assert "Log in" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert me.cookie() is None


def end_by_log_out(_person: Person, who: Browser) -> None:
    who.submit("/account", "/logout")


def end_by_role(_person: Person, who: Browser) -> None:
    db.session.rollback()
    runner = who.application.test_cli_runner()
    assert runner.invoke(args=["people", "role", "maren", "editor"]).exit_code == 0


def end_by_suspension(person: Person, _who: Browser) -> None:
    judge = member("judge", role=Role.ADMINISTRATOR)
    person_id, judge_id = person.id, judge.id
    with writing():
        one, by = (db.session.get_one(Person, number) for number in (person_id, judge_id))
        sanctions.sanction(one, SanctionKind.BAN, "Enough.", by)


@pytest.mark.parametrize("end", [end_by_log_out, end_by_role, end_by_suspension])
def test_an_old_cookie_is_anonymous_at_the_next_request(app: Flask, me: Browser, end) -> None:  # type: ignore[no-untyped-def]
    person = member("maren")
    me.log_in("maren")
    old = me.cookie()
    assert old is not None
    end(person, me)
    me.set_cookie("session", old, domain="127.0.0.1")
    answer = me.get("/")
    assert "Log in" in answer.text
    assert "Maren" not in answer.text
    assert me.cookie() is None
    me.set_cookie("session", old, domain="127.0.0.1")
    assert me.get("/account").status_code == 303


def test_somebody_who_is_shut_out_is_told_why_and_until_when(app: Flask, me: Browser) -> None:
    person = member("maren")
    end_by_suspension(person, me)
    answer = me.log_in("maren")
    assert answer.status_code == 403
    assert "Enough." in answer.text
    assert me.cookie() is None


def test_the_cookie_has_what_it_needs_and_nothing_else(app: Flask, me: Browser) -> None:
    member("maren")
    said = me.log_in("maren").headers.getlist("Set-Cookie")
    assert len(said) == 1
    assert said[0].startswith("session=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(said[0].split("; "))
    assert "Secure" not in said[0]
    assert "Max-Age" not in said[0]
    stays = browser(app).log_in("maren", stay="y").headers["Set-Cookie"]
    assert "Max-Age=7776000" in stays
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    assert set(signer.loads(said[0][8:].partition(";")[0])) == {"_user_id", "csrf_token"}


def test_on_an_https_address_the_cookie_cannot_be_planted_by_a_neighbour(
    app: Flask, client: FlaskClient
) -> None:
    member("maren")
    with writing():
        settings.change(replace(settings.load(), address="https://post.example"))
    address = "https://post.example"
    origin = {"Origin": address}
    said = {"who": "maren", "password": WORD}
    answer = browser(app).post("/login", data=said, base_url=address, headers=origin)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    value = cookie.partition("=")[2].partition(";")[0]
    for name, status in (("session", 303), ("__Host-session", 200)):
        carried = {"Cookie": f"{name}={value}"}
        answer = client.get("/account", base_url=address, headers=carried)
        assert answer.status_code == status


def test_every_answer_to_a_member_is_private_and_reading_leaves_no_cookie(
    app: Flask, me: Browser, client
) -> None:  # type: ignore[no-untyped-def]
    member("maren")
    before = client.get("/").data
    me.log_in("maren")
    for path in ("/", "/archive", "/articles/none", "/healthz", "/account", "/login", "/media/x/y"):
        answer = me.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store", path
        assert "Set-Cookie" not in answer.headers, path
    assert client.get("/").data == before
    assert "Set-Cookie" not in client.get("/login").headers


# Forged posts

SIGNED_IN_POSTS = (
    "/logout", "/account", "/account/email", "/account/password", "/account/delete",
    "/account/devices/end", "/account/devices/1/end",
)  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "token", "passes"),
    [
        ({"Origin": ORIGIN}, True, True),
        ({"Origin": "", "Sec-Fetch-Site": "same-origin"}, True, True),
        ({"Origin": ORIGIN}, False, False),
        ({"Sec-Fetch-Site": "same-origin"}, False, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN}, True, False),
        ({"Sec-Fetch-Site": "same-site"}, True, False),
        ({"Origin": "https://evil.example"}, True, False),
        ({"Origin": "null"}, True, False),
        ({"Origin": ""}, True, False),
    ],
)
def test_a_post_of_a_member_needs_origin_and_token(
    app: Flask, me: Browser, headers: dict[str, str], token: bool, passes: bool
) -> None:
    member("maren")
    for path in SIGNED_IN_POSTS:
        if not me.is_known():
            me.log_in("maren")
        said = me.form("/account", "/account") if token else {}
        said |= {"name": "Changed Name", "bio": "", "email": "x@post.example"}
        said |= {"password": "x" * 12, "new_password": NEW_WORD}
        status = me.post(path, data=said, headers=headers).status_code
        if passes:
            assert status in {303, 404, 422, 429}, path
        else:
            assert status == 403, path
            assert me.is_known(), path
            assert 'value="Maren"' in me.get("/account").text, path


def test_a_token_of_an_earlier_log_in_does_not_pass(app: Flask, me: Browser) -> None:
    member("maren")
    me.log_in("maren")
    old = me.form("/account", "/account")
    me.submit("/account", "/logout")
    me.log_in("maren")
    answer = me.post("/account", data=old | {"name": "Changed"})
    assert answer.status_code == 403
    assert "earlier log-in" in answer.text


def test_a_form_sent_after_the_session_ended_loses_nothing_and_says_so(
    app: Flask, me: Browser, other: Browser
) -> None:
    member("maren")
    me.log_in("maren")
    said = me.form("/account", "/account")
    other.log_in("maren")
    other.submit("/account/devices", "/account/devices/end")
    answer = me.post("/account", data=said | {"name": "Changed"})
    assert answer.status_code == 403
    assert "Log in in another window" in answer.text


# Hosts


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": EVIL},
        {"X-Forwarded-Host": EVIL},
        {"X-Forwarded-Server": EVIL, "X-Host": EVIL},
        {"Forwarded": f"host={EVIL};proto=https"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "444"},
        {"X-Original-URL": f"https://{EVIL}/", "X-Rewrite-URL": f"https://{EVIL}/"},
        {"Referer": f"https://{EVIL}/"},
        {"Host": f"{HOST}.{EVIL}"},
        {"Host": f"{EVIL}#@{HOST}"},
    ],
    ids=lambda headers: " ".join(f"{k}={v}" for k, v in headers.items()),
)
def test_no_letter_ever_names_a_foreign_host(
    app: Flask, me: Browser, do_jobs, headers: dict[str, str]
) -> None:  # type: ignore[no-untyped-def]
    member("maren")
    member("tomas")
    me.log_in("tomas")
    token = me.form("/account", "/account/email")
    change = token | {"email": "new@post.example", "password": WORD}
    join = {"username": "newcomer", "email": "newcomer@post.example", "password": WORD}
    for path, said in (
        ("/login/forgot", {"email": "maren@post.example"}),
        ("/join", join),
        ("/join", join | {"username": "another", "email": "maren@post.example"}),
        ("/account/email", change),
    ):
        me.post(path, data=said, headers=headers)
    do_jobs()
    for mail in letters():
        assert EVIL not in mail.text + mail.html + mail.subject + mail.message_id
        assert all(link.startswith(ORIGIN) for link in re.findall(r"https?://[^\s\"<]+", mail.text))
    if "Host" not in headers:
        assert {mail.letter for mail in letters()} == {"reset", "verify", "known", "change-email"}


# What people type

HOSTILE = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "\u202egnp.exe",
    "a\r\nBcc: everybody@evil.example",
    "x" * 5_000,
    "\u0000",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_is_refused_or_shown_as_text_on_every_page(
    app: Flask, me: Browser, value: str
) -> None:
    member("maren")
    for path, said in (
        ("/join", {"username": value, "email": value, "password": WORD}),
        ("/login", {"who": value, "password": value, "next": value}),
        ("/login/forgot", {"email": value}),
    ):
        answer = me.post(path, data=said)
        assert answer.status_code in {422, 429}
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
    me.log_in("maren")
    for path, said in (
        ("/account", {"name": value, "bio": value}),
        ("/account", {"name": "Maren Holt", "bio": value}),
        ("/account/email", {"email": value, "password": value}),
    ):
        answer = me.submit("/account", path, **said)
        assert answer.status_code in {303, 422, 429}
        for page in (answer, me.get("/account"), me.get("/people/maren"), me.get("/")):
            assert "<script>alert" not in page.text
            assert "<img src=x" not in page.text
    assert letters() == []


def test_a_hostile_device_is_words_of_ours(app: Flask, me: Browser) -> None:
    member("maren")
    agent = {"User-Agent": '"><script>alert(1)</script> Firefox/1 Linux'}
    me.post("/login", data={"who": "maren", "password": WORD}, headers=agent)
    page = me.get("/account/devices").text
    assert "Firefox on Linux" in page
    assert "<script>" not in page


def test_a_password_is_never_drawn_and_never_logged(
    app: Flask, me: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    member("maren")
    secret = "a very secret sentence"
    for path in ("/login", "/join"):
        said = {"who": "maren", "username": "x", "email": "x", "password": secret}
        assert secret not in me.post(path, data=said).text
    assert secret not in caplog.text


def test_only_the_fields_of_a_form_are_stored(app: Flask, me: Browser) -> None:
    maren_id = member("maren").id
    me.log_in("maren")
    columns = {column.name: "administrator" for column in Person.__table__.columns}
    said = me.form("/account", "/account") | columns | {"name": "Maren Holt", "bio": "Tides."}
    assert me.post("/account", data=said).status_code == 303
    db.session.rollback()
    row = db.session.get_one(Person, maren_id)
    assert (row.username, row.role, row.email) == ("maren", Role.READER, "maren@post.example")
    assert row.erased_at is None
    assert row.created_at < now()
    assert db.session.scalar(select(Article)) is None
