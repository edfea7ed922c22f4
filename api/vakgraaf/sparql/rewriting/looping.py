"""Which groups may be handed their bindings one at a time: `A LATERAL { B }` for what is a join of A and B.

Where B is triples, and filters on variables that these bind, substituting a solution of A in B gives the solutions of
B that are compatible with it. Anything else (OPTIONAL, BIND, a filter on another variable) might see the difference,
and so might a path of length zero, which joins with itself any term that it is given.
"""

from __future__ import annotations

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.rewriting.chance import left_to_chance
from vakgraaf.sparql.rewriting.hoisting import split
from vakgraaf.sparql.scope import certain, possible
from vakgraaf.sparql.tree import Element, Group, Nested, Path, SubSelect, Term, TriplesBlock


def loops(group: Group, tokens: Tokens) -> bool:
    """Whether handing the group bindings one at a time gives what a join gives: triples, and filters on their own."""
    run, tail, filters = split(group, tokens)
    inner = certain(run)
    return (
        not tail
        and not left_to_chance(group, tokens)
        and all(isinstance(element, TriplesBlock) and not _has_empty(element) for element in run)
        and all(f.expression.variables <= inner and not f.expression.exists for f in filters)
    )


def optional_loops(group: Group, tokens: Tokens) -> bool:
    """Whether the engine is likely to evaluate this OPTIONAL for each solution before it."""
    run, tail, _ = split(group, tokens)
    return all(isinstance(element, TriplesBlock) for element in run) and all(
        isinstance(element, Nested) and element.word == "OPTIONAL" and optional_loops(element.group, tokens)
        for element in tail
    )


def order_matters(run: list[Element]) -> bool:
    """Whether the order of these elements may matter to what the user sees, or to what the engine finds.

    A path of length zero joins any term with itself, also one that the graph does not have (SPARQL 1.1 §18.4), so
    its ends have to be nodes of the graph by another triple, or constants.
    """
    nodes: set[str] = set()
    loose: set[str] = set()
    others: set[str] = set()
    for element in run:
        if isinstance(element, SubSelect) and element.select.order_by is not None:
            return True
        if not isinstance(element, TriplesBlock):
            others |= possible([element])
            continue
        for subject, verb, value in element.triples:
            ends = {term.text for term in (subject, value) if term.kind != "iri"}
            (loose if may_be_empty(verb) else nodes).update(ends)
    return bool(loose & others - nodes)


def _has_empty(block: TriplesBlock) -> bool:
    return any(may_be_empty(triple.verb) for triple in block.triples)


def may_be_empty(verb: Term | Path) -> bool:
    """Whether a path of length zero matches."""
    return isinstance(verb, Path) and verb.may_be_empty
