"""Queries that differ only in what they ask about are rewritten once: the plan does not depend on it.

A program asks the same question about one thing after another. For the planner an IRI is a number of triples where it
is a predicate, a class or a graph, and any other IRI is just a constant; so those, and comments, may be taken out, and
what is left is a question that was seen before.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vakgraaf.sparql.rewriting import Rewritten, rewrite
from vakgraaf.sparql.statistics import Statistics

_MARK = "vakgraaf-constant:"
_PART = re.compile(
    r"(?P<kept>\b(?:PREFIX\s++[^\s<]*+|BASE)\s*+<[^<>]*>"
    r'|"{3}(?:"{0,2}(?:[^"\\]|\\.))*+"{3}|\'{3}(?:\'{0,2}(?:[^\'\\]|\\.))*+\'{3}'
    r'|"(?:[^"\\\n\r]|\\.)*+"|\'(?:[^\'\\\n\r]|\\.)*+\')'
    r"|(?P<comment>\#[^\n\r]*)"
    r'|<(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>',
    re.IGNORECASE | re.DOTALL,
)
_PLACE = re.compile(f"<{_MARK}([0-9]+)>")


def rewritten(text: str, statistics: Statistics | None) -> str:
    """The query as `rewrite` makes it, which is asked only what it was not asked before."""
    if statistics is None:
        return text
    if _MARK in text:
        return _remembered(text, statistics).text
    predicates, classes, graphs = statistics.predicates, statistics.classes, statistics.graphs
    constants: dict[str, int] = {}

    def replaced(match: re.Match[str]) -> str:
        iri = match["iri"]
        if iri is None:
            return match[0] if match["comment"] is None else ""
        if ":" not in iri or iri in predicates or iri in classes or iri in graphs:
            return match[0]
        return f"<{_MARK}{constants.setdefault(iri, len(constants))}>"

    found = _remembered(_PART.sub(replaced, text), statistics)
    if not found.applied:
        return text
    iris = list(constants)
    return _PLACE.sub(lambda match: f"<{iris[int(match[1])]}>", found.text)


@lru_cache(maxsize=512)
def _remembered(text: str, statistics: Statistics) -> Rewritten:
    return rewrite(text, statistics)
