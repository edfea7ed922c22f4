"""The loader process: has one snapshot in memory (or only its address), and forks a worker for each connection.

Started as `python -m vakgraaf.engine zygote <descriptor> <options as JSON>`. It ends when the control connection does.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from vakgraaf.engine import frames
from vakgraaf.engine.replica import load
from vakgraaf.engine.worker import WorkerLimits, confine, serve
from vakgraaf.errors import VakgraafError


def main(descriptor: str, request: str) -> None:
    """Load, say so, and fork until the control connection closes."""
    control = socket.socket(fileno=int(descriptor))
    options: dict[str, Any] = json.loads(request)
    snapshot = Path(options["snapshot"])
    limits = WorkerLimits(memory_mb=options["memory_mb"], offline=options["in_memory"])
    try:
        store = load(snapshot, merged=options["merged"]) if options["in_memory"] else None
    except VakgraafError as error:
        failure = {"nl": error.nl, "en": error.en, "place": None}
        frames.send(control, frames.Kind.FAILED, json.dumps(failure).encode())
        return
    frames.send(control, frames.Kind.READY)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps workers
    _fork_on_demand(control, store, snapshot, limits)


def _fork_on_demand(control: socket.socket, store: ox.Store | None, snapshot: Path, limits: WorkerLimits) -> None:
    own = os.getpid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        for descriptor in descriptors:
            if os.fork() == 0:
                _work(descriptor, own, store, snapshot, limits)
            os.close(descriptor)


def _work(descriptor: int, parent: int, store: ox.Store | None, snapshot: Path, limits: WorkerLimits) -> None:
    """The whole life of a fork; it never returns to the loop of its parent."""
    code = 1
    try:
        connection = confine(descriptor, parent, limits)
        serve(connection, store if store is not None else ox.Store.read_only(str(snapshot)))
        code = 0
    except (OSError, MemoryError, EOFError):
        pass  # the web process sees the connection close, and that says enough
    finally:
        if (unforeseen := sys.exc_info()[1]) is not None:
            traceback.print_exception(unforeseen)
        os._exit(code)
