"""The languages and time zones a person may choose from."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale

LANGUAGES = (
    *("ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "en-GB", "en-US", "es", "et"),
    *("eu", "fa", "fi", "fr", "ga", "gl", "he", "hi", "hr", "hu", "id", "is", "it", "ja", "ka"),
    *("ko", "lt", "lv", "mk", "ms", "nb", "nl", "nn", "pl", "pt", "pt-BR", "ro", "ru", "sk"),
    *("sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant"),
)
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe")
OCEANS = ("Indian", "Pacific")


@cache
def languages() -> tuple[tuple[str, str], ...]:
    """Language tags with each language's own name, in order of the names."""
    named = [(tag, Locale.parse(tag, sep="-").get_display_name() or tag) for tag in LANGUAGES]
    return tuple(sorted(named, key=lambda choice: choice[1].casefold()))


@cache
def time_zones() -> tuple[str, ...]:
    """Names of the IANA time zone database by place, and UTC."""
    places = (name for name in available_timezones() if name.split("/")[0] in REGIONS + OCEANS)
    return ("UTC", *sorted(places))
