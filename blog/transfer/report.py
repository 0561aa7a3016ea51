"""What an import says afterwards: for each file what became of it, and what was mended."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SHOWN_LENGTH = 80
"""Characters of a piece of source that a remark quotes."""


class Outcome(StrEnum):
    """What became of a file."""

    MADE = "made"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left out"


class LeftOut(Exception):
    """A file cannot come in; `reason` is a sentence for the person who wrote it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Remarks:
    """Remarks on one file, in the order they came up, the same one counted instead of repeated."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()

    def add(self, remark: str) -> None:
        """Note something that was mended or dropped."""
        self._counted[remark] += 1

    def lines(self) -> tuple[str, ...]:
        """One line for each remark."""
        return tuple(
            text if times == 1 else f"{text} ({times} times)"
            for text, times in self._counted.items()
        )


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file, and why."""

    path: str
    outcome: Outcome
    slug: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a folder."""

    files: Sequence[FileReport]
    dry_run: bool = False

    def count(self, outcome: Outcome) -> int:
        """How many files came out so."""
        return sum(report.outcome is outcome for report in self.files)

    @property
    def summary(self) -> str:
        """One line with all counts."""
        counts = ", ".join(f"{self.count(outcome)} {outcome}" for outcome in Outcome)
        return f"{len(self.files)} files: {counts}."


def printable(line: str) -> str:
    """A line with spaces in place of everything that steers a terminal, such as ESC and RLO."""
    return "".join(c if c.isprintable() else " " for c in line)


def shown(source: str) -> str:
    """A piece of source as a remark quotes it: one line, cut, nothing that steers a terminal."""
    line = " ".join(printable(source).split())
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1] + "…"
