"""Rewriting queries: the same answers, found in an order that knows the data.

`rewrite` is all there is to call. Each rule is a module of its own that says why answers stay equal:
`hoisting` and `planning` (order, and duplicates that do not count), `constants`, `existence`, `negation`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.rewriting.duplicates import enough_of_query, needed_of_query
from vakgraaf.sparql.rewriting.naming import Naming
from vakgraaf.sparql.rewriting.rules import RULES
from vakgraaf.sparql.rewriting.setting import Setting
from vakgraaf.sparql.rewriting.units import Estimator
from vakgraaf.sparql.rewriting.writing import Writer
from vakgraaf.sparql.statistics import Statistics
from vakgraaf.sparql.tree import Group, Nested, Query, Service, SubSelect, Tree, TriplesBlock, groups, inside_select

__all__ = ["RULES", "Estimate", "Left", "Rewritten", "rewrite"]

# Nothing to gain: one triple pattern, no filter. What follows the first brace has no second triple and no group.
_TRIVIAL = re.compile(
    r"[^{]*\{\s*+(?:<[^<>]*+>|[?$\w:\-]++)\s++(?:<[^<>]*+>|[?$\w:\-]++)\s++(?:<[^<>]*+>|[?$\w:\-]++)\s*+\.?\s*+\}[^{}]*+"
)


class Left(StrEnum):
    """Why a query was left as it is. The last three are for those to tell who do not call `rewrite`."""

    UNKNOWN_DATA = "unknown-data"
    NOTHING_TO_GAIN = "nothing-to-gain"
    NOT_UNDERSTOOD = "not-understood"
    SWITCHED_OFF = "switched-off"
    FEDERATED = "federated"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is expected of the join of the outermost group: how many solutions, and how long it takes in seconds."""

    rows: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query as it goes to the engine; `applied` names the rules that changed it, in order, and is empty if none.

    `left` says why there are none.
    """

    text: str
    applied: tuple[str, ...] = ()
    left: Left | None = None
    estimate: Estimate | None = None


def rewrite(text: str, statistics: Statistics | None, *, estimating: bool = False) -> Rewritten:
    """A query with the same answers that the engine finds sooner.

    Without statistics, and wherever anything about the query is not understood, it stays as it is. The order of
    solutions without ORDER BY, and which ones a LIMIT takes from such, may change, as SPARQL 1.1 §15 allows.
    Only with `estimating` it comes with an estimate.
    """
    if statistics is None:
        return Rewritten(text, left=Left.UNKNOWN_DATA)
    if not estimating and _TRIVIAL.fullmatch(text):
        return Rewritten(text, left=Left.NOTHING_TO_GAIN)
    try:
        return _rewritten(parse(text), statistics, estimating=estimating)
    except (NotUnderstood, RecursionError):
        return Rewritten(text, left=Left.NOT_UNDERSTOOD)


def _rewritten(tree: Tree, statistics: Statistics, *, estimating: bool) -> Rewritten:
    query, tokens = tree.request, tree.tokens
    text = tokens.text
    if not isinstance(query, Query) or query.body.where is None:
        return Rewritten(text, left=Left.NOTHING_TO_GAIN)
    if query.form == "CONSTRUCT" and query.template is None:
        return Rewritten(text, left=Left.NOTHING_TO_GAIN)
    _check(tree, query)
    estimator = Estimator(tokens, query.prologue.prefixes, statistics)
    writer = Writer(Naming(tokens), estimator)
    where = query.body.where
    star = query.body.star or (query.form == "DESCRIBE" and query.described is None)
    needed, enough = needed_of_query(query, tokens), enough_of_query(query, tokens)
    setting = Setting(needed=needed, naming=not star, enough=enough)
    estimate = _estimate(Writer(Naming(tokens), estimator), where, setting) if estimating else None
    body = writer.group(where, setting)
    if not writer.applied:
        return Rewritten(text, left=Left.NOTHING_TO_GAIN, estimate=estimate)
    start, end = tokens.starts[where.first], tokens.ends[where.last - 1]
    return Rewritten(f"{text[:start]}{body}{text[end:]}", tuple(writer.applied), estimate=estimate)


def _estimate(writer: Writer, where: Group, setting: Setting) -> Estimate | None:
    """Of a group that is one subselect nothing is known."""
    if len(where.elements) == 1 and isinstance(where.elements[0], SubSelect):
        return None
    planned = writer.joined(where, setting).plan
    return None if planned is None else Estimate(planned.rows, planned.cost / 1e6)


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
