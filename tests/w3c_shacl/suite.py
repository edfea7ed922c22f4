"""The W3C's SHACL suite (core and SHACL-SPARQL), read from its manifests."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.engine.scratch import graph_of
from vakgraaf.rdf.formats import TURTLE

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
Finding = tuple[str, ...]


def suite() -> Path | None:
    """The folder with the manifests, or None where it is not on this machine."""
    beside = Path(__file__).parents[2].parent / "shared" / "suites" / "data-shapes"
    folder = Path(os.environ.get("VAKGRAAF_SHACL_SUITE") or beside)
    places = (folder, folder / "tests", folder / "data-shapes-test-suite" / "tests")
    return next((place for place in places if (place / "core").is_dir()), None)


@dataclass(frozen=True, slots=True)
class Case:
    """One test: the file that describes it, and its node there."""

    name: str
    file: Path
    node: URIRef

    @property
    def graph(self) -> Graph:
        """The file that describes it."""
        return read(self.file)

    @property
    def data(self) -> Graph:
        """What is judged."""
        return self._given(SHT.dataGraph)

    @property
    def shapes(self) -> Graph:
        """What it is judged by."""
        return self._given(SHT.shapesGraph)

    @property
    def must_fail(self) -> bool:
        """Whether the shapes must be refused."""
        return (self.node, MF.result, SHT.Failure) in self.graph

    @property
    def report(self) -> Node:
        """The expected sh:ValidationReport, in `graph`."""
        return next(self.graph.objects(self.node, MF.result))

    def _given(self, predicate: URIRef) -> Graph:
        action = next(self.graph.objects(self.node, MF.action))
        address = str(next(self.graph.objects(action, predicate)))
        return read(Path(address.removeprefix("file://")))


@cache
def cases() -> tuple[Case, ...]:
    """All tests of the suite, by name."""
    folder = suite()
    if folder is None:
        return ()
    found = []
    for file in sorted(folder.rglob("*.ttl")):
        graph = read(file)
        for node in graph.subjects(RDF.type, SHT.Validate):
            assert isinstance(node, URIRef)
            found.append(Case(f"{file.parent.relative_to(folder)}/{node.rpartition('/')[2]}", file, node))
    return tuple(sorted(found, key=lambda case: case.name))


@cache
def read(file: Path) -> Graph:
    """A file with its literals as they are written."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of the strange literals that are the point of a test
        return graph_of(to_ntriples(file.read_bytes(), TURTLE, file.as_uri(), file.name))


def findings(graph: Graph, report: Node) -> Counter[Finding]:
    """The results of a report: focus node, path, value, severity, component and shape of each."""
    return Counter(_finding(graph, result) for result in graph.objects(report, SH.result))


def report_of(graph: Graph) -> Node:
    """The report in a graph of its own."""
    return next(graph.subjects(RDF.type, SH.ValidationReport))


def _finding(graph: Graph, result: Node) -> Finding:
    names = (SH.focusNode, SH.value, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape)
    path = next(graph.objects(result, SH.resultPath), None)
    return (*(_said(next(graph.objects(result, name), None)) for name in names), _structure(graph, path))


def _said(term: Node | None) -> str:
    """Blank nodes have other names in another file: one is as good as the other."""
    return "" if term is None else "[]" if isinstance(term, BNode) else term.n3()


def _structure(graph: Graph, path: Node | None) -> str:
    if not isinstance(path, BNode):
        return "" if path is None else path.n3()
    return f"[{' '.join(sorted(f'{p.n3()} {_structure(graph, o)}' for p, o in graph.predicate_objects(path)))}]"
