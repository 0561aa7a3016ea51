"""Joins, fingerprints and compresses what stands in `static/`, and names it for templates.

`build(static, target)` writes `app.3f2a9c1b.css` and the like; the name holds a digest of the
bytes, so that a file may be cached for ever. `Assets(target).url("css/app.css")` is its address.

A build is made in a temporary folder and moved in file by file, `manifest.json` last: whoever reads
the manifest finds every file it names, also when the build was killed in the middle. The files of
the build before stay for one build more, for pages that are on their way to a reader.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli

PREFIX: Final = "/assets/"
STYLE_SHEETS: Final = ("css/app.css", "css/home.css", "css/door.css")
READER_SCRIPT: Final = "js/reader.js"
READER_PARTS: Final = ("js/copy-link.js",)
COPIED_FOLDERS: Final = ("fonts", "img", "vendor")
TEXT_SUFFIXES: Final = frozenset({".css", ".js", ".svg", ".txt", ".json"})
DIGEST_LENGTH: Final = 8
# For WhiteNoise's `immutable_file_test`.
IMMUTABLE: Final = rf"\.[0-9a-f]{{{DIGEST_LENGTH}}}\.\w+$"
MANIFEST: Final = "manifest.json"

_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']([^"']+)["']\s*\)?\s*([^;]*);""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_KEPT = rf"({_STRING}|url\(\s*(?:{_STRING}|[^)]*)\s*\))"
_CSS_GAP = re.compile(rf"{_KEPT}|(?:/\*.*?\*/|\s+)+", re.DOTALL)
_CSS_SPACE = re.compile(rf"{_KEPT}|\s*([{{}};,])\s*|:\s+", re.DOTALL)
_CSS_LAST = re.compile(rf"{_KEPT}|;+}}", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MODULE_WORD = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


class AssetError(Exception):
    """A source that cannot be built, or a name that no build has; the message says which."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build made: the digest of its sources, and the file name of every source name."""

    digest: str
    files: dict[str, str]
    previous: tuple[str, ...] = ()


class Assets:
    """The files of one finished build, by the name of their source."""

    def __init__(self, target: Path) -> None:
        manifest = read_manifest(target)
        if manifest is None:
            raise AssetError(f"There are no built assets in {target}.")
        self._urls = {name: PREFIX + file for name, file in manifest.files.items()}

    def url(self, name: str) -> str:
        """The address of `css/app.css`, `img/icons.svg`, ...; AssetError if no build has it."""
        try:
            return self._urls[name]
        except KeyError:
            raise AssetError(f"static/{name} is not among the built assets.") from None


def build(static: Path, target: Path) -> Manifest:
    """Builds `static` into `target` and returns the manifest; does nothing if all is as it was.

    Raises AssetError for a source that is missing or that cannot be joined.
    """
    digest = _digest_of_sources(static)
    old = read_manifest(target)
    if old is not None and old.digest == digest and _complete(target, old):
        return old
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        previous = tuple(sorted(old.files.values())) if old is not None else ()
        manifest = Manifest(digest, _Press(static, work).print_all(), previous)
        _write_manifest(work, manifest)
        _move_in(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _sweep(target, manifest)
    return manifest


def read_manifest(target: Path) -> Manifest | None:
    """The manifest of the finished build in `target`; None if there is none that can be read."""
    try:
        stored = json.loads((target / MANIFEST).read_text("utf-8"))
        return Manifest(stored["digest"], dict(stored["files"]), tuple(stored["previous"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def minify_css(source: str) -> str:
    """Takes comments and needless white space out of a style sheet; strings stay as they are."""
    text = _CSS_GAP.sub(lambda match: match[1] or _gap(match[0]), source)
    text = _CSS_SPACE.sub(lambda match: match[1] or match[2] or ":", text)
    return _CSS_LAST.sub(lambda match: match[1] or "}", text).strip()


def join_scripts(parts: list[tuple[str, str]]) -> str:
    """One script of several (name, source): strict, and each in a block of its own."""
    for name, source in parts:
        if _MODULE_WORD.search(source):
            raise AssetError(f"static/{name} imports or exports; a joined script stands alone.")
    blocks = "\n".join(f"{{\n{source.strip()}\n}}" for _, source in parts)
    return f'"use strict";\n{blocks}\n'


def _gap(run: str) -> str:
    # A comment alone separates two words without being a space: a/**/b is neither "ab" nor "a b".
    return " " if _COMMENT.sub("", run) else "/**/"


class _Press:
    """Prints the sources of one folder into another and remembers the names."""

    def __init__(self, static: Path, work: Path) -> None:
        self.static = static
        self.work = work
        self.files: dict[str, str] = {}

    def print_all(self) -> dict[str, str]:
        for name in _copied(self.static):
            self._print(name, (self.static / name).read_bytes())
        for name in STYLE_SHEETS:
            self._print(name, self._joined(name, ()).encode())
        parts = [(name, self._read(name)) for name in READER_PARTS]
        self._print(READER_SCRIPT, join_scripts(parts).encode())
        return self.files

    def _print(self, name: str, content: bytes) -> None:
        source = Path(name)
        digest = hashlib.sha256(content).hexdigest()[:DIGEST_LENGTH]
        file = f"{source.stem}.{digest}{source.suffix}"
        (self.work / file).write_bytes(content)
        if source.suffix in TEXT_SUFFIXES:
            (self.work / f"{file}.br").write_bytes(brotli.compress(content))
            (self.work / f"{file}.gz").write_bytes(gzip.compress(content, mtime=0))
        self.files[name] = file

    def _read(self, name: str) -> str:
        try:
            return (self.static / name).read_text("utf-8")
        except OSError:
            raise AssetError(f"static/{name} is not there.") from None

    def _joined(self, name: str, above: tuple[str, ...]) -> str:
        """The style sheet with every @import replaced by the sheet that it names."""
        if name in above:
            raise AssetError(f"static/{name} imports itself.")

        def joined_import(match: re.Match[str]) -> str:
            if match[2]:
                raise AssetError(f"static/{name}: an @import with {match[2]!r} cannot be joined.")
            return self._joined(_beside(name, match[1]), (*above, name))

        source = minify_css(self._read(name))
        source = _URL.sub(lambda match: self._rewritten(name, match), source)
        return _IMPORT.sub(joined_import, source)

    def _rewritten(self, sheet: str, match: re.Match[str]) -> str:
        address = match[1].strip()
        if address.endswith(".css") or address.startswith(("data:", "#")):
            return match[0]
        name = _beside(sheet, address)
        if name not in self.files:
            raise AssetError(f"static/{sheet} names {address}, which is not there.")
        return f'url("{self.files[name]}")'


def _beside(sheet: str, address: str) -> str:
    """`../fonts/a.woff2`, as written in `css/tokens.css`, is `fonts/a.woff2`."""
    return os.path.normpath(Path(sheet).parent / address)


def _copied(static: Path) -> list[str]:
    """The names of files that are served as they are; notes for people (README.md) are not."""
    return [name for name in _sources(static) if name.split("/")[0] in COPIED_FOLDERS]


def _sources(static: Path) -> list[str]:
    paths = (path for path in static.rglob("*") if path.is_file() and path.suffix != ".md")
    names = (path.relative_to(static).as_posix() for path in paths)
    return sorted(name for name in names if not any(p.startswith(".") for p in name.split("/")))


def _digest_of_sources(static: Path) -> str:
    """Changes with any name or byte below `static`, and with the rules of this module."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for name in _sources(static):
        content = (static / name).read_bytes()
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _complete(target: Path, manifest: Manifest) -> bool:
    return all((target / file).is_file() for file in manifest.files.values())


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    stored = {
        "digest": manifest.digest,
        "files": manifest.files,
        "previous": list(manifest.previous),
    }
    (folder / MANIFEST).write_text(json.dumps(stored, indent=1, sort_keys=True), "utf-8")


def _move_in(work: Path, target: Path) -> None:
    """Moves every file into `target`, the manifest last; each step replaces one file or none."""
    target.mkdir(exist_ok=True)
    files = sorted(work.iterdir(), key=lambda path: path.name == MANIFEST)
    for path in files:
        path.replace(target / path.name)


def _sweep(target: Path, manifest: Manifest) -> None:
    """Removes what neither this build nor the one before it names."""
    named = {*manifest.files.values(), *manifest.previous}
    kept = {MANIFEST, *named, *(f"{n}.br" for n in named), *(f"{n}.gz" for n in named)}
    for path in target.iterdir():
        if path.name not in kept and path.is_file():
            path.unlink(missing_ok=True)
