"""The filters of a group, taken apart into what each demands.

`FILTER(A && B)` lets through what `FILTER(A) FILTER(B)` does: both take only solutions for which A and B are true, and
an error counts as not true (SPARQL 1.1 §17.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.rewriting.planning import Sieve
from vakgraaf.sparql.rewriting.units import Names
from vakgraaf.sparql.tree import Exists, Filter, Node

_SHARES = {"CONTAINS": 0.05, "STRSTARTS": 0.03, "STRENDS": 0.03, "REGEX": 0.05, "IN": 0.05, "=": 0.05, "LANG": 0.7}


@dataclass(slots=True)
class Condition:
    """One demand: its tokens, without brackets around it unless `whole`, and the EXISTS in it."""

    node: Node
    variables: Names
    exists: list[Exists] = field(default_factory=list)
    whole: bool = True

    @property
    def lone_exists(self) -> Exists | None:
        """The EXISTS that is the whole demand."""
        if len(self.exists) == 1:
            exists = self.exists[0]
            if (exists.first, exists.group.last) == (self.node.first, self.node.last):
                return exists
        return None


def conditions(filters: list[Filter], tokens: Tokens) -> list[Condition]:
    """The demands of these filters, in order."""
    return [condition for element in filters for condition in _split(element, tokens)]


def _split(element: Filter, tokens: Tokens) -> list[Condition]:
    expression = element.expression
    first, last, kinds = expression.first, expression.last, tokens.kinds
    whole = [Condition(expression, expression.variables, expression.exists)]
    if kinds[first] != "(":
        return whole
    cuts, depth, at = [first], 0, first + 1
    skip = {exists.first: exists.group.last for exists in expression.exists}
    while at < last - 1:
        kind = kinds[at]
        if at in skip:
            at = skip[at]
            continue
        if kind in ("(", "[", "<<", "<<("):
            depth += 1
        elif kind in (")", "]", ">>", ")>>"):
            depth -= 1
        elif depth == 0 and kind == "||":
            return whole
        elif depth == 0 and kind == "&&":
            cuts.append(at)
        at += 1
    parts = []
    for start, end in zip(cuts, [*cuts[1:], last - 1], strict=True):
        inside = [exists for exists in expression.exists if start < exists.first < end]
        names: set[str] = set()
        begin = start + 1
        for exists in inside:
            names |= tokens.variables(begin, exists.first)
            begin = exists.group.last
        names |= tokens.variables(begin, end)
        parts.append(Condition(Node(start + 1, end), frozenset(names), inside, whole=False))
    return parts


def sieves(conds: list[Condition], tokens: Tokens) -> list[Sieve]:
    """What share of the rows each demand is likely to leave."""
    found = []
    for condition in conds:
        if not condition.variables or condition.exists:
            continue
        words = set(tokens.kinds[condition.node.first : condition.node.last])
        share = min((share for word, share in _SHARES.items() if word in words), default=0.5)
        if "LANG" in words and "=" in words:
            share = 0.7
        found.append(Sieve(condition.variables, 0.95 if words & {"!=", "!"} else share))
    return found
