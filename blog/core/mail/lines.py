"""Text that must stay on one line: facts in letters, values of headers, replies of servers."""

import unicodedata

BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that turn the order of what follows (Unicode TR 9)."""
INVISIBLE = frozenset("\u200b\u2060\ufeff\ufffe\uffff")
UNWANTED_KINDS = frozenset({"Cc", "Cs"})


def one_line(value: str, limit: int) -> str:
    """The text on one line, without controls, at most `limit` characters, the last being "…"."""
    kept = "".join(sign for sign in value if sign.isspace() or _is_wanted(sign))
    line = " ".join(kept.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _is_wanted(sign: str) -> bool:
    if sign in BIDI_CONTROLS or sign in INVISIBLE:
        return False
    return unicodedata.category(sign) not in UNWANTED_KINDS
