"""The W3C's SHACL suite, through `validate` as everyone calls it and through pySHACL alone.

The suite is found beside the checkout or where VAKGRAAF_SHACL_SUITE says. Reports are compared whole: focus node,
path, value, severity, component and shape of every result. A test that must be refused passes where `InputError` is
raised, and nothing else.
"""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.errors import InputError
from vakgraaf.validation import Report, validate
from vakgraaf.validation.validate import validate_by_reference

from .suite import Case, cases, findings, report_of, suite

_KNOWN = tomllib.loads(Path(__file__).with_name("known_failures.toml").read_text(encoding="utf-8"))["failures"]
_CASES = cases()
_ENGINES: dict[str, Callable[[Graph, Graph], Report]] = {"routed": validate, "reference": validate_by_reference}

needs_suite = pytest.mark.skipif(
    suite() is None, reason="the W3C suite is not on this machine: set VAKGRAAF_SHACL_SUITE to the folder data-shapes"
)


def _passes(case: Case, engine: Callable[[Graph, Graph], Report]) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pySHACL, for the shapes that contain themselves
        try:
            report = engine(case.data, case.shapes)
        except InputError:
            return case.must_fail
    if case.must_fail:
        return False
    return findings(report.graph, report_of(report.graph)) == findings(case.graph, case.report)


@needs_suite
@pytest.mark.parametrize("engine", _ENGINES)
@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_report_is_the_expected_one(case: Case, engine: str) -> None:
    known = _KNOWN.get(case.name)
    assert _passes(case, _ENGINES[engine]) == (known is None), known or "the report differs"


@needs_suite
def test_suite_is_whole_and_almost_nothing_fails() -> None:
    assert len(_CASES) == 121
    assert set(_KNOWN) <= {case.name for case in _CASES}
    assert len(_KNOWN) <= 2
