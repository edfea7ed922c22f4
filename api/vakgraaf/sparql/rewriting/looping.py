"""Which groups may be handed their bindings one at a time: `A LATERAL { B }` for what is a join of A and B.

Where B is triples, and filters on variables that these bind, substituting a solution of A in B gives the solutions of
B that are compatible with it. Anything else (OPTIONAL, BIND, a filter on another variable) might see the difference,
and so might a path of length zero, which joins with itself any term that it is given.
"""

from __future__ import annotations

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.rewriting.hoisting import split
from vakgraaf.sparql.scope import certain
from vakgraaf.sparql.tree import Group, Nested, Path, Term, TriplesBlock


def loops(group: Group, tokens: Tokens) -> bool:
    """Whether handing the group bindings one at a time gives what a join gives: triples, and filters on their own."""
    run, tail, filters = split(group, tokens)
    inner = certain(run)
    return (
        not tail
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


def _has_empty(block: TriplesBlock) -> bool:
    return any(may_be_empty(triple.verb) for triple in block.triples)


def may_be_empty(verb: Term | Path) -> bool:
    """Whether a path of length zero matches."""
    return isinstance(verb, Path) and verb.may_be_empty
