"""Names: readable, of one script, never to be mistaken for another one."""

import unicodedata

import pytest
from confusable_homoglyphs import categories
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from blog.accounts import names
from blog.accounts.models import NAME_LIMIT, USERNAME_LIMIT, Person
from blog.accounts.skeletons import skeleton
from blog.core.db import db, writing
from blog.core.errors import Invalid
from tests.accounts.conftest import member

INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
LOOKALIKES = "aаɑαoοо0Oil1IlΙІmrnMе eсcрpхx-ʟ𝐚ⅼᴀ·"
odd_text = st.text(max_size=50) | st.text(alphabet=LOOKALIKES, max_size=12)
mixed = st.lists(
    st.sampled_from(
        ["a", "и", "λ", "あ", "漢", "한", "ा", "\u202e", "\u200b", "\u200d", "\u2066", "1", " "]
    )
    | st.characters(),
    min_size=1,
    max_size=12,
).map("".join)


def is_clean(name: str) -> bool:
    kinds = {unicodedata.category(char) for char in name}
    scripts = categories.unique_aliases(name) - names.ANY_SCRIPT
    one = len(scripts) <= 1 or any(scripts <= together for together in names.WRITTEN_TOGETHER)
    bidi = {unicodedata.bidirectional(char) for char in name}
    marks = bidi & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return one and not kinds & INVISIBLE and not marks


def accepted(check: object, name: str) -> str | None:
    try:
        return check(name)  # type: ignore[operator,no-any-return]
    except Invalid:
        return None


@settings(max_examples=1_000, deadline=None)
@given(odd_text | mixed)
def test_whatever_is_accepted_is_of_one_script_and_has_nothing_invisible(name: str) -> None:
    shown = accepted(names.check_name, name)
    if shown is not None:
        assert is_clean(shown)
        assert names.NAME_LEAST <= len(shown) <= NAME_LIMIT
        assert names.check_name(shown) == shown
        assert skeleton(shown)
    username = accepted(names.check_username, name)
    if username is not None:
        assert is_clean(username)
        assert names.USERNAME_LEAST <= len(username) <= USERNAME_LIMIT
        assert username == username.lower() == names.check_username(username)


@pytest.mark.parametrize(
    "name",
    [
        "Maren Holt",
        "Søren Åbye",
        "Анна Каренина",
        "山田太郎",
        "やまだ 太郎",
        "김 철수",
        "محمد علي",
        "Nguyễn Văn Ấn",
        "D’Arcy O'Neil",
        "Jean-Luc",
        "J. R. R.",
        "अनिता देवी",
        "Ελένη",
        "X AE 12",
    ],
)
def test_names_of_the_world_are_accepted_as_they_are(name: str) -> None:
    assert names.check_name(name) == unicodedata.normalize("NFKC", name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "M",
        "12",
        "...",
        "Mаren",
        "Maren\u202eHolt",
        "Ma\u200bren",
        "Maren\u00adHolt",
        "<b>Maren</b>",
        "Maren☃",
        "M" + "\u0301" * 4 + "aren",
        "\u0301Maren",
        "https://example.org",
        "a@b.example",
        "Administrator",
        "adm1n",
        "M0derator",
        "a" * 81,
        "Staff",
        "staƒƒ\u0000",
    ],
)
def test_names_that_mislead_are_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        names.check_name(name)
    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "-maren",
        "maren-",
        "ma--ren",
        "ma ren",
        "a/b",
        "mаren",
        "root",
        "r00t",
        "x" * 41,
        "ma.ren",
    ],
)
def test_user_names_that_mislead_or_do_not_fit_an_address_are_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        names.check_username(name)
    assert refusal.value.field == "username"


def test_capitals_in_a_user_name_become_small() -> None:
    assert names.check_username("  Maren_Holt-2 ") == "maren_holt-2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maren", "Rnaren"),
        ("maIe", "male"),
        ("IRIS", "Iris"),
        ("Oliver", "0liver"),
        ("paypal", "раураӏ"),
        ("BACH", "ВАСН"),
        ("Maren Holt", "maren-holt"),
        ("Ｍａｒｅｎ", "maren"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Maren", "Karen"), ("Zoe", "Zoë"), ("Dan", "Dav")])
def test_names_that_differ_have_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N"]), max_size=20))
def test_capitals_are_no_difference(name: str) -> None:
    assert skeleton(name) == skeleton(name.upper()) == skeleton(name.lower())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(wanted=st.lists(st.text(alphabet="mrnil1I0oOаa-", min_size=3, max_size=5), max_size=12))
def test_no_two_people_can_be_mistaken_for_each_other(app: Flask, wanted: list[str]) -> None:
    with writing():
        for person in db.session.scalars(select(Person)):
            db.session.delete(person)
    for name in wanted:
        try:
            with writing():
                username = names.check_username(name)
                names.check_free("username", username)
                db.session.add(Person(username=username, name=username))
        except Invalid:
            continue
    stored = db.session.scalars(select(Person.username)).all()
    assert len({skeleton(name) for name in stored}) == len(stored)


def test_a_name_is_compared_with_user_names_and_shown_names_of_others(app: Flask) -> None:
    maren = member("maren-holt", name="Ida Berg").id
    for taken in ("Maren Holt", "MAREN-HOLT", "Ida Berg", "lda Berg"):
        with pytest.raises(Invalid, match="taken"), writing():
            names.check_free("name", taken)
    with writing():
        names.check_free("name", "Maren Holt", but=maren)
        names.check_free("name", "Ida Borg")
