"""Foreign HTML into well-formed HTML that `tree.read` can read; scripts and styles vanish here.

This is not the gate: its list is wide, to know what an author meant before it is shaped.
"""

import nh3

from .scan import elements
from .tags import tags

# What these hold is no text of the author's.
DROPPED = tags("script style svg noscript template title head select datalist")
# Named in notices, by what a person would call them.
LEFT_OUT = {
    "script": "script",
    "style": "style sheet",
    "svg": "drawing (SVG)",
    "object": "embedded object",
    "embed": "embedded object",
    "noscript": "part for browsers without script",
}

# Let through to be judged, and named in a notice; what is not named here vanishes in silence.
SEEN = tags("http https mailto javascript vbscript data file ftp tel sms blob")

_BLOCKS = (
    "address article aside blockquote center dd details dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search"
    " section summary table ul caption thead tbody tfoot tr th td"
)
_INLINE = (
    "a abbr acronym audio b big br cite code del dfn em font i iframe img input ins kbd label mark"
    " picture q s samp small source span strike strong sub sup tt u var video"
)
_ATTRIBUTES = {
    "a": {"href", "name"},
    "abbr": {"title"},
    "acronym": {"title"},
    "img": {"src", "alt", "title"},
    "input": {"type", "checked"},
    "ol": {"start"},
    "th": {"colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
    "iframe": {"src", "title"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
    "pre": {"lang"},
    "*": {"id", "class"},
}
BLOCKS = tags(_BLOCKS)
_TAGS = BLOCKS | tags(_INLINE)


def normalize(html: str) -> str:
    """Give what a browser would understand, well-formed: known tags, no scripts, no comments."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=DROPPED,
        strip_comments=True,
        link_rel=None,
        url_schemes=SEEN,
        generic_attribute_prefixes=set(),
    )


def left_out(html: str) -> list[str]:
    """Say what `normalize` leaves out of this HTML, a sentence for each kind."""
    found = elements(html)
    counts: dict[str, int] = {}
    for tag, name in LEFT_OUT.items():
        if found[tag]:
            counts[name] = counts.get(name, 0) + found[tag]
    return [
        f"{count} {name}{'' if count == 1 else 's'} left out." for name, count in counts.items()
    ]
