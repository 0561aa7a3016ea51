"""Links and pictures in a body: led to where their target stands now, or turned into their words.

A link with a scheme (https:, mailto:) stays as it is. One without is an address of the old site:
when it means another article of the import it leads there, else its words stay and the link goes,
because a dead link is worse than none.
"""

import re
from dataclasses import dataclass, field

from . import html_links
from .code import Code
from .liquid import UNKNOWN
from .targets import InlineTarget, Targets, inline_target

LABEL_LIMIT = 999
"""Characters of a link label (CommonMark 6.3)."""

_BRACKETS = re.compile(r"[\[\]\\]")
_DEFINITION = re.compile(
    r"^[ \t]{0,12}\[(?!\^)(?P<label>(?:[^\[\]\\\n]|\\.){1,999})\]:[ \t]*(?:\n[ \t]*)?"
    r"(?P<target><[^<>\n]*>|[^\s<]\S*)"
    r"(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?:\n|\Z)",
    re.M,
)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Work:
    """One body on its way, and what shall be put where."""

    text: str
    targets: Targets
    code: Code
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    """Labels whose definition leads nowhere."""
    alive: set[str] = field(default_factory=set)
    templates: list[re.Pattern[str]] = field(default_factory=list)
    """Labels that a template made of values that are not known here."""

    def edit(self, start: int, end: int, replacement: str) -> None:
        """Note that this part shall be replaced."""
        self.edits.append((start, end, replacement))


def redirect(text: str, targets: Targets) -> str:
    """The body with every link and picture led to its present place, and no UNKNOWN left."""
    if any(mark in text for mark in ("[", "<a", "<A", "<i", "<I")):
        work = Work(text, targets, Code(text))
        _definitions(work)
        _inline(work)
        html_links.find(work.text, work.code, targets, work.edit)
        text = _applied(work)
    return text.replace(UNKNOWN, "")


def _definitions(work: Work) -> None:
    for found in _DEFINITION.finditer(work.text):
        if work.code.touches(*found.span()):
            continue
        label, target = _label(found["label"]), found["target"].strip("<>")
        present = work.targets.resolve(target)
        if UNKNOWN in label:
            parts = (re.escape(part) for part in label.split(UNKNOWN))
            work.templates.append(re.compile(".{1,100}".join(parts)))
        elif present is not None:
            work.alive.add(label)
        if present is None or UNKNOWN in label:
            work.dead.add(label)
            work.edit(found.start(), found.end(), "")
        elif present != target:
            work.edit(*found.span("target"), f"<{present}>")


def _inline(work: Work) -> None:
    """Walk over the brackets once; a closing one says what the opening one began."""
    opened: list[int] = []
    place = 0
    while (found := _BRACKETS.search(work.text, place)) is not None:
        place = work.code.after(found.start())
        if place > found.start():
            continue
        place = found.end()
        if found.group() == "\\":
            place += 1
        elif found.group() == "[":
            opened.append(found.start())
        elif opened:
            place = _closed(work, opened.pop(), found.start())


def _closed(work: Work, start: int, end: int) -> int:
    """Deal with the bracket pair from `start` to `end`; gives where to go on."""
    following = work.text[end + 1 : end + 2]
    is_picture = start > 0 and work.text[start - 1] == "!"
    if following == "(":
        target = inline_target(work.text, end + 1)
        if target is None:
            return end + 1
        if is_picture:
            _picture(work, start, end, target)
        else:
            _link(work, start, end, target)
        return target.end
    return _reference(work, start, end, is_picture)


def _link(work: Work, start: int, end: int, target: InlineTarget) -> None:
    present = work.targets.resolve(target.address)
    if present is None:
        work.edit(start, start + 1, "")
        work.edit(end, target.end, "")
    elif present != target.address:
        work.edit(*target.span, f"<{present}>")


def _picture(work: Work, start: int, end: int, target: InlineTarget) -> None:
    present = work.targets.picture(target.address)
    if present is None:
        words = f"{work.text[start + 1 : end]} {target.title}".strip()
        work.edit(start - 1, target.end, words)
    elif present != target.address:
        work.edit(*target.span, f"<{present}>")


def _reference(work: Work, start: int, end: int, is_picture: bool) -> int:
    """`[words][label]`, `[label][]` and `[label]` whose label leads nowhere become their words."""
    if end - start > LABEL_LIMIT:
        return end + 1
    close = -1
    if work.text[end + 1 : end + 2] == "[":
        close = work.text.find("]", end + 2, end + 2 + LABEL_LIMIT)
    said = work.text[end + 2 : close] if close > 0 else ""
    label = _label(said or work.text[start + 1 : end])
    stop = close + 1 if close > 0 else end + 1
    if label and not label.startswith("^") and _leads_nowhere(work, label, is_full=close > 0):
        work.edit(start - is_picture, start + 1, "")
        work.edit(end, stop, "")
    return stop if close > 0 else end + 1


def _leads_nowhere(work: Work, label: str, is_full: bool) -> bool:
    if label in work.alive:
        return False
    if label in work.dead:
        return True
    return any(
        template.fullmatch(label) and (is_full or template.pattern != ".{1,100}")
        for template in work.templates
    )


def _label(label: str) -> str:
    return _SPACE.sub(" ", label.strip()).casefold()


def _applied(work: Work) -> str:
    """The text with all edits made; one inside another is passed over."""
    out: list[str] = []
    place = 0
    for start, end, replacement in sorted(work.edits, key=lambda edit: (edit[0], -edit[1])):
        if start < place:
            continue
        out += (work.text[place:start], replacement)
        place = end
    return "".join(out) + work.text[place:]
