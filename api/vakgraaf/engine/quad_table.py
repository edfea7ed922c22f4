"""All quads of a store as numbers, property by property, in a file: what is reckoned from them takes little memory.

A term is a number: its hash, but for the last two bits, which tell what it is. So two terms may have one number, in one
of a hundred thousand stores of ten million quads. What only counts need not care; what writes terms down again looks
them up in `term_texts`, which would notice.
"""

from __future__ import annotations

import os
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import IO, NamedTuple

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from vakgraaf.engine.pairs import Mask, Numbers, Pairs
from vakgraaf.engine.pouring import poured
from vakgraaf.engine.term_texts import TermTexts
from vakgraaf.rdf.names import BASE
from vakgraaf.rdf.prefixes import PREFIXES

Told = Callable[[int], None]
"""Hears from time to time how many quads have been taken in."""

_AT_ONCE = 250_000
"""So many quads are in memory before they go to the file."""
_HOST = re.compile(rb"<(https?)://([^/?#>]+)", re.IGNORECASE)
_OURS, _THING = f"<{BASE}".encode(), f"<{BASE}id/".encode()
_STRING, _LANGUAGE = f"<{PREFIXES['xsd']}string>".encode(), f"<{PREFIXES['rdf']}langString>".encode()
_DIRECTION = f"<{PREFIXES['rdf']}dirLangString>".encode()
_NO_RESOURCE = (b'"', b"<<")
_ROW = np.dtype([("subject", "i8"), ("object", "i8"), ("graph", "i4"), ("kind", "i4")])
_KIND_BITS = 3


class Kind(IntEnum):
    """What the last two bits of a term's number tell; a triple term, too, is no subject, no class and no link."""

    OTHER = 0
    THING = 1
    BLANK = 2
    LITERAL = 3


class Rows(NamedTuple):
    """The quads of one property. `graph` and `kind` are places in the lists `graphs` and `kinds` of the table."""

    pairs: Pairs
    graph: NDArray[np.int32]
    kind: NDArray[np.int32]

    def at(self, which: Mask | NDArray[np.intp]) -> Rows:
        """Those that a mask keeps, or that stand at these places."""
        return Rows(Pairs(self.pairs.first[which], self.pairs.second[which]), self.graph[which], self.kind[which])


def number(term: bytes) -> int:
    """The number of a term as N-Triples has it."""
    if term.startswith(_NO_RESOURCE):
        kind = Kind.LITERAL
    elif term.startswith(b"<"):
        kind = Kind.THING if term.startswith(_THING) else Kind.OTHER
    else:
        kind = Kind.BLANK
    return hash(term) & ~_KIND_BITS | kind


def kinds_of(numbers: Numbers) -> Numbers:
    """The `Kind` of each term."""
    return numbers & _KIND_BITS


class QuadTable:
    """The quads that were read, each as often as it was, in a file that is empty at first.

    `graphs` are the names of graphs ("" the unnamed one), `kinds` what the objects are: a datatype for a literal, for
    another term the host it is on (`https://host/`; "" for what is ours or on none). `described` are the subjects that
    the graph of that name has, `names` the objects that a property has, for those properties that were asked.
    """

    def __init__(self, file: IO[bytes], *, about: str = "", named: str = "") -> None:
        self._file = file
        self._pieces: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._properties: dict[bytes, int] = {}
        self._graphs: dict[bytes, int] = {}
        self._kinds: dict[bytes, int] = {b"": 0}
        self._columns = [array("q"), array("q"), array("i"), array("i"), array("i")]
        self._hosts: dict[bytes, int] = {}
        self._about, self._named = _iri(about), _iri(named)
        self.described: set[int] = set()
        self.names: dict[int, str] = {}

    @property
    def properties(self) -> list[str]:
        """The properties that occur."""
        return [name[1:-1].decode() for name in self._properties]

    @property
    def graphs(self) -> list[str]:
        """The graphs that occur."""
        return [_plain(name) for name in self._graphs]

    @property
    def kinds(self) -> list[str]:
        """What the objects are."""
        return [_plain(name) for name in self._kinds]

    def read(self, store: ox.Store, texts: TermTexts | None = None, told: Told | None = None) -> None:
        """Take in all quads of a store, and the texts of the terms that `texts` wants."""
        with poured(store) as lines:
            self.add(lines, texts, told)

    def add(self, lines: Iterable[bytes], texts: TermTexts | None = None, told: Told | None = None) -> None:
        """Take in N-Quads as the engine writes them: one space between terms. This loop runs once for each quad."""
        before, subject_number = b"", 0
        subjects, objects, properties, graphs, kinds = (column.append for column in self._columns)
        wanted = texts.wants if texts else frozenset[bytes]()
        derived = texts.graph if texts else None
        left, taken_in = _AT_ONCE, 0
        for line in lines:
            subject, name, rest = line[:-3].split(b" ", 2)
            value, _, graph = rest.rpartition(b" ")
            # The last word of a literal has its closing quote, that of a triple term its brackets.
            if not value or b'"' in graph or graph[:1] not in b"<_":
                value, graph = rest, b""
            if subject != before:
                before, subject_number = subject, number(subject)
            value_number, kind = self._value(value)
            subjects(subject_number)
            objects(value_number)
            properties(self._property(name))
            graphs(self._graphs.setdefault(graph, len(self._graphs)))
            kinds(kind)
            if name == self._named:
                self.names[value_number] = _plain(value)
            if graph == self._about:
                self.described.add(subject_number)
            if texts and (name in wanted or graph == derived):
                texts.note(subject_number, subject)
                texts.note(value_number, value)
            left -= 1
            if not left:
                self._put_away()
                subjects, objects, properties, graphs, kinds = (column.append for column in self._columns)
                left, taken_in = _AT_ONCE, taken_in + _AT_ONCE
                if told:
                    told(taken_in)

    def rows(self, name: str) -> Rows:
        """The quads of a property."""
        self._put_away()
        place = self._properties.get(_iri(name), -1)
        pieces = [os.pread(self._file.fileno(), size, at) for at, size in self._pieces.get(place, [])]
        found = np.frombuffer(b"".join(pieces), _ROW) if pieces else np.empty(0, _ROW)
        pairs = Pairs(np.ascontiguousarray(found["subject"]), np.ascontiguousarray(found["object"]))
        return Rows(pairs, np.ascontiguousarray(found["graph"]), np.ascontiguousarray(found["kind"]))

    def __iter__(self) -> Iterator[tuple[str, Rows]]:
        """Each property with its quads."""
        return ((name, self.rows(name)) for name in self.properties)

    def _property(self, name: bytes) -> int:
        return self._properties.setdefault(name, len(self._properties))

    def _value(self, value: bytes) -> tuple[int, int]:
        """The number of an object, and of what it is."""
        if value[:1] == b'"':
            return number(value), self._kind(_datatype(value))
        host = None if value.startswith(_OURS) else _HOST.match(value)
        if host is None:
            return number(value), 0
        found = self._hosts.get(host[0])
        if found is None:
            found = self._hosts[host[0]] = self._kind(b"<" + host[1].lower() + b"://" + host[2] + b"/>")
        return number(value), found

    def _kind(self, name: bytes) -> int:
        return self._kinds.setdefault(name, len(self._kinds))

    def _put_away(self) -> None:
        """Write down what is in memory, property by property."""
        subjects, objects, properties, graphs, kinds = self._columns
        if not subjects:
            return
        rows = np.empty(len(subjects), _ROW)
        place = np.frombuffer(properties, np.int32)
        order = np.argsort(place, kind="stable")
        for name, column in zip(_ROW.names or (), (subjects, objects, graphs, kinds), strict=True):
            rows[name] = np.frombuffer(column, np.int64 if column.itemsize == 8 else np.int32)[order]
        at = self._file.seek(0, os.SEEK_END)
        self._file.write(rows.data)
        self._file.flush()
        which, many = np.unique(place, return_counts=True)
        for one, size in zip(which.tolist(), (many * _ROW.itemsize).tolist(), strict=True):
            self._pieces[one].append((at, size))
            at += size
        self._columns = [array(column.typecode) for column in self._columns]


def _datatype(literal: bytes) -> bytes:
    if literal.endswith(b'"'):
        return _STRING
    if literal.endswith(b">"):
        return literal[literal.rindex(b'"^^<') + 3 :]
    return _DIRECTION if b"--" in literal[literal.rindex(b'"') :] else _LANGUAGE


def _iri(name: str) -> bytes:
    return f"<{name}>".encode()


def _plain(name: bytes) -> str:
    return name[1:-1].decode() if name.startswith(b"<") else name.decode().removeprefix("_:")
