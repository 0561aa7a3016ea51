"""One row for each setting that was ever changed; what was never changed has its default."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Model

NAME_LIMIT = 80
TAGLINE_LIMIT = 160
ADDRESS_LIMIT = 200


class SiteValue(Model):
    """A named value of `SiteSettings`."""

    __tablename__ = "site_value"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
