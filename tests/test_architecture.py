"""What must stay true of the house: the floors, who knows a request, what templates may name."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOG = ROOT / "blog"
TEMPLATES = ROOT / "templates"

REQUEST_NAMES = {"request", "session", "current_app", "g", "url_for", "render_template", "redirect"}
MAY_KNOW_A_REQUEST = {"views.py", "forms.py", "__main__.py", "extensions.py"}
ROOMS_OF_THE_WEB = {"web", "reading", "administration", "cli"}
EVERYBODYS_TEMPLATES = {"", "macros", "errors", "emails", "feeds"}


def floors() -> dict[str, int]:
    """Room -> floor, the lowest being 0, from the one list in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(): height
        for height, floor in enumerate(reversed(layers))
        for room in floor.split("|")
    }


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(BLOG.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text("utf-8"))


def late_imports(tree: ast.Module) -> list[int]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [
        inner.lineno
        for function in functions
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def knows_a_request(tree: ast.Module) -> set[str]:
    whole = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
        if name.name.split(".")[0] in {"flask", "flask_login"}
    }
    return whole | {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "") in {"flask", "flask_login"}
        for name in node.names
        if name.name in REQUEST_NAMES or name.name == "current_user"
    }


def template_faults(room: str, source: str, heights: dict[str, int]) -> list[str]:
    """What a template of a room names that stands on a higher floor than the room."""
    named = re.findall(r"""(?:include|extends|import|from)\s+["']([^"']+)["']""", source)
    rooms = [name.rpartition("/")[0].split("/")[0] for name in named]
    rooms += re.findall(r"""url_for\(\s*["']([a-z_]+)\.""", source)
    own = heights.get(room, -1)
    return [
        other for other in rooms if other in heights and other != room and heights[other] >= own
    ]


def test_rooms_import_only_rooms_on_lower_floors() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:]


def test_nobody_imports_the_application_but_the_starter() -> None:
    importers = [
        path.name
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and any(name.name == "create_app" for name in node.names)
    ]
    assert set(importers) <= {"__main__.py"}


def test_no_import_hides_inside_a_function() -> None:
    hidden = {
        str(path.relative_to(ROOT)): found
        for path, tree in modules()
        if (found := late_imports(tree))
    }
    assert hidden == {}


def test_only_views_forms_and_the_rooms_of_the_web_know_a_request() -> None:
    faults = {}
    for path, tree in modules():
        room = path.relative_to(BLOG).parts[0]
        wiring = path in {BLOG / "__init__.py", BLOG / "__main__.py"}
        allowed = path.name in MAY_KNOW_A_REQUEST or room in ROOMS_OF_THE_WEB or wiring
        if not allowed and (names := knows_a_request(tree)):
            faults[str(path.relative_to(ROOT))] = names
    assert faults == {}


def test_templates_name_only_templates_and_addresses_of_lower_floors() -> None:
    heights = floors()
    faults = {}
    for path in sorted(TEMPLATES.rglob("*.*")):
        room = path.relative_to(TEMPLATES).parts[0] if path.parent != TEMPLATES else ""
        if found := template_faults(room, path.read_text("utf-8"), heights):
            faults[str(path.relative_to(ROOT))] = found
    assert faults == {}


def test_every_template_folder_is_a_room_or_everybodys() -> None:
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert folders <= floors().keys() | EVERYBODYS_TEMPLATES


def test_one_place_marks_a_string_as_safe() -> None:
    makers = {
        str(path.relative_to(ROOT))
        for path, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.FunctionDef) and node.name == "__html__")
        or (isinstance(node, ast.ImportFrom) and any(name.name == "Markup" for name in node.names))
    }
    assert makers == {"blog/text/blocks.py"}
    loose = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES.rglob("*.*")
        if re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8"))
    ]
    assert loose == []


def test_pages_carry_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
    )
    loose = [
        str(path) for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text("utf-8"))
    ]
    assert loose == []


def test_a_lower_room_with_a_word_of_the_publication_would_be_seen() -> None:
    """core/ serves every room and therefore knows none."""
    words = re.compile(r"\b(articles?|comments?|moderat\w+|advertisements?)\b", re.IGNORECASE)
    loose = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((BLOG / "core").rglob("*.py"))
        if (match := words.search(path.read_text("utf-8")))
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{% include "moderation/_queue.html" %}', None),
        ('{% include "reading/_share.html" %}', "reading"),
        ("{{ url_for('reading.home') }}", "reading"),
        ("{{ url_for('media.file') }}", None),
    ],
)
def test_the_template_rule_itself_sees_an_upward_arrow(line: str, fault: str | None) -> None:
    assert template_faults("articles", line, floors()) == ([fault] if fault else [])


def test_the_rules_see_what_they_forbid() -> None:
    assert late_imports(ast.parse("def f():\n    from x import y")) == [2]
    assert knows_a_request(ast.parse("from flask import request, Flask")) == {"request"}
    assert knows_a_request(ast.parse("import flask")) == {"flask"}
