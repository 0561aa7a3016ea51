"""Writes the style sheet of letters into their elements: many mail clients drop a style sheet.

It works on the templates when Jinja reads them, before any fact stands in them, so that what
somebody has typed never meets it.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from jinja2.ext import Extension

FOLDER = "emails/"
SHEET = "emails/_letter.css"
MEDIA = "@media"

RULE = re.compile(r"^([\w.]+) \{ ([^{}\"]+) \}$", re.MULTILINE)
TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^<>]*)>")
CLASS = re.compile(r'\bclass="([\w-]+)"')


class Dress(Extension):
    """Gives every element of a letter's template its style, and the head what cannot stand there.

    The sheet is `templates/emails/_letter.css`: rules for `tag` and `tag.class`, one a line; all
    from the first `@media` on goes into the head, for the clients that read it.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with its styles; other templates than letters as they are."""
        if name is None or not (name.startswith(FOLDER) and name.endswith(".html")):
            return source
        rules, media = self._sheet
        dressed = TAG.sub(lambda tag: _dressed(tag, rules), source)
        return dressed.replace("</head>", f"<style>\n{media}\n</style>\n</head>")

    @cached_property
    def _sheet(self) -> tuple[Mapping[str, str], str]:
        assert self.environment.loader is not None
        sheet, _, _ = self.environment.loader.get_source(self.environment, SHEET)
        plain, mark, media = sheet.partition(MEDIA)
        return dict(RULE.findall(plain)), (mark + media).strip()


def _dressed(tag: re.Match[str], rules: Mapping[str, str]) -> str:
    name, attributes = tag.groups()
    found = CLASS.search(attributes)
    wanted = (name, f"{name}.{found.group(1)}" if found else "")
    style = " ".join(rules[selector] for selector in wanted if selector in rules)
    return f'<{name}{attributes} style="{style}">' if style else tag.group()
