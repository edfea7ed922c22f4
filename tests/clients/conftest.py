"""A server with a handful of facts, for clients that other people wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from serving import served
from token_file import token_file
from vakgraaf.app import create_app
from vakgraaf.engine import Packaged
from vakgraaf.settings import Settings

_FACTS = """@prefix ex: <http://a.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:ans rdfs:label "Ans"@nl ; ex:hours 24 ; ex:rate 21.5 ; ex:since "2019-03-01"^^xsd:date ; ex:note "a,b;\\"c\\"\\nd" .
ex:bram rdfs:label "Bram & co"@nl ; ex:hours 36 ; ex:knows ex:ans .
<http://a.example/a%20b> rdfs:label "spatie"@nl ; ex:hours 8 .
"""


TOKEN = "a-token-for-the-clients"


@pytest.fixture(scope="session")
def token() -> str:
    """The token of who may write."""
    return TOKEN


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the query endpoint."""
    folder = tmp_path_factory.mktemp("clients")
    (folder / "graphs").mkdir()
    (folder / "graphs" / "people.ttl").write_text(_FACTS, "utf-8")

    token_file(folder, f"clients {TOKEN} write,no-validate\n")

    class WithFacts(Settings):
        def packaged(self) -> Packaged:
            return Packaged(graphs=folder / "graphs")

    app = create_app(
        WithFacts(
            store=folder / "state",
            workers=2,
            search=False,
            update_token_file=folder / "tokens",
            validate_writes=False,
        )
    )
    with served(app) as address:
        yield f"{address}/sparql"
