"""Which properties a query follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vakgraaf.errors import QueryRefused
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.naming import iri_of, property_of
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.tree import Graph, Path, Query, Service, Term, Tree, TriplesBlock, groups, inside_select

_AS_WRITTEN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!.*/\.)")
"""An IRI that stays what it is, whatever it is relative to (RFC 3986 §5.2)."""


class _AnyProperty(Exception):
    """A query may follow any property, or look at what has none."""


def properties_read(text: str) -> frozenset[str] | None:
    """The properties of all triples that the answer to a query depends on; None where these may be any.

    That is so too where it asks which graphs there are, or is not understood.
    """
    try:
        tree = parse(text)
        if not isinstance(tree.request, Query) or tree.request.described is not None or tree.request.prologue.has_base:
            return None
        if tree.request.form == "DESCRIBE":
            return None
        found = frozenset(_followed(tree))
    except (NotUnderstood, RecursionError, QueryRefused, _AnyProperty):
        return None
    return found if all(_AS_WRITTEN.match(iri) for iri in found) else None


def _followed(tree: Tree) -> Iterator[str]:
    assert isinstance(tree.request, Query)
    for outer in inside_select(tree.request.body):
        for group in groups(outer):
            for element in group.elements:
                if isinstance(element, Graph | Service):
                    raise _AnyProperty
                if isinstance(element, TriplesBlock):
                    if not element.plain:
                        raise _AnyProperty
                    for triple in element.triples:
                        yield from _of_verb(tree, triple.verb)


def _of_verb(tree: Tree, verb: Term | Path) -> Iterator[str]:
    if isinstance(verb, Term):
        if verb.kind != "iri":
            raise _AnyProperty
        yield iri_of(verb, tree)
    elif verb.operator == "iri":
        yield property_of(tree, verb)
    elif verb.operator == "negated" or verb.may_be_empty:
        raise _AnyProperty
    else:
        for part in verb.parts:
            yield from _of_verb(tree, part)
