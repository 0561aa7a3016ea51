"""The door: size, characters and Unicode form, once, before anything else."""

import re
import unicodedata

from .errors import TextRefused

# C0 but tab, newline and return; DEL and C1; the non-characters that XML 1.0 feeds may not hold.
UNPRINTABLE = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
NEWLINES = re.compile(r"\r\n?|\u2028|\u2029")


def receive(text: str, most_bytes: int) -> str:
    """Give the text in NFC with plain newlines and without control characters.

    Raises TextRefused for NUL, for half characters (lone surrogates) and beyond `most_bytes`
    of UTF-8. Unicode form is settled here and never again (UAX #15: later steps may undo it).
    """
    if "\0" in text:
        raise TextRefused("nul", "The text holds a NUL character. Remove it, please.")
    _refuse_too_long(text, most_bytes)
    normal = unicodedata.normalize("NFC", text)
    normal = UNPRINTABLE.sub("", NEWLINES.sub("\n", normal))
    _refuse_too_long(normal, most_bytes)
    return normal


def _refuse_too_long(text: str, most_bytes: int) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise TextRefused("half-character", "The text holds half a character. Retype it.") from None
    if size > most_bytes:
        raise TextRefused(
            "too-long",
            f"The text is {size:,} bytes long; at most {most_bytes:,} are taken. Shorten it.",
        )
