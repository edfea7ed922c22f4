"""An endpoint under test: a query, an update and a graph store address, and what the runner does with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import httpx
import pyoxigraph as ox

from .comparison import Result, parsed, quads
from .manifests import ROOT, Case, Data, address

NOTHING = Data(())
_QUADS = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Endpoint:
    """Everything goes over HTTP; the default graph is the unnamed one."""

    def __init__(self, query: str, update: str, store: str, token: str = "", service_port: int = 0) -> None:
        self.service_port = service_port  # where it may ask something on loopback; 0 is anywhere
        self.query_address = query
        self.update_address = update
        self.store_address = store
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self.client = httpx.Client(timeout=60, headers={"user-agent": "vakgraaf-tests", **headers})

    def ask(self, text: str, accept: str, parameters: Iterable[tuple[str, str]] = ()) -> httpx.Response:
        """The answer to a query."""
        headers = {"accept": accept, "content-type": "application/sparql-query"}
        return self.client.post(
            self.query_address, params=list(parameters), content=text.encode("utf-8"), headers=headers
        )

    def change(self, text: str) -> httpx.Response:
        """The answer to an update."""
        return self.client.post(
            self.update_address,
            content=text.encode("utf-8"),
            headers={"content-type": "application/sparql-update"},
        )

    def reset(self, data: Data = NOTHING) -> None:
        """Leave nothing in the store but `data`."""
        self.fill((name, quad) for name, path in data.graphs for quad in quads(path))

    def fill(self, statements: Iterable[tuple[str | None, ox.Quad]]) -> None:
        """Leave nothing in the store but these, each in the graph that goes with it; None is the graph of the quad."""
        parts = "".join(_block(name, quad) for name, quad in statements)
        answer = self.change(f"DROP ALL ;\nINSERT DATA {{\n{parts}}}")
        assert answer.is_success, f"the store cannot be filled: {answer.status_code} {answer.text}"

    def load(self, statements: Iterable[ox.Quad]) -> None:
        """Put quads into the store, in one request of the Graph Store Protocol."""
        content = ox.serialize(statements, format=ox.RdfFormat.N_QUADS)
        answer = self.client.post(self.store_address, content=content, headers={"content-type": "application/n-quads"})
        assert answer.is_success, f"the store cannot be filled: {answer.status_code} {answer.text}"

    def content(self) -> set[ox.Quad]:
        """Every quad of the store."""
        answer = self.ask(_QUADS, "application/sparql-results+json")
        assert answer.is_success, answer.text
        results = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
        assert isinstance(results, ox.QuerySolutions)
        return {ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in results}


def result(answer: httpx.Response) -> Result:
    """What an answer says."""
    return parsed(answer.content, answer.headers["content-type"].partition(";")[0])


def library(cases: Iterable[Case]) -> list[ox.Quad]:
    """The data of all tests that only read: each file as the graph that is called after it, and once more for use as
    default graph, as the same file in two places of a dataset shares no blank nodes."""
    graphs = {entry for case in cases if in_library(case) for entry in case.data().graphs}
    graphs |= {("", path) for case in cases if case.manifest.parent.name == "dataset" for path in _neighbours(case)}
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(_place(name, path)))
        for name, path in sorted(graphs, key=str)
        for quad in quads(path)
    ]


def in_library(case: Case) -> bool:
    """Whether a test can be run on the library: it reads, and its graphs are files of the suite under their names."""
    return case.kind in ("QueryEvaluationTest", "CSVResultFormatTest") and all(
        path.suffix not in (".trig", ".nq") and name in (None, address(path)) and (name is None or quads(path))
        for name, path in case.data().graphs
    )


def parameters(data: Data) -> list[tuple[str, str]]:
    """The dataset of a test in terms of the protocol (SPARQL 1.1 Protocol §2.1.4), from graphs of the library."""
    chosen = [("named-graph-uri" if name else "default-graph-uri", _place(name, path)) for name, path in data.graphs]
    return chosen or [("default-graph-uri", ROOT + "nothing")]


def _place(name: str | None, path: Path) -> str:
    return address(path) if name is not None else address(path).replace(ROOT, ROOT + "default/")


def _neighbours(case: Case) -> list[Path]:
    """The graphs that queries name with FROM without that the manifest says so."""
    return sorted(case.manifest.parent.glob("data-g*.ttl"))


def _block(name: str | None, quad: ox.Quad) -> str:
    statement = f"{quad.triple} .\n"
    graph = f"<{name}>" if name is not None else str(quad.graph_name)
    return f"GRAPH {graph} {{ {statement} }}\n" if graph != "DEFAULT" else statement
