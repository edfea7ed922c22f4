"""All of a store, or some graphs of it, into another store without any of it becoming Python's on the way.

Quad by quad it takes half as long again, and far longer beside a thread that is busy, which has the interpreter's lock.
"""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from select import select
from threading import Thread
from typing import IO

import pyoxigraph as ox

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_AT_ONCE = 1024 * 1024
_NO_FILE = tuple(f"(os error {number})" for number in (errno.EINVAL, errno.ENOTSUP))


@contextmanager
def poured(store: ox.Store, graphs: Sequence[Graph] | None = None) -> Iterator[IO[bytes]]:
    """The end of a pipe from which to read all quads of a store as N-Quads, or the triples of `graphs` as N-Triples.

    All quads are those that are there now, whatever is added while they are read. Who has handed the end on to another
    process should close it. Raises what the store does where it cannot be read, once the pipe is no longer wanted.
    """
    end, start = os.pipe()
    failed: list[Exception] = []
    sender = Thread(target=_pour, args=(store, graphs, start, failed))
    with open(end, "rb", buffering=_AT_ONCE) as source:
        sender.start()
        try:
            select([end], [], [])  # the engine has begun, and shows what was there then
            yield source
        finally:
            source.close()
            sender.join()
    if failed:
        raise failed[0]


def take_in(store: ox.Store, source: IO[bytes], graph: Graph | None = None) -> None:
    """Add the N-Quads in `source`, or the N-Triples to `graph`; blank nodes keep their labels. Raises `SyntaxError`."""
    form = ox.RdfFormat.N_QUADS if graph is None else ox.RdfFormat.N_TRIPLES
    with tempfile.TemporaryFile() as aside:
        store.bulk_load(io.BufferedReader(_Plain(source, aside), _AT_ONCE), form, to_graph=graph)
        aside.seek(0)
        quads = ox.parse(aside, form)
        store.bulk_extend(
            quads if graph is None else (ox.Quad(one.subject, one.predicate, one.object, graph) for one in quads)
        )


def apart(lines: bytes) -> tuple[bytes, bytes]:
    """Lines of N-Triples or N-Quads: those that have no blank nodes, and those that may have some.

    The engine gives blank nodes other labels with each load.
    """
    if not (lines.startswith(b"_:") or b"\n_:" in lines or b" _:" in lines):
        return lines, b""
    each = lines.splitlines(keepends=True)
    blank = [line.startswith(b"_:") or b" _:" in line for line in each]
    return (
        b"".join([line for line, is_blank in zip(each, blank, strict=True) if not is_blank]),
        b"".join([line for line, is_blank in zip(each, blank, strict=True) if is_blank]),
    )


def _pour(store: ox.Store, graphs: Sequence[Graph] | None, start: int, failed: list[Exception]) -> None:
    try:
        if graphs is None:
            _dump(store, start, ox.RdfFormat.N_QUADS)
        else:
            for graph in graphs:
                _dump(store, start, ox.RdfFormat.N_TRIPLES, graph)
    except BrokenPipeError:
        pass  # who reads has gone, and says why
    except Exception as error:
        failed.append(error)
    finally:
        os.close(start)


def _dump(store: ox.Store, start: int, form: ox.RdfFormat, graph: Graph | None = None) -> None:
    try:
        # By its place: for a file of Python's the lock would be needed for each piece.
        store.dump(f"/dev/fd/{start}", form, from_graph=graph)
    except OSError as error:
        # At the end, with everything written, the engine wants it on disk: this is what fsync(2) says of a pipe.
        if not str(error).endswith(_NO_FILE):
            raise


class _Plain(io.RawIOBase):
    """What is in `source`, but for the lines that may have blank nodes: those go to `aside`."""

    def __init__(self, source: IO[bytes], aside: IO[bytes]) -> None:
        self._source, self._aside = source, aside
        self._ready = self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # that is what it is called with
        while not self._ready:
            more = self._source.read(_AT_ONCE)
            if not more and not self._rest:
                return 0
            lines, newline, rest = (self._rest + more).rpartition(b"\n")
            if not more:
                lines, newline, rest = lines + newline + rest, b"", b""
            self._rest = rest
            self._ready, blank = apart(lines + newline)
            self._aside.write(blank)
        taken = min(len(buffer), len(self._ready))
        buffer[:taken], self._ready = self._ready[:taken], self._ready[taken:]
        return taken
