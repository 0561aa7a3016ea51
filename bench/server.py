"""One server process, as the product ships it: granian with two workers of eight threads.

Run as `python -m bench.server APP INSTANCE PORT`.
"""

import sys
from functools import partial
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from bench.apps import FACTORIES, instance_config


def serve(name: str, instance: Path, port: int) -> None:
    """Answer until told to stop."""
    config = instance_config(instance, port)
    Granian(
        name,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
    ).serve(target_loader=partial(FACTORIES[name], config), wrap_loader=False)


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
