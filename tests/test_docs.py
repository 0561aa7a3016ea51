"""What the documents say is what the code does."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest
from flask import Flask

from blog.config import Config

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def section(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found is not None
    return found.group(1)


def shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, Path):
        return f"`{default.name}/`"
    return f"`{default}`" if default not in ("", b"") else ""


def settings_table() -> str:
    rows = ["| setting | default | what it is |", "|---|---|---|"]
    for item in fields(Config):
        rows.append(
            f"| `BLOG_{item.name.upper()}` | {shown(item.default)} | {item.metadata['doc']} |"
        )
    return "\n".join(rows) + "\n"


def commands_table(app: Flask) -> str:
    rows = ["| command | what it does |", "|---|---|"]
    own = {name: command for name, command in app.cli.commands.items() if ours(command)}
    for name, command in sorted(own.items()):
        if isinstance(command, click.Group):
            for inner, one in sorted(command.commands.items()):
                rows.append(f"| `{name} {inner}` | {one.get_short_help_str(200)} |")
        else:
            rows.append(f"| `{name}` | {command.get_short_help_str(200)} |")
    return "\n".join(rows) + "\n"


def ours(command: click.Command) -> bool:
    inner = next(iter(command.commands.values())) if isinstance(command, click.Group) else command
    return "blog/cli" in inspect_file(inner)


def inspect_file(command: click.Command) -> str:
    callback = command.callback
    while hasattr(callback, "__wrapped__"):
        callback = callback.__wrapped__
    return callback.__code__.co_filename if callback else ""


def test_the_settings_table_is_what_the_code_has() -> None:
    assert section("settings") == settings_table()


def test_the_commands_table_is_what_the_code_has(app: Flask) -> None:
    assert section("commands") == commands_table(app)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_of_ours_leads_to_one(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_that_a_document_names_is_there(document: Path) -> None:
    named = set(
        re.findall(
            r"`((?:blog/|tests/|templates/|static/)[\w/.-]+?)/?`", document.read_text("utf-8")
        )
    )
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_make_target_that_the_readme_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
