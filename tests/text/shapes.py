"""Hostile shapes of Markdown, made to a length: what costs careless parsers seconds."""

from collections.abc import Callable


def _run(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _numbered(make: Callable[[int], str], width: int) -> Callable[[int], str]:
    return lambda size: "".join(map(make, range(size // width)))


def _around(left: str, middle: str, right: str) -> Callable[[int], str]:
    return lambda size: left * (size // 2) + middle + right * (size // 2)


RUNS = {
    "quotes": ">",
    "quotes apart": "> ",
    "lists in one line": "- ",
    "numbers in one line": "1. ",
    "stars in one line": "* * ",
    "quotes and lists": "> - ",
    "flat list": "- a\n",
    "empty items": "-\n\n",
    "opening brackets": "[",
    "empty brackets": "[]",
    "open links": "[a](",
    "open links in angles": "[a](<b",
    "open pictures": "![",
    "nested pictures": "![[]()",
    "links": "[a](b)",
    "links to nowhere": "[a](#b) ",
    "definitions": "[a]: b\n",
    "open definitions": "[a]:\n",
    "definitions with a title": '[a]: b "\n',
    "backticks": "`",
    "code": "`a`",
    "stars": "*",
    "opening emphasis": "*a ",
    "closing emphasis": "a* ",
    "crossed emphasis": "*a_ ",
    "emphasis": "*a* ",
    "strong": "**a** ",
    "nested emphasis": "*a **a ",
    "underscores": "_a__",
    "tildes": "~~a ",
    "less-than": "<",
    "open tags": "<a ",
    "open addresses": "<http://a",
    "addresses": "<http://a>",
    "written-out addresses": "http://a.b/c ",
    "addresses with brackets": "http://a.b/(((",
    "comments": "<!--",
    "instructions": "<?",
    "character data": "<![CDATA[",
    "mail": "<a@",
    "ampersands": "&",
    "entities": "&amp;",
    "numeric entities": "&#x41;",
    "backslashes": "\\",
    "broken lines": "\\\n",
    "hard breaks": "a  \n",
    "newlines": "\n",
    "setext": "a\n=\n",
    "headings": "# a\n\n",
    "hashes": "#",
    "rules": "---\n",
    "fences": "```\n",
    "open fences": "```a\n~~~\n",
    "tables": "a|b\n-|-\n",
    "pipes": "|",
    "note definitions": "[^a]: ",
    "terms": "a\n: b\n",
    "colons": ": ",
    "tasks": "- [ ] a\n",
    "straight quotes": '"a" ',
    "apostrophes": "'",
    "mixed quotes": "\"('",
    "dots": "...",
    "dashes": "-- ",
    "one long word": "a",
    "parentheses": "(",
    "hyphens": "a-a-",
    "captions": "Table: a\n\n",
    "attributions": "> a\n>\n> — b\n\n",
    "open divisions": "<div>\n",
    "open lists": "<ul><li>",
    "crossed tags": "<a><b></a>",
    "crossed attributes": '<b x="',
}

SHAPES: dict[str, Callable[[int], str]] = {
    **{name: _run(piece) for name, piece in RUNS.items()},
    "brackets in brackets": _around("[", "a", "]"),
    "emphasis in emphasis": _around("*", "a", "*"),
    "setext of one paragraph": lambda size: "a\n" * (size // 2 - 1) + "=",
    "lists in lists": lambda size: "".join("  " * i + "- a\n" for i in range(300))[:size],
    "lazy lines": lambda size: "> " * 8 + "a\n" * ((size - 16) // 2),
    "backtick runs": lambda size: " ".join("`" * i for i in range(1, int((2 * size) ** 0.5)))[
        :size
    ],
    "one definition, many uses": lambda size: ("[a]: /x\n\n" + "[a]" * (size // 3))[:size],
    "many definitions": _numbered(lambda i: f"[a{i}]: /{i}\n", 15),
    "a label without end": lambda size: "[" + "a" * (size - 8) + "]: x\n",
    "a long table": lambda size: ("|a|b|\n|-|-|\n" + "|a|b|\n" * (size // 6))[:size],
    "a wide table": lambda size: "|" + "a|" * (size // 6) + "\n|" + "-|" * (size // 6) + "\n|a|\n",
    "empty cells": lambda size: "|" + "a|" * 256 + "\n|" + "-|" * 256 + "\n" + "|\n" * 256,
    "one note, many marks": lambda size: ("[^a]: x\n\n" + "[^a]" * (size // 4))[:size],
    "open marks": lambda size: ("[^a]: x\n\n" + "[^" * (size // 2))[:size],
    "notes in notes": _numbered(lambda i: f"[^{i}]: x[^{i + 1}]\n", 20),
    "different headings": _numbered(lambda i: f"# a{i}\n\n", 10),
    "code of numbers": lambda size: (
        "```python\n" + ("1,2,3,4\n" * (size // 8))[: size - 20] + "```"
    ),
}
