"""Every error of the tree has a status and a title in two languages."""

from __future__ import annotations

import inspect

import pytest

from vakgraaf import errors
from vakgraaf.web.problems import STATUS, HttpProblem, status_of
from vakgraaf.web.refusals import Refused
from vakgraaf.web.status_titles import title_of_status

# PlacedError is what those that know their place have in common; nobody raises it itself.
_TREE = [
    c
    for _, c in inspect.getmembers(errors, inspect.isclass)
    if issubclass(c, errors.VakgraafError) and c is not errors.PlacedError
]


@pytest.mark.parametrize("kind", _TREE)
def test_every_error_of_the_tree_has_a_status_of_its_own(kind: type[errors.VakgraafError]) -> None:
    assert 400 <= STATUS[kind] <= 507


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.SyntaxProblem, 400),
        (errors.UnknownThing, 404),
        (errors.QueryRefused, 403),
        (errors.QueryTimeout, 504),
        (errors.QueryTooLong, 413),
        (errors.QueryCrashed, 500),
        (errors.QueryOutOfMemory, 507),
        (errors.Overloaded, 503),
    ],
)
def test_status_tells_whose_fault_it_is_and_whether_to_try_again(kind: type[errors.VakgraafError], status: int) -> None:
    assert status_of(kind("nl", "en")) == status


def test_error_that_is_not_in_the_table_counts_as_its_parent() -> None:
    class Narrower(errors.UnknownThing):
        pass

    assert status_of(Narrower("nl", "en")) == 404
    assert status_of(HttpProblem(418, "nl", "en")) == 418


@pytest.mark.parametrize("why", Refused)
def test_every_reason_to_refuse_a_head_has_a_title_of_its_own_in_dutch(why: Refused) -> None:
    assert title_of_status(why.value, "nl") != title_of_status(418, "nl")
