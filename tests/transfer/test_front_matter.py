import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.transfer.markdown import front_matter
from blog.transfer.report import LeftOut


def values(head: str) -> dict:
    return front_matter.split(f"---\n{head}\n---\nBody.\n").values


def test_yaml_is_read_and_the_body_begins_below_it() -> None:
    matter = front_matter.split("---\ntitle: A walk\ntags: [sea, salt]\n---\n\nBody.\n")
    assert matter.values == {"title": "A walk", "tags": ["sea", "salt"]}
    assert matter.body == "\nBody.\n"


def test_toml_is_read_and_zolas_inner_tables_count() -> None:
    matter = front_matter.split(
        '+++\ntitle = "A walk"\ndate = 2014-05-06T12:00:00-07:00\ndraft = false\n'
        'weight = 3\n[taxonomies]\ntags = ["sea"]\n+++\nBody.\n'
    )
    assert matter.values["date"] == "2014-05-06T12:00:00-07:00"
    assert matter.values["tags"] == ["sea"]
    assert (matter.values["draft"], matter.values["weight"]) == ("false", "3")


def test_values_stay_as_they_were_written() -> None:
    found = values("version: 1.10\nanswer: no\ntime: 12:30:00\nwhen: 2014-02-31\nnone: ~")
    assert found == {
        "version": "1.10",
        "answer": "no",
        "time": "12:30:00",
        "when": "2014-02-31",
        "none": "",
    }


def test_names_are_read_in_small_letters() -> None:
    assert values("Title: A walk") == {"title": "A walk"}


@pytest.mark.parametrize("text", ["Body only.\n", "---\nno end\n\nof the head\n", "", "--", "+++"])
def test_a_file_without_a_head_is_all_body(text: str) -> None:
    assert front_matter.split(text) == front_matter.Matter({}, text)


def test_a_head_may_end_with_dots_and_be_empty() -> None:
    assert front_matter.split("---\n...\nBody.").body == "Body."


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("title: [a", "its YAML cannot be read"),
        ("a: b\n\t- c: d: e", "in line 3"),
        ("- a\n- b", "not a list of names and values"),
        ("just words", "not a list of names and values"),
        ("a: " + "[" * 3000, "its YAML cannot be read"),
        ("a: " + "[" * 40 + "]" * 40, "nested deeper"),
        ("a: " + "x" * 70_000, "larger than 64 kB"),
        ("a: &a [x]\nb: *a", "an alias names a list or table"),
        ("a: *a", "an alias names a list or table"),
        ('a: "\\UFFFFFFFF"', "its YAML cannot be read"),
    ],
)
def test_a_broken_head_is_refused_with_a_reason(head: str, reason: str) -> None:
    with pytest.raises(LeftOut) as refused:
        values(head)
    assert reason in refused.value.reason


def test_an_alias_of_a_word_is_read() -> None:
    assert values("a: &who Maren\nb: *who") == {"a": "Maren", "b": "Maren"}


def test_a_billion_laughs_are_not_laughed() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    with pytest.raises(LeftOut):
        values(bomb)


def test_broken_toml_is_refused_with_a_reason() -> None:
    with pytest.raises(LeftOut, match="its TOML cannot be read"):
        front_matter.split("+++\ntitle = \n+++\n")


@pytest.mark.parametrize("number", ["0x" + "f" * 6_000, "9" * 6_000])
def test_a_number_of_thousands_of_digits_is_refused(number: str) -> None:
    with pytest.raises(LeftOut):
        front_matter.split(f"+++\nx = {number}\n+++\n")


@pytest.mark.parametrize("escape", ["\\e", "\\N", "\\0", "\\ud800", "\\ufdd0", "\\uFFFF", "\\r"])
def test_what_cannot_be_printed_is_a_space(escape: str) -> None:
    assert values(f'"a{escape}b": "c{escape}d"\nlist: ["e{escape}f"]') == {
        "a b": "c d",
        "list": ["e f"],
    }


@given(st.text(max_size=400), st.sampled_from(["---", "+++"]))
def test_arbitrary_heads_are_read_or_refused(head: str, fence: str) -> None:
    try:
        matter = front_matter.split(f"{fence}\n{head}\n{fence}\nBody.")
    except LeftOut as refused:
        assert refused.reason
    else:
        assert isinstance(matter.values, dict)


YAML_CHARACTERS = st.text(alphabet="abc:-[]{}&*!|>'\"#%@`,?~ \n\t0123456789=<.", max_size=60)


@given(YAML_CHARACTERS)
def test_heads_made_of_yamls_own_characters_are_read_or_refused(head: str) -> None:
    try:
        values(head)
    except LeftOut as refused:
        assert refused.reason
