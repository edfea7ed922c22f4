"""Which groups may be handed their bindings one at a time: `A LATERAL { B }` for what is a join of A and B.

Where B is triples, substituting a solution of A in B gives the solutions of B that are compatible with it. What comes
after the triples takes or extends each solution by itself (filters, OPTIONAL, BIND), so it makes no difference to it
whether a variable that the triples bind had its value before. To any other variable it does: those must have none.
MINUS asks what a solution binds: it stays apart. A path of length zero joins with itself any term that it is given,
where SPARQL 1.1 §18.4 means nodes of the graph: its ends are nodes by another triple, or must have no value either.
"""

from __future__ import annotations

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.rewriting.chance import left_to_chance
from vakgraaf.sparql.rewriting.hoisting import split
from vakgraaf.sparql.scope import NONE, Names, certain, possible
from vakgraaf.sparql.tree import (
    Bind,
    Element,
    Graph,
    Group,
    Nested,
    Path,
    SubSelect,
    Term,
    Triple,
    TriplesBlock,
    Union,
    inside,
)


def barred(group: Group, tokens: Tokens, known: Names = NONE) -> Names | None:
    """The variables that must have no value yet where the group is handed its bindings one at a time.

    `known` are nodes of its graph in whatever it is joined with. None where that does not give what a join gives
    whatever has a value.
    """
    return None if left_to_chance(group, tokens) else _barred(group, tokens, known)


def _barred(group: Group, tokens: Tokens, known: Names) -> Names | None:
    inner = _barred_within(group, tokens, known)
    return None if inner is None else inner | _unbound(group, tokens)


def _unbound(group: Group, tokens: Tokens) -> Names:
    """The variables in a group that what it joins first need not bind."""
    return tokens.variables(group.first, group.last) - certain(split(group, tokens)[0])


def _barred_within(group: Group, tokens: Tokens, known: Names) -> Names | None:
    """Those of the groups inside: by themselves they see no value from outside (SPARQL 1.1 §18.2.2)."""
    run, tail, filters = split(group, tokens)
    known |= nodes(run)
    found: list[Names | None] = [None for one in filters if one.expression.exists]
    for element in run:
        if isinstance(element, Union):
            found += [_barred(branch, tokens, known) for branch in element.branches]
        elif isinstance(element, Graph):
            found.append(_barred(element.group, tokens, NONE))
        else:
            found.append(_loose(element) - known if isinstance(element, TriplesBlock) else None)
    for element in tail:
        if isinstance(element, Nested) and element.word == "OPTIONAL":
            # Its own filters see what stands before it; those of an OPTIONAL in it do not.
            found.append(_barred_within(element.group, tokens, known))
            deeper = split(element.group, tokens)[1]
            found += [_unbound(one.group, tokens) for one in deeper if isinstance(one, Nested)]
        elif not isinstance(element, Bind) or element.expression.exists:
            return None
    return None if None in found else NONE.union(*(names for names in found if names))


def optional_loops(group: Group, tokens: Tokens) -> bool:
    """Whether the engine is likely to evaluate this OPTIONAL for each solution before it."""
    run, tail, _ = split(group, tokens)
    return all(isinstance(element, TriplesBlock) or _each_loops(element, tokens) for element in run) and all(
        isinstance(element, Bind)
        or (isinstance(element, Nested) and element.word == "OPTIONAL" and optional_loops(element.group, tokens))
        for element in tail
    )


def _each_loops(element: Element, tokens: Tokens) -> bool:
    return isinstance(element, Union | Graph) and all(optional_loops(group, tokens) for group in inside(element))


def order_matters(run: list[Element]) -> bool:
    """Whether the order of these elements may matter to what the user sees, or to what the engine finds.

    A path of length zero joins any term with itself, also one that the graph does not have (SPARQL 1.1 §18.4), so
    its ends have to be nodes of the graph by another triple, or constants.
    """
    loose: Names = NONE
    others: Names = NONE
    for element in run:
        if isinstance(element, SubSelect) and element.select.order_by is not None:
            return True
        if isinstance(element, TriplesBlock):
            loose |= _loose(element)
        else:
            others |= possible([element])
    return bool(loose & others - nodes(run))


def nodes(run: list[Element]) -> Names:
    """The variables in triples of `run` that stand for nodes of the graph, since no path of length zero binds them."""
    blocks = [element for element in run if isinstance(element, TriplesBlock)]
    return NONE.union(*(_ends(triple) for block in blocks for triple in block.triples if not may_be_empty(triple.verb)))


def _loose(block: TriplesBlock) -> Names:
    """The variables that a path of length zero joins with themselves."""
    return NONE.union(*(_ends(triple) for triple in block.triples if may_be_empty(triple.verb)))


def _ends(triple: Triple) -> Names:
    return frozenset(term.text for term in (triple.subject, triple.object) if term.kind == "var")


def may_be_empty(verb: Term | Path) -> bool:
    """Whether a path of length zero matches."""
    return isinstance(verb, Path) and verb.may_be_empty
