"""Carry out a SPARQL 1.1 update on a ledger, operation by operation.

The templates of an operation are filled by CONSTRUCT: that tells which quads it takes out and puts in, and lets its
pattern read what a query would (the union of all graphs, say), which the engine's own update does not. Only where
CONSTRUCT cannot say it (a blank node in two graphs) the engine's update does it, and the graphs are compared.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from vakgraaf.engine.explaining import clauses
from vakgraaf.engine.graph_names import graph_named, nameless
from vakgraaf.engine.interface import Dataset
from vakgraaf.engine.ledger import UNNAMED_GRAPH, Graph, Ledger
from vakgraaf.engine.merging import Reading, together
from vakgraaf.engine.operations import Management, Modification, Operation, Segment
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH, REMARKS_GRAPH, VERSIONS_GRAPH
from vakgraaf.engine.versions import is_version
from vakgraaf.errors import InputError, QueryRefused
from vakgraaf.rdf.names import BASE

COMPUTED = frozenset({DERIVED_GRAPH, DESCRIPTION_GRAPH, REMARKS_GRAPH, VERSIONS_GRAPH})
"""Graphs that are made with every change of the others; nobody writes to them."""

_LABEL = "urn:uuid:9b1f6f9e-2d0c-4a53-b6d1-7a3f0c9d5e21#"
_SIGILS = ("?", "$")
_PROBE = "<urn:x-vakgraaf:p> <urn:x-vakgraaf:o>"


class _OtherwiseError(Exception):
    """CONSTRUCT cannot fill these templates."""


@dataclass(slots=True)
class Updating:
    """One update request under way. `union`: a pattern without a dataset reads all graphs together.

    `dataset` stands for `using-graph-uri` and `using-named-graph-uri` (Protocol §2.2.3).
    """

    ledger: Ledger
    dataset: Dataset
    union: bool
    _names: dict[tuple[str, str], ox.NamedNode] = field(default_factory=dict)
    _together: tuple[Modification, Reading] | None = None

    def run(self, found: Iterable[Operation]) -> None:
        """Carry out operations, in their order.

        Raises `QueryRefused` for a computed graph, `InputError` where a graph to be managed is not there or a dataset
        is given twice or has no IRI for a name, and SyntaxError, ValueError or OSError as the engine does.
        """
        for operation in found:
            if isinstance(operation, Management):
                self._manage(operation)
                continue
            try:
                deleted = list(self._filled(operation, operation.deleted))
                inserted = list(self._filled(operation, operation.inserted))
            except (SyntaxError, _OtherwiseError):
                self._by_engine(operation)
                continue
            self.ledger.remove(deleted)
            self.ledger.add(inserted)

    def _manage(self, operation: Management) -> None:
        touched: list[Graph] = []
        for name in operation.graphs:
            if name in ("ALL", "DEFAULT"):
                touched.append(UNNAMED_GRAPH)
            if name in ("ALL", "NAMED"):
                touched += self.ledger.store.named_graphs()
            elif name != "DEFAULT":
                touched.append(writable(self._resolved(operation.prologue, name)))
        for graph in touched:
            self.ledger.replace(graph)
            self.ledger.touch_whole(graph)
        try:
            self.ledger.store.update(operation.prologue + operation.text, base_iri=BASE)
        except (OSError, ValueError, RuntimeError) as error:
            raise InputError(
                f"{operation.word} kan niet worden uitgevoerd: {error}.", f"{operation.word} cannot be done: {error}."
            ) from error

    def _filled(self, operation: Modification, segments: tuple[Segment, ...]) -> Iterator[ox.Quad]:
        """The quads that templates make, in the state as it is now."""
        shared = _shared(segments)
        if shared and operation.where is not None:
            raise _OtherwiseError
        own = {name: ox.BlankNode(uuid.uuid4().hex) for name in shared}
        for segment in segments:
            for graph, values in self._homes(operation, segment):
                for triple in self._constructed(operation, _spelled(segment, own), values):
                    yield _quad(triple, graph, own)

    def _homes(self, operation: Modification, segment: Segment) -> Iterator[tuple[Graph, str]]:
        """The graphs that a segment writes to, with what its pattern is then joined with."""
        written = segment.graph or operation.target
        if written is None:
            yield UNNAMED_GRAPH, ""
        elif not written.startswith(_SIGILS):
            yield writable(self._resolved(operation.prologue, written)), ""
        else:
            for graph in self._values(operation, written):
                yield graph, f"FILTER(BOUND({written})) }} VALUES {written} {{ {graph}"

    def _values(self, operation: Modification, variable: str) -> list[ox.NamedNode]:
        """The graphs that a variable stands for, which are IRIs here; what else it is makes no quad (Update §3.1.3).

        Computed graphs are left out, as they will be made anew anyway.
        """
        solutions = self._asked(operation, f"SELECT DISTINCT {variable}", operation.where or "{}")
        assert isinstance(solutions, ox.QuerySolutions)
        return [v for (v,) in solutions if isinstance(v, ox.NamedNode) and not _closed(v.value)]

    def _constructed(self, operation: Modification, template: str, values: str) -> Iterable[ox.Triple]:
        where = operation.where or "{}"
        pattern = f"{{ {{ {where} {values} }} }}" if values else where
        triples = self._asked(operation, f"CONSTRUCT {{ {template} }}", pattern)
        assert isinstance(triples, ox.QueryTriples)
        return triples

    def _asked(self, operation: Modification, head: str, where: str) -> Any:
        store, dataset = self._read_at_once(operation)
        using = "" if dataset else operation.using
        return store.query(f"{operation.prologue}{head} {using} WHERE {where}", base_iri=BASE, **dataset)

    def _read_at_once(self, operation: Modification) -> tuple[ox.Store, dict[str, Any]]:
        """What the pattern reads, and where. Only a subselect can tell a triple of two graphs from one of one."""
        dataset = self._read_from(operation)
        if "SELECT" not in (operation.where or "").upper():
            return self.ledger.store, dataset
        default, named = self._several(operation, dataset)
        if len(default) < 2:
            return self.ledger.store, dataset
        if self._together is None or self._together[0] is not operation:
            self._together = operation, together(self.ledger.store, default, named)
        reading = self._together[1]
        return reading.store, {"default_graph": reading.default, "named_graphs": reading.named}

    def _several(self, operation: Modification, dataset: dict[str, Any]) -> tuple[list[Any], list[Any]]:
        """The graphs that the default graph of a pattern is made of, and the named ones."""
        if operation.using:
            found = clauses(f"{operation.prologue}ASK {operation.using} {{}}") or ([], [])
            default, named = ([ox.NamedNode(iri) for iri in iris] for iris in found)
            return default, named
        if dataset.get("use_default_graph_as_union"):
            graphs = list(self.ledger.store.named_graphs())
            return [UNNAMED_GRAPH, *graphs], graphs if "GRAPH" in (operation.where or "").upper() else []
        default = dataset.get("default_graph", [])
        return default if isinstance(default, list) else [default], dataset.get("named_graphs", [])

    def _read_from(self, operation: Modification) -> dict[str, Any]:
        """The dataset of the pattern: USING, else what the request says, else WITH, else the default."""
        default, named = self.dataset.default_graphs, self.dataset.named_graphs
        if default is not None or named is not None:
            if operation.using or operation.target:
                raise InputError(
                    "USING of WITH in de tekst gaat niet samen met using-graph-uri of using-named-graph-uri.",
                    "USING or WITH in the text does not go with using-graph-uri or using-named-graph-uri.",
                )
            return {
                "default_graph": [graph_named(iri) for iri in default or ()],
                "named_graphs": [graph_named(iri) for iri in named or ()],
            }
        if operation.using:
            return {}
        if operation.target:
            return {"default_graph": self._resolved(operation.prologue, operation.target)}
        return {"use_default_graph_as_union": self.union}

    def _by_engine(self, operation: Modification) -> None:
        """Let the engine do it, where templates share a blank node; what it may touch is compared as a whole."""
        for segment in (*operation.deleted, *operation.inserted):
            for graph, _ in self._homes(operation, segment):
                self.ledger.touch_whole(graph)
        with self._sparing(operation):
            self.ledger.store.update(operation.prologue + self._with_dataset(operation), base_iri=BASE)

    def _with_dataset(self, operation: Modification) -> str:
        """The text, with what its pattern reads where it does not say so itself."""
        if operation.where is None or operation.using or operation.target:
            return operation.text
        default, named = self.dataset.default_graphs, self.dataset.named_graphs
        if default is None and named is None and self.union:
            default = named = tuple(g.value for g in self.ledger.store.named_graphs() if isinstance(g, ox.NamedNode))
        using = "".join(f" USING {graph_named(iri)}" for iri in default or ())
        using += "".join(f" USING NAMED {graph_named(iri)}" for iri in named or ())
        return f"{operation.head}{using} WHERE {operation.where}"

    @contextmanager
    def _sparing(self, operation: Modification) -> Iterator[None]:
        """Put back what a variable for a graph made the engine write to where nobody may."""
        if not any((segment.graph or "").startswith(_SIGILS) for segment in (*operation.deleted, *operation.inserted)):
            yield
            return
        before = {graph: self._content(graph) for graph in self._spared()}
        yield
        for graph in self._spared():
            now = self._content(graph)
            for quad in now - before.get(graph, set()):
                self.ledger.store.remove(quad)
            self.ledger.store.extend(before.get(graph, set()) - now)
            if graph not in before:
                self.ledger.store.remove_graph(graph)

    def _spared(self) -> list[Graph]:
        """The graphs that are there and that nobody may write to, and those with a blank node for a name."""
        return [g for g in self.ledger.store.named_graphs() if isinstance(g, ox.BlankNode) or _closed(g.value)]

    def _content(self, graph: Graph) -> set[ox.Quad]:
        return set(self.ledger.store.quads_for_pattern(None, None, None, graph))

    def _resolved(self, prologue: str, written: str) -> ox.NamedNode:
        """The IRI that a name stands for."""
        key = (prologue, written)
        if key not in self._names:
            triples = ox.Store().query(f"{prologue}CONSTRUCT {{ {written} {_PROBE} }} WHERE {{}}", base_iri=BASE)
            assert isinstance(triples, ox.QueryTriples)
            subject = next(triples).subject
            assert isinstance(subject, ox.NamedNode)
            self._names[key] = subject
        return self._names[key]


def writable(graph: Graph, place: str = "") -> Graph:
    """`graph`, if one may write to it. `place` is the file that has it, for messages.

    Raises `InputError` for a blank node, `QueryRefused` for a computed graph, and for a version.
    """
    if isinstance(graph, ox.BlankNode):
        raise nameless(place)
    if isinstance(graph, ox.DefaultGraph):
        return graph
    name = graph.value
    if is_version(name):
        raise QueryRefused(
            f"<{name}> is een versie, bewaard zoals die was, en niet te wijzigen. Weghalen kan: DELETE op /store.",
            f"<{name}> is a version kept as it was, and cannot be changed. It can be removed: DELETE at /store.",
        )
    if name in COMPUTED:
        raise QueryRefused(
            f"Graaf <{name}> wordt uit de andere grafen gemaakt en is niet zelf te wijzigen."
            " Wijzig waar het uit volgt.",
            f"Graph <{name}> is made from the other graphs and cannot be changed itself. Change what it follows from.",
        )
    return graph


def _closed(graph: str) -> bool:
    return graph in COMPUTED or is_version(graph)


def _shared(segments: tuple[Segment, ...]) -> set[str]:
    """The blank node labels that stand in more than one segment."""
    seen: set[str] = set()
    shared: set[str] = set()
    for segment in segments:
        shared |= segment.names() & seen
        seen |= segment.names()
    return shared


def _spelled(segment: Segment, own: dict[str, ox.BlankNode]) -> str:
    """The triples of a segment, with an IRI for each blank node that other segments have as well."""
    text = segment.triples
    for start, end in reversed(segment.labels):
        node = own.get(text[start:end])
        if node is not None:
            text = f"{text[:start]}<{_LABEL}{node.value}>{text[end:]}"
    return text


def _quad(triple: ox.Triple, graph: Graph, own: dict[str, ox.BlankNode]) -> ox.Quad:
    if not own:
        return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
    return ox.Quad(_unspelled(triple.subject), triple.predicate, _unspelled(triple.object), graph)


def _unspelled(term: Any) -> Any:
    if isinstance(term, ox.NamedNode) and term.value.startswith(_LABEL):
        return ox.BlankNode(term.value.removeprefix(_LABEL))
    if isinstance(term, ox.Triple):
        return ox.Triple(_unspelled(term.subject), term.predicate, _unspelled(term.object))
    return term
