"""Rewriting queries: the same answers, found in an order that knows the data.

`rewrite` is all there is to call. Each rule is a module of its own that says why answers stay equal:
`hoisting` and `planning` (order, and duplicates that do not count), `constants`, `existence`, `negation`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.rewriting.naming import Naming
from vakgraaf.sparql.rewriting.units import Estimator
from vakgraaf.sparql.rewriting.writing import Setting, Writer
from vakgraaf.sparql.statistics import Statistics
from vakgraaf.sparql.tree import Nested, Query, Service, Tree, TriplesBlock, groups, inside_select

__all__ = ["Rewritten", "rewrite"]

# Nothing to gain: one triple pattern, no filter. What follows the first brace has no second triple and no group.
_TRIVIAL = re.compile(
    r"[^{]*\{\s*+(?:<[^<>]*+>|[?$\w:\-]++)\s++(?:<[^<>]*+>|[?$\w:\-]++)\s++(?:<[^<>]*+>|[?$\w:\-]++)\s*+\.?\s*+\}[^{}]*+"
)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query as it goes to the engine; `applied` names the rules that changed it, in order, and is empty if none."""

    text: str
    applied: tuple[str, ...] = ()


def rewrite(text: str, statistics: Statistics | None) -> Rewritten:
    """A query with the same answers that the engine finds sooner.

    Without statistics, and wherever anything about the query is not understood, it stays as it is. The order of
    solutions without ORDER BY, and which ones a LIMIT takes from such, may change, as SPARQL 1.1 §15 allows.
    """
    if statistics is None or _TRIVIAL.fullmatch(text):
        return Rewritten(text)
    try:
        return _rewritten(parse(text), statistics)
    except (NotUnderstood, RecursionError):
        return Rewritten(text)


def _rewritten(tree: Tree, statistics: Statistics) -> Rewritten:
    query, tokens = tree.request, tree.tokens
    text = tokens.text
    if not isinstance(query, Query) or query.body.where is None:
        return Rewritten(text)
    if query.form == "CONSTRUCT" and query.template is None:
        return Rewritten(text)
    _check(tree, query)
    writer = Writer(Naming(tokens), Estimator(tokens, query.prologue.prefixes, statistics))
    where = query.body.where
    star = query.body.star or (query.form == "DESCRIBE" and query.described is None)
    setting = Setting(needed=writer.needed(query), naming=not star)
    body = writer.group(where, setting)
    if not writer.applied:
        return Rewritten(text)
    start, end = tokens.starts[where.first], tokens.ends[where.last - 1]
    return Rewritten(f"{text[:start]}{body}{text[end:]}", tuple(writer.applied))


def _check(tree: Tree, query: Query) -> None:
    """Turn down what the rules were not made for, and what is an error that a rewriting might hide."""
    labels: dict[str, int] = {}
    tokens = tree.tokens
    roots = inside_select(query.body)
    for group in (inner for root in roots for inner in groups(root)):
        block = -1
        for element in group.elements:
            if isinstance(element, Service) or (isinstance(element, Nested) and element.word == "LATERAL"):
                raise NotUnderstood("not to be rewritten")
            if isinstance(element, TriplesBlock):
                if not element.plain:
                    raise NotUnderstood("triple terms")
                block = element.first if block < 0 else block
                _labels(element, block, labels, tree)
            elif tokens.kinds[element.first] != "FILTER":
                block = -1


def _labels(element: TriplesBlock, block: int, labels: dict[str, int], tree: Tree) -> None:
    """A label of a blank node may not stand in two basic graph patterns (SPARQL 1.1 §5.1.1)."""
    for i in range(element.first, element.last):
        if tree.tokens.kinds[i] == "blank" and labels.setdefault(tree.tokens.at(i), block) != block:
            raise NotUnderstood("a blank node in two places")
