import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.transfer.markdown import liquid
from blog.transfer.markdown.liquid import UNKNOWN
from blog.transfer.report import Remarks

KNOWN = {"2014-05-06-a-walk": "/articles/a-walk", "_posts/2014-05-06-a-walk.md": "/articles/a-walk"}


def convert(text: str) -> str:
    return liquid.convert(text, KNOWN.get, {"title": "A walk"}, Remarks())


def remarks_on(text: str) -> tuple[str, ...]:
    remarks = Remarks()
    liquid.convert(text, KNOWN.get, {}, remarks)
    return remarks.lines()


def test_the_text_around_and_inside_block_tags_stays() -> None:
    text = "Before {% if x %}inside{% else %}or{% endif %} after."
    assert convert(text) == "Before insideor after."
    assert "Liquid tag {% if %} was taken out" in remarks_on(text)


def test_a_highlighted_block_becomes_fenced_code() -> None:
    text = "A:\n\n{% highlight ruby linenos %}\nputs {{ 1 }}\n{% endhighlight %}\n\nB."
    assert convert(text) == "A:\n\n```ruby\nputs {{ 1 }}\n```\n\n\nB."


def test_code_with_backticks_gets_a_longer_fence() -> None:
    assert convert("{% highlight %}\n```\n{% endhighlight %}") == "````\n```\n````\n"


def test_highlighted_code_in_a_list_stays_in_its_item() -> None:
    text = "- A\n\n  {% highlight sh %}\nls\n  {% endhighlight %}\n"
    assert "\n  ```sh\n  ls\n  ```\n" in convert(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{%- raw -%}{% if %}{%- endraw -%}", "{% if %}"),
        ("`{% raw %}{{ x }}{% endraw %}`", "`{{ x }}`"),
        ("`{% raw %}{% raw %}{% endraw %}`", "`{% raw %}`"),
        ("{% raw %}\n```\n{{ x }}\n```\n{% endraw %}", "\n```\n{{ x }}\n```\n"),
        ("```\n{% raw %}{{ x }}{% endraw %}\n```\n", "```\n{{ x }}\n```\n"),
        ("{% raw %}`{% link %}`{% endraw %} x {% if %}", "`{% link %}` x "),
    ],
)
def test_what_is_raw_is_kept_and_its_marks_go(text: str, kept: str) -> None:
    assert convert(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "```\n{{ x }}{% if %}\n```\n",
        "`{{ x }}`",
        "``{% if ` %}``",
        "    {{ x }}\n",
        "~~~ liquid\n{% for a in b %}\n~~~\n",
        "> ```\n> {{ x }}\n> ```\n",
        "1. a\n\n   ```\n   {{ x }}\n   ```\n",
    ],
)
def test_code_is_not_touched(text: str) -> None:
    assert convert(text) == text
    assert remarks_on(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "[a]({% post_url 2014-05-06-a-walk %})",
        "[a]({% link _posts/2014-05-06-a-walk.md %})",
        "[a]({% link\n_posts/2014-05-06-a-walk.md %})",
    ],
)
def test_links_to_known_files_lead_to_their_articles(text: str) -> None:
    assert convert(text) == "[a](/articles/a-walk)"


def test_a_link_to_an_unknown_file_is_marked_and_told() -> None:
    assert convert("[a]({% link b.md %}#c)") == f"[a]({UNKNOWN}#c)"
    assert remarks_on("{% link b.md %}") == ("b.md is not among the files",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{ site.baseurl }}/x", "/x"),
        ("{{site.url}}/x", "/x"),
        ('{{ "/docs/" | relative_url }}', "/docs/"),
        ("{{ 'words' }}", "words"),
        ("{{ page.title }}", "A walk"),
        ("{{ page.colour }}", UNKNOWN),
        ("{{ site.data.x | sort }}", UNKNOWN),
    ],
)
def test_values_that_a_file_can_know_are_filled_in(text: str, value: str) -> None:
    assert convert(text) == value


def test_comments_that_nobody_saw_stay_unseen() -> None:
    assert convert("a{% comment %}not yet{% endcomment %}b") == "ab"


@pytest.mark.parametrize("text", ["50{% off", "{{ never closed", "a {%} b", "{", "{{", "{%"])
def test_what_is_not_liquid_stays(text: str) -> None:
    assert convert(text) == text


def test_a_tag_that_is_never_closed_loses_no_text() -> None:
    assert convert("a {% raw %} b {{ 'c' }}") == "a  b c"
    assert "never closed" in remarks_on("{% highlight x %} b")[0]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("{{< note >}}inside{{< /note >}}", "inside"),
        ("{{% note %}}inside{{% /note %}}", "inside"),
        ('{{< figure src="a.jpg" alt="A sea" caption="Grey" >}}', '![A sea](<a.jpg> "Grey")'),
        ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "```go\nx := 1\n```\n"),
        ('[a]({{< ref "2014-05-06-a-walk" >}})', "[a](/articles/a-walk)"),
        ('[a]({{< relref "other.md" >}})', "[a](other.md)"),
        ("{{< youtube abc_1 >}}", "<https://www.youtube.com/watch?v=abc_1>"),
        ("{{</* note */>}}", "{{< note >}}"),
        ("`{{< note >}}`", "`{{< note >}}`"),
    ],
)
def test_shortcodes_of_hugo(text: str, kept: str) -> None:
    assert convert(text).replace("  ", " ") == kept


pieces = st.sampled_from(
    [
        "{% raw %}",
        "{% endraw %}",
        "{% highlight x %}",
        "{% endhighlight %}",
        "{{ x }}",
        "{{< a >}}",
        "{% if %}",
        "`",
        "```\n",
        "\n",
        "word ",
        "{{",
        "%}",
        "    ",
        "- ",
        "> ",
        "{% comment %}",
    ]
)


@given(st.lists(pieces, max_size=25).map("".join))
def test_whatever_stands_in_a_text_the_words_come_out(text: str) -> None:
    commented = "{% comment %}" in text
    found = convert(text)
    assert commented or found.count("word") == text.count("word")
