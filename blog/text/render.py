"""The contexts: from what people write to blocks that are safe to show.

Every function is pure, may be called from any thread, and raises TextRefused with a sentence
for what it will not take. None of them needs a database or a request.
"""

import re
import unicodedata

from . import markdown
from .allow import ARTICLE, COMMENT
from .anchors import settle_anchors
from .blocks import Document
from .cutting import cut
from .draft import Draft
from .flow import flow
from .headings import link_headings, settle_levels
from .intake import receive
from .limits import IMPORTED_HTML
from .normalize import left_out, normalize
from .pictures import Pictures, no_pictures
from .regions import number_regions
from .sanitize import gate
from .scan import refuse_excess
from .tables import captioned
from .tree import Node, read, walk, write
from .typography import BARE, typeset

# A letter of a script that is written without spaces counts as a word.
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_][^\s\u3040-\u30ff\u3400-\u9fff]*")
# Direction and other invisible marks, and what feeds may not hold (XML 1.0, 2.2); joiners stay,
# scripts and emoji need them.
_INVISIBLE = re.compile(
    r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def comment(source: str) -> Document:
    """Render a comment's Markdown, at most 10 kB, raw HTML shown as text."""
    source = receive(source, COMMENT.limits.source_bytes)
    html = markdown.comment_html(source, COMMENT.limits)
    return _document(html, Draft(COMMENT), language=None, most_tags=COMMENT.limits.html_tags)


def article(source: str, language: str = "en", pictures: Pictures = no_pictures) -> Document:
    """Render an article's Markdown, at most 128 kB, raw HTML shown as text."""
    source = receive(source, ARTICLE.limits.source_bytes)
    html = markdown.article_html(source, ARTICLE.limits)
    return _document(html, Draft(ARTICLE, pictures), language, ARTICLE.limits.html_tags)


def article_from_html(
    html: str,
    language: str = "en",
    pictures: Pictures = no_pictures,
) -> Document:
    """Render imported HTML, at most 512 kB and 5,000 elements.

    `language` is taken for symmetry: quotes stay as their author set them.
    """
    html = receive(html, IMPORTED_HTML.source_bytes)
    draft = Draft(ARTICLE, pictures, loose_paragraphs=True)
    return _document(html, draft, language=None, most_tags=IMPORTED_HTML.html_tags, foreign=True)


def article_from_mixed(
    source: str, language: str = "en", pictures: Pictures = no_pictures
) -> Document:
    """Render imported Markdown whose raw HTML is meant as HTML (Jekyll, Hugo), at most 128 kB."""
    source = receive(source, ARTICLE.limits.source_bytes)
    html = markdown.mixed_html(source, ARTICLE.limits)
    draft = Draft(ARTICLE, pictures)
    return _document(html, draft, language, ARTICLE.limits.html_tags, foreign=True)


def plain(value: str) -> str:
    """Give a name or title as one line of text: NFC, no control or direction characters.

    It is text, not HTML: templates escape it. Lone surrogates become U+FFFD.
    """
    valid = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    normal = unicodedata.normalize("NFC", _INVISIBLE.sub("", valid))
    spaced = "".join(" " if unicodedata.category(c) == "Cc" else c for c in normal)
    return " ".join(spaced.split())


def _document(
    html: str, draft: Draft, language: str | None, most_tags: int, foreign: bool = False
) -> Document:
    refuse_excess(html, most_tags)
    if foreign:
        for sentence in left_out(html):
            draft.note(sentence)
    blocks = _shaped(html, draft, language)
    kept = cut(gate(write(blocks), draft.context))
    text = "\n\n".join(block.text for block in kept if block.text)
    return Document(kept, text, len(_WORDS.findall(text)), tuple(draft.notices))


def _shaped(html: str, draft: Draft, language: str | None) -> list[Node]:
    blocks = flow(read(normalize(html)), draft, top=True)
    settle_levels(blocks)
    if draft.allows("table"):
        blocks = captioned(blocks)
    number_regions(blocks)
    settle_anchors(blocks, draft)
    if language is not None:
        typeset(list(blocks), language)
    for node in walk(blocks):
        node.attrs.pop(BARE, None)
    if draft.allows("h2"):
        link_headings(blocks)
    return blocks
