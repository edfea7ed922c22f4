"""What a report looks up of very much data: read where it lies, as there is little that it looks up."""

from __future__ import annotations

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
from vakgraaf.validation.compiled.lines import BLANK, about, chosen, links

_TYPE = str(RDF.type).encode()
_REMEMBERED = 20_000
Links = dict[bytes, list[tuple[bytes, bytes]]]
"""From a thing to what points at it and by which property, all as written."""


def written(term: Node) -> bytes | None:
    """A subject as it is written; None for what is none."""
    if isinstance(term, BNode):
        return b"_:" + term.encode()
    return b"<" + term.encode() + b">" if isinstance(term, URIRef) else None


class Lookup:
    """What is said in the blocks, beside a context.

    `census` has counted them, and knows where each thing is. `linked` are what is pointed at by the properties that
    reports follow backwards (`followed_back`), made when it is first asked for.
    """

    def __init__(self, blocks: Sequence[Block], census: Census, linked: Callable[[], Links]) -> None:
        self._blocks, self.census, self._linked = blocks, census, linked
        self._links: Links | None = None
        self._back = frozenset(followed_back(census))
        self.about = lru_cache(maxsize=_REMEMBERED)(self._about)
        self._with = lru_cache(maxsize=64)(self._with_predicate)

    def triples(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        """The triples that have these terms; of those that end in a thing by any property, those that a report follows
        backwards; of all, those that have a blank node."""
        if subject is not None:
            found: Iterable[Triple] = self.about(subject)
        elif predicate is None and value is None:
            found = self._read(BLANK)
        elif isinstance(value, Literal) or (predicate is not None and value is None):
            found = self._with(predicate)
        elif isinstance(value, BNode) or predicate is None or _name(predicate) in self._back:
            found = self._pointing(value)
        else:
            found = self._with(predicate)
        for triple in found:
            if predicate in (None, triple[1]) and value in (None, triple[2]):
                yield triple

    def _about(self, subject: Node) -> tuple[Triple, ...]:
        name = written(subject)
        if name is None:
            return ()
        lines = [line for number in self.census.where(name) for line in about(self._blocks[number].read(), name)]
        return tuple(dict.fromkeys(triples_of(b"\n".join(lines))))

    def _pointing(self, value: Node | None) -> list[Triple]:
        if self._links is None:
            self._links = self._linked()
        name = written(value) if value is not None else None
        found = self._links.get(name, ()) if name is not None else ()
        lines = b"".join(b"%b %b %b .\n" % (subject, predicate, name) for subject, predicate in found)
        return list(dict.fromkeys(triples_of(lines)))

    def _with_predicate(self, predicate: Node | None) -> list[Triple]:
        names = list(self.census.counts) if predicate is None else [_name(predicate)]
        return self._read(chosen(names, _TYPE, None if _TYPE in names else ()))

    def _read(self, pattern: Any) -> list[Triple]:
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


def followed_back(census: Census) -> list[bytes]:
    """The properties that reports follow from a thing to what it is a part of, and those that shapes follow so."""
    has = str(VG.heeft).encode()
    back = {str(one).encode() for one in census.trials.followed_back}
    return sorted({one for one in census.counts if one.startswith(has)} | back)


def links_in(blocks: Sequence[Block], predicates: Iterable[bytes]) -> Links:
    """What is pointed at by these properties, and each blank node that is pointed at by any."""
    found: Links = defaultdict(list)
    for part in found_in(blocks, links(predicates)):
        for subject, predicate, thing, other, blank in part:  # type: ignore[misc,str-unpack]  # the groups of a match
            found[thing or blank].append((subject, predicate or other))
    return dict(found)


def _name(predicate: Node | None) -> bytes:
    return str(predicate).encode()
