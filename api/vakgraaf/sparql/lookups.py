"""Which triples a query looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from vakgraaf.errors import QueryRefused
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.naming import iri_of, property_of
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.tree import Path, Query, Service, Term, Tree, Triple, TriplesBlock, groups, inside_select

_AS_WRITTEN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!.*/\.)")
"""An IRI that stays what it is, whatever it is relative to (RFC 3986 §5.2)."""


class Lookup(NamedTuple):
    """The triples with these IRIs in these places; None is anything."""

    subject: str | None = None
    property: str | None = None
    value: str | None = None


ALL = Lookup()
_EVERYTHING = frozenset((ALL,))
_WIDER = tuple(product((False, True), repeat=len(ALL)))[:-1]
"""For each place, whether it stays: all ways to leave some out."""


class _Anything(Exception):
    """There is no telling what a query looks at."""


def looked_up(text: str) -> frozenset[Lookup]:
    """All triples that the answer to a query depends on, in whatever graphs it looks; `ALL` where there is no telling.

    No lookup is a part of another.
    """
    try:
        tree = parse(text)
        if not isinstance(tree.request, Query) or tree.request.form == "DESCRIBE" or tree.request.prologue.has_base:
            return _EVERYTHING
        found = frozenset(_lookups(tree, tree.request))
    except (NotUnderstood, RecursionError, QueryRefused, _Anything):
        return _EVERYTHING
    return frozenset(lookup for lookup in found if found.isdisjoint(_wider(lookup)))


def _wider(lookup: Lookup) -> Iterator[Lookup]:
    """The lookups that have all of this one, and more."""
    for kept in _WIDER:
        wider = Lookup(*(name if stays else None for name, stays in zip(lookup, kept, strict=True)))
        if wider != lookup:
            yield wider


def _lookups(tree: Tree, query: Query) -> Iterator[Lookup]:
    for outer in inside_select(query.body):
        for group in groups(outer):
            for element in group.elements:
                if isinstance(element, Service) or (isinstance(element, TriplesBlock) and not element.plain):
                    raise _Anything
                if isinstance(element, TriplesBlock):
                    for triple in element.triples:
                        yield from _of_triple(tree, triple)


def _of_triple(tree: Tree, triple: Triple) -> Iterator[Lookup]:
    verb, subject, value = triple.verb, _constant(tree, triple.subject), _constant(tree, triple.object)
    if isinstance(verb, Term):
        yield Lookup(subject, _constant(tree, verb), value)
        return
    if not verb.parts:
        yield Lookup(subject, _as_it_is(_property(tree, verb)), value)
        return
    if verb.may_be_empty:
        # Of length zero it joins any node of the graph with itself (SPARQL 1.1 §18.4), but here only these two.
        if subject is None and value is None:
            raise _Anything
        for node in {subject, value} - {None}:
            yield Lookup(subject=node)
            yield Lookup(value=node)
    yield from (Lookup(property=name) for name in _steps(tree, verb))


def _steps(tree: Tree, path: Path) -> Iterator[str]:
    """The properties that a path follows."""
    if path.operator == "negated":
        raise _Anything
    if not path.parts:
        yield _as_it_is(_property(tree, path))
    for part in path.parts:
        yield from _steps(tree, part)


def _property(tree: Tree, path: Path) -> str:
    """That of a path of one IRI, which may be one that no token stands for, as in a list."""
    return property_of(tree, path) if path.operator == "iri" else path.operator[1:-1]


def _constant(tree: Tree, term: Term) -> str | None:
    """The IRI that a term is; None for all else."""
    return _as_it_is(iri_of(term, tree)) if term.kind == "iri" else None


def _as_it_is(iri: str) -> str:
    if not _AS_WRITTEN.match(iri):
        raise _Anything
    return iri
