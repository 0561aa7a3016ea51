"""What follows from what: one list, in order.

Left: an event and what is written with it, in the same transaction: jobs, and page keys that move.
Below: which function does a job of which name.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from .accounts import recovery
from .accounts.events import AccountErased, PersonChanged, PersonJoined
from .ads.events import AdvertisementsChanged
from .articles import after, rendering
from .articles.events import (
    AddressChanged,
    ArticleChanged,
    ArticlePublished,
    ArticleScheduled,
    ArticleUnpublished,
    CategoryChanged,
)
from .config import Config
from .core.events import Handler
from .core.jobs.queue import enqueue
from .core.jobs.worker import Work
from .core.keys import move
from .core.mail import delivery
from .core.mail.transport import Transport
from .media import portraits, variants
from .media.events import PictureStored
from .related import picks
from .related.events import ChoicesChanged
from .site.events import SettingsChanged

EVENTS: Mapping[type, Sequence[Handler]] = {
    ArticlePublished: (
        lambda event: move(f"card:{event.article_id}", f"body:{event.article_id}"),
        lambda event: after.move_lists_of(event.article_id),
        lambda event: enqueue("related.refresh", article_id=event.article_id, ripple=True),
    ),
    ArticleScheduled: (
        lambda event: move(f"card:{event.article_id}", f"body:{event.article_id}"),
        lambda event: after.move_lists_of(event.article_id),
        lambda event: after.look_again(event.article_id),
        lambda event: enqueue("related.refresh", article_id=event.article_id, ripple=True),
    ),
    ArticleChanged: (
        lambda event: move(f"card:{event.article_id}", f"body:{event.article_id}"),
        lambda event: after.move_lists(event.lists),
        lambda event: enqueue("related.refresh", article_id=event.article_id, ripple=True),
    ),
    ArticleUnpublished: (
        lambda event: move(f"card:{event.article_id}", f"body:{event.article_id}"),
        lambda event: after.move_lists_of(event.article_id),
        lambda event: enqueue("related.refresh", article_id=event.article_id, ripple=True),
    ),
    AddressChanged: (
        lambda event: move("addresses", f"card:{event.article_id}", f"body:{event.article_id}"),
        lambda event: after.move_lists_of(event.article_id),
    ),
    CategoryChanged: (lambda event: move("navigation", f"list:category:{event.category_id}"),),
    PersonChanged: (
        lambda event: move(f"person:{event.person_id}", f"list:person:{event.person_id}"),
        lambda event: after.move_written_by(event.person_id),
    ),
    PersonJoined: (lambda event: move(f"person:{event.person_id}"),),
    AccountErased: (
        lambda event: portraits.remove_portrait(event.person_id),
        lambda event: None if event.keep else after.unpublish_written_by(event.person_id),
        lambda event: move(f"person:{event.person_id}", f"list:person:{event.person_id}"),
        lambda event: after.move_written_by(event.person_id),
    ),
    PictureStored: (lambda event: enqueue("media.variants", picture_id=event.picture_id),),
    ChoicesChanged: (
        lambda event: enqueue("related.refresh", article_id=event.article_id, ripple=False),
    ),
    AdvertisementsChanged: (lambda event: move("ads"),),
    SettingsChanged: (lambda event: move("settings"),),
}


def jobs(config: Config) -> Mapping[str, Work]:
    """Which function does a job of which name, with the values it needs."""
    return {
        "accounts.remind": recovery.remind,
        "articles.announce_if_due": after.announce_if_due,
        "articles.render": rendering.render_again,
        "mail.send": partial(delivery.send, transport=_transport(config)),
        "media.variants": partial(variants.make, uploads=config.uploads),
        "related.refresh": picks.refresh,
    }


def _transport(config: Config) -> Transport:
    return delivery.transport(config.mail_url, config.mail_from, config.instance / "outbox")
