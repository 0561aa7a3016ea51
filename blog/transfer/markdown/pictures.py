"""Pictures beside the files: found inside the folder only, taken in by `media`."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ...core.errors import BlogError
from ...media import intake
from ...media.illustrations import as_picture
from ...media.intake import MAX_UPLOAD_BYTES, Upload
from ...media.models import Picture
from ...text import pictures as text_pictures
from ..report import LeftOut, Remarks, shown
from .files import read_bytes

SHELVES = ("", "static", "assets", "public")
"""Where an address from the root of the old site is looked for, below the folder."""


@dataclass(frozen=True, slots=True)
class Found:
    """A picture file that was read; `key` names its bytes."""

    key: str
    name: str
    data: bytes = field(repr=False)

    @property
    def address(self) -> str:
        """What stands for it in the text until it is known to be a picture."""
        return f"/media/{self.key}"


@dataclass(slots=True)
class Pictures:
    """The pictures one file names."""

    folder: Path
    path: str
    remarks: Remarks
    refused: Mapping[str, str] = field(default_factory=dict)
    """Keys of what turned out to be no picture, and why."""
    found: dict[str, Found] = field(default_factory=dict)

    def address(self, source: str) -> str | None:
        """The address of a picture file beside the article; None when it cannot be had."""
        picture = self.find(source)
        return picture.address if picture else None

    def find(self, source: str) -> Found | None:
        """The picture file meant; a remark says why there is none."""
        try:
            picture = self._read(source)
        except LeftOut as problem:
            self.remarks.add(f"picture {shown(source)} was left out: {problem.reason}")
            return None
        self.found[picture.key] = picture
        return picture

    def _read(self, source: str) -> Found:
        file = self._locate(source)
        data = read_bytes(file, MAX_UPLOAD_BYTES)
        key = intake.key_of(data)
        if key in self.refused:
            raise LeftOut(self.refused[key])
        return Found(key, file.name, data)

    def _locate(self, source: str) -> Path:
        """The file; symbolic links are followed and must end inside the folder."""
        try:
            path = unquote(urlsplit(source).path)
        except ValueError:
            path = ""
        if not path.strip("/.") or "\0" in path:
            raise LeftOut("this is not the name of a file")
        outside = False
        for candidate in self._candidates(path):
            try:
                real = candidate.resolve(strict=True)
            except (OSError, RuntimeError):
                continue
            if real.is_relative_to(self.folder) and real.is_file():
                return real
            outside = outside or not real.is_relative_to(self.folder)
        raise LeftOut("it is outside the folder" if outside else "there is no such file")

    def _candidates(self, path: str) -> Iterable[Path]:
        """Where it may be, as written and in both normal forms: disks of Macs had names in D."""
        forms = (path, *(unicodedata.normalize(form, path) for form in ("NFC", "NFD")))
        for form in dict.fromkeys(forms):
            if not form.startswith("/"):
                yield self.folder / PurePosixPath(self.path).parent / form
            for shelf in SHELVES:
                yield self.folder / shelf / form.lstrip("/")


def take_in(found: Iterable[Found]) -> tuple[dict[str, Upload], dict[str, str]]:
    """Make pictures safe, which is slow: uploads by key, and what is no picture with the reason."""
    uploads: dict[str, Upload] = {}
    refused: dict[str, str] = {}
    for picture in found:
        try:
            uploads[picture.key] = intake.prepare(picture.data, picture.name)
        except BlogError as problem:
            refused[picture.key] = problem.message
    return uploads, refused


def shown_as(uploads: Mapping[str, Upload]) -> dict[str, text_pictures.Picture]:
    """How each upload is written into a page, by key; asks no database."""
    return {key: as_picture(_row(upload)) for key, upload in uploads.items()}


def resolver(
    pictures: Iterable[text_pictures.Picture],
) -> Callable[[str], text_pictures.Picture | None]:
    """What the text asks when it meets a picture's address."""
    by_source = {picture.src: picture for picture in pictures}
    return by_source.get


def _row(upload: Upload) -> Picture:
    return Picture(
        key=upload.key, file_name=upload.file_name, width=upload.width, height=upload.height
    )
