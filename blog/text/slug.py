"""Slugs: the readable part of an address, in any script."""

import re
import unicodedata

LIMIT = 96
# Letters that Unicode does not take apart, and what their languages write without them.
_WRITTEN_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
_GAP = re.compile(r"-+")
_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")


def slugify(value: str, limit: int = LIMIT) -> str:
    """Give lower-case letters and digits joined by hyphens, at most `limit` characters.

    Latin letters lose their accents; letters of other scripts stay as they are. Without a
    letter or digit the slug is empty: the caller chooses a word of its own.
    """
    text = unicodedata.normalize("NFKC", value[: limit * 8]).casefold()
    text = _APOSTROPHES.sub("", text.translate(_WRITTEN_OUT))
    plain = unicodedata.normalize("NFC", "".join(map(_without_accent, text)))
    return _cut(_GAP.sub("-", _kept(plain)).strip("-"), limit)


def _without_accent(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if "a" <= parts[0] <= "z" else char


def _kept(text: str) -> str:
    """Keep letters and digits, and the marks that follow them: many scripts need those."""
    out: list[str] = []
    for char in text:
        kind = unicodedata.category(char)[0]
        kept = kind in "LN" or (kind == "M" and bool(out) and out[-1] != "-")
        out.append(char if kept else "-")
    return "".join(out)


def _cut(slug: str, limit: int) -> str:
    if len(slug) <= limit:
        return slug
    cut = slug[: limit + 1]
    end = cut.rfind("-")
    return (cut[:end] if end > limit // 2 else cut[:limit]).strip("-")
