"""What an editor says about the list beside an article: these first, those never."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from ..articles.models import Article
from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from .events import ChoicesChanged
from .models import SHOWN, RelatedChoice

PINNED_LIMIT = SHOWN
EXCLUDED_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Choices:
    """Ids of the pinned articles in their order, and of the excluded ones."""

    pinned: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()


def of(article_id: int) -> Choices:
    """What was chosen for an article."""
    mine = select(RelatedChoice.other_id, RelatedChoice.pinned).where(
        RelatedChoice.article_id == article_id
    )
    ordered = mine.order_by(RelatedChoice.position, RelatedChoice.other_id)
    rows = db.session.execute(ordered).all()
    return Choices(
        tuple(other_id for other_id, pinned in rows if pinned),
        tuple(other_id for other_id, pinned in rows if not pinned),
    )


def set_choices(article_id: int, pinned: Sequence[int] = (), excluded: Sequence[int] = ()) -> None:
    """Let exactly these be chosen for an article. Raises Invalid for what cannot be chosen."""
    wanted = Choices(tuple(dict.fromkeys(pinned)), tuple(dict.fromkeys(excluded)))
    _check(article_id, wanted)
    if wanted == of(article_id):
        return
    db.session.execute(delete(RelatedChoice).where(RelatedChoice.article_id == article_id))
    for is_pinned, ids in ((True, wanted.pinned), (False, wanted.excluded)):
        for position, other_id in enumerate(ids):
            db.session.add(
                RelatedChoice(
                    article_id=article_id, other_id=other_id, pinned=is_pinned, position=position
                )
            )
    db.session.flush()
    announce(ChoicesChanged(article_id))


def _check(article_id: int, wanted: Choices) -> None:
    if len(wanted.pinned) > PINNED_LIMIT:
        raise Invalid("pinned", f"At most {PINNED_LIMIT} articles can be pinned beside one.")
    if len(wanted.excluded) > EXCLUDED_LIMIT:
        raise Invalid("excluded", f"At most {EXCLUDED_LIMIT} articles can be excluded beside one.")
    if set(wanted.pinned) & set(wanted.excluded):
        raise Invalid("excluded", "The same article cannot be pinned and excluded.")
    for name, ids in (("pinned", wanted.pinned), ("excluded", wanted.excluded)):
        if article_id in ids:
            raise Invalid(name, "An article cannot be chosen beside itself.")
        known = db.session.scalars(select(Article.id).where(Article.id.in_(ids))) if ids else ()
        if missing := sorted(set(ids) - set(known)):
            raise Invalid(name, f"There is no article with the number {missing[0]}.")
