"""`FILTER(?x = <iri>)` and `FILTER(?x IN (<a>, <b>))`: the values are there before the join begins.

Joined with `VALUES ?x { <a> <b> }` are exactly the solutions in which ?x, which the joins certainly bind, is one of
those terms. For IRIs `=` is true of the same term only, and so it is for a plain string in quotes: it has type
xsd:string, whose values are equal when the strings are, and a literal of another type is not equal or an error (SPARQL
1.1 §17.4.1.7), which a filter takes as not true. Each value is there once, so no solution doubles; where one value may
be written in several ways (`ex:a`, `<http://example.org/a>`) DISTINCT sees to that. The filter stays: what it lets
through was among these.
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
    if last - first == 3 and kinds[first + 1] == "=":
        if kinds[first] == "var":
            return tokens.at(first)[1:], _terms([first + 2], tokens)
        if kinds[first + 2] == "var":
            return tokens.at(first + 2)[1:], _terms([first], tokens)
    if last - first >= 5 and kinds[first : first + 3 : 2] == ["var", "("] and kinds[first + 1] == "IN":
        places = range(first + 3, last - 1, 2)
        if kinds[last - 1] == ")" and all(kinds[i] == "," for i in range(first + 4, last - 1, 2)):
            return tokens.at(first)[1:], _terms(list(places), tokens)
    return "", []


def _terms(places: list[int], tokens: Tokens) -> list[str]:
    """These tokens as terms, each once; none where one is not an IRI or a plain string."""
    terms: dict[str, None] = {}
    for i in places:
        text = tokens.at(i)
        if not (tokens.kinds[i] in ("iri", "name") or (tokens.kinds[i] == "string" and _PLAIN.fullmatch(text))):
            return []
        terms[text] = None
    return list(terms)


def _told_apart(texts: list[str]) -> bool:
    """Whether texts that differ are terms that differ: IRIs in full, names with one prefix, strings in quotes alike."""
    if all(text[0] == texts[0][0] for text in texts) and texts[0][0] in "\"'":
        return True
    prefixes = {text.partition(":")[0] for text in texts}
    return all(_ABSOLUTE.fullmatch(text) for text in texts) or (
        len(prefixes) == 1 and not any(text[0] in "<\"'" or "\\" in text for text in texts)
    )
