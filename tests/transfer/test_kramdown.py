import pytest

from blog.transfer.markdown import kramdown
from blog.transfer.report import Remarks


def clean(text: str) -> str:
    return kramdown.clean(text, Remarks())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A note.\n{: .note }\n", "A note.\n\n"),
        ('A note.\n{: .note #here data-x="a b"}\n', "A note.\n\n"),
        ('[a](b){: target="_blank"} c', "[a](b) c"),
        ("* TOC\n{:toc}\n\nText", "\n\nText"),
        ("1. Contents\n{:toc max_level=2}\n\nText", "\n\nText"),
        ("a {::comment}not yet{:/comment} b", "a  b"),
        ("{::nomarkdown}x{:/nomarkdown}", "x"),
        ('{::options parse_block_html="true" /}\nx', "\nx"),
        ("## Head {#id}\n", "## Head\n"),
    ],
)
def test_marks_go_and_the_text_stays(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "`{: .note }`",
        "```\n{: .note }\n```\n",
        "A hash {:a => 1} here",
        "{: }",
        "a {:+1:} b",
        "# {#",
    ],
)
def test_code_and_other_braces_stay(text: str) -> None:
    assert clean(text) == text


def test_what_went_is_told() -> None:
    remarks = Remarks()
    kramdown.clean("a\n{: .note }\n\nb\n{: .note }\n", remarks)
    assert remarks.lines() == ("attributes {: .note } taken out (2 times)",)
