"""What this room announces. Ids only: whoever listens reads what is there then."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureStored:
    """A picture has been taken in; only the JPEG made at upload stands on the disk."""

    picture_id: int
