"""What would be done with a query, without doing it: read, rewritten, and nothing more."""

from __future__ import annotations

import json
from typing import Literal
from urllib.parse import urljoin

import pyoxigraph as ox

from vakgraaf.engine.complaint import syntax_problem
from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.engine.interface import WHOLE_STORE, Dataset, Explanation
from vakgraaf.errors import QueryRefused
from vakgraaf.rdf.names import BASE
from vakgraaf.sparql.layout import laid_out
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.naming import iri_of
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.rewriting import Left, Rewritten, rewrite
from vakgraaf.sparql.statistics import Statistics
from vakgraaf.sparql.tree import Query

SaidBy = Literal["request", "query", "server"]
Clauses = tuple[list[str], list[str]]


def explained(text: str, statistics: Statistics | None, *, rewriting: bool) -> bytes:
    """What a worker finds out about a query, for `unpacked`. Raises `SyntaxProblem` where it does not parse."""
    error = _complaint(text)
    if error is not None:
        raise syntax_problem(error, text) from error
    found = Rewritten(text, left=Left.SWITCHED_OFF)
    if rewriting:
        found = rewrite(text, statistics, estimating=True)
        if _complaint(found.text) is not None:  # then the query is asked as it is
            found = Rewritten(text, left=Left.NOT_UNDERSTOOD)
    estimate = None if found.estimate is None else [found.estimate.rows, found.estimate.seconds]
    asked, left = laid_out(found.text), found.left and found.left.value
    return json.dumps([laid_out(text), asked, found.applied, left, estimate, clauses(text)]).encode()


def unpacked(payload: bytes, query: CheckedQuery, dataset: Dataset, *, slow: bool) -> Explanation:
    """The explanation that `explained` packed; `dataset` is that of the protocol."""
    text, asked, rules, left, estimate, clauses = json.loads(payload)
    rows, seconds = estimate or (None, None)
    about = _about(query, dataset, clauses)
    return Explanation(text, asked, tuple(rules), left and Left(left), rows, seconds, *about, slow)


def unchanged(query: CheckedQuery, dataset: Dataset, left: Left) -> Explanation:
    """The explanation of a query that is not rewritten here, for the reason `left`."""
    shown = laid_out(query.text)
    said_by, meant = _about(query, dataset, clauses(query.text))
    return Explanation(shown, shown, left=left, said_by=said_by, dataset=meant)


def _about(query: CheckedQuery, dataset: Dataset, clauses: Clauses | None) -> tuple[SaidBy, Dataset | None]:
    """Who says which graphs are asked, and which they are (Protocol §2.1.4)."""
    if dataset != WHOLE_STORE:
        return "request", dataset
    if not query.has_dataset:
        return "server", None
    return "query", None if clauses is None else Dataset(*map(tuple, clauses))


def _complaint(text: str) -> SyntaxError | None:
    """What the engine has against a text, asked of an empty store, where there is nothing to evaluate."""
    try:
        ox.Store().query(text, base_iri=BASE)
    except SyntaxError as error:
        return error
    except (ValueError, RuntimeError, OSError):
        return None  # it has been understood
    return None


def clauses(text: str) -> Clauses | None:
    """The graphs of FROM and of FROM NAMED (SPARQL 1.1 §13.2); None where there are none, or no telling which."""
    try:
        tree = parse(text)
        if not isinstance(tree.request, Query) or not tree.request.datasets:
            return None
        found = [(clause.named, urljoin(BASE, iri_of(clause.graph, tree))) for clause in tree.request.datasets]
    except (NotUnderstood, RecursionError, QueryRefused):
        return None
    return [iri for named, iri in found if not named], [iri for named, iri in found if named]
