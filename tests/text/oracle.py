"""A second opinion on stored HTML: two parsers that bleach and nh3 do not contain.

The allow-list is restated here on purpose: a slip in blog/text/allow.py must not pass by
being read on both sides. (html5lib is what bleach carries an old copy of; lexbor is neither.)
"""

import re

import html5lib
from selectolax.lexbor import LexborHTMLParser, LexborNode

_REST = r"[^\s\\`\x00-\x1f]"
URL = rf"(?:https?://{_REST}+|mailto:{_REST}+|(?!//)[^\s\\`:/?#]*(?:[/?#]{_REST}*)?)"
ID = r"(?:s|fn|ref)-[^\s\"'<>`&=/#%?\\]+"
ANY = r"[\s\S]*"
OWN = r"/media/[\w./-]+"

COMMENT = {
    "p": {},
    "br": {},
    "strong": {},
    "em": {},
    "del": {},
    "blockquote": {},
    "ul": {},
    "li": {},
    "ol": {"start": r"-?\d+"},
    "code": {},
    "pre": {"role": "region", "aria-label": r"Code(?: \d+)?", "tabindex": "0"},
    "a": {"href": URL, "rel": "nofollow ugc noopener"},
}
_BARE = (
    "br strong em del ins sub sup kbd samp var cite q dfn mark small footer table caption thead"
    " tbody tfoot tr figcaption picture hr"
)
ARTICLE = {
    **{tag: {} for tag in _BARE.split()},
    **{
        tag: {"id": ID}
        for tag in ["p", "h2", "h3", "h4", "li", "dl", "dt", "dd", "blockquote", "figure"]
    },
    "ul": {"id": ID, "class": "tasks"},
    "ol": {"id": ID, "start": r"-?\d+"},
    "code": {"class": r"language-[a-z0-9+#.-]+"},
    "pre": {"id": ID, "role": "region", "aria-label": r"Code(?: \d+)?", "tabindex": "0"},
    "a": {"href": URL, "rel": "noopener", "id": ID, "aria-label": ANY},
    "span": {"class": "[kscondi]"},
    "abbr": {"title": ANY},
    "section": {"class": "footnotes", "aria-label": "Footnotes"},
    "div": {"id": ID, "class": "table", "role": "region", "aria-label": ANY, "tabindex": "0"},
    "th": {"scope": "col|row", "colspan": r"\d+", "rowspan": r"\d+", "class": "start|center|end"},
    "td": {"colspan": r"\d+", "rowspan": r"\d+", "class": "start|center|end"},
    "source": {
        "type": "image/(?:avif|webp|jpeg|png)",
        "srcset": rf"{OWN} \d+w(?:, {OWN} \d+w)*",
        "sizes": ANY,
    },
    "img": {
        "src": OWN,
        "srcset": rf"{OWN} \d+w(?:, {OWN} \d+w)*",
        "sizes": ANY,
        "width": r"\d+",
        "height": r"\d+",
        "alt": ANY,
        "loading": "lazy",
        "decoding": "async",
    },
    "input": {"type": "checkbox", "disabled": "", "checked": "", "aria-label": "Done|To do"},
}

# (tag, attributes, children) with text as strings: the same shape from both parsers.
Tree = tuple[str, dict[str, str], list]


def judge(html: str, allowed: dict[str, dict[str, str]]) -> None:
    """Assert that both parsers see only what is allowed, see the same, and go on seeing it."""
    seen = by_lexbor(html)
    for tree in seen:
        _judge(tree, allowed)
    assert by_html5lib(html) == seen, f"two parsers disagree about {html!r}"
    assert by_lexbor(_serialised(html)) == seen, f"changes when written again: {html!r}"
    _judge_ids_and_fragments(seen)


def by_lexbor(html: str) -> list:
    body = LexborHTMLParser(f"<!doctype html><body>{html}</body>").body
    assert body is not None
    return _joined([_lexbor(node) for node in body.iter(include_text=True)])


def by_html5lib(html: str) -> list:
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return _html5lib_children(fragment)


def elements(trees: list) -> list[Tree]:
    """Every element of the trees, in document order."""
    out = []
    for tree in trees:
        if not isinstance(tree, str):
            out.append(tree)
            out += elements(tree[2])
    return out


def _lexbor(node: LexborNode):
    if node.tag == "-text":
        return node.text_content or ""
    assert node.tag != "-comment", "a comment was let through"
    attrs = {name: value or "" for name, value in node.attributes.items()}
    children = _joined([_lexbor(child) for child in node.iter(include_text=True)])
    return (node.tag, attrs, children)


def _html5lib_children(element) -> list:
    out = [element.text or ""]
    for child in element:
        assert isinstance(child.tag, str), "a comment was let through"
        out.append((child.tag, dict(child.attrib), _html5lib_children(child)))
        out.append(child.tail or "")
    return _joined(out)


def _joined(items: list) -> list:
    out: list = []
    for item in items:
        if item == "":
            continue
        if isinstance(item, str) and out and isinstance(out[-1], str):
            out[-1] += item
        else:
            out.append(item)
    return out


def _serialised(html: str) -> str:
    body = LexborHTMLParser(f"<!doctype html><body>{html}</body>").body
    assert body is not None
    return (body.inner_html or "") if body.html else ""


def _judge(tree, allowed: dict[str, dict[str, str]]) -> None:
    if isinstance(tree, str):
        return
    tag, attrs, children = tree
    assert tag in allowed, f"<{tag}> was let through"
    for name, value in attrs.items():
        assert name in allowed[tag], f"<{tag} {name}> was let through"
        assert re.fullmatch(allowed[tag][name], value), f"<{tag} {name}={value!r}>"
    if tag == "a" and re.match(r"https?:", attrs.get("href", ""), re.I):
        assert attrs.get("rel") == allowed["a"]["rel"], f"rel of {attrs}"
    for child in children:
        _judge(child, allowed)


def _judge_ids_and_fragments(seen: list) -> None:
    every = elements(seen)
    ids = [attrs["id"] for _, attrs, _ in every if "id" in attrs]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for tag, attrs, children in every:
        if tag == "a":
            assert "a" not in [inner for inner, _, _ in elements(children)], "a link in a link"
            fragment = attrs.get("href", "")
            assert not fragment.startswith("#") or fragment[1:] in ids, f"{fragment} leads nowhere"
