"""A SPARQL constraint (SHACL §5) asked once for all focus nodes, where that means the same as asking it for each.

It does where `$this` is bound by triples wherever it is used: then it makes no difference whether its values are
filled in beforehand or joined in. The pattern for the focus nodes comes first in every SELECT that has `$this`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, SH, Literal, URIRef
from rdflib.term import Node

from vakgraaf.errors import QueryRefused
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.naming import iri_of, property_of
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.scope import certain, selected
from vakgraaf.sparql.tree import (
    Bind,
    Filter,
    Group,
    Path,
    Query,
    Select,
    SubSelect,
    Term,
    Tree,
    TriplesBlock,
    Union,
    groups,
)
from vakgraaf.validation.compiled.comparing import doubt
from vakgraaf.validation.compiled.footprint import names_all
from vakgraaf.validation.compiled.ordering import by_property, ordered
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import PROPERTIES, TARGET, Reading

_PATH = re.compile(r"([\s{}()])[$?]PATH\b")
_OPENING = re.compile(
    r'\(\s*isLiteral\([?$](\w+)\)\s*&&\s*STRSTARTS\(STR\([?$]\1\), "([^"\\]+)"\)'
    r'(?:\s*&&\s*STRENDS\(STR\([?$]\1\), "[^"\\]+"\))?\s*\)'
)
# Words that mean the same to rdflib and to the engine, on every value that is not refused beforehand.
_WORDS = frozenset(
    "SELECT DISTINCT WHERE FILTER NOT EXISTS BIND AS GROUP BY HAVING ORDER ASC DESC IN A TRUE FALSE PREFIX"
    " COUNT STR LANG LANGMATCHES CONTAINS STRSTARTS STRENDS STRLEN SUBSTR REPLACE CONCAT LCASE UCASE REGEX"
    " STRAFTER STRBEFORE ISNUMERIC ISIRI ISURI ISLITERAL ISBLANK BOUND SAMETERM".split()
)
_FUNCTIONS = frozenset({"http://www.w3.org/2001/XMLSchema#integer"})
_AGGREGATES = frozenset("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT".split())
_MARKS = frozenset("var name iri string number lang end".split())
_OTHER_MEANING = frozenset(("failure", "message", "shapesGraph", "currentShape"))


class Joined(NamedTuple):
    """The query of a constraint with `TARGET` in it, the names of its columns, and its doubt.

    `by_property` is the same question for where all properties that there are are known (`PROPERTIES`), and `suspects`
    asks which of those it may find something about. `opening`: nothing is found unless some literal begins so.
    `names_all`: it names every property that it follows. `needs`: properties without which a thing is never found.
    """

    text: str
    names: tuple[str, ...]
    doubt: str | None
    by_property: str | None
    opening: str | None
    suspects: str | None
    names_all: bool
    needs: tuple[URIRef, ...]


def joined(reading: Reading, constraint: Node, path: str) -> Joined:
    """What a SPARQL constraint amounts to. Raises `Refused`."""
    given = reading.one(constraint, SH.select)
    if not isinstance(given, Literal) or not isinstance(given.value, str):
        raise Refused("a SPARQL constraint without one query")
    if path:
        given = Literal(_PATH.sub(lambda found: f"{found[1]}{path}", given))
    text = _prologue(reading, constraint) + str(given)
    try:
        tree = parse(text)
    except NotUnderstood as problem:
        raise Refused(f"a query that is not understood: {problem}") from problem
    query = tree.request
    if not isinstance(query, Query) or query.form != "SELECT" or query.datasets or query.prologue.has_base:
        raise Refused("no plain SELECT query")
    _check_select(query.body)
    try:
        _check_words(tree, query)
        _read(reading, tree, query)
    except QueryRefused as problem:
        raise Refused(problem.en) from problem
    names = tuple(column.variable for column in query.body.columns)
    if "this" not in names or set(names) & _OTHER_MEANING or len(set(names)) != len(names):
        raise Refused(f"a query with these columns: {names}")
    where = query.body.where
    assert where is not None
    early, suspects = by_property(tree, where, TARGET, PROPERTIES) or (None, None)
    return Joined(
        _with_targets(tree, query.body, ordered(tree, where, frozenset(("this",)), TARGET)),
        names,
        doubt(tree, query),
        None if early is None else _with_targets(tree, query.body, early),
        _opening(tree, where),
        None if suspects is None else f"{tree.tokens.slice(0, query.body.first)} {suspects}",
        names_all(tree, query),
        tuple(_needs(tree, where)),
    )


def _needs(tree: Tree, where: Group) -> Iterator[URIRef]:
    """The properties of `?this` in the patterns that every answer fits."""
    for element in where.elements:
        for subject, verb, _ in element.triples if isinstance(element, TriplesBlock) else ():
            if subject == Term("var", "this") and isinstance(verb, Path) and verb.operator == "iri":
                yield URIRef(property_of(tree, verb))


def _opening(tree: Tree, where: Group) -> str | None:
    """How a literal must begin of which a filter of the query says nothing else."""
    texts = (tree.text(element.expression) for element in where.elements if isinstance(element, Filter))
    found = next((match for text in texts if (match := _OPENING.fullmatch(text))), None)
    return found[2] if found else None


def _prologue(reading: Reading, constraint: Node) -> str:
    """The prefixes of a constraint (§5.2.1), and those that the reference engine always has."""
    prefixes = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}
    for ontology in reading.values(constraint, SH.prefixes):
        for part in reading.shapes.transitive_objects(ontology, OWL.imports):
            for declaration in reading.shapes.objects(part, SH.declare):
                prefix = reading.one(declaration, SH.prefix)
                prefixes[str(prefix)] = str(reading.one(declaration, SH.namespace))
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(prefixes.items()))


def _check_words(tree: Tree, query: Query) -> None:
    tokens = tree.tokens
    for place, kind in enumerate(tokens.kinds):
        if kind.isalpha() and kind.isupper() and kind not in _WORDS:
            raise Refused(f"a query with {kind}")
        if kind in ("name", "iri"):
            iri = iri_of(Term("iri", tokens.at(place)), tree) if _is_used(tree, place) else None
            if iri is not None and tokens.kinds[place + 1] == "(" and iri not in _FUNCTIONS:
                raise Refused(f"a query with the function {iri}")
        if kind == "blank" or kind in ("<<", "<<(", "{|"):
            raise Refused(f"a query with {kind}")


def _is_used(tree: Tree, place: int) -> bool:
    """Whether a name stands in the query, and not in its prologue."""
    return place >= tree.request.first and tree.tokens.kinds[place - 1] != "PREFIX"


def _check_select(select: Select) -> None:
    where = select.where
    if where is None or select.star or select.limit is not None or select.offset is not None or select.values:
        raise Refused("a query with a star, a slice or values")
    if "this" not in selected(select) or "this" not in certain(where.elements):
        raise Refused("a query in which $this may have no value")
    if any(column.variable == "this" and column.expression is not None for column in select.columns):
        raise Refused("a query that makes $this itself")
    if select.group_by is not None and "this" not in select.group_by.variables:
        raise Refused("a query that does not count for each $this")
    _check_group(where, outside=True)


def _check_group(group: Group, *, outside: bool) -> None:
    """`outside` of every EXISTS, where a group sees nothing but what it binds itself."""
    for element in group.elements:
        match element:
            case TriplesBlock() if element.plain:
                pass
            case Filter():
                for exists in element.expression.exists:
                    _check_group(exists.group, outside=False)
            case Bind() if outside and element.variable != "this" and not element.expression.exists:
                pass
            case SubSelect() if outside:
                _check_select(element.select)
            case Union() if outside and all("this" in certain(branch.elements) for branch in element.branches):
                for branch in element.branches:
                    _check_group(branch, outside=True)
            case _:
                raise Refused(f"a query with {type(element).__name__}")


def _read(reading: Reading, tree: Tree, query: Query) -> None:
    """Remember which properties the query follows; and refuse to count where nothing is grouped."""
    assert query.body.where is not None
    kinds = tree.tokens.kinds
    for select in _selects(query.body):
        if select.group_by is None and select is query.body and _AGGREGATES & set(kinds):
            raise Refused("a query that counts without grouping")
    for group in groups(query.body.where):
        for element in group.elements:
            if isinstance(element, TriplesBlock):
                for triple in element.triples:
                    _read_verb(reading, tree, triple.verb)


def _selects(select: Select) -> Iterator[Select]:
    yield select
    for group in groups(select.where) if select.where is not None else ():
        for element in group.elements:
            if isinstance(element, SubSelect):
                yield element.select


def _read_verb(reading: Reading, tree: Tree, verb: Term | Path) -> None:
    if isinstance(verb, Term):
        if verb.kind != "iri":
            reading.everything()
            return
        reading.reads.add(URIRef(iri_of(verb, tree)))
    elif verb.operator == "negated":
        reading.everything()
    elif verb.operator == "iri":
        reading.reads.add(URIRef(property_of(tree, verb)))
    else:
        for part in verb.parts:
            _read_verb(reading, tree, part)


def _with_targets(tree: Tree, select: Select, whole: str | None) -> str:
    """The text of the query with the focus nodes in it, without rows that are there twice."""
    where = select.where
    assert where is not None
    tokens, text = tree.tokens, tree.tokens.text
    if whole is not None:
        text = text[: tokens.starts[where.first]] + whole + text[tokens.ends[where.last - 1] :]
    else:
        places = [tokens.ends[found.where.first] for found in _selects(select) if found.where is not None]
        for place in sorted(places, reverse=True):
            text = f"{text[:place]} {TARGET} {text[place:]}"
    head = tokens.ends[select.first]  # behind the word SELECT
    return text if select.distinct else f"{text[:head]} DISTINCT{text[head:]}"
