"""What stands on the sites that the browser visits."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Flask

from blog.accounts import people
from blog.administration.setup import token
from blog.articles import publishing, queries
from blog.articles.models import Article
from blog.core.db import db, writing
from blog.core.jobs import worker
from blog.related import picks
from blog.site import settings
from blog.transfer import sample
from blog.web import urls
from tests import factories
from tests.conftest import SECRET

ESSAY = "what-the-tide-table-leaves-out"
"""The sample essay that has sections, footnotes, a table and a picture."""
AUTHOR = "tomas-birk"
LONG_AGO = datetime(2019, 5, 1, tzinfo=UTC)
LONG_ESSAY_WORDS = 2_000
ARCHIVED = 61
"""So many old articles that the archive has a second page."""

HARD = """
Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzdonaudampfschifffahrtsgesellschaft.

## https://a-very-long-address.example/without/any/place/to/break/it/whatever/the/screen/is/wide

| One | Two | Three | Four | Five | Six | Seven | Eight |
|:--|--:|:-:|:--|:--|:--|:--|--:|
| Donaudampfschifffahrt | 1,000,000,000 | x | y | z | aaaaaaaaaaaaaaa | bbbbbbbbbbbbbbb | 9 |

```python
def an_unreasonably_long_name(of_an_argument, another_argument, yet_another, and_one_more): return 1
```

| Ebb | Flood |
|:--|--:|
| 1 | 2 |

```
and a second piece of code
```

- [ ] A task whose words run on and on, until they have to turn into a second and a third line
- [x] Done

- one
    - two
        - three
            - four `with_a_very_long_piece_of_code_that_does_not_break_by_itself_at_all_nowhere()`

> > > Quoted, and quoted again, and again.

A [link to somewhere](https://elsewhere.example/a/page?with=a&few=parameters) stands here.[^long]

[^long]: https://another-very-long-address.example/without/any/place/to/break/it/whatever/happens
"""


def publication(app: Flask) -> dict[str, str]:
    """The sample, and beside it what is long, hard, old, gone or broken; dated before it."""
    app.add_url_rule("/broken", view_func=broken)
    sample.load(app.config["UPLOADS"])
    long, hard, gone = special_articles()
    with writing():
        settings.change(replace(settings.load(), set_up=True))
    # A picture that has no variants yet is answered with the one kept at upload.
    worker.drain(app.extensions["jobs"] | {"media.variants": lambda **_payload: None})
    fill_the_archive()
    relate(long)
    essay = queries.by_slug(ESSAY)
    assert essay and essay.category and essay.tags
    return {
        "front page": urls.home(),
        "article with a picture": urls.article(ESSAY),
        "article of 2,000 words": urls.article(long),
        "article of hard words": urls.article(hard),
        "category": urls.category(essay.category.slug),
        "tag": urls.tag(essay.tags[0].slug),
        "person": urls.person(AUTHOR),
        "archive": urls.archive(),
        "not found": "/articles/never-written",
        "gone": urls.article(gone),
        "fault of ours": "/broken",
        "log in": urls.login(),
        "join": urls.join(),
        "forgotten password": urls.forgot(),
        "letter on its way": "/join/sent",
    }


def broken() -> str:
    raise RuntimeError("a fault, on purpose")


def special_articles() -> tuple[str, str, str]:
    """The addresses of one that is long, one that is hard to set, and one that was removed."""
    author = people.find(AUTHOR)
    assert author is not None
    long = factories.article("The long essay", source=long_source(), authors=[author], at=LONG_AGO)
    hard = factories.article(
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz and other long words",
        source=HARD,
        tags=[f"Vermessungsingenieurversammlung {number}" for number in range(12)],
        category="Bezirksschornsteinfegermeister",
        at=LONG_AGO,
    )
    gone = factories.article("The one that went", at=LONG_AGO)
    slugs = long.slug, hard.slug, gone.slug
    removed = gone.id
    with writing():
        publishing.remove(db.session.get_one(Article, removed))
    return slugs


def fill_the_archive() -> None:
    author = people.find(AUTHOR)
    assert author is not None
    for number in range(ARCHIVED):
        at = LONG_AGO - timedelta(days=9 * number + 1)
        factories.article(f"Minutes of meeting {number}", authors=[author], at=at)


def relate(slug: str) -> None:
    """Looks again for what goes with an article, now that there is more."""
    article = queries.by_slug(slug)
    assert article is not None
    record = picks.refresh(article_id=article.id)
    with writing():
        record()


def fresh_start(app: Flask) -> dict[str, str]:
    """A site in its first minute."""
    return {
        "empty front page": urls.home(),
        "empty archive": urls.archive(),
        "set-up": urls.setup(token(SECRET)),
        "not open to you": urls.setup(),
    }


def long_source() -> str:
    """2,000 words out of the sample's own essays."""
    essays = sorted(sample.FOLDER.glob("*.md"))
    bodies = [essay.read_text("utf-8").split("---\n", 2)[2] for essay in essays]
    text = re.sub(r"(?m)^\[\^\w+\]:.*\n?|\[\^\w+\]", "", "\n\n".join(bodies[:4]))
    kept: list[str] = []
    for block in text.split("\n\n"):
        if len(" ".join(kept).split()) >= LONG_ESSAY_WORDS:
            break
        kept.append(block)
    return "\n\n".join(kept)
