"""Which articles go with one: found, ordered, filled up, kept, and passed on to the neighbours."""

import random

from flask import Flask
from sqlalchemy import select

from blog.core.db import db, writing
from blog.core.keys import versions
from blog.related import choices, picks
from blog.related.models import KEPT, STRONGEST, RelatedTerm, RelatedTermCount
from tests.related.essays import (
    BREAD,
    FERRY,
    Essay,
    essay,
    essays,
    forget_jobs,
    hide,
    ids,
    refresh,
    rewrite,
    show,
    stored,
    waiting,
)


def terms_of(article_id: int) -> dict[str, float]:
    rows = db.session.execute(
        select(RelatedTerm.term, RelatedTerm.weight).where(RelatedTerm.article_id == article_id)
    )
    return dict(rows.all())


def test_the_strongest_terms_of_an_article_are_kept(app: Flask) -> None:
    long = " ".join(f"word{letter}" * 2 for letter in "abcdefghijklmnopqrstuvwxyz")
    one = essay("The ferry", f"{FERRY} {long}")
    refresh(one)
    assert len(terms_of(one)) == STRONGEST
    assert max(terms_of(one), key=lambda term: terms_of(one)[term]) == "ferry"


def test_articles_about_the_same_come_first_whatever_their_category(app: Flask) -> None:
    ferry = essay("The ferry", FERRY, category="Water", day=1)
    oven = essay("The oven", BREAD, category="Water", day=9)
    harbour = essay("The harbour", FERRY, category="Town life", day=2)
    bakery = essay("The bakery", BREAD, category="Food", day=8)
    refresh(oven, harbour, bakery, ferry)
    assert stored(ferry) == [(harbour, "terms"), (oven, "category"), (bakery, "newest")]


def test_a_rare_shared_tag_counts_more_than_a_common_one(app: Flask) -> None:
    one = essay("One", tags=["Town", "Lighthouses"])
    common = [essay(f"Common {number}", tags=["Town"], day=number) for number in range(6)]
    rare = essay("Rare", tags=["Lighthouses"], category="Water", day=-5)
    essay("None", tags=["Bread"], day=20)
    refresh(one)
    assert stored(one)[0] == (rare, "tag:Lighthouses")
    assert stored(one)[1:7] == [(other, "tag:Town") for other in reversed(common)]


def test_a_tag_that_all_articles_bear_is_no_reason(app: Flask) -> None:
    one, two = essay("One", tags=["Town"]), essay("Two", tags=["Town"])
    refresh(one)
    assert stored(one) == [(two, "category")]


def test_a_small_site_fills_the_list_with_all_it_has(app: Flask) -> None:
    first, *others = essays(Essay(f"Essay {n}", category=f"Shelf {n % 3}", day=n) for n in range(9))
    refresh(first)
    reasons = [reason for _, reason in stored(first)]
    assert sorted(ids(first)) == sorted(others)
    assert reasons == ["category"] * 2 + ["newest"] * 6


def test_forty_are_kept_and_equals_are_ordered_by_date_then_number(app: Flask) -> None:
    days = [random.Random(7).randrange(9) for _ in range(60)]
    written = essays(Essay(f"Piece {n}", day=day) for n, day in enumerate(days))
    day_of = dict(zip(written, days, strict=True))
    one = essay("Else", category="Elsewhere")
    refresh(one)
    newest = sorted(written, key=lambda number: (day_of[number], number), reverse=True)
    assert ids(one) == newest[:KEPT]


def test_the_same_rows_give_the_same_list(app: Flask) -> None:
    texts = [FERRY if n % 2 else BREAD for n in range(30)]
    written = essays(
        Essay(f"On {n}", text, tags=["Town"] * (n % 3 == 0)) for n, text in enumerate(texts)
    )
    refresh(*written * 3)  # the counts are known, then the weights of all, then their lists
    before = {one: stored(one) for one in written}
    keys = versions(f"related:{one}" for one in written)
    refresh(*reversed(written))
    assert {one: stored(one) for one in written} == before
    assert versions(f"related:{one}" for one in written) == keys


def test_pins_come_first_in_their_order_and_exclusions_never(app: Flask) -> None:
    one = essay("The ferry", FERRY)
    like, unlike, banned = essay("Ferry", FERRY), essay("The oven", BREAD), essay("Harbour", FERRY)
    draft = essay("A draft", FERRY, published=False)
    with writing():
        choices.set_choices(one, pinned=[draft, unlike, like], excluded=[banned])
    refresh(one)
    assert stored(one) == [(unlike, "pinned"), (like, "pinned")]
    show(draft)
    refresh(one)
    assert stored(one)[0] == (draft, "pinned")


def test_drafts_and_hidden_articles_are_not_picked(app: Flask) -> None:
    one, hidden = essay("The ferry", FERRY, tags=["Sea"]), essay("Ferry", FERRY, tags=["Sea"])
    essay("A draft of the ferry", FERRY, tags=["Sea"], published=False)
    essay("The ferry to come", FERRY, tags=["Sea"], day=20_000)
    refresh(hidden)
    hide(hidden)
    refresh(one)
    assert stored(one) == []


def test_the_key_of_a_list_moves_only_when_the_list_does(app: Flask) -> None:
    one, two = essay("The ferry", FERRY), essay("Ferry", FERRY)
    key = f"related:{one}"
    refresh(two, one)
    assert versions([key]) == {key: 1}
    rewrite(two, "Ferry", f"{FERRY} whistle")
    refresh(two, one)
    assert ids(one) == [two]
    assert versions([key]) == {key: 1}
    three = essay("Harbour", FERRY)
    refresh(three, one)
    assert set(ids(one)) == {two, three}
    assert versions([key]) == {key: 2}


def test_an_article_that_is_hidden_is_taken_out_of_the_counts(app: Flask) -> None:
    one, two = essay("The ferry", FERRY), essay("The oven", BREAD)
    refresh(one, two)
    hide(one)
    refresh(one)
    db.session.rollback()
    assert terms_of(one) == {}
    counted = set(db.session.scalars(select(RelatedTermCount.term)))
    assert "ferry" not in counted and "flour" in counted


def test_an_article_that_is_gone_is_passed_over(app: Flask) -> None:
    refresh(4711, ripple=True)
    assert stored(4711) == []


def test_a_new_article_has_the_lists_worked_out_that_should_show_it(app: Flask) -> None:
    written = essays(Essay(f"Ferry {n}", FERRY) for n in range(4))
    refresh(*written)
    forget_jobs()
    refresh(written[0], ripple=True)
    asked = set(written[1:])
    assert {job["article_id"] for job in waiting()} == asked
    assert not any(job["ripple"] for job in waiting())


def test_a_refresh_without_ripple_asks_nobody(app: Flask) -> None:
    written = essays(Essay(f"Ferry {n}", FERRY) for n in range(4))
    refresh(*written)
    forget_jobs()
    refresh(*written, ripple=False)
    assert waiting() == []


def test_a_full_list_of_closer_articles_is_not_disturbed(app: Flask) -> None:
    written = essays(Essay("Ferry", FERRY, tags=["Sea"], day=n) for n in range(KEPT + 4))
    essay("Something else")
    refresh(*written)
    stranger = essay("The oven", f"{BREAD} ferry", day=99)
    forget_jobs()
    refresh(stranger, ripple=True)
    assert waiting() == []


def test_neighbours_are_those_that_chose_it_those_like_it_and_those_that_hold_it(
    app: Flask,
) -> None:
    one, like, chooser = essay("Ferry", FERRY), essay("The ferry", FERRY), essay("Oven", BREAD)
    with writing():
        choices.set_choices(chooser, pinned=[one])
    refresh(like, chooser, one)
    assert picks.neighbours(one) == [chooser, like]


def test_no_more_neighbours_than_the_limit(app: Flask) -> None:
    one, *others = essays(Essay("Ferry", FERRY, day=n) for n in range(picks.NEIGHBOURS + 4))
    with writing():
        for other in others:
            choices.set_choices(other, pinned=[one])
    refresh(one)
    assert len(picks.neighbours(one)) == picks.NEIGHBOURS


def test_after_all_jobs_every_list_shows_what_was_published_last(app: Flask, do_jobs) -> None:  # type: ignore[no-untyped-def]
    written = essays(Essay(f"Ferry {n}", FERRY, day=n) for n in range(6))
    do_jobs()
    for one in written:
        assert sorted(ids(one)) == sorted(set(written) - {one})
