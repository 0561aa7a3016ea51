"""What this room announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Settings of the site have new values."""

    names: tuple[str, ...]
