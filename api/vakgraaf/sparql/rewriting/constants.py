"""`FILTER(?x = <iri>)` and `FILTER(?x IN (<a>, <b>))`: the values are there before the join begins.

Joined with `VALUES ?x { <a> <b> }` are exactly the solutions in which ?x, which the joins certainly bind, is one of
those terms. For IRIs `=` is true of the same term only, and so it is for a plain string in quotes: it has type
xsd:string, whose values are equal when the strings are, and a literal of another type is not equal or an error (SPARQL
1.1 §17.4.1.7), which a filter takes as not true. A string with a language is equal to itself alone too. Each value is
there once, so no solution doubles; where one value may be written in several ways (`ex:a`, `<http://example.org/a>`;
`"a"@nl`, `"a"@NL`) DISTINCT sees to that. The filter stays: what it lets through was among these.
"""

from __future__ import annotations

import re

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.rewriting.filters import Condition
from vakgraaf.sparql.rewriting.units import Names, Unit

_PLAIN = re.compile(r'"[^"\\]*"|\'[^\'\\]*\'')
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\\]*>")
_MOST = 200


def limits(conditions: list[Condition], bound: Names, tokens: Tokens) -> list[Unit]:
    """A VALUES block for each demand of this kind on a variable that the joins bind."""
    found: dict[str, Unit] = {}
    for condition in conditions:
        name, terms = _read(condition, tokens)
        if name in bound and name not in found and 0 < len(terms) <= _MOST:
            rows = float(len(terms))
            text = f"VALUES ?{name} {{ {' '.join(terms)} }}"
            if len(terms) > 1 and not _told_apart(terms):
                text = f"{{ SELECT DISTINCT ?{name} {{ {text} }} }}"
            found[name] = Unit(text, frozenset((name,)), frozenset((name,)), rows, {name: rows}, rows, looped=False)
    return list(found.values())


def _read(condition: Condition, tokens: Tokens) -> tuple[str, list[str]]:
    """The variable and its values; no values where the demand is of another kind."""
    first, last = condition.node.first, condition.node.last
    kinds = tokens.kinds
    if condition.whole and kinds[first] == "(":
        return "", []
    if kinds[first : first + 2] == ["var", "="]:
        return tokens.at(first)[1:], _terms(first + 2, last, tokens)
    if kinds[last - 2 : last] == ["=", "var"]:
        return tokens.at(last - 1)[1:], _terms(first, last - 2, tokens)
    if kinds[first : first + 3] == ["var", "IN", "("] and kinds[last - 1] == ")":
        return tokens.at(first)[1:], _terms(first + 3, last - 1, tokens)
    return "", []


def _terms(first: int, last: int, tokens: Tokens) -> list[str]:
    """The terms from token `first` up to `last`, with commas between; none where one is no IRI and no plain string."""
    terms: dict[str, None] = {}
    at = first
    while at < last:
        kind, text = tokens.kinds[at], tokens.at(at)
        if not (kind in ("iri", "name") or (kind == "string" and _PLAIN.fullmatch(text))):
            return []
        at += 1
        if kind == "string" and at < last and tokens.kinds[at] == "lang":
            text += tokens.at(at)
            at += 1
        terms[text] = None
        if at < last and tokens.kinds[at] != ",":
            return []
        at += 1
    return list(terms)


def _told_apart(texts: list[str]) -> bool:
    """Whether texts that differ are terms that differ: IRIs in full, names with one prefix, plain strings in quotes."""
    if texts[0][0] in "\"'" and all(text[0] == text[-1] == texts[0][0] for text in texts):
        return True
    prefixes = {text.partition(":")[0] for text in texts}
    return all(_ABSOLUTE.fullmatch(text) for text in texts) or (
        len(prefixes) == 1 and not any(text[0] in "<\"'" or "\\" in text for text in texts)
    )
