"""Where advertisements stand in an article."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from blog.ads.placement import MAX_ADVERTISEMENTS, MIN_WORDS, WORDS_BETWEEN, place
from blog.text.blocks import Block, Kind

KINDS: tuple[Kind, ...] = (
    "paragraph",
    "heading",
    "list",
    "quote",
    "code",
    "table",
    "figure",
    "rule",
    "footnotes",
    "definitions",
)


def block(kind: Kind, words: int, number: int = 0) -> Block:
    text = " ".join(["word"] * words)
    level = 2 if kind == "heading" else 0
    return Block(kind, f"b-{number}", f"<p>{text}</p>", f"{number:012x}", level, text)


def page(*kinds_and_words: tuple[Kind, int]) -> tuple[Block, ...]:
    return tuple(block(kind, words, n) for n, (kind, words) in enumerate(kinds_and_words))


def layout(parts: tuple[Block | str, ...]) -> str:
    """Paragraphs as p, headings as H, advertisements as *, all else as its first letter."""
    letters = {"heading": "H"}
    return "".join(
        "*" if isinstance(part, str) else letters.get(part.kind, part.kind[0]) for part in parts
    )


pages = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 320)), max_size=30).map(
    lambda drawn: page(*drawn)
)
flowing = st.lists(
    st.tuples(
        st.sampled_from(("paragraph", "paragraph", "paragraph", "heading")), st.integers(5, 150)
    ),
    max_size=40,
).map(lambda drawn: page(*drawn))
advertisements = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=5, unique=True)


@given(pages | flowing, advertisements)
def test_blocks_and_advertisements_keep_their_order(
    blocks: tuple[Block, ...], due: list[str]
) -> None:
    parts = place(blocks, due)
    assert tuple(part for part in parts if not isinstance(part, str)) == blocks
    placed = [part for part in parts if isinstance(part, str)]
    assert placed == due[: len(placed)]
    assert len(placed) <= MAX_ADVERTISEMENTS


@given(pages | flowing, advertisements)
def test_an_advertisement_stands_after_the_first_paragraph_of_a_section_or_before_a_heading(
    blocks: tuple[Block, ...], due: list[str]
) -> None:
    parts = place(blocks, due)
    for position, part in enumerate(parts):
        if not isinstance(part, str):
            continue
        before, after = parts[position - 1], parts[position + 1]
        assert position > 0
        assert isinstance(before, Block) and isinstance(after, Block)
        assert before.kind != "heading"
        section = _section_before(parts[:position])
        opens = before.kind == "paragraph" and section.count("paragraph") == 1
        assert after.kind == "heading" or (opens and after.kind == "paragraph")


def _section_before(parts: tuple[Block | str, ...]) -> list[str]:
    kinds = [part.kind for part in parts if isinstance(part, Block)]
    last = max((at for at, kind in enumerate(kinds) if kind == "heading"), default=-1)
    return list(kinds[last + 1 :])


@given(pages | flowing, advertisements)
def test_text_follows_every_advertisement(blocks: tuple[Block, ...], due: list[str]) -> None:
    parts = place(blocks, due)
    for position, part in enumerate(parts):
        if isinstance(part, str):
            rest = [other.kind for other in parts[position + 1 :] if isinstance(other, Block)]
            assert set(rest) - {"footnotes"}


@given(pages | flowing, advertisements)
def test_there_is_enough_to_read_before_each(blocks: tuple[Block, ...], due: list[str]) -> None:
    parts = place(blocks, due)
    places = [at for at, part in enumerate(parts) if isinstance(part, str)]
    for start, stop in pairwise([-1, *places]):
        between = [part for part in parts[start + 1 : stop] if isinstance(part, Block)]
        words = sum(len(one.text.split()) for one in between if one.kind != "footnotes")
        assert words >= WORDS_BETWEEN


@given(st.lists(st.integers(1, 40), max_size=8))
def test_a_short_article_carries_none(lengths: list[int]) -> None:
    total = 0
    kept = [length for length in lengths if (total := total + length + 1) < MIN_WORDS]
    blocks = page(*(one for length in kept for one in (("heading", 1), ("paragraph", length))))
    assert place(blocks, ["a"]) == blocks


@given(pages)
def test_none_due_leaves_the_page_as_it_is(blocks: tuple[Block, ...]) -> None:
    assert place(blocks, []) == blocks


def test_an_article_of_four_sections_carries_them_where_readers_pause() -> None:
    """After the first paragraph of sections one and two, and before the last heading."""
    blocks = page(
        ("paragraph", 100),
        ("paragraph", 95),
        *(("heading", 4), ("paragraph", 105), ("paragraph", 95)),
        *(("heading", 6), ("paragraph", 100), ("paragraph", 85)),
        *(("heading", 7), ("paragraph", 98), ("paragraph", 85)),
        *(("heading", 6), ("paragraph", 98), ("paragraph", 88), ("paragraph", 90)),
    )
    assert layout(place(blocks, ["a", "b", "c"])) == "ppHp*pHp*pHpp*Hppp"
    assert layout(place(blocks, ["a"])) == "ppHp*pHppHppHppp"


def test_three_long_sections_carry_three() -> None:
    blocks = page(
        *(("heading", 4), ("paragraph", 210), ("paragraph", 100)),
        *(("heading", 4), ("paragraph", 110), ("paragraph", 210)),
        *(("heading", 4), ("paragraph", 110), ("paragraph", 120)),
    )
    assert layout(place(blocks, ["a", "b", "c"])) == "Hp*pHp*p*Hpp"


def test_a_paragraph_is_not_parted_from_the_list_it_announces() -> None:
    blocks = page(("heading", 3), ("paragraph", 240), ("list", 60), ("paragraph", 60))
    assert layout(place(blocks, ["a"])) == "Hplp"


def test_none_stands_between_the_last_paragraph_and_the_footnotes() -> None:
    blocks = page(("paragraph", 300), ("footnotes", 80))
    assert layout(place(blocks, ["a"])) == "pf"
    blocks = page(("paragraph", 300), ("paragraph", 10), ("footnotes", 80))
    assert layout(place(blocks, ["a"])) == "p*pf"


def test_footnotes_are_no_words_of_the_article() -> None:
    blocks = page(("paragraph", 200), ("paragraph", 10), ("footnotes", 900))
    assert layout(place(blocks, ["a"])) == "ppf"


def test_none_stands_between_two_headings() -> None:
    blocks = page(("paragraph", 300), ("heading", 3), ("heading", 3), ("paragraph", 30))
    assert layout(place(blocks, ["a", "b"])) == "p*HHp"
