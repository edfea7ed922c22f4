"""All of a store, or some graphs of it, into another store without any of it becoming Python's on the way.

Quad by quad it takes half as long again, and far longer beside a thread that is busy, which has the interpreter's lock.
"""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from queue import Queue
from select import poll
from threading import Thread
from typing import IO

import pyoxigraph as ox

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_AT_ONCE = 1024 * 1024
_MOST_WAITING = 4
# What comes in one load the engine holds in memory, most of it, until that is at its end.
_ONE_LOAD = 32 * 1024 * 1024
_QUADS_A_LOAD = 250_000
_FEW_QUADS = 50_000
_NO_FILE = tuple(f"(os error {number})" for number in (errno.EINVAL, errno.ENOTSUP))


@contextmanager
def poured(store: ox.Store, graphs: Sequence[Graph] | None = None) -> Iterator[IO[bytes]]:
    """The end of a pipe from which to read all quads of a store as N-Quads, or the triples of `graphs` as N-Triples.

    All quads are those that are there now, whatever is added while they are read. Who has handed the end on to another
    process should close it. Raises what the store does where it cannot be read, once the pipe is no longer wanted.
    """
    end, start = os.pipe()
    failed: list[BaseException] = []
    sender = Thread(target=_pour, args=(store, graphs, start, failed))
    with open(end, "rb", buffering=_AT_ONCE) as source:
        sender.start()
        try:
            begun = poll()
            begun.register(end)
            begun.poll()  # the engine has begun, and shows what was there then
            yield source
        finally:
            source.close()
            sender.join()
    if failed:
        raise failed[0]


def take_in(store: ox.Store, source: IO[bytes], graph: Graph | None = None) -> None:
    """Add the N-Quads in `source`, or the N-Triples to `graph`; blank nodes keep their labels. Raises `SyntaxError`.

    They are from a store: what that has in it is taken in as it is.
    """
    form = ox.RdfFormat.N_QUADS if graph is None else ox.RdfFormat.N_TRIPLES
    with tempfile.TemporaryFile() as aside:
        plain = _Plain(source, aside)
        while plain.has_more():
            part = io.BufferedReader(plain, _AT_ONCE)
            store.bulk_load(part, form, to_graph=graph, lenient=True)
            part.detach()  # else it would be closed with it
        aside.seek(0)
        quads = ox.parse(aside, form, lenient=True)
        put_in(
            store,
            quads if graph is None else (ox.Quad(one.subject, one.predicate, one.object, graph) for one in quads),
        )


def put_in(store: ox.Store, quads: Iterator[ox.Quad]) -> None:
    """Add quads as they come, however many; to begin in bulk takes longer than to add a few."""
    some = list(islice(quads, _FEW_QUADS + 1))
    if len(some) <= _FEW_QUADS:
        store.extend(some)
        return
    left = chain(some, quads)
    while some := list(islice(left, _QUADS_A_LOAD)):
        store.bulk_extend(some)


@contextmanager
def intake(store: ox.Store) -> Iterator[Callable[[bytes], None]]:
    """A function that adds whole lines of N-Triples without blank nodes: all that it is called with is one load.

    It returns before they are in the store, but for some megabytes; they are at the end. It, or the end, raises
    `SyntaxError` with the line among all lines.
    """
    waiting: Queue[bytes | None] = Queue(_MOST_WAITING)
    pipes: Queue[tuple[int, int] | None] = Queue()
    failed: list[BaseException] = []
    threads = [Thread(target=_load, args=(store, pipes, failed)), Thread(target=_send, args=(waiting, pipes, failed))]
    for thread in threads:
        thread.start()

    def add(lines: bytes) -> None:
        if failed:
            raise failed[0]
        waiting.put(lines)

    try:
        yield add
    finally:
        waiting.put(None)
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]


def apart(lines: bytes) -> tuple[bytes, bytes]:
    """Lines of N-Triples or N-Quads: those that have no blank nodes, and those that may have some.

    The engine gives blank nodes other labels with each load. In the place of a line that is among the others there is
    an empty one, so that all keep their numbers.
    """
    if not (lines.startswith(b"_:") or b"\n_:" in lines or b" _:" in lines):
        return lines, b""
    plain, blank = [], []
    for line in lines.splitlines(keepends=True):
        is_blank = line.startswith(b"_:") or b" _:" in line
        plain.append(b"\n" if is_blank else line)
        blank.append(line if is_blank else b"\n")
    return b"".join(plain), b"".join(blank)


def _load(store: ox.Store, pipes: Queue[tuple[int, int] | None], failed: list[BaseException]) -> None:
    """Load what comes from each pipe; how many lines came before is beside it."""
    while (pipe := pipes.get()) is not None:
        end, before = pipe
        try:
            if not failed:
                store.bulk_load(path=f"/dev/fd/{end}", format=ox.RdfFormat.N_TRIPLES)
        except SyntaxError as error:
            error.lineno = before + (error.lineno or 1)
            failed.append(error)
        except BaseException as error:  # also a panic of the engine, which is no Exception
            failed.append(error)
        finally:
            os.close(end)


def _send(waiting: Queue[bytes | None], pipes: Queue[tuple[int, int] | None], failed: list[BaseException]) -> None:
    """Write down what is waiting, without the lock. The engine adds all of a load at its end, so each pipe is one."""
    before, lines = 0, waiting.get()
    try:
        while lines is not None:
            end, start = os.pipe()
            pipes.put((end, before))
            left = _ONE_LOAD
            with open(start, "wb", buffering=0) as target:
                while lines is not None and left > 0:
                    with suppress(BrokenPipeError):  # who reads has gone, and says why
                        unsent = memoryview(lines)
                        while unsent:
                            unsent = unsent[target.write(unsent) :]
                    left -= len(lines)
                    before += lines.count(b"\n")
                    lines = waiting.get()
    except BaseException as error:
        failed.append(error)
        while lines is not None:  # nobody is to wait for it
            lines = waiting.get()
    finally:
        pipes.put(None)


def _pour(store: ox.Store, graphs: Sequence[Graph] | None, start: int, failed: list[BaseException]) -> None:
    try:
        if graphs is None:
            _dump(store, start, ox.RdfFormat.N_QUADS)
        else:
            for graph in graphs:
                _dump(store, start, ox.RdfFormat.N_TRIPLES, graph)
    except BrokenPipeError:
        pass  # who reads has gone, and says why
    except BaseException as error:  # also a panic of the engine, which is no Exception
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
    """What is in `source`, but for the lines that may have blank nodes: those go to `aside`.

    It comes in parts of whole lines, each with an end.
    """

    def __init__(self, source: IO[bytes], aside: IO[bytes]) -> None:
        self._source, self._aside = source, aside
        self._ready = self._rest = b""
        self._left = 0

    def readable(self) -> bool:
        return True

    def has_more(self) -> bool:
        """Begin the next part; whether there is one."""
        self._left = _ONE_LOAD
        return self._fill()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # that is what it is called with
        if not self._ready and (self._left <= 0 or not self._fill()):
            return 0
        taken = min(len(buffer), len(self._ready))
        buffer[:taken], self._ready = self._ready[:taken], self._ready[taken:]
        return taken

    def _fill(self) -> bool:
        while not self._ready:
            more = self._source.read(_AT_ONCE)
            if not more and not self._rest:
                return False
            lines, newline, rest = (self._rest + more).rpartition(b"\n")
            if not more:
                lines, newline, rest = lines + newline + rest, b"", b""
            self._rest = rest
            self._ready, blank = apart(lines + newline)
            self._left -= len(self._ready)
            self._aside.write(blank)
        return True
