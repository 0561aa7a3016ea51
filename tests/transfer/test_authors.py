"""Writers who come in at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select

from blog.accounts.models import Person
from blog.core.db import db, writing
from blog.transfer.markdown.people import authors


def test_two_imports_that_name_the_same_new_person_make_one(app: Flask) -> None:
    together = Barrier(2)

    def name(turn: int) -> list[str]:
        with app.app_context():
            together.wait()
            with writing():
                return [person.username for person in authors([f"Maren Holt {turn}"])]

    with ThreadPoolExecutor(2) as pool:
        for turn in range(10):
            found = [future.result() for future in [pool.submit(name, turn) for _ in range(2)]]
            assert found[0] == found[1] == [f"maren-holt-{turn}"]
    assert len(db.session.scalars(select(Person.id)).all()) == 10
