"""Who may do what: the whole table, word for word, and who may change it for whom."""

import pytest
from flask import Flask
from sqlalchemy import select

from blog.accounts import closing, roles
from blog.accounts.models import Person, Role
from blog.accounts.roles import ALLOWED, Capability, may
from blog.core.audit import AuditEntry
from blog.core.db import db, writing
from blog.core.errors import Conflict, Forbidden
from tests.accounts.conftest import somebody, the

TABLE = """
                reader author editor moderator administrator
comment         yes    yes    yes    yes       yes
write           -      yes    yes    -         yes
publish own     -      -      yes    -         yes
edit all        -      -      yes    -         yes
publish all     -      -      yes    -         yes
arrange         -      -      yes    -         yes
advertise       -      -      -      -         yes
moderate        -      -      -      yes       yes
sanction        -      -      -      yes       yes
invite          -      -      yes    -         yes
manage people   -      -      -      -         yes
run site        -      -      -      -         yes
"""


def expected() -> dict[tuple[Capability, Role], bool]:
    heads, *lines = TABLE.strip().splitlines()
    named = [Role(name) for name in heads.split()]
    return {
        (Capability(line[:16].strip()), role): word == "yes"
        for line in lines
        for role, word in zip(named, line[16:].split(), strict=True)
    }


def test_the_table_names_every_capability_for_every_role() -> None:
    table = expected()
    assert table.keys() == {(what, role) for what in Capability for role in Role}
    assert ALLOWED.keys() == set(Capability)
    for (what, role), allowed in table.items():
        assert may(Person(username="x", name="X", role=role), what) == allowed, (what, role)


@pytest.mark.parametrize("what", Capability)
def test_nobody_and_who_is_gone_may_nothing(app: Flask, what: Capability) -> None:
    somebody("boss", Role.ADMINISTRATOR)
    maren = somebody("maren", Role.ADMINISTRATOR).id
    with writing():
        closing.erase(db.session.get_one(Person, maren), None)
    gone = the(maren)
    assert not may(None, what)
    assert not may(gone, what)
    with pytest.raises(Forbidden):
        roles.require(gone, what)


def assign(person_id: int, role: Role, by_id: int | None) -> None:
    with writing():
        by = db.session.get_one(Person, by_id) if by_id else None
        roles.assign(db.session.get_one(Person, person_id), role, by)


@pytest.mark.parametrize("by", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_gives_roles(app: Flask, by: Role) -> None:
    boss, other, maren = somebody("boss", Role.ADMINISTRATOR).id, somebody("ida", by).id, 0
    maren = somebody("maren").id
    with pytest.raises(Forbidden):
        assign(maren, Role.EDITOR, other)
    with pytest.raises(Forbidden):
        assign(other, Role.ADMINISTRATOR, other)
    assign(maren, Role.EDITOR, boss)
    assert the(maren).role is Role.EDITOR


def test_the_last_administrator_stays_one(app: Flask) -> None:
    boss = somebody("boss", Role.ADMINISTRATOR).id
    with pytest.raises(Conflict):
        assign(boss, Role.READER, boss)
    with pytest.raises(Conflict):
        assign(boss, Role.READER, None)
    with pytest.raises(Conflict), writing():
        person = db.session.get_one(Person, boss)
        closing.erase(person, person)
    second = somebody("ida", Role.ADMINISTRATOR).id
    assign(boss, Role.READER, second)
    assert the(boss).role is Role.READER


def test_a_change_of_role_is_in_the_audit_list(app: Flask) -> None:
    boss, maren = somebody("boss", Role.ADMINISTRATOR).id, somebody("maren").id
    assign(maren, Role.AUTHOR, boss)
    assign(maren, Role.AUTHOR, boss)
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "role"))
    assert (entry.actor_id, entry.subject) == (boss, f"person:{maren}")
    assert entry.details == {"before": "reader", "after": "author"}
