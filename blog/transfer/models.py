"""What was brought in from where, so that doing it again changes nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..articles.models import SLUG_LIMIT, Article
from ..core.clock import now
from ..core.db import Model

COLLECTION_LIMIT = 100
PATH_LIMIT = 400
"""Characters; with the collection's they stay below the index rows of PostgreSQL (2,704 bytes)."""


class ImportedFile(Model):
    """Which article was made of which file, and of which state of that file."""

    __tablename__ = "imported_file"

    collection: Mapped[str] = mapped_column(String(COLLECTION_LIMIT), primary_key=True)
    path: Mapped[str] = mapped_column(String(PATH_LIMIT), primary_key=True)
    """Path below the folder, with slashes, in normal form C."""
    article_id: Mapped[int] = mapped_column(ForeignKey(Article.id, ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of everything the article was made of."""
    wanted_slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), default="")
    """The address the file asked for; another may have been given because it was taken."""
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The related articles last set from the file: ids, as `pinned` and `excluded`."""
    taken_back: Mapped[bool] = mapped_column(default=False)
    """Whether the file took its article back (`draft: true`); then it may publish it again."""
    imported_at: Mapped[datetime] = mapped_column(default=now)
