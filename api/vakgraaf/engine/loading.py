"""Files into the store, all of them or none: for the command line, also while a server runs on the directory."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from vakgraaf.engine.backups import TOLD_EVERY
from vakgraaf.engine.changing import Changing, put
from vakgraaf.engine.graph_names import graph_named
from vakgraaf.engine.guard import GuardLimits
from vakgraaf.engine.interface import Change, GraphChange
from vakgraaf.engine.ledger import Graph, Ledger
from vakgraaf.engine.reading import unreadable
from vakgraaf.engine.readings import make_for_many
from vakgraaf.engine.recovering import LOADING
from vakgraaf.engine.state import Manifest, StateDirectory
from vakgraaf.engine.updating import writable
from vakgraaf.engine.workbench import Workbench
from vakgraaf.errors import unusable, unwritten
from vakgraaf.rdf.formats import Format
from vakgraaf.rdf.screening import screened


class Stage(StrEnum):
    """What there is to do for a load."""

    READING = "reading"
    JUDGING = "judging"
    WRITING = "writing"
    COPYING = "copying"


Told = Callable[[Stage, int, int], None]
"""Called with what is being done, how much of it is done, and of how much; 0 where that is not known."""

_LARGE_BYTES = 8 * 1024 * 1024
_CHANGING = Changing(union=True, guard=GuardLimits())


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be loaded, and the graph for what it has in none; None is the unnamed graph."""

    path: Path
    form: Format
    graph: str | None

    @property
    def packed(self) -> bool:
        """Whether it is compressed."""
        return self.path.suffix.lower() == ".gz"

    @contextmanager
    def open(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """The file, uncompressed, and as it is on disk. Raises `UnreadableInput`."""
        try:
            raw = self.path.open("rb")
        except OSError as error:
            raise unusable(self.path, error) from error
        with raw, gzip.open(raw) if self.packed else nullcontext(raw) as file:
            yield cast(IO[bytes], file), raw


Write = Callable[[str | None, IO[bytes]], None]
"""Writes what a graph will hold to a file, as N-Triples."""
Judge = Callable[[Sequence[str | None], Write], bytes]
"""Handed the touched graphs and a way to see what they will hold, it raises where that may not be; else it says what is
to be remarked on them (see `remarks.replace`)."""


def _nobody(stage: Stage, done: int, of: int) -> None:
    """Nobody wants to know."""


def _tell_bytes(told: Told, before: int, of: int, done: int) -> None:
    told(Stage.READING, before + done, of)


def load_files(
    state: StateDirectory, sources: list[Source], judge: Judge | None = None, told: Told | None = None
) -> Manifest:
    """Add what is in the files to a store that is there; the new version. `told` hears of bytes that are read.

    Raises `UnreadableInput`, `SyntaxProblem`, `InputError` for a graph without an IRI, `QueryRefused` and what `judge`
    raises; nothing has changed then.
    """

    told = told or _nobody
    try:
        sizes = [source.path.stat().st_size for source in sources]
    except OSError as error:
        raise unusable(Path(error.filename or state.path), error) from error

    def work(ledger: Ledger) -> None:
        for number, source in enumerate(sources):
            ledger.add(_quads(source, ledger, partial(_tell_bytes, told, sum(sizes[:number]), sum(sizes))))

    size = sum(size * (10 if source.packed else 1) for size, source in zip(sizes, sources, strict=True))
    return _published(state, work, judge, large=size > _LARGE_BYTES, told=told)


def put_graphs(state: StateDirectory, changes: list[GraphChange], judge: Judge | None = None) -> Manifest:
    """Put graphs in the place of those that are in a store, or add to them; the new version.

    Raises `SyntaxProblem`, `QueryRefused` and what `judge` raises; nothing has changed then.
    """

    def work(ledger: Ledger) -> None:
        for change in changes:
            put(change, ledger)

    large = sum(len(change.content) for change in changes) > _LARGE_BYTES
    return _published(state, work, judge, large=large, about=tuple(change.graph for change in changes))


def change_store(state: StateDirectory, change: Change, judge: Judge | None = None) -> Manifest:
    """Carry out any change on a store that is there; the new version.

    Raises `SyntaxProblem`, `QueryRefused` and what `judge` raises; nothing has changed then.
    """
    large = isinstance(change, GraphChange) and len(change.content) > _LARGE_BYTES
    return _published(state, lambda ledger: _CHANGING.carry_out(change, ledger), judge, large=large)


def _published(
    state: StateDirectory,
    work: Callable[[Ledger], None],
    judge: Judge | None,
    *,
    large: bool,
    about: tuple[str | None, ...] = (),
    told: Told = _nobody,
) -> Manifest:
    """Have it done and judged; the graphs in `about` are judged also where nothing in them becomes another."""
    # A folder of its own: it is taken away when the next writer may have begun.
    bench = Workbench(state, f"{LOADING}{os.getpid()}", _CHANGING)
    try:
        outcome = bench.carry_out(work, large=large)
        try:
            told(Stage.JUDGING, 0, 0)
            judged = list(dict.fromkeys((*outcome.touched, *about)))
            remarks = b"" if judge is None else judge(judged, bench.write)
        except BaseException:
            bench.discard()
            raise
        told(Stage.WRITING, 0, 0)
        published = bench.commit(remarks, about, partial(told, Stage.WRITING))
        if large:
            told(Stage.COPYING, 0, 0)
            make_for_many(state, published.manifest)
        return published.manifest
    except OSError as error:
        raise unwritten(state.path, error) from error
    finally:
        bench.close()


def _quads(source: Source, ledger: Ledger, told: Callable[[int], None]) -> Iterator[ox.Quad]:
    seen: set[Graph] = set()
    home = graph_named(source.graph)
    syntax = ox.RdfFormat.from_media_type(source.form.media_type)
    base = source.path.resolve().as_uri()
    try:
        with source.open() as (file, raw):
            modest = screened(file, source.form, str(source.path))
            for number, quad in enumerate(ox.parse(modest, syntax, base_iri=base, rename_blank_nodes=True)):
                if number % TOLD_EVERY == 0:
                    told(raw.tell())
                if isinstance(quad.graph_name, ox.DefaultGraph):
                    quad = ox.Quad(quad.subject, quad.predicate, quad.object, home)
                if quad.graph_name not in seen:
                    seen.add(writable(quad.graph_name, str(source.path)))
                    if isinstance(quad.graph_name, ox.NamedNode):
                        ledger.replace(quad.graph_name)
                yield quad
    except (SyntaxError, ValueError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise unreadable(error, source.form, str(source.path)) from error
