"""`python -m blog`: prepares the instance folder, then keeps server and job process running.

Exit status: 0 when told to stop, 1 when it cannot start or a part does not stay alive, 2 for a
wrong setting. `--reload` is for development: one process that starts again when a file changes.
"""

import argparse
import errno
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from multiprocessing import parent_process
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from werkzeug.serving import make_server

from . import create_app
from .administration import setup
from .articles import rendering
from .config import ROOT, Config, ConfigError, load_config
from .core import addresses, ephemeral, faults, instance, migrating, processes, reloading
from .core.instance import InstanceError
from .core.jobs import worker
from .core.processes import Lock, LockHeldError, end_with_parent
from .core.supervisor import ENDINGS, PartError, Supervisor, end, how, start
from .transfer import sample
from .web import assets
from .web.assets import AssetError

CANNOT_START = 1
WRONG_SETTING = 2
WORKERS_END_SECONDS = 3
"""How long a worker may finish its answers: within the 5 seconds that everything may take."""
HEAD_MILLISECONDS = 10_000
"""How long the head of a request may take, and how long a connection may stand idle."""
READY_SECONDS = 60.0
LEFTOVER_SECONDS = 8.0
"""How long the processes of a killed start may take to notice that they are alone."""
LOCAL = "127.0.0.1"
OF_THE_PORT = {errno.EADDRINUSE, errno.EACCES, errno.EPERM}
"""Why a port cannot be had; all else speaks of the address."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the site; gives the exit status."""
    for number in ENDINGS:  # all are Ctrl-C until a supervisor listens to them
        signal.signal(number, signal.default_int_handler)
    os.umask(instance.UMASK)
    try:
        told = _parser().parse_args(arguments)
        if told.socket is not None:
            return develop_here(load_config(), told.socket)
        return develop(load_config()) if told.reload else run(load_config())
    except ConfigError as error:
        return _complain(error, WRONG_SETTING)
    except (InstanceError, PartError, AssetError) as error:
        return _complain(error, CANNOT_START)
    except faults.FAULTS as fault:
        return _complain(faults.sentence(fault), CANNOT_START)
    except KeyboardInterrupt:
        return 0


def run(config: Config) -> int:
    """Prepares and supervises, until a signal says to stop."""
    with ExitStack() as held:
        for thing in claim(config):
            held.enter_context(thing)
        # Now there is a secret.
        config = load_config()
        return in_a_process(partial(prepare, config)) or supervise(config)


def claim(config: Config) -> tuple[Lock, socket.socket]:
    """The lock on the instance folder, prepared, and the port. Raises InstanceError.

    What a killed start has left behind ends by itself, so that is waited for.
    """
    until = time.monotonic() + LEFTOVER_SECONDS
    while True:
        try:
            return _claim(config)
        except InstanceError:
            holder = processes.holder_of(config.instance / instance.LOCK)
            if not holder or processes.is_alive(holder) or time.monotonic() > until:
                raise
            time.sleep(0.2)


def prepare(config: Config) -> None:
    """Everything between a folder with a secret and the first page; done twice, it is once."""
    try:
        bring_up_to_date(config)
        assets.build(ROOT / "static", config.assets)
        with create_app(config).app_context():
            ephemeral.create_tables()
            if config.sample:
                sample.load(config.uploads)
            rendering.ask_for_outdated()
    except (ConfigError, AssetError) as error:
        sys.exit(_complain(error, CANNOT_START))
    except faults.FAULTS as fault:
        sys.exit(_complain(faults.sentence(fault, config.sqlalchemy_url), CANNOT_START))


def bring_up_to_date(config: Config) -> None:
    """The present schema, after a copy of what was there."""
    if not migrating.pending(config.sqlalchemy_url):
        return
    if not config.database_url:
        database = Path(config.sqlalchemy_url.removeprefix("sqlite:///"))
        copy = instance.back_up(database, config.instance / instance.BACKUPS)
        if copy:
            print(f"The database as it was stands in {copy}.", flush=True)
    migrating.upgrade(config.sqlalchemy_url)


def supervise(config: Config) -> int:
    """Runs server and jobs, and says where, once the server answers. Raises PartError."""
    parts = {"server": partial(serve, config), "job": partial(do_jobs, config)}
    until = time.monotonic() + READY_SECONDS
    with Supervisor(parts, partial(print, file=sys.stderr, flush=True)) as supervisor:
        while supervisor.step(0.02):
            if processes.answers(config.host, config.port, "/healthz"):
                in_a_process(partial(say_where, config))
                break
            if time.monotonic() > until:
                raise PartError(f"The server did not answer within {READY_SECONDS:.0f} seconds.")
        supervisor.run()
    return 0


def say_where(config: Config) -> None:
    """Prints the address and, last, the link that sets the site up, as long as it is not."""
    address = _address(config)
    with create_app(config).app_context():
        link = setup.link(address, config.secret_key)
    print(f"Broadsheet is at {address}/", flush=True)
    if link:
        print(f"Set it up here: {link}", flush=True)


def serve(config: Config) -> None:
    """The server process: starts the workers and replaces those that die."""
    Granian(
        "blog",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_MILLISECONDS),
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=WORKERS_END_SECONDS,
    ).serve(target_loader=partial(application, config), wrap_loader=False)


def application(config: Config) -> Flask:
    """What a worker serves. The worker ends when the server process does."""
    parent = parent_process()
    end_with_parent(parent.pid if parent and parent.pid else os.getppid())
    # granian puts the environment into every request, where HTTP_… means one of its headers.
    for name in [name for name in os.environ if name.startswith("HTTP_")]:
        del os.environ[name]
    return create_app(config)


def do_jobs(config: Config) -> None:
    """The job process: works until SIGTERM, and finishes the job in hand."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _work(create_app(config), stop)


def develop(config: Config) -> int:
    """Server and jobs in one process, for this machine only, started again on every change.

    The socket stays open meanwhile, so a browser waits for the next start instead of failing.
    """
    lock, port = claim(replace(config, host=LOCAL))
    port.close()
    with lock, socket.create_server((LOCAL, config.port)) as listening:
        number = listening.fileno()
        reloading.keep_fresh(
            [sys.executable, "-m", "blog", "--socket", str(number)],
            [ROOT / name for name in ("blog", "templates", "static")],
            [number],
        )
    return 0


def develop_here(config: Config, descriptor: int) -> int:
    """That one process; it serves what comes in on a socket that its parent has opened."""
    end_with_parent(os.getppid())
    config = replace(config, host=LOCAL)
    prepare(config)
    app = create_app(config)
    threading.Thread(target=_work, args=(app, threading.Event()), daemon=True).start()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # our own log has the requests
    server = make_server(LOCAL, config.port, app, threaded=True, fd=descriptor)
    say_where(config)
    server.serve_forever()
    return 0


def in_a_process(work: Callable[[], None]) -> int:
    """Runs a function in a process of its own and gives its exit status. Raises PartError.

    So nothing that it opens stays: the supervisor, whose children are forks of it, has no
    database open and no thread running.
    """
    process = start(work, "preparation")
    try:
        process.join()
    except KeyboardInterrupt:
        end([process])
        raise
    status = process.exitcode or 0
    if -status in ENDINGS:  # told to stop as all of us were, and first
        raise KeyboardInterrupt
    if status < 0:
        raise PartError(f"The {process.name} process ended ({how(process)}).")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m blog", description="Run the publication.")
    parser.add_argument("--reload", action="store_true", help="one process that reloads on change")
    parser.add_argument("--socket", type=int, help=argparse.SUPPRESS)  # how that one is started
    return parser


def _claim(config: Config) -> tuple[Lock, socket.socket]:
    path = config.instance / instance.LOCK
    try:
        port = processes.hold_port(config.host, config.port)
    except OSError as error:
        holder = processes.holder_of(path)
        if holder is not None:
            raise _already_running(config, holder) from None
        raise _cannot_listen(config, error) from None
    try:
        instance.prepare(config.instance)
        return Lock(path), port
    except LockHeldError as held:
        port.close()
        raise _already_running(config, held.holder) from None
    except BaseException:
        port.close()
        raise


def _cannot_listen(config: Config, error: OSError) -> Exception:
    reason = (error.strerror or str(error)).lower()
    if error.errno not in OF_THE_PORT:
        return ConfigError(f"BLOG_HOST is {config.host}, where nobody can listen here ({reason}).")
    return InstanceError(f"{_address(config)} cannot be used ({reason}); set another BLOG_PORT.")


def _address(config: Config) -> str:
    reached = addresses.listening(processes.reachable(config.host), config.port)
    assert reached, "the wildcards are replaced"
    return reached


def _already_running(config: Config, holder: int) -> InstanceError:
    who = f" (process {holder})" if holder else ""
    return InstanceError(f"Broadsheet already runs on {config.instance}{who}.")


def _work(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        worker.work(app.extensions["jobs"], stop)


def _complain(error: Exception | str, status: int) -> int:
    print(error, file=sys.stderr, flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
