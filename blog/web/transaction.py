"""The edge of a change: `with transaction.writing():` in a view commits once, at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from ..core import db
from ..core.errors import BlogError


class Busy(BlogError):
    """The database could not take the change just now."""

    status = 503
    title = "Please try again in a moment"


@contextmanager
def writing() -> Iterator[None]:
    """One unit of writing. Raises Busy when the write lock or the disk cannot be had."""
    try:
        with db.writing():
            yield
    except OperationalError as error:
        sentence = "Nothing was changed, because the database is busy. Please send it again."
        raise Busy(sentence) from error
