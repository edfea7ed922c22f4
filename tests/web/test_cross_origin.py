"""Pages of other sites may ask for all that can be asked for by reading, and see what they are told (CORS)."""

from __future__ import annotations

import httpx
import pytest

NEGOTIATED = ["Accept", "Accept-Datetime", "Accept-Language", "Accept-Profile", "If-Match", "If-None-Match"]


def _listed(answer: httpx.Response, header: str) -> set[str]:
    return {name.strip().casefold() for name in answer.headers[header].split(",")}


@pytest.mark.parametrize("path", ["/sparql", "/doc/profiel/proef-2020", "/store"])
def test_all_that_is_negotiated_on_may_be_sent(client: httpx.Client, path: str) -> None:
    asked = {"origin": "http://a.example", "access-control-request-method": "GET"}
    for name in NEGOTIATED:
        answer = client.options(path, headers=asked | {"access-control-request-headers": name.casefold()})
        assert answer.status_code == 204
        assert name.casefold() in _listed(answer, "access-control-allow-headers")


def test_writing_stays_with_the_site_itself(client: httpx.Client) -> None:
    asked = {"origin": "http://a.example", "access-control-request-method": "PUT"}
    answer = client.options("/store", headers=asked)
    assert not {"authorization", "content-range", "range"} & _listed(answer, "access-control-allow-headers")
    assert not {"put", "delete", "patch"} & _listed(answer, "access-control-allow-methods")


def test_moment_of_what_was_there_can_be_read(client: httpx.Client) -> None:
    answer = client.get("/doc/profiel/proef-2020", headers={"origin": "http://a.example"})
    assert {"memento-datetime", "etag", "link"} <= _listed(answer, "access-control-expose-headers")
