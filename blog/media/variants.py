"""Making every size and format of a picture. Runs as a job; a second run finds nothing to do."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image

from ..core.clock import now
from ..core.db import db, end_read
from . import images, storage
from .addresses import MIME, names, widths
from .models import Picture

Record = Callable[[], None]


class SourceMissingError(RuntimeError):
    """The files of a stored picture are gone from the uploads folder."""


def make(*, picture_id: int, uploads: Path) -> Record | None:
    """Write the variants that are missing; gives what notes the time in the job's transaction.

    None when the picture is gone, or when all was there and noted already. Raises
    SourceMissingError, OSError.
    """
    picture = db.session.get(Picture, picture_id)
    if picture is None:
        return None
    folder, width = storage.folder(uploads, picture.key), picture.width
    noted = picture.variants_at is not None
    end_read()
    storage.sweep(folder)
    missing = {name for name in names(width) if not storage.is_complete(folder / name)}
    if missing:
        _write(missing, width, folder)
    elif noted:
        return None
    return lambda: _note(picture_id)


def _write(missing: set[str], width: int, folder: Path) -> None:
    source = _source(folder)
    for step in widths(width):
        wanted = [extension for extension in MIME if f"{step}.{extension}" in missing]
        if not wanted:
            continue
        image = source if step == source.width else images.scaled(source, step)
        for extension in wanted:
            storage.write(folder / f"{step}.{extension}", images.encode(image, extension))


def _source(folder: Path) -> Image.Image:
    for name in storage.SOURCES:
        if storage.is_complete(folder / name):
            return images.load_source((folder / name).read_bytes())
    raise SourceMissingError(f"{folder} has no {' or '.join(storage.SOURCES)}")


def _note(picture_id: int) -> None:
    picture = db.session.get(Picture, picture_id)
    if picture is not None:
        picture.variants_at = now()
