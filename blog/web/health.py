"""Whether this process can answer: for supervisors and monitors."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..core.db import db
from ..core.jobs.queue import counts

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 with a few counts when the database answers, else 503."""
    try:
        db.session.execute(text("SELECT 1"))
        waiting, failed = counts()
    except SQLAlchemyError:
        return jsonify(status="database"), 503, {"Cache-Control": "no-store"}
    body = jsonify(status="ok", jobs={"waiting": waiting, "failed": failed})
    return body, 200, {"Cache-Control": "no-store"}
