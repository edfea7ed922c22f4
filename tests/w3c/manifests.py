"""The tests of the W3C's SPARQL suites, read from their manifests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

ROOT = "https://w3c.github.io/rdf-tests/sparql/"
"""The address that the files of the suite are taken to have."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_APPROVAL = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def suite() -> Path | None:
    """The folder with sparql10, sparql11 and sparql12, or None where it is not on this machine."""
    beside = Path(__file__).parents[2].parent / "shared" / "suites" / "rdf-tests"
    folder = Path(os.environ.get("VAKGRAAF_W3C_SUITE") or beside)
    return next((f for f in (folder, folder / "sparql") if (f / "sparql11").is_dir()), None)


@dataclass(frozen=True, slots=True)
class Data:
    """The graphs of a dataset as (name, file); the name None is the default graph."""

    graphs: tuple[tuple[str | None, Path], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its IRI and class, where its description is, and whether the W3C approved it."""

    iri: str
    kind: str
    manifest: Path
    node: ox.NamedNode
    approved: bool

    @property
    def graph(self) -> Description:
        """The manifest that describes it."""
        return described(self.manifest)

    @property
    def action(self) -> Node | None:
        """The object of mf:action."""
        return self.graph.one(self.node, MF + "action")

    @property
    def result(self) -> Node | None:
        """The object of mf:result."""
        return self.graph.one(self.node, MF + "result")

    @property
    def class_(self) -> str:
        """The class of test, the same for all versions; some tests of updates are called tests of queries."""
        kind = self.kind.removesuffix("11")
        is_update = self.action is not None and self.action.value.endswith(".ru")
        return kind.replace("eSyntax", "eUpdateSyntax") if is_update and "Update" not in kind else kind

    @property
    def lax(self) -> bool:
        """Whether rows may be there more or fewer times: REDUCED."""
        return self.graph.one(self.node, MF + "resultCardinality") is not None

    def text(self) -> str:
        """The query or update, with the address of its file as base."""
        action = self.action
        assert action is not None
        named = self.graph.one(action, QT + "query") or self.graph.one(action, UT + "request") or action
        # Not before what is no text for a file, such as a byte order mark in front: the suite has none.
        return f"BASE <{named.value}>\n" + local(named).read_text("utf-8")

    def data(self) -> Data:
        """The dataset to begin with."""
        return self.graph.dataset(self.action)

    def expected(self) -> Path:
        """The file with the answer that a query must give."""
        assert self.result is not None
        return local(self.result)


class Description:
    """The triples of one manifest."""

    def __init__(self, path: Path) -> None:
        self._store = ox.Store()
        self._store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=address(path))

    def all(self, subject: Node, predicate: str) -> list[Node]:
        """Every object of a property."""
        if isinstance(subject, ox.Literal | ox.Triple):
            return []
        return [quad.object for quad in self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)]

    def one(self, subject: Node, predicate: str) -> Node | None:
        """The object of a property, None where there is none."""
        return next(iter(self.all(subject, predicate)), None)

    def members(self, start: Node | None) -> list[Node]:
        """The members of an RDF list."""
        found = []
        while start is not None and start.value != RDF + "nil":
            found += self.all(start, RDF + "first")
            start = self.one(start, RDF + "rest")
        return found

    def tests(self) -> list[ox.NamedNode]:
        """Whatever has a type and an action or an approval: also tests that their manifest forgot to list."""
        typed = self._store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None)
        found = {q.subject for q in typed if isinstance(q.object, ox.NamedNode) and q.object.value.endswith(_KINDS)}
        return sorted((s for s in found if isinstance(s, ox.NamedNode)), key=lambda s: s.value)

    def dataset(self, node: Node | None) -> Data:
        """The graphs that an action or a result describes."""
        if node is None:
            return Data(())
        graphs: list[tuple[str | None, Path]] = []
        for vocabulary in (QT, UT):
            graphs += [(None, local(file)) for file in self.all(node, vocabulary + "data")]
            for entry in self.all(node, vocabulary + "graphData"):
                file = self.one(entry, UT + "graph")
                label = self.one(entry, _LABEL)
                if file is None:
                    graphs.append((entry.value, local(entry)))
                else:
                    graphs.append((label.value if label else file.value, local(file)))
        return Data(tuple(graphs))


_KINDS = ("Test", "Test11")


@cache
def described(path: Path) -> Description:
    """The manifest in `path`."""
    return Description(path)


def cases() -> list[Case]:
    """Every test of the suites but those that are deprecated, or that ask for an entailment regime."""
    folder = suite()
    return [] if folder is None else sorted(_cases(folder), key=lambda case: case.iri)


def _cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("manifest*.ttl")):
        if "entailment" in path.parts:
            continue
        graph = described(path)
        for node in graph.tests():
            kind = graph.one(node, RDF + "type")
            approvals = {a.value.rpartition("#")[2] for a in graph.all(node, _APPROVAL)}
            if kind is not None and "Deprecated" not in approvals:
                yield Case(node.value, kind.value.rpartition("#")[2], path, node, "Approved" in approvals)


def address(path: Path) -> str:
    """The IRI of a file of the suite."""
    folder = suite()
    assert folder is not None
    return ROOT + path.relative_to(folder).as_posix()


def local(node: Node) -> Path:
    """The file of the suite that has this IRI."""
    folder = suite()
    assert folder is not None
    return folder / node.value.removeprefix(ROOT)
