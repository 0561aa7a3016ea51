"""What fails around the program (database, schema, disk), in one sentence for whoever runs it."""

import logging
import sqlite3
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

FAULTS = (SQLAlchemyError, CommandError, sqlite3.Error, OSError)
"""What `sentence` can say."""
MAX_REASON = 300
"""Characters of what a library says; a few say pages."""

log = logging.getLogger(__name__)


def sentence(fault: Exception, url: str = "") -> str:
    """What went wrong with the database at an address, or with a file; the trace is for DEBUG."""
    log.debug("what could not be done", exc_info=fault)
    if isinstance(fault, OSError):
        what = f"{fault.filename} cannot be used" if fault.filename else "The system refused"
        return f"{what}: {_shortened(fault.strerror or str(fault))}."
    if isinstance(fault, CommandError):
        return _of_the_schema(_shortened(str(fault)))
    reason = fault.orig if isinstance(fault, DBAPIError) and fault.orig else fault
    return f"The database{_where(url)} cannot be used: {_shortened(str(reason))}."


def _of_the_schema(reason: str) -> str:
    if "locate revision" not in reason:
        return f"The schema: {reason}."
    return f"{reason}: a newer Broadsheet wrote this database, or the revision is misspelt."


def _where(url: str) -> str:
    """The folder, where a message does not name it as PostgreSQL's do the server."""
    if not url:
        return ""
    parts = make_url(url)
    is_file = parts.get_backend_name() == "sqlite"
    return f" in {Path(parts.database).parent}" if is_file and parts.database else ""


def _shortened(text: str) -> str:
    return " ".join(text.split())[:MAX_REASON].rstrip(".?")
