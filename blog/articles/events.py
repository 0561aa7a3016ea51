"""What this room announces. Ids only: whoever listens reads what is there then."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticlePublished:
    """Readers see an article that they did not see before."""

    article_id: int


@dataclass(frozen=True, slots=True)
class ArticleScheduled:
    """An article will be seen from a moment on; somebody must look again then."""

    article_id: int


@dataclass(frozen=True, slots=True)
class ArticleChanged:
    """What is stored of an article is different; `lists` are the lists it left or joined."""

    article_id: int
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleUnpublished:
    """Readers no longer see an article."""

    article_id: int


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """An article has another address than before."""

    article_id: int


@dataclass(frozen=True, slots=True)
class CategoryChanged:
    """A category is new or is shown differently."""

    category_id: int
