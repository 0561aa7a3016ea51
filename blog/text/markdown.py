"""Markdown to HTML: CommonMark with tables, strike-through, and, in articles, more.

Articles also know footnotes, task lists and definition lists. What comes out is not safe yet.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import index as footnotes

from .errors import TextRefused
from .limits import NESTING, QUOTE_MARKS, Limits

NOTE_LABEL = re.compile(r"\[\^[^\s\[\]]{1,64}\]")
_CONTAINERS = frozenset(("blockquote_open", "list_item_open", "dd_open", "footnote_reference_open"))
_QUOTE_PREFIX = re.compile(rf"^(?:[ \t]*+>){{{QUOTE_MARKS + 1}}}", re.M)
_TASK = re.compile(r"\[([ xX])\](?=\s)")


def comment_html(source: str, limits: Limits) -> str:
    """Give the HTML of a comment; raw HTML in it is text."""
    return _html(_COMMENT, source, limits)


def article_html(source: str, limits: Limits) -> str:
    """Give the HTML of an article; raw HTML in it is text."""
    return _html(_ARTICLE, source, limits)


def mixed_html(source: str, limits: Limits) -> str:
    """Give the HTML of an imported article, with the raw HTML that its author wrote in it."""
    return _html(_MIXED, source, limits)


def _html(parser: MarkdownIt, source: str, limits: Limits) -> str:
    _refuse_costly(source, limits)
    env: dict[str, Any] = {}
    tokens = parser.parse(source, env)
    _refuse_cut_short(tokens)
    return str(parser.renderer.render(tokens, parser.options, env))


def _refuse_costly(source: str, limits: Limits) -> None:
    """Refuse what makes the parser look at the same text again and again; linear itself."""
    if source.count("\n") > limits.lines:
        raise TextRefused(
            "too-many-lines", f"The text has more than {limits.lines:,} lines. Shorten it, please."
        )
    if source.count("[") > limits.brackets:
        raise TextRefused(
            "too-many-brackets",
            f"The text has more than {limits.brackets:,} square brackets. Use fewer, please.",
        )
    if _QUOTE_PREFIX.search(source):
        raise TextRefused(
            "too-deep", f"A quote is more than {QUOTE_MARKS} levels deep. Quote less, please."
        )


def _refuse_cut_short(tokens: Sequence[Token]) -> None:
    """The parser silently skips what is nested beyond its limit; a sentence lost is a fault."""
    if any(t.type in _CONTAINERS and t.level >= NESTING - 1 for t in tokens):
        raise TextRefused(
            "too-deep", f"Lists and quotes are nested more than {NESTING // 2 - 1} levels deep."
        )


def _parser(html: bool, rich: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html, "maxNesting": NESTING})
    parser.enable("strikethrough")
    if rich:
        parser.enable("table")
        deflist_plugin(parser)
        _add_footnotes(parser)
        parser.core.ruler.after("inline", "tasks", _mark_tasks)
        parser.add_render_rule("task", _render_task)
        for cell in ("th_open", "td_open"):
            parser.add_render_rule(cell, _render_cell)
    # Addresses are judged later, by our own rules: a bad one then costs the link, not the words.
    parser.validateLink = _any_link  # type: ignore[method-assign, assignment]
    # Rule lists are compiled at first use, which is not safe in two threads at once.
    parser.render("*a*\n\n- b\n")
    return parser


def _any_link(_url: str) -> bool:
    return True


def _add_footnotes(parser: MarkdownIt) -> None:
    """Footnotes with labels only: `^[…]` may nest without limit and is left out."""
    footnotes.footnote_plugin(parser, inline=False)
    parser.inline.ruler.at("footnote_ref", _note_reference)
    parser.block.ruler.at("footnote_def", _note_definition, {"alt": ["paragraph", "reference"]})
    for kind in ("ref", "block_open", "block_close", "open", "close", "anchor"):
        parser.add_render_rule(f"footnote_{kind}", _note_renderer(kind))


def _note_reference(state: StateInline, silent: bool) -> bool:
    # The plugin reads to the end of the paragraph at every `[^`: 61 s for 40 kB of them.
    if not NOTE_LABEL.match(state.src, state.pos, state.posMax):
        return False
    return footnotes.footnote_ref(state, silent)


def _note_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not NOTE_LABEL.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    return footnotes.footnote_def(state, start, end, silent)


def _note_renderer(kind: str) -> Callable[..., str]:
    write = _NOTES[kind]

    def render(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return write(tokens[index].meta)

    return render


def _reference_id(meta: dict[str, Any]) -> str:
    again = f"-{meta['subId'] + 1}" if meta.get("subId", 0) else ""
    return f"ref-{meta['id'] + 1}{again}"


_NOTES: dict[str, Callable[[dict[str, Any]], str]] = {
    "ref": lambda m: (
        f'<sup><a href="#fn-{m["id"] + 1}" id="{_reference_id(m)}">{m["id"] + 1}</a></sup>'
    ),
    "anchor": lambda m: f' <a href="#{_reference_id(m)}">Back</a>',
    "open": lambda m: f'<li id="fn-{m["id"] + 1}">',
    "close": lambda _: "</li>",
    "block_open": lambda _: '<section class="footnotes"><ol>',
    "block_close": lambda _: "</ol></section>",
}


def _mark_tasks(state: Any) -> None:
    """Turn `[ ]` and `[x]` at the start of a list item into a task token (GFM 5.3)."""
    tokens: list[Token] = state.tokens
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        first = inline.children[0] if inline.children else None
        if first and first.type == "text" and (box := _TASK.match(first.content + " ")):
            first.content = first.content[box.end() :]
            task = Token("task", "input", 0, meta={"done": box[1] != " "})
            inline.children = [task, *(inline.children or ())]


def _render_task(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    checked = ' checked=""' if tokens[index].meta["done"] else ""
    return f'<input type="checkbox"{checked}>'


def _render_cell(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    align = str(tokens[index].attrGet("style") or "").removeprefix("text-align:")
    return f'<{tokens[index].tag} align="{align}">' if align else f"<{tokens[index].tag}>"


_COMMENT = _parser(html=False, rich=False)
_ARTICLE = _parser(html=False, rich=True)
_MIXED = _parser(html=True, rich=True)
