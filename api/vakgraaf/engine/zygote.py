"""The loader process: has one version in memory (or only its address), and forks a worker for each connection.

Started as `python -m vakgraaf.engine zygote <descriptor> <options as JSON>`. It ends when the control connection does.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from vakgraaf.engine import columns, delta, failures, frames, readings
from vakgraaf.engine.cardinalities import counted, kept
from vakgraaf.engine.replica import Replica, load, plain
from vakgraaf.engine.snapshots import require_whole
from vakgraaf.engine.worker import STACK_MB, WorkerLimits, confine, serve
from vakgraaf.errors import VakgraafError

FORK, ADVANCE = b"F", b"A"
"""What a zygote is asked: the letter, with a descriptor or followed by a frame."""


class _Place(NamedTuple):
    """Where the data are on disk, and what is known of them."""

    snapshot: Path
    merged: bool
    statistics: Path

    def open(self) -> Replica:
        """What a worker reads that has nothing in memory."""
        found = readings.opened(self.snapshot) if self.merged else plain(ox.Store.read_only(str(self.snapshot)))
        return replace(found, statistics=kept(self.statistics))


def main(descriptor: str, request: str) -> None:
    """Load, say so, and fork until the control connection closes."""
    control = socket.socket(fileno=int(descriptor))
    options: dict[str, Any] = json.loads(request)
    place = _Place(Path(options["snapshot"]), options["merged"], Path(options["statistics"]))
    limits = WorkerLimits(memory_mb=options["memory_mb"], offline=options["in_memory"])
    columns.prepare()
    try:
        if not options["in_memory"] and not place.merged:
            require_whole(place.snapshot)  # a copy of it was made of one that was
        replica = counted(load(place.snapshot, merged=options["merged"])) if options["in_memory"] else None
    except VakgraafError as error:
        frames.send(control, frames.Kind.FAILED, failures.packed(error))
        return
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps workers
    with suppress(BrokenPipeError, ConnectionResetError):  # who asked was killed, perhaps before it heard the answer
        frames.send(control, frames.Kind.READY)
        _obey(control, replica, place, limits)


def _obey(control: socket.socket, replica: Replica | None, place: _Place, limits: WorkerLimits) -> None:
    """Fork, or follow to the next version, as asked, until the control connection closes."""
    own = os.getpid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if message == ADVANCE:
            _, payload = frames.receive(control)
            fields = json.loads(payload)
            place = place._replace(snapshot=Path(fields["snapshot"]))
            replica = _advance(control, replica, fields["delta"])
        for descriptor in descriptors:
            if os.fork() == 0:
                _work(descriptor, own, replica, place, limits)
            os.close(descriptor)


def _advance(control: socket.socket, replica: Replica | None, path: str) -> Replica | None:
    """What is not held in memory needs no delta: who is forked next opens the new snapshot."""
    try:
        if replica is not None:
            difference = delta.read(Path(path))
            delta.apply(replica, difference)
            replica = counted(replica, len(difference))
            gc.freeze()
    except (OSError, ValueError, SyntaxError) as error:
        failure = VakgraafError(f"Niet bij te werken: {error}.", f"Cannot be brought up to date: {error}.")
        frames.send(control, frames.Kind.FAILED, failures.packed(failure))
        return replica
    frames.send(control, frames.Kind.READY)
    return replica


def _work(descriptor: int, parent: int, replica: Replica | None, place: _Place, limits: WorkerLimits) -> None:
    """The whole life of a fork; it never returns to the loop of its parent.

    It works in a thread of its own: the engine throws its dice per thread, and those of this one are its parent's, so
    that all forks would make the same UUIDs and blank nodes.
    """
    try:
        connection = confine(descriptor, parent, limits)
        threading.stack_size(STACK_MB * 1024 * 1024)
        thread = threading.Thread(target=_serve, args=(connection, replica, place))
        thread.start()
        thread.join()
    finally:
        os._exit(0)


def _serve(connection: socket.socket, replica: Replica | None, place: _Place) -> None:
    # That one of these ended it the web process sees from the connection; anything else goes to the log.
    with suppress(OSError, MemoryError, EOFError):
        serve(connection, replica if replica is not None else place.open())
