"""What this room announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdvertisementsChanged:
    """An advertisement is new, says something else, or runs at another time or place."""

    advertisement_id: int
