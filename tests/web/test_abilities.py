"""The service description offers what this server does, and nothing that it does not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from rdflib import RDF, Graph, Namespace

from token_file import token_file
from vakgraaf.rdf.prefixes import PREFIXES

SD = Namespace(PREFIXES["sd"])
Running = Callable[..., AbstractContextManager[str]]


def abilities(address: str) -> tuple[bool, bool]:
    """Whether a server says that it calls on others, and whether it says that it takes updates."""
    graph = Graph().parse(data=httpx.get(f"{address}/sparql", headers={"accept": "text/turtle"}).content)
    (service,) = graph.subjects(RDF.type, SD.Service)
    updates = (service, SD.supportedLanguage, SD.SPARQL11Update) in graph
    assert updates == any(graph.objects(service, SD.inputFormat))
    return (service, SD.feature, SD.BasicFederatedQuery) in graph, updates


@pytest.mark.parametrize("hosts", ["", "sparql.example"])
def test_federation_is_offered_where_there_is_a_list_of_hosts(tmp_path: Path, running: Running, hosts: str) -> None:
    with running(tmp_path, allow_hosts=hosts) as address:
        assert abilities(address) == (bool(hosts), False)


@pytest.mark.parametrize(
    ("line", "settings", "offered"),
    [
        ("schrijver een-heel-lang-token", {}, True),
        ("schrijver een-heel-lang-token", {"read_only": True}, False),
        ("kijker een-heel-lang-token read-queries", {}, False),
        ("# nobody yet", {}, False),
    ],
)
def test_updates_are_offered_where_somebody_may_write(
    tmp_path: Path, running: Running, line: str, settings: dict[str, object], offered: bool
) -> None:
    file = token_file(tmp_path, f"{line}\n")
    with running(tmp_path, update_token_file=file, **settings) as address:
        assert abilities(address) == (False, offered)


def test_description_that_a_client_has_counts_no_longer_when_the_tokens_are_others(
    tmp_path: Path, running: Running
) -> None:
    file, tags = tmp_path / "tokens", set()
    for rights in ("write", "read-queries"):
        file.write_text(f"iemand een-heel-lang-token {rights}\n", "utf-8")
        file.chmod(0o600)
        with running(tmp_path, update_token_file=file) as address:
            tags.add(httpx.get(f"{address}/sparql", headers={"accept": "text/turtle"}).headers["etag"])
    assert len(tags) == 2
