"""What a report looks up of very much data: read where it lies, as there is little that it looks up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.store import Store
from rdflib.term import Node

from vakgraaf.engine.scratch import Triple, triples_of
from vakgraaf.rdf.iris import VG
from vakgraaf.validation.blocks import Block
from vakgraaf.validation.compiled.inventory import Choice, Inventory, Picked
from vakgraaf.validation.compiled.kinds import Kind
from vakgraaf.validation.compiled.needs import Need
from vakgraaf.validation.compiled.trying import Trials
from vakgraaf.validation.compiled.whereabouts import Span, Whereabouts

_HAS, _TYPE = str(VG.heeft), b"<" + str(RDF.type).encode() + b">"
_REMEMBERED = 20_000


def written(term: Node) -> bytes | None:
    """A subject as it is written; None for what is none."""
    if isinstance(term, BNode):
        return b"_:" + term.encode()
    return b"<" + term.encode() + b">" if isinstance(term, URIRef) else None


class Lookup:
    """What is said in the blocks. `whereabouts` knows where each thing is.

    For what is not about one thing, or ends in one, `inventory` is to be there.
    """

    def __init__(self, blocks: Sequence[Block], whereabouts: Whereabouts, trials: Trials) -> None:
        self._blocks, self._whereabouts = blocks, whereabouts
        self._parts = frozenset(map(str, trials.followed_back))
        self.inventory: Inventory | None = None
        self.said = lru_cache(maxsize=_REMEMBERED)(self._about)
        self._pointing = lru_cache(maxsize=_REMEMBERED)(self._pointing_at)
        self._with = lru_cache(maxsize=64)(self._with_predicate)

    def triples(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        """The triples that have these terms; of those that end in a thing by any property, those that a report follows
        backwards; of all, those that have a blank node."""
        if subject is not None:
            found: Iterable[Triple] = self.said(subject)
        elif predicate is None and value is None:
            found = self._blank()
        elif value is None or isinstance(value, Literal) or predicate == RDF.type:
            found = self._with(predicate)
        else:
            found = self._pointing(value)
            if predicate is None and not isinstance(value, BNode):
                found = (triple for triple in found if self._is_part(str(triple[1])))
        for triple in found:
            if predicate in (None, triple[1]) and value in (None, triple[2]):
                yield triple

    def picked(self, places: Iterable[Picked]) -> Iterator[bytes]:
        """The triples at these places as N-Triples, a block at a time."""
        for block, starts, ends in places:
            content = self._blocks[block].read()
            lines = [content[start:end] for start, end in zip(starts, ends, strict=True)]
            if lines:
                yield b" .\n".join(lines) + b" .\n"

    def chosen(self, choice: Choice) -> Iterator[bytes]:
        """The chosen triples of the data as N-Triples, a block at a time."""
        assert self.inventory is not None, "it made the choice"
        return self.picked(self.inventory.picked(choice))

    def things(self, inventory: Inventory, kinds: Iterable[Kind]) -> Iterator[tuple[Kind, bytes]]:
        """The things of some kinds, as they are written."""
        for kind, (block, start, end) in inventory.things(kinds):
            yield kind, self._blocks[block].part(start, end).partition(b" ")[0]

    def classes_of(self, things: Iterable[bytes]) -> Iterator[bytes]:
        """The lines that say of which classes some things are, as they are written."""
        for block, start, end in self._whereabouts.where(things):
            for line in self._blocks[block].part(start, end).removesuffix(b"\n").split(b"\n"):
                if line.split(b" ", 2)[1] == _TYPE:
                    yield line

    def _about(self, subject: Node) -> tuple[Triple, ...]:
        name = written(subject)
        return () if name is None else self._at(self._whereabouts.where((name,)))

    def _pointing_at(self, value: Node) -> tuple[Triple, ...]:
        name = written(value)
        assert name is not None, "a literal is not looked for here"
        return self._at(self._whereabouts.pointing(name))

    def _at(self, spans: Iterable[Span]) -> tuple[Triple, ...]:
        lines = (self._blocks[block].part(start, end) for block, start, end in spans)
        return tuple(dict.fromkeys(triples_of(b"\n".join(lines))))

    def _is_part(self, predicate: str) -> bool:
        return predicate in self._parts or predicate.startswith(_HAS)

    def _with_predicate(self, predicate: Node | None) -> tuple[Triple, ...]:
        assert self.inventory is not None, "it is looked for when all is counted"
        needs = None if predicate is None else (Need(str(predicate), None),)
        return self._triples(self.inventory.choice(needs))

    def _blank(self) -> tuple[Triple, ...]:
        assert self.inventory is not None, "it is looked for when all is counted"
        return self._triples(self.inventory.with_blank_nodes())

    def _triples(self, choice: Choice) -> tuple[Triple, ...]:
        return tuple(dict.fromkeys(triple for lines in self.chosen(choice) for triple in triples_of(lines)))


class View(Store):
    """A `Lookup` with a context, as rdflib reads a graph."""

    def __init__(self, lookup: Lookup, context: Graph) -> None:
        super().__init__()
        self._lookup, self._context = lookup, context

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """As rdflib asks for them: with the contexts of each, of which there are none."""
        for triple in dict.fromkeys((*self._lookup.triples(*triple_pattern), *self._context.triples(triple_pattern))):
            yield triple, iter(())

    def __len__(self, context: Any = None) -> int:
        return sum(1 for _ in self.triples((None, None, None)))
