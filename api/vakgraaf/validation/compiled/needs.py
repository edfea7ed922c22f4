"""Which statements a question needs: those with a property that it names, about things that may fit what it says.

A solution of a group fits all of its patterns, so that what is said of a thing that does not have each property and
class which some patterns together want of a variable is in none. What stands within a group (EXISTS, OPTIONAL, MINUS,
UNION) only matters where its variables have the values that they have outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rdflib import RDF

from vakgraaf.errors import QueryRefused
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.naming import iri_of, property_of
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.tree import (
    Bind,
    Expression,
    Filter,
    Group,
    Nested,
    Path,
    Query,
    Select,
    SubSelect,
    Term,
    Tree,
    Triple,
    TriplesBlock,
    Union,
    Values,
)
from vakgraaf.validation.compiled.footprint import Footprint, verb_of

_TYPE = str(RDF.type)


class Want(NamedTuple):
    """What a thing has to have: a property, or (for rdf:type) a class where one is named."""

    predicate: str
    kind: str | None = None


class Need(NamedTuple):
    """Statements with a property, of rdf:type those that name `kind` or any for None, about what has all `wants`."""

    predicate: str
    kind: str | None
    wants: frozenset[Want] = frozenset()


Wants = Mapping[str, frozenset[Want]]
"""What the values of each variable have to have."""


def needs_of(text: str, prints: Footprint) -> frozenset[Need]:
    """Those of a question whose footprint this is."""
    try:
        tree = parse(text)
        query = tree.request
        if isinstance(query, Query) and query.body.where is not None:
            return frozenset(_Needs(tree, prints).of_select(query.body, {}))
    except (NotUnderstood, QueryRefused):
        pass
    return all_needs(prints)


def all_needs(prints: Footprint) -> frozenset[Need]:
    """The statements with the properties and classes of a footprint, whatever they are about."""
    return frozenset(_named(prints, frozenset()))


def _named(prints: Footprint, wants: frozenset[Want]) -> Iterator[Need]:
    for name in prints.named - {_TYPE}:
        yield Need(name, None, wants)
    yield from _classes(prints, wants)


def _classes(prints: Footprint, wants: frozenset[Want]) -> Iterator[Need]:
    if _TYPE in prints.named:
        for name in prints.named if not prints.any_class else (None,):
            yield Need(_TYPE, name, wants)


class _Needs:
    """Those of one question. Raises `NotUnderstood` for what is not looked into."""

    def __init__(self, tree: Tree, prints: Footprint) -> None:
        self._tree, self._prints = tree, prints

    def of_select(self, select: Select, outer: Wants) -> Iterator[Need]:
        """`outer` is what those variables have to have that are the same ones here."""
        assert select.where is not None, "an EXISTS or a subselect has a pattern"
        columns = [column.expression for column in select.columns]
        expressions = [*columns, select.group_by, select.having, select.order_by]
        for expression in expressions:
            if expression is not None and expression.exists:
                raise NotUnderstood("an EXISTS about groups of solutions")
        yield from self._of_group(select.where, outer)

    def _of_group(self, group: Group, outer: Wants) -> Iterator[Need]:
        wants = self._together(group, outer)
        for element in group.elements:
            if isinstance(element, TriplesBlock):
                for triple in element.triples:
                    yield from self._of_triple(triple, wants)
            elif isinstance(element, Nested):
                yield from self._of_group(element.group, wants)
            elif isinstance(element, Union):
                for branch in element.branches:
                    yield from self._of_group(branch, wants)
            elif isinstance(element, (Filter, Bind)):
                yield from self._of_expression(element.expression, wants)
            elif isinstance(element, SubSelect):
                yield from self._of_subselect(element.select, wants)
            elif not isinstance(element, Values):
                raise NotUnderstood("a graph of its own")

    def _of_expression(self, expression: Expression, wants: Wants) -> Iterator[Need]:
        for exists in expression.exists:
            yield from self._of_group(exists.group, wants)

    def _of_subselect(self, select: Select, wants: Wants) -> Iterator[Need]:
        plain = not (select.group_by or select.having or select.limit is not None or select.offset is not None)
        plain = plain and not select.star and all(column.expression is None for column in select.columns)
        shared = {column.variable for column in select.columns} if plain else set[str]()
        yield from self.of_select(select, {name: wants[name] for name in shared & wants.keys()})

    def _of_triple(self, triple: Triple, wants: Wants) -> Iterator[Need]:
        verb, own = verb_of(self._tree, triple), frozenset[Want]()
        if triple.subject.kind == "var":
            own = wants.get(triple.subject.text, own)
        if isinstance(triple.verb, Term) and triple.verb.kind == "var":
            yield from _named(self._prints, own)
        elif verb is None:
            yield from self._of_path(triple.verb)
        elif verb != _TYPE:
            yield Need(verb, None, own)
        elif triple.object.kind == "iri":
            yield Need(verb, iri_of(triple.object, self._tree), own)
        else:
            yield from _classes(self._prints, own)

    def _of_path(self, verb: Term | Path) -> Iterator[Need]:
        """Each step of a path may be about another thing."""
        if not isinstance(verb, Path) or verb.operator == "negated" or verb.may_be_empty:
            raise NotUnderstood("a path by any property, or by none")
        for part in verb.parts:
            yield from self._of_path(part)
        if verb.operator == "iri":
            name = property_of(self._tree, verb)
            yield from _classes(self._prints, frozenset()) if name == _TYPE else (Need(name, None),)

    def _together(self, group: Group, outer: Wants) -> Wants:
        """What a solution of a group wants of its variables, with what is wanted outside."""
        found = defaultdict(frozenset[Want], outer)
        for triple in self._patterns(group):
            verb = verb_of(self._tree, triple)
            if verb is not None and triple.subject.kind == "var":
                named = verb == _TYPE and triple.object.kind == "iri"
                kind = iri_of(triple.object, self._tree) if named else None
                found[triple.subject.text] |= {Want(verb, kind)}
        return found

    def _patterns(self, group: Group) -> Iterator[Triple]:
        """The patterns that each solution of a group fits."""
        for element in group.elements:
            if isinstance(element, TriplesBlock):
                yield from element.triples
            elif isinstance(element, Nested) and element.word == "LATERAL":
                yield from self._patterns(element.group)
            elif isinstance(element, Union) and len(element.branches) == 1:
                yield from self._patterns(element.branches[0])
