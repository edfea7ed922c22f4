"""Whatever fits the description at `/openapi.json`, or just does not: no answer is an error of ours."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

schemathesis = pytest.importorskip("schemathesis")

_EXAMPLES = 8
_BUSY = (502, 503, 504)
"""What a server may say of others, of its queue, and of a query that takes too long."""


def _errors(operation: Any, mode: Any, address: str) -> list[str]:
    """The requests that the server itself failed on."""
    found = []

    @settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(base_url=address, timeout=60)
        if answer.status_code >= 500 and answer.status_code not in _BUSY:
            found.append(f"{answer.status_code} {case.as_curl_command()}")

    with suppress(Unsatisfiable):  # a request without parameters cannot be wrong
        ask()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: str(mode.value))
def test_no_request_that_can_be_described_is_an_error_of_ours(address: str, mode: Any) -> None:
    described = schemathesis.openapi.from_dict(httpx.get(f"{address}/openapi.json").json())
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 30
    assert [line for operation in operations for line in _errors(operation, mode, address)] == []
