"""The process that makes changes, for a web process that must not open the store.

Started as `python -m vakgraaf.engine changer <descriptor> <options as JSON>`; it ends when its connection does, and
may be killed at any moment: what it has not published does not count.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict
from pathlib import Path

from vakgraaf.engine import changes, failures, frames
from vakgraaf.engine.changing import Changing
from vakgraaf.engine.frames import CHUNK, Kind
from vakgraaf.engine.guard import GuardLimits
from vakgraaf.engine.parentage import die_with_parent
from vakgraaf.engine.state import StateDirectory
from vakgraaf.engine.workbench import Published, Workbench
from vakgraaf.engine.worker import cap_memory
from vakgraaf.errors import VakgraafError, unwritten

MAKE, CONTENT, COMMIT, DISCARD, DESCRIBE = b"M", b"T", b"C", b"D", b"S"
"""What it is asked, as the first byte of a job; the last is to take in a description."""


def main(descriptor: str, request: str) -> None:
    """Make changes until the connection closes."""
    options = json.loads(request)
    die_with_parent()
    if os.getppid() != options["parent"]:
        return
    failures.leave_last_words(int(descriptor))
    cap_memory(options["memory_mb"])
    connection = socket.socket(fileno=int(descriptor))
    guard = GuardLimits(options["max_bytes"], options["max_nesting"], options["max_update_bytes"])
    bench = Workbench(StateDirectory(Path(options["state"])), options["who"], Changing(options["union"], guard))
    try:
        while True:
            _, job = frames.receive(connection)
            _answer(connection, bench, job)
    except MemoryError:
        connection.sendall(failures.NO_MEMORY)
        raise
    except (EOFError, OSError):
        bench.close()


def _answer(connection: socket.socket, bench: Workbench, job: bytes) -> None:
    try:
        answer = _do(bench, job[:1], job[1:])
    except VakgraafError as error:
        frames.send(connection, Kind.FAILED, failures.packed(error))
        return
    except OSError as error:
        frames.send(connection, Kind.FAILED, failures.packed(unwritten(bench.place, error)))
        return
    for start in range(0, len(answer) - CHUNK, CHUNK):
        frames.send(connection, Kind.DATA, answer[start : start + CHUNK])
    frames.send(connection, Kind.LAST, answer[max(0, (len(answer) - 1) // CHUNK * CHUNK) :])


def _told(published: Published | None) -> bytes:
    """What another process has to know of a version."""
    if published is None:
        return b"null"
    told = {"manifest": asdict(published.manifest), "base": published.base, "delta": published.delta}
    return json.dumps(told, default=str).encode()


def _do(bench: Workbench, order: bytes, payload: bytes) -> bytes:
    if order == MAKE:
        return json.dumps(asdict(bench.make(changes.unpacked(payload)))).encode()
    if order == CONTENT:
        return bench.content(json.loads(payload))
    if order == COMMIT:
        return _told(bench.commit(payload))
    if order == DESCRIBE:
        path, version = json.loads(payload)
        return _told(bench.describe(Path(path), version))
    bench.discard()
    return b""
