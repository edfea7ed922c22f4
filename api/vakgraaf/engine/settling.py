"""What is made from all that a store states: what follows from it by rule, and the numbers of what there is.

All quads are read once, as numbers; a store on disk needs no more memory for it than some tens of bytes a quad.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from vakgraaf.engine import derivation
from vakgraaf.engine.claims import known_claims, level_claims
from vakgraaf.engine.counting import measure
from vakgraaf.engine.derivation import Facts, facts_of, less, note_classes, there, wanted
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH, NO_INSTANCE_DATA, ONTOLOGY_GRAPH
from vakgraaf.engine.pouring import take_in
from vakgraaf.engine.quad_table import QuadTable, Told
from vakgraaf.engine.rights import known_rights, repeated_rights
from vakgraaf.engine.rules import TYPE, Rules, rules
from vakgraaf.engine.statistics import Statistics
from vakgraaf.engine.term_texts import TermTexts

_DERIVED, _ONTOLOGY = ox.NamedNode(DERIVED_GRAPH), ox.NamedNode(ONTOLOGY_GRAPH)
_IN_DERIVED = str(_DERIVED)

FOLLOWS_OTHERWISE = ((known_claims, level_claims), (known_rights, repeated_rights))
"""Levels and rights are in the derived graph by no rule of the ontology: what is there of each, and what should be."""


@dataclass(frozen=True, slots=True)
class Read:
    """A store as numbers, with the rules of its ontology."""

    store: ox.Store
    table: QuadTable
    texts: TermTexts
    rules: Rules

    def differences(self) -> tuple[Iterator[bytes], Iterator[bytes]]:
        """What is in the derived graph and does not follow by rule, and what follows and is not in it: as N-Quads.

        Levels and rights, which follow in another way, are in neither.
        """
        follows, held = derivation.derive(self.table, self.rules, NO_INSTANCE_DATA), there(self.table, DERIVED_GRAPH)
        held_otherwise = facts_of(set[ox.Quad]().union(*(known(self.store) for known, _ in FOLLOWS_OTHERWISE)))
        leaving = less(less(held, follows), held_otherwise)
        return self._written(leaving), self._written(less(follows, held))

    def _written(self, facts: Facts) -> Iterator[bytes]:
        for name, pairs in sorted(facts.items()):
            yield from self.texts.lines(name, pairs, _IN_DERIVED)


@contextmanager
def reading(store: ox.Store, folder: Path | None = None, told: Told | None = None) -> Iterator[Read]:
    """A store as numbers, in files in a folder (None: the one for temporary files) that are gone at the end."""
    known = rules(store, _ONTOLOGY)
    with _file(folder) as rows, _file(folder) as text, _file(folder) as entries:
        table = QuadTable(rows, about=ONTOLOGY_GRAPH, named=TYPE)
        texts = TermTexts(wanted(known), _IN_DERIVED.encode(), text, entries)
        note_classes(known, texts)
        table.read(store, texts, told)
        yield Read(store, table, texts, known)


def counted(store: ox.Store, folder: Path | None = None) -> Statistics:
    """The numbers of a store, but for what it says of itself."""
    with _file(folder) as rows:
        table = QuadTable(rows, named=TYPE)
        table.read(store)
        return measure(table, DESCRIPTION_GRAPH)


def settle(store: ox.Store, folder: Path | None = None, told: Told | None = None) -> Statistics:
    """Make graph/afgeleid what follows from all other graphs, and return the numbers of all (see `counted`).

    What follows repeats texts of those graphs (as dct:description), so the rights in them hold for it as well. `told`
    hears from time to time how many quads have been read.
    """
    with reading(store, folder, told) as read:
        change = _Change(read)
        leaving, entering = read.differences()
        with _file(folder) as file:
            file.writelines(leaving)
            file.seek(0)
            change.remove(ox.parse(file, ox.RdfFormat.N_QUADS, lenient=True))
        with _file(folder) as file:
            file.writelines(entering)
            if file.tell():
                file.seek(0)
                take_in(store, file)
                file.seek(0)
                read.table.add(file)
        for known, right in FOLLOWS_OTHERWISE:
            held, wanted_now = known(store), right(store)
            change.remove(held - wanted_now)
            change.add(wanted_now - held)
        if not change.removed:
            return measure(read.table, DESCRIPTION_GRAPH)
    if next(store.quads_for_pattern(None, None, None, _DERIVED), None) is None:
        store.remove_graph(_DERIVED)
    return counted(store, folder)


def _file(folder: Path | None) -> IO[bytes]:
    return tempfile.TemporaryFile(dir=folder)


class _Change:
    """Quads that come into a store and its table, or leave the store: then the table no longer is that of the store."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.removed = False

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self._read.store.remove(quad)
            self.removed = True

    def add(self, quads: set[ox.Quad]) -> None:
        self._read.store.extend(quads)
        self._read.table.add(bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
