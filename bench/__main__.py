"""`python -m bench`: what a page costs beside an empty Flask page and constant bytes, in one run.

Prints a table and writes it as JSON to bench/results/.
"""

import argparse
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from bench.load import Figures, available, measure, server

SECONDS = 8
ROOT = Path(__file__).resolve().parent
ROWS = (
    ("constant bytes, 36 kB", "constant", "/"),
    ("empty Flask page", "flask", "/"),
    ("article page", "blog", "ARTICLE"),
    ("front page", "blog", "/"),
    ("archive", "blog", "/archive"),
    ("not found", "blog", "/articles/never-there"),
)
BASE = "empty Flask page"
NEWEST = "SELECT slug FROM article ORDER BY published_at DESC LIMIT 1"


def main() -> int:
    """Measure every row; exit status 1 when this machine cannot."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each row")
    seconds = parser.parse_args().seconds
    if not available():
        print("The benchmark needs Linux and wrk (Debian: apt-get install wrk).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="blog-bench-") as folder:
        instance = Path(folder) / "instance"
        article = _prepare(instance)
        rows = [_measured(row, instance, article, seconds) for row in ROWS]
    _print(rows)
    _write(rows)
    return 0


def _prepare(instance: Path) -> str:
    """A site with the sample publication, its work done; the path of its newest article."""
    port = _free_port()
    environment = {**os.environ, "BLOG_INSTANCE": str(instance), "BLOG_PORT": str(port)}
    flask = [sys.executable, "-m", "flask", "--app", "blog"]
    for command in (["database", "upgrade"], ["sample"], ["jobs", "run"]):
        subprocess.run([*flask, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    with closing(sqlite3.connect(instance / "broadsheet.db")) as database:
        (slug,) = database.execute(NEWEST).fetchone()
    return f"/articles/{slug}"


def _measured(row: tuple[str, str, str], instance: Path, article: str, seconds: int) -> Figures:
    name, app, path = row
    port = _free_port()
    with server(app, instance, port) as pid:
        time.sleep(1)
        return measure(name, pid, port, article if path == "ARTICLE" else path, seconds)


def _print(rows: list[Figures]) -> None:
    base = next(row for row in rows if row.name == BASE)
    print(f"{'page':24}{'req/s':>9}{'CPU ms':>9}{'beyond ' + BASE:>26}{'MiB':>7}{'errors':>8}")
    for row in rows:
        beyond = f"{row.cpu_ms - base.cpu_ms:+.3f} ms, x{row.cpu_ms / base.cpu_ms:.1f}"
        print(
            f"{row.name:24}{row.rate:>9,.0f}{row.cpu_ms:>9.3f}{beyond:>26}"
            f"{row.memory_mb:>7.0f}{row.errors:>8}"
        )


def _write(rows: list[Figures]) -> None:
    results = ROOT / "results"
    results.mkdir(exist_ok=True)
    target = results / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    target.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", "utf-8")
    print(f"\nWritten to {target.relative_to(ROOT.parent)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
