"""Lexers of our own for languages with braces: one pass, whatever the text.

Pygments' lexers for these take quadratic time on some texts (16 kB of empty lines cost its C
lexer eight seconds). These know less grammar and need none for six colours.
"""

from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import Comment, Keyword, Name, Number, String, Text, Whitespace

_SPACE = (r"\s++", Whitespace)
_BLOCK_COMMENT = (r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?", Comment.Multiline)
_DOUBLE = (r'"(?:[^"\\\n]|\\[\s\S])*+"?', String.Double)
_SINGLE = (r"'(?:[^'\\\n]|\\[\s\S])*+'?", String.Single)
_BACKTICK = (r"`(?:[^`\\]|\\[\s\S])*+`?", String.Backtick)
# In languages where a single quote may also begin a lifetime or a label.
_CHARACTER = (r"'(?:[^'\\\n]|\\[^\n]{1,8}?)'", String.Char)
_OTHER = (r".", Text)

_SHARED = (
    "break case catch class const continue default do else enum extends final finally for if"
    " implements import in interface new package private protected public return static struct"
    " super switch this throw throws try type typedef using var void while yield"
)
_CONSTANTS = "true false null nil undefined None Some Ok Err NULL nullptr self"
_NUMBER_TYPES = "bool boolean byte char double float int long short string unsigned signed"
KEYWORDS = {
    "c": "auto extern goto inline register restrict sizeof union volatile",
    "cpp": "auto constexpr delete explicit extern friend inline namespace noexcept operator"
    " override sizeof template typename union virtual volatile",
    "csharp": "abstract as async await base delegate event foreach get is lock namespace object out"
    " override params readonly record ref sealed set virtual where",
    "go": "chan defer fallthrough func go goto map range select error rune int64 uint8",
    "java": "abstract assert instanceof native record sealed synchronized transient volatile",
    "javascript": "async await debugger delete export from function get instanceof let of set"
    " typeof with",
    "typescript": "abstract any as async await declare export from function get instanceof keyof"
    " let namespace never number of readonly set typeof unknown",
    "kotlin": "as by companion data fun init internal is lateinit object open out override sealed"
    " suspend val when where",
    "php": "abstract array as echo elseif endforeach endif fn foreach function global include"
    " instanceof isset match namespace print require trait unset use",
    "rust": "as async await crate dyn fn impl let loop match mod move mut pub ref trait unsafe use"
    " where i32 i64 u8 u32 u64 usize str String",
    "swift": "as associatedtype defer deinit extension fallthrough fileprivate func guard init"
    " inout internal is let open operator override protocol repeat some subscript throws where",
}
_DEFINES = r"(class|enum|fn|fun|func|function|interface|struct|trait)(\s++)([A-Za-z_$][\w$]*+)"
_DEFINITION: Any = bygroups(Keyword, Whitespace, Name.Function)  # type: ignore[no-untyped-call]
_WITH_CHARACTERS = frozenset(("c", "cpp", "csharp", "go", "java", "kotlin", "rust"))
_WITH_PREPROCESSOR = frozenset(("c", "cpp", "csharp"))


def _lexer(name: str, rules: list[Any]) -> type[RegexLexer]:
    class Own(RegexLexer):
        tokens: ClassVar = {"root": rules}

    Own.name = name
    return Own


def _braces(name: str, own: str) -> type[RegexLexer]:
    keywords = words(f"{_SHARED} {_NUMBER_TYPES} {own}".split(), r"\b", r"\b")
    return _lexer(
        name,
        [
            _SPACE,
            (r"//[^\n]*+", Comment.Single),
            _BLOCK_COMMENT,
            *([(r"#[^\n]*+", Comment.Preproc)] if name in _WITH_PREPROCESSOR else ()),
            *([(r"#[^\n]*+", Comment.Single)] if name == "php" else ()),
            _DOUBLE,
            _CHARACTER if name in _WITH_CHARACTERS else _SINGLE,
            _BACKTICK,
            (r"@[A-Za-z_]\w*+", Name.Decorator),
            (r"\d[\w.]*+", Number),
            (_DEFINES, _DEFINITION),
            (words(_CONSTANTS.split(), r"\b", r"\b"), Keyword.Constant),
            (keywords, Keyword),
            (r"[^\W\d][\w$]*+|\$\w*+", Name),
            _OTHER,
        ],
    )


def _css(name: str) -> type[RegexLexer]:
    return _lexer(
        name,
        [
            _SPACE,
            _BLOCK_COMMENT,
            *([(r"//[^\n]*+", Comment.Single)] if name == "scss" else ()),
            _DOUBLE,
            _SINGLE,
            (r"@[\w-]++", Keyword),
            (r"#[0-9a-fA-F]{3,8}\b", Number),
            (r"[+-]?\d[\w.%]*+", Number),
            (r"[\w$-]++(?=\s*+:)", Name.Attribute),
            (r"[\w$-]++", Name),
            _OTHER,
        ],
    )


OWN: dict[str, type[RegexLexer]] = {
    **{name: _braces(name, own) for name, own in KEYWORDS.items()},
    "css": _css("css"),
    "scss": _css("scss"),
}
