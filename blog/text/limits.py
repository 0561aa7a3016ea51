"""How much of everything a text may hold. Each number is beside the reason it exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one context takes; beyond it the text is refused, never cut.

    `source_bytes` counts UTF-8. `html_tags` counts start and end tags: the sanitiser spends about
    12 microseconds on each. `lines` and `brackets` bound what a Markdown parser looks at again
    and again: lazy lines of nested quotes, and link texts that never end.
    """

    source_bytes: int
    html_tags: int
    lines: int = 20_000
    brackets: int = 8_000


KILOBYTE = 1024
COMMENT = Limits(source_bytes=10 * KILOBYTE, html_tags=4_000, lines=2_500, brackets=2_500)
ARTICLE = Limits(source_bytes=128 * KILOBYTE, html_tags=20_000)
IMPORTED_HTML = Limits(source_bytes=512 * KILOBYTE, html_tags=10_000)

# Characters that HTML writes as entities: bleach spends up to 20 microseconds on each.
ESCAPES = 40_000

# Shaping adds tags of our own (colours, links of headings): this many times more reach the gate.
SHAPED = 2

# A tag here is a start tag; 5,000 elements of imported HTML are 10,000 start and end tags.
DEPTH = 100
ATTRIBUTES_PER_TAG = 30
# Inside svg, math and the like the parser's rules change, so that only a plain count is sure.
FOREIGN_TAGS = 2_000

# Markdown: containers (quotes, lists) inside each other, and quote marks that begin one line.
NESTING = 20
QUOTE_MARKS = 8
