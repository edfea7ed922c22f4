"""What a report looks up of very much data: read where it lies, as there is little that it looks up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.store import Store
from rdflib.term import Node

from vakgraaf.engine.scratch import Triple, triples_of
from vakgraaf.rdf.iris import VG
from vakgraaf.validation.blocks import Block, found_in
from vakgraaf.validation.compiled.census import Census
from vakgraaf.validation.compiled.lines import BLANK, about, chosen, ending, links
from vakgraaf.validation.compiled.trying import Trials

_TYPE = str(RDF.type).encode()
_HAS = str(VG.heeft).encode()
_REMEMBERED = 20_000
Links = dict[bytes, list[tuple[bytes, bytes]]]
"""From a thing to what points at it and by which property, all as written."""


def written(term: Node) -> bytes | None:
    """A subject as it is written; None for what is none."""
    if isinstance(term, BNode):
        return b"_:" + term.encode()
    return b"<" + term.encode() + b">" if isinstance(term, URIRef) else None


class Lookup:
    """What is said in the blocks.

    `census` has counted them, and knows where each thing is. `linked` answers what is pointed at by some properties,
    and all blank nodes that are: it reads all blocks, and is only asked where the census does not know.
    """

    def __init__(self, blocks: Sequence[Block], census: Census, linked: Callable[[Iterable[bytes]], Links]) -> None:
        self._blocks, self.census, self._linked = blocks, census, linked
        self._links: Links | None = None
        self._unusual = frozenset(one for one in census.counts if one.startswith(_HAS)) - census.parts
        self.about = lru_cache(maxsize=_REMEMBERED)(self._about)
        self._with = lru_cache(maxsize=64)(self._with_predicate)

    def triples(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        """The triples that have these terms; of those that end in a thing by any property, those that a report follows
        backwards; of all, those that have a blank node."""
        if subject is not None:
            found: Iterable[Triple] = self.about(subject)
        elif predicate is None and value is None:
            found = self._read(BLANK)
        elif value is None or isinstance(value, Literal):
            found = self._with(predicate)
        elif isinstance(value, BNode) or predicate is None or str(predicate).encode() in self.census.parts:
            found = self._pointing(value)
        else:
            found = self._with(predicate)
        for triple in found:
            if predicate in (None, triple[1]) and value in (None, triple[2]):
                yield triple

    def lines(self, things: Iterable[bytes], pattern: re.Pattern[bytes]) -> list[bytes]:
        """What `pattern` finds in what is said of these things, as they are written."""
        wanted: dict[int, list[bytes]] = defaultdict(list)
        for thing in things:
            for number in self.census.where(thing):
                wanted[number].append(thing)
        found = []
        for number in sorted(wanted):
            said = about(self._blocks[number].read(), frozenset(wanted[number]))
            found += pattern.findall(b"\n".join(said))
        return found

    def _about(self, subject: Node) -> tuple[Triple, ...]:
        name = written(subject)
        if name is None:
            return ()
        this = frozenset((name,))
        lines = [line for number in self.census.where(name) for line in about(self._blocks[number].read(), this)]
        return tuple(dict.fromkeys(triples_of(b"\n".join(lines))))

    def _pointing(self, value: Node) -> list[Triple]:
        name = written(value)
        assert name is not None, "a literal is not looked for here"
        if isinstance(value, BNode) or self._unusual:
            if self._links is None:
                self._links = self._linked({*self.census.parts, *self._unusual})
            lines = [b"%b %b %b ." % (subject, predicate, name) for subject, predicate in self._links.get(name, ())]
        else:
            blocks = (self._blocks[number].read() for number in self.census.pointing(name))
            lines = [line for content in blocks for line in ending(content, name)]
        return [
            triple
            for triple in dict.fromkeys(triples_of(b"\n".join(lines)))
            if isinstance(value, BNode) or self._is_part(str(triple[1]).encode())
        ]

    def _is_part(self, predicate: bytes) -> bool:
        return predicate in self.census.parts or predicate in self._unusual

    def _with_predicate(self, predicate: Node | None) -> list[Triple]:
        names = list(self.census.counts) if predicate is None else [str(predicate).encode()]
        return self._read(chosen(names, _TYPE, None if _TYPE in names else ()))

    def _read(self, pattern: re.Pattern[bytes]) -> list[Triple]:
        found = (line for part in found_in(self._blocks, pattern) for line in part)
        return list(dict.fromkeys(triples_of(b"".join([line + b" .\n" for line in found]))))


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


def followed_back(trials: Trials, context: Graph) -> frozenset[bytes]:
    """The properties that reports follow from a thing to what it is a part of, and those that shapes follow so."""
    names = (str(one).encode() for one in context.subjects(RDF.type, unique=True))
    return frozenset(
        (*(one for one in names if one.startswith(_HAS)), *(str(o).encode() for o in trials.followed_back))
    )


def links_in(blocks: Sequence[Block], predicates: Iterable[bytes]) -> Links:
    """What is pointed at by these properties, and each blank node that is pointed at by any."""
    found: Links = defaultdict(list)
    for part in found_in(blocks, links(predicates)):
        for subject, predicate, thing, other, blank in part:
            found[thing or blank].append((subject, predicate or other))
    return dict(found)
