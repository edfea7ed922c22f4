"""Comparisons and sums in a SPARQL constraint: rdflib orders even what SPARQL calls an error ("3" < 3).

So each variable that is compared must have numbers for values, and whether it has is asked before the rule is.
"""

from __future__ import annotations

from collections.abc import Iterator

from vakgraaf.sparql.naming import property_of
from vakgraaf.sparql.tree import Bind, Expression, Filter, Group, Path, Query, Term, Tree, TriplesBlock, groups
from vakgraaf.validation.compiled.refusal import Refused

_SIGNS = frozenset(("<", ">", "<=", ">=", "+", "-", "*", "/"))


def doubt(tree: Tree, query: Query) -> str | None:
    """The ASK query that tells whether any variable that is compared has a literal for value that is no number.

    None where no variable is compared. Raises `Refused` where a variable is not the value of a property, or of a
    number made in the query.
    """
    where = query.body.where
    assert where is not None
    compared = {name for expression in _expressions(where) for name in _compared(tree, expression)}
    compared -= _made(tree, where)
    if not compared:
        return None
    predicates = {name: set(_properties(tree, where, name)) for name in compared}
    if not all(predicates.values()):
        raise Refused("a comparison of what is not the value of a property")
    asked = sorted(set().union(*predicates.values()))
    parts = " UNION ".join(f"{{ ?s {predicate} ?o FILTER(isLiteral(?o) && !isNumeric(?o)) }}" for predicate in asked)
    return f"ASK {{ {parts} }}"


def _expressions(where: Group) -> Iterator[Expression]:
    for group in groups(where):
        for element in group.elements:
            if isinstance(element, Filter | Bind):
                yield element.expression


def _compared(tree: Tree, expression: Expression) -> Iterator[str]:
    """The variables right beside a sign, outside the groups of EXISTS (which have expressions of their own)."""
    inner = {at for exists in expression.exists for at in range(exists.group.first, exists.group.last)}
    tokens = tree.tokens
    for at in range(expression.first, expression.last):
        if tokens.kinds[at] in _SIGNS and at not in inner:
            for beside in (at - 1, at + 1):
                if tokens.kinds[beside] == "var":
                    yield tokens.at(beside)[1:]


def _made(tree: Tree, where: Group) -> set[str]:
    """The variables that BIND gives a whole number or nothing."""
    made = set()
    for group in groups(where):
        for element in group.elements:
            if isinstance(element, Bind):
                first = element.expression.first
                while tree.tokens.kinds[first] == "(":
                    first += 1
                if tree.tokens.kinds[first] in ("name", "iri", "STRLEN"):  # only the cast to xsd:integer gets here
                    made.add(element.variable)
    return made


def _properties(tree: Tree, where: Group, name: str) -> Iterator[str]:
    for group in groups(where):
        for element in group.elements:
            for triple in element.triples if isinstance(element, TriplesBlock) else ():
                if triple.object == Term("var", name):
                    yield _iri(tree, triple.verb)


def _iri(tree: Tree, verb: Term | Path) -> str:
    if isinstance(verb, Path) and verb.operator == "iri":
        return f"<{property_of(tree, verb)}>"
    if isinstance(verb, Path) and verb.operator == "sequence":
        return _iri(tree, verb.parts[-1])
    raise Refused("a comparison of the value of an unusual path")
