"""The SPARQL text of a constraint: parsed once a thread, and refused where it looks outside the graph.

The memory is per thread because rdflib keeps evaluation state inside a parsed expression (`Expr.ctx`): one
parsed query evaluated by two threads at once gives wrong answers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vakgraaf.validation.expressions import keep_errors_within

# The parser of rdflib takes a fifth of a second to load, and only shapes that nobody compiled need it.
if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.plugins.sparql.sparql import Query

_MOST_REMEMBERED = 512
_memory = threading.local()


class QueryError(ValueError):
    """A SPARQL text that does not parse, uses a prefix that nobody declared, or looks outside the graph."""


def prepared(text: str) -> Query:
    """The query that `text` says, from memory where this thread met it before; raises `QueryError`."""
    known: dict[str, Query] = _memory.__dict__.setdefault("known", {})
    if text not in known:
        if len(known) >= _MOST_REMEMBERED:
            known.clear()
        known[text] = _prepared(text)
    return known[text]


def _prepared(text: str) -> Query:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.sparql import SPARQLError

    try:
        tree = parseQuery(text)
    except ParseException as problem:
        raise QueryError(str(problem)) from problem
    parts = list(_parts(tree))
    declared = {part.prefix or "" for part in parts if part.name == "PrefixDecl"}
    unknown = {part.prefix or "" for part in parts if part.name == "pname"} - declared
    if unknown:
        raise QueryError(f"undeclared prefix {', '.join(sorted(unknown))}")
    # On the parsed text, so that no comment or odd spacing hides them: SHACL appendix A, and nothing dials out.
    if any(part.name in ("ServiceGraphPattern", "DatasetClause") for part in parts):
        raise QueryError("FROM and SERVICE are not allowed in a constraint")
    keep_errors_within(parts)
    try:
        return translateQuery(tree)
    except SPARQLError as problem:
        raise QueryError(str(problem)) from problem


def _parts(tree: Any) -> Iterator[CompValue]:
    """Every named part of a parse tree, from the outside in."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(tree, CompValue):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list | tuple | ParseResults):
        for branch in tree:
            yield from _parts(branch)
