"""The linear pre-scan: what is too deep or too much is refused before a parser sees it."""

import re
from collections import Counter

from .errors import TextRefused
from .limits import ATTRIBUTES_PER_TAG, DEPTH, FOREIGN_TAGS
from .tags import VOID, tags

# Which open elements the start of another ends by itself (HTML 13.1.2.4).
_CELLS = tags("p td th")
_ENDS = {
    "li": tags("p li"),
    "option": tags("option"),
    **dict.fromkeys(tags("dt dd"), tags("p dt dd")),
    **dict.fromkeys(tags("td th"), _CELLS),
    "tr": _CELLS | tags("tr"),
    **dict.fromkeys(tags("tbody thead tfoot"), _CELLS | tags("tr tbody thead tfoot")),
    **dict.fromkeys(
        tags(
            "p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre div section article aside header"
            " footer main nav figure figcaption form fieldset details summary address center hr"
        ),
        tags("p"),
    ),
}
_NONE: frozenset[str] = frozenset()
# Left open, these are opened again by the parser in every following block (HTML 13.2.4.3).
FORMATTING = tags("a b big code em font i nobr s small strike strong tt u")
RAW_TEXT = tags("script style textarea title xmp iframe noembed noframes")
FOREIGN = re.compile(r"<(?:svg|math|noscript|plaintext|template|select|frameset)\b", re.I)

_START = re.compile(r"<[a-zA-Z]")
_ANY = re.compile(r"</?[a-zA-Z]")
_TOKEN = re.compile(
    r"""<!--(?:-?>|.*?--!?>|.*)|<[!?][^>]*+|</[^a-zA-Z>][^>]*+
    |<(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>]*+)
     (?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+)*+)""",
    re.S | re.X,
)
_ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""", re.S)


def refuse_excess(html: str, most_tags: int) -> None:
    """Raise TextRefused when the HTML has too many tags, too many attributes, or is too deep."""
    if len(_ANY.findall(html)) > most_tags:
        raise TextRefused(
            "too-many-tags",
            f"The text has more than {most_tags:,} pieces of formatting. Split it in two, please.",
        )
    if FOREIGN.search(html):
        _refuse_much_foreign(html)
    else:
        _refuse_depth(html)


def elements(html: str) -> Counter[str]:
    """Count start tags by lower-case name, also those inside comments; for notices."""
    return Counter(name.lower() for name in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", html))


def _refuse_much_foreign(html: str) -> None:
    if len(_START.findall(html)) > FOREIGN_TAGS:
        raise TextRefused(
            "too-much-foreign",
            "The text mixes drawings or formulas with too much formatting. Take them out, please.",
        )


def _refuse_depth(html: str) -> None:
    nest = _Nest()
    position = 0
    while token := _TOKEN.search(html, position):
        position = token.end()
        tag = (token["tag"] or "").lower()
        if not tag:
            continue
        if token["end"]:
            nest.close(tag)
            continue
        _refuse_many_attributes(token["attributes"])
        nest.open(tag)
        if tag in RAW_TEXT:
            position = _end_of_raw_text(html, tag, position)


def _refuse_many_attributes(attributes: str) -> None:
    if len(_ATTRIBUTE.findall(attributes)) > ATTRIBUTES_PER_TAG:
        raise TextRefused(
            "too-many-attributes",
            f"A tag has more than {ATTRIBUTES_PER_TAG} attributes. Simplify it, please.",
        )


def _end_of_raw_text(html: str, tag: str, position: int) -> int:
    end = re.compile(rf"</{tag}(?=[\s/>])", re.I).search(html, position)
    return end.start() if end else len(html)


class _Nest:
    """The open elements, and the formatting that was closed out of turn and will be reopened."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.dangling: Counter[str] = Counter()

    def open(self, tag: str) -> None:
        ended = _ENDS.get(tag, _NONE)
        while self.stack and self.stack[-1] in ended:
            self.stack.pop()
        if tag in VOID:
            return
        self.stack.append(tag)
        if len(self.stack) + self.dangling.total() > DEPTH:
            raise TextRefused(
                "too-deep",
                f"The text is nested more than {DEPTH} levels deep. Close what is open, please.",
            )

    def close(self, tag: str) -> None:
        if tag not in self.stack:
            if self.dangling[tag] > 0:
                self.dangling[tag] -= 1
            return
        while (top := self.stack.pop()) != tag:
            if top in FORMATTING:
                self.dangling[top] += 1
