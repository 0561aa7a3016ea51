"""A command that starts again whenever a file changes, also after a fault: for development."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

LOOK_SECONDS = 0.5
"""How often the files are looked at."""
END_SECONDS = 4.0
"""How long the command may take to end; then it is killed."""
PASSING = (".", "#")
"""How the names begin of what an editor puts beside the file in hand."""

Stamps = dict[Path, tuple[int, int]]


def keep_fresh(
    command: Sequence[str], folders: Sequence[Path], descriptors: Sequence[int] = ()
) -> None:
    """Runs a command, anew after every change below the folders, until it ends in good order.

    It inherits the `descriptors`. When it ends with a fault, that is said on standard error and
    the next change waited for. An exception such as KeyboardInterrupt ends it.
    """
    while True:
        # Before the command reads them, so that no change in the meantime is lost.
        seen = stamps(folders)
        process = subprocess.Popen(command, pass_fds=descriptors)  # noqa: S603 - our own
        try:
            _wait(process, folders, seen)
            if process.returncode == 0:
                return
            if process.returncode is not None:
                _tell_of_fault(process.returncode)
            while stamps(folders) == seen:
                time.sleep(LOOK_SECONDS)
        finally:
            _end(process)


def stamps(folders: Sequence[Path]) -> Stamps:
    """Time of the last change and size of every file below the folders that somebody writes."""
    found = {}
    for path in _written(folders):
        with suppress(FileNotFoundError):
            facts = path.stat()
            found[path] = (facts.st_mtime_ns, facts.st_size)
    return found


def _written(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*.*"):
            passing = path.name.startswith(PASSING) or path.name.endswith("~")
            if not passing and "__pycache__" not in path.parts:
                yield path


def _wait(process: subprocess.Popen[bytes], folders: Sequence[Path], seen: Stamps) -> None:
    """Until the command has ended or a file has changed."""
    while stamps(folders) == seen:
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_SECONDS)
            return


def _tell_of_fault(status: int) -> None:
    what = f"signal {-status}" if status < 0 else f"exit status {status}"
    print(f"It ended ({what}) and starts again when a file changes.", file=sys.stderr, flush=True)  # noqa: T201 - speaks to a terminal


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
