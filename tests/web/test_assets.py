import gzip
import json
import re
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.web import assets
from blog.web.assets import AssetError, Assets, build, join_scripts, minify_css

ROOT = Path(__file__).parents[2]

SOURCES = {
    "css/app.css": '@layer base;\n@import "tokens.css";\n@import "components/part.css";\n',
    "css/home.css": "/* url(not.svg) and @import 'not.css'; */\n.lead { color: red; }\n",
    "css/door.css": '@import url("components/part.css");\n',
    "css/tokens.css": '@font-face { src: url("../fonts/face.woff2") format("woff2"); }\n',
    "css/components/part.css": ".part > a { color: blue; background: url(../../img/dot.svg) }\n",
    "js/copy-link.js": "const shown = 1;\n",
    "img/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "img/README.md": "for people",
    "fonts/face.woff2": "not really a font",
}


@pytest.fixture
def static(tmp_path: Path) -> Path:
    for name, content in SOURCES.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path / "static"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "assets"


def names(target: Path) -> set[str]:
    return {path.name for path in target.iterdir()}


def read(target: Path, url: str) -> str:
    return (target / url.removeprefix(assets.PREFIX)).read_text()


def test_a_style_sheet_holds_its_imports_in_order(static: Path, target: Path) -> None:
    build(static, target)
    sheet = read(target, Assets(target).url("css/app.css"))
    assert "@import" not in sheet
    assert sheet.index("@layer") < sheet.index("@font-face") < sheet.index(".part")


def test_a_style_sheet_names_fonts_and_pictures_by_their_fingerprints(
    static: Path, target: Path
) -> None:
    manifest = build(static, target)
    sheet = read(target, Assets(target).url("css/app.css"))
    named = re.findall(r'url\("([^"]+)"\)', sheet)
    assert named == [manifest.files["fonts/face.woff2"], manifest.files["img/dot.svg"]]
    assert set(named) <= names(target)


def test_an_address_holds_the_digest_of_the_bytes(static: Path, target: Path) -> None:
    build(static, target)
    before = Assets(target).url("css/home.css")
    assert re.fullmatch(r"/assets/home\.[0-9a-f]{8}\.css", before)
    assert re.search(assets.IMMUTABLE, before)
    (static / "css/home.css").write_text(".lead { color: green }")
    build(static, target)
    assert Assets(target).url("css/home.css") != before


def test_a_changed_font_changes_the_address_of_the_sheet_that_names_it(
    static: Path, target: Path
) -> None:
    build(static, target)
    before = Assets(target).url("css/app.css")
    (static / "fonts/face.woff2").write_text("another font")
    build(static, target)
    assert Assets(target).url("css/app.css") != before


def test_text_files_stand_beside_their_compressed_forms(static: Path, target: Path) -> None:
    manifest = build(static, target)
    for source in ("css/app.css", "js/reader.js", "img/dot.svg"):
        path = target / manifest.files[source]
        assert brotli.decompress(Path(f"{path}.br").read_bytes()) == path.read_bytes()
        assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()
    assert not (target / (manifest.files["fonts/face.woff2"] + ".br")).exists()


def test_notes_for_people_are_not_served(static: Path, target: Path) -> None:
    manifest = build(static, target)
    assert "img/README.md" not in manifest.files
    assert not any(name.endswith(".md") for name in names(target))


def test_a_build_of_the_same_sources_writes_nothing(static: Path, target: Path) -> None:
    first = build(static, target)
    times = {path.name: path.stat().st_mtime_ns for path in target.iterdir()}
    assert build(static, target) == first
    assert {path.name: path.stat().st_mtime_ns for path in target.iterdir()} == times


def test_two_builds_of_the_same_sources_are_the_same_bytes(static: Path, tmp_path: Path) -> None:
    build(static, tmp_path / "one")
    build(static, tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_lost_file_is_made_again(static: Path, target: Path) -> None:
    lost = target / build(static, target).files["css/app.css"]
    lost.unlink()
    build(static, target)
    assert lost.exists()


def test_the_files_of_the_build_before_stay_for_one_build(static: Path, target: Path) -> None:
    first = build(static, target).files["css/home.css"]
    (static / "css/home.css").write_text(".second { color: red }")
    second = build(static, target).files["css/home.css"]
    assert {first, f"{first}.br", second} <= names(target)
    (static / "css/home.css").write_text(".third { color: red }")
    third = build(static, target).files["css/home.css"]
    assert {second, third} <= names(target)
    assert not {first, f"{first}.br", f"{first}.gz"} & names(target)


def test_a_build_that_fails_leaves_the_one_before_it_whole(static: Path, target: Path) -> None:
    first = build(static, target)
    before = names(target)
    (static / "css/home.css").write_text('@import "missing.css";')
    with pytest.raises(AssetError, match=r"missing\.css"):
        build(static, target)
    assert names(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["assets"]
    assert Assets(target).url("css/home.css").endswith(first.files["css/home.css"])


def test_a_broken_manifest_is_as_good_as_none(static: Path, target: Path) -> None:
    build(static, target)
    (target / assets.MANIFEST).write_text("{")
    with pytest.raises(AssetError):
        Assets(target)
    build(static, target)
    assert json.loads((target / assets.MANIFEST).read_text())["files"]


def test_a_sheet_that_imports_itself_is_refused(static: Path, target: Path) -> None:
    (static / "css/tokens.css").write_text('@import "app.css";')
    with pytest.raises(AssetError, match="imports itself"):
        build(static, target)


def test_an_import_with_a_condition_is_refused(static: Path, target: Path) -> None:
    (static / "css/home.css").write_text('@import "tokens.css" print;')
    with pytest.raises(AssetError, match="print"):
        build(static, target)


def test_a_picture_that_is_not_there_is_refused(static: Path, target: Path) -> None:
    (static / "css/home.css").write_text("a { background: url(../img/none.svg) }")
    with pytest.raises(AssetError, match=r"none\.svg"):
        build(static, target)


def test_an_unknown_name_is_told_by_name(static: Path, target: Path) -> None:
    build(static, target)
    with pytest.raises(AssetError, match=r"css/gone\.css"):
        Assets(target).url("css/gone.css")


def test_each_joined_script_has_a_scope_of_its_own() -> None:
    joined = join_scripts([("js/a.js", "const x = 1;"), ("js/b.js", "const x = 2;")])
    assert joined == '"use strict";\n{\nconst x = 1;\n}\n{\nconst x = 2;\n}\n'


def test_a_script_that_imports_is_not_joined() -> None:
    with pytest.raises(AssetError, match=r"js/a\.js"):
        join_scripts([("js/a.js", 'import { b } from "./b.js";')])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a { color : red; }\n\nb { margin: 0 1px; }", "a{color :red}b{margin:0 1px}"),
        ("/* a; } */ a { b: c }", "a{b:c}"),
        (
            'a::before { content: "/* no  comment; } */"; }',
            'a::before{content:"/* no  comment; } */"}',
        ),
        ("a { content: 'it\\'s ;  }'; }", "a{content:'it\\'s ;  }'}"),
        ("a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        ("a :is(b, c) > d { x: y }", "a :is(b,c) > d{x:y}"),
        (
            "@media (min-width: 48em) and (x) { a { b: c } }",
            "@media (min-width:48em) and (x){a{b:c}}",
        ),
        ("a { background: url(data:x;y, z) }", "a{background:url(data:x;y, z)}"),
        ("a/**/b /* x */ i { c: d }", "a/**/b i{c:d}"),
    ],
)
def test_white_space_goes_where_it_means_nothing(source: str, expected: str) -> None:
    assert minify_css(source) == expected


@given(st.text(alphabet='ab{};:,/*\\ \n\t"', max_size=40))
def test_a_string_in_a_style_sheet_is_never_touched(text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert quoted in minify_css(f"a  {{  content:  {quoted} ;  }}")


@given(
    st.lists(st.sampled_from(["a ", ":is(b)", "{", "}", "c: d;", "/* x */", "'y  z'", ", ", "b"]))
)
def test_small_is_as_small_as_it_gets(tokens: list[str]) -> None:
    once = minify_css("".join(tokens))
    assert minify_css(once) == once


def test_the_publication_itself_builds(target: Path) -> None:
    manifest = build(ROOT / "static", target)
    for source in (*assets.STYLE_SHEETS, assets.READER_SCRIPT, "img/icons.svg"):
        assert (target / manifest.files[source]).stat().st_size > 0
    for path in target.glob("*.css"):
        assert path.read_text().count("{") == path.read_text().count("}")
