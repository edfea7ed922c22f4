"""The tests of SERVICE, over HTTP: the endpoints that they name are on loopback, where the server is allowed to go."""

from __future__ import annotations

import pyoxigraph as ox

from .comparison import parsed, same, wanted_type
from .endpoint import Endpoint, result
from .manifests import QT, Case, local
from .mock_service import serving


def check_federated(case: Case, endpoint: Endpoint) -> None:
    """Ask the query with the addresses of endpoints of our own in the place of those that nobody has."""
    assert case.action is not None
    data = {}
    for entry in case.graph.all(case.action, QT + "serviceData"):
        name, file = case.graph.one(entry, QT + "endpoint"), case.graph.one(entry, QT + "data")
        assert name is not None
        assert file is not None
        data[name.value] = local(file)
    with serving(data, endpoint.service_port) as endpoints:
        texts = [endpoints.here(path.read_text("utf-8")) for _, path in case.data().graphs]
        endpoint.fill((None, quad) for text in texts for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
        answer = endpoint.ask(endpoints.here(case.text()), wanted_type(case.expected()))
        wanted = parsed(endpoints.here(case.expected().read_text("utf-8")).encode(), wanted_type(case.expected()))
    assert answer.is_success, f"{answer.status_code} {answer.text}"
    assert same(result(answer), wanted)
