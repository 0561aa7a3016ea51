"""Taking a picture in: made safe first, which is slow and touches nothing, then stored."""

import hashlib
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ..core.db import db
from ..core.errors import Invalid, TooLarge
from ..core.events import announce
from . import images, storage
from .events import PictureStored
from .models import FILE_NAME_LIMIT, Picture

MAX_UPLOAD_BYTES = 12_000_000
KEY_LENGTH = 32
"""Hex digits of SHA-256 that are kept: 128 bits, so nobody finds two files of one key."""
NAMELESS = "picture"

_one_at_a_time = threading.Lock()
"""Decoding the largest picture takes hundreds of MB; a process does that once at a time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture made safe, not stored yet: its own bytes are gone, these are ours."""

    key: str
    file_name: str
    width: int
    height: int
    files: tuple[tuple[str, bytes], ...]
    """Name and content of what is written at once; the variants follow."""


def key_of(data: bytes) -> str:
    """The key under which these bytes are kept, whoever sends them and whatever they are called."""
    return hashlib.sha256(data).hexdigest()[:KEY_LENGTH]


def find(key: str) -> Picture | None:
    """The stored picture of a key; whoever asks first saves `prepare`."""
    return db.session.scalar(select(Picture).where(Picture.key == key))


def prepare(data: bytes, file_name: str) -> Upload:
    """Decode a file and write it anew: slow (up to some seconds), pure, outside any transaction.

    Raises TooLarge beyond MAX_UPLOAD_BYTES and Invalid("picture", …) for what is no picture.
    """
    if not data:
        raise Invalid("picture", "This file is empty. Please choose it again.")
    if len(data) > MAX_UPLOAD_BYTES:
        raise TooLarge(
            f"A picture may have {MAX_UPLOAD_BYTES // 1_000_000} MB; this one has "
            f"{len(data) / 1_000_000:.1f}. Scale it down or save it with a lower quality."
        )
    with _one_at_a_time:
        image = images.decode(data)
        source = "source.webp" if images.is_transparent(image) else "source.jpg"
        original = images.encode(image, "jpg")
        files = ((storage.ORIGINAL, original), (source, images.encode(image, source)))
    return Upload(key_of(data), harmless_name(file_name), image.width, image.height, files)


def store(upload: Upload, *, uploads: Path) -> Picture:
    """The picture of an upload, its files written before its row. The same bytes are kept once.

    Belongs into a unit of writing; call `keep` before it to leave only the row to do. When the unit
    fails, the files stay and are used by the next attempt. Raises OSError when the disk refuses.
    """
    written = keep(upload, uploads=uploads)
    picture_id = _insert(upload)
    picture = db.session.scalars(select(Picture).where(Picture.key == upload.key)).one()
    if picture_id is not None or written:
        announce(PictureStored(picture.id))
    return picture


def keep(upload: Upload, *, uploads: Path) -> bool:
    """Write the files of an upload that are not there yet; gives whether one was missing."""
    folder = storage.folder(uploads, upload.key)
    missing = [item for item in upload.files if not storage.is_complete(folder / item[0])]
    for name, content in missing:
        storage.write(folder / name, content)
    return bool(missing)


def harmless_name(file_name: str) -> str:
    """What a file was called, to be shown to people: one line, no path, no invisible characters.

    It names nothing on the disk. At most FILE_NAME_LIMIT characters, the ending kept.
    """
    last = file_name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(" " if c.isspace() else c for c in last if _is_visible(c))
    name = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) > FILE_NAME_LIMIT and stem and len(ending) <= 8:
        name = stem[: FILE_NAME_LIMIT - len(dot + ending)] + dot + ending
    return name[:FILE_NAME_LIMIT] or NAMELESS


def _is_visible(character: str) -> bool:
    """Not a control, direction mark, surrogate, private or unassigned character (UAX #44)."""
    return character in "\t\n" or not unicodedata.category(character).startswith("C")


def _insert(upload: Upload) -> int | None:
    """The id of a new row; None when another one already has the key."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(Picture).values(
        key=upload.key, file_name=upload.file_name, width=upload.width, height=upload.height
    )
    once = row.on_conflict_do_nothing(index_elements=[Picture.key]).returning(Picture.id)
    return db.session.execute(once).scalar_one_or_none()
