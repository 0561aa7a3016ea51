"""The pre-scan, which must not be talked into seeing less than the parser will."""

import pytest

from blog.text.errors import TextRefused
from blog.text.scan import refuse_excess

DEEP = "<b>" * 101


@pytest.mark.parametrize(
    "source",
    [
        DEEP,
        f'<!-- <a b=" --> {DEEP} "',
        f"<a b=' >{DEEP}",
        f'<a b ">{DEEP}',
        f'<script><a b="</script>{DEEP}"',
        f"<style><!-- </style>{DEEP} -->",
        f"<!-->{DEEP}-->",
        f"<?x {'>'}{DEEP}",
        f"</ {'>'}{DEEP}",
        f"<![CDATA[>{DEEP}]]>",
        "<i></b>" * 101,
        "<a><b></a>" * 101,
        "<div><p>" * 101,
        "<ul><li><b>" * 40,
    ],
)
def test_depth_is_seen_through_every_disguise(source):
    with pytest.raises(TextRefused):
        refuse_excess(source, 10_000)


@pytest.mark.parametrize(
    "source",
    [
        "<b></b>" * 1_000,
        "<p>a" * 1_000,
        "<ul>" + "<li>a<p>b" * 1_000,
        "<table>" + "<tr><td>a<th><p>b" * 1_000,
        "<dl>" + "<dt>a<dd>b" * 1_000,
        "<img>" * 1_000,
        "<br/>" * 1_000,
        "<pre>" + "a &lt; b " * 1_000,
        "<p title='<b><b><b>'>" * 1_000,
        "<!-- <b> -->" * 1_000,
        "<a href='x y z" + " w" * 100 + "'>",
    ],
)
def test_honest_markup_is_not_deep(source):
    refuse_excess(source, 10_000)
