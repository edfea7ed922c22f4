"""The W3C's SPARQL suites over HTTP: 1.0, 1.1 and 1.2, queries, updates, results formats, protocols, description.

The suite is found beside the checkout or where VAKGRAAF_W3C_SUITE says. What is known to fail is listed with the
reason in known_failures.toml; the list is strict: a test on it that passes fails here.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from . import exchanges
from .comparison import canonical, expected, quads, same, wanted_type
from .description import check_description
from .endpoint import Endpoint, in_library, parameters, result
from .federation import check_federated
from .manifests import Case, cases, suite

_KNOWN: dict[str, str] = tomllib.loads(Path(__file__).with_name("known_failures.toml").read_text("utf-8"))["failures"]
_CASES = cases()
_FROM = re.compile(r"^\s*FROM\b|\bFROM\s+(?:NAMED\s*)?<", re.IGNORECASE | re.MULTILINE)

needs_suite = pytest.mark.skipif(
    suite() is None, reason="the W3C suite is not on this machine: set VAKGRAAF_W3C_SUITE to the folder rdf-tests"
)


def _name(case: Case) -> str:
    return f"{case.manifest.parent.parent.name}/{case.manifest.parent.name}/{case.iri.rpartition('#')[2]}"


@needs_suite
def test_list_of_known_failures_names_tests_of_the_suite() -> None:
    assert _KNOWN.keys() <= {case.iri for case in _CASES}


@needs_suite
@pytest.mark.parametrize("case", _CASES, ids=_name)
def test_suite(case: Case, request: pytest.FixtureRequest, stranger: bool) -> None:
    run = check_federated if case.manifest.parent.name == "service" else _RUNNERS[case.class_]
    endpoint = request.getfixturevalue("reading" if _reads(case) else "writing")
    reason = None if stranger else _KNOWN.get(case.iri)
    if reason is None:
        run(case, endpoint)
        return
    try:
        run(case, endpoint)
    except AssertionError:
        pytest.xfail(reason)
    pytest.fail(f"passes, but is on the list of known failures: {case.iri}")


def _reads(case: Case) -> bool:
    if case.manifest.parent.name == "service":
        return False
    return in_library(case) or case.class_ in ("PositiveSyntaxTest", "NegativeSyntaxTest")


def _query(case: Case, endpoint: Endpoint) -> None:
    text = case.text()
    dataset: list[tuple[str, str]] = []
    if not in_library(case):
        endpoint.reset(case.data())
    elif not _FROM.search(text):
        dataset = parameters(case.data())
    path = case.expected()
    answer = endpoint.ask(text, wanted_type(path), dataset)
    assert answer.is_success, f"{answer.status_code} {answer.text}"
    found, wanted = result(answer), expected(path)
    assert same(found, wanted, lax=case.lax), f"{found} is not {wanted}"


def _good_syntax(case: Case, endpoint: Endpoint) -> None:
    """Evaluation may fail, as of functions that nobody knows: this is about syntax."""
    answer = endpoint.ask(case.text(), "*/*")
    assert answer.is_success or not _is_syntax_problem(answer), f"{answer.status_code} {answer.text}"


def _bad_syntax(case: Case, endpoint: Endpoint) -> None:
    answer = endpoint.ask(case.text(), "*/*")
    assert answer.status_code == 400, f"{answer.status_code} {answer.text}"


def _update(case: Case, endpoint: Endpoint) -> None:
    endpoint.reset(case.data())
    answer = endpoint.change(case.text())
    assert answer.is_success, f"{answer.status_code} {answer.text}"
    wanted = [
        quad if name is None else ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for name, path in case.graph.dataset(case.result).graphs
        for quad in quads(path)
    ]
    assert canonical(endpoint.content()) == canonical(wanted)


def _good_update_syntax(case: Case, endpoint: Endpoint) -> None:
    answer = endpoint.change(case.text())
    assert answer.is_success or not _is_syntax_problem(answer), f"{answer.status_code} {answer.text}"


def _bad_update_syntax(case: Case, endpoint: Endpoint) -> None:
    answer = endpoint.change(case.text())
    assert answer.status_code == 400, f"{answer.status_code} {answer.text}"


def _protocol(case: Case, endpoint: Endpoint) -> None:
    endpoint.reset(case.graph.dataset(case.node))
    exchanges.exchange(case, endpoint)


def _is_syntax_problem(answer: httpx.Response) -> bool:
    """Whether an error is about syntax; from a server that gives no type of problem, by its status."""
    if answer.headers.get("content-type") == "application/problem+json":
        return bool(answer.json()["type"].endswith("SyntaxProblem"))
    return answer.status_code == 400


_RUNNERS = {
    "QueryEvaluationTest": _query,
    "CSVResultFormatTest": _query,
    "PositiveSyntaxTest": _good_syntax,
    "NegativeSyntaxTest": _bad_syntax,
    "UpdateEvaluationTest": _update,
    "PositiveUpdateSyntaxTest": _good_update_syntax,
    "NegativeUpdateSyntaxTest": _bad_update_syntax,
    "ProtocolTest": _protocol,
    "GraphStoreProtocolTest": _protocol,
    "ServiceDescriptionTest": check_description,
}
