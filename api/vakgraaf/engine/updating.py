"""Carry out a SPARQL 1.1 update on a ledger, operation by operation.

The pattern of an operation is asked as a query would be, so that it can read what a query reads (the union of all
graphs, say), which the engine's own update does not; `filling` makes quads of its solutions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pyoxigraph as ox

from vakgraaf.engine.explaining import clauses
from vakgraaf.engine.filling import Row, fill, is_variable, template, variables_of
from vakgraaf.engine.graph_names import graph_named, nameless
from vakgraaf.engine.interface import Dataset
from vakgraaf.engine.ledger import UNNAMED_GRAPH, Graph, Ledger
from vakgraaf.engine.merging import together
from vakgraaf.engine.operations import Management, Modification, Operation, Segment
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH, REMARKS_GRAPH, VERSIONS_GRAPH
from vakgraaf.engine.versions import is_version
from vakgraaf.engine.versions import named_in as versions_in
from vakgraaf.errors import InputError, QueryRefused
from vakgraaf.rdf.names import BASE
from vakgraaf.sparql.rewriting.chance import CHANGING

COMPUTED = frozenset({DERIVED_GRAPH, DESCRIPTION_GRAPH, REMARKS_GRAPH, VERSIONS_GRAPH})
"""Graphs that are made with every change of the others; nobody writes to them."""

_ANYTHING = "vakgraaf_found"
_CHANGING = re.compile("|".join(sorted(CHANGING)), re.IGNORECASE)
_PROBE = "<urn:x-vakgraaf:p> <urn:x-vakgraaf:o>"


@dataclass(slots=True)
class Updating:
    """One update request under way. `union`: a pattern without a dataset reads all graphs together.

    `dataset` stands for `using-graph-uri` and `using-named-graph-uri` (Protocol §2.2.3).
    """

    ledger: Ledger
    dataset: Dataset
    union: bool
    _names: dict[tuple[str, str], ox.NamedNode] = field(default_factory=dict)

    def run(self, found: Iterable[Operation]) -> None:
        """Carry out operations, in their order.

        Raises `QueryRefused` for a computed graph and for a version, `InputError` where a graph to be managed is not
        there or a dataset is given twice or has no IRI for a name, and SyntaxError, ValueError or OSError as the engine
        does.
        """
        for operation in found:
            if isinstance(operation, Management):
                self._manage(operation)
            else:
                deleted, inserted = self._filled(operation)
                self.ledger.remove(deleted)
                self.ledger.add(inserted)

    def _manage(self, operation: Management) -> None:
        source = None if operation.source in (None, "DEFAULT") else self._named(operation, str(operation.source))
        changed = [graph for name in operation.graphs for graph in self._meant(operation, name)]
        problem = self._unmanageable(operation.word, source, changed)
        if problem is not None:
            if not operation.silent:
                raise problem
            return
        for graph in changed:
            self.ledger.replace(graph)
            self.ledger.touch_whole(graph)
        if {"ALL", "NAMED"} & set(operation.graphs):
            empty = self.ledger.store.clear_graph if operation.word == "CLEAR" else self.ledger.store.remove_graph
            for graph in changed:
                empty(graph)
            return
        try:
            self.ledger.store.update(operation.prologue + operation.text, base_iri=BASE)
        except (OSError, ValueError, RuntimeError) as error:
            raise InputError(
                f"{operation.word} kan niet worden uitgevoerd: {error}.", f"{operation.word} cannot be done: {error}."
            ) from error

    def _unmanageable(self, word: str, source: Graph | None, changed: list[Graph]) -> InputError | None:
        """What is wrong where a graph is not there that is copied or removed, or is there that is created."""
        needed = [source] if source is not None else changed if word in ("CLEAR", "DROP") else []
        for graph in needed:
            if isinstance(graph, ox.NamedNode) and not self.ledger.has(graph):
                return InputError(
                    f"{word} kan niet worden uitgevoerd: er is geen graaf {graph}. Er is niets gewijzigd. Met {word}"
                    " SILENT wordt dit overgeslagen.",
                    f"{word} cannot be done: there is no graph {graph}. Nothing has changed. {word} SILENT passes over"
                    " this.",
                )
        if word == "CREATE" and self.ledger.has(changed[0]):
            return InputError(
                f"CREATE kan niet worden uitgevoerd: graaf {changed[0]} is er al. Er is niets gewijzigd. Met CREATE"
                " SILENT wordt dit overgeslagen.",
                f"CREATE cannot be done: graph {changed[0]} is there already. Nothing has changed. CREATE SILENT passes"
                " over this.",
            )
        return None

    def _named(self, operation: Management, name: str) -> ox.NamedNode:
        """The graph that an operation reads. Raises `QueryRefused` for a version."""
        graph = self._resolved(operation.prologue, name)
        if is_version(graph.value):
            raise _unread(graph.value)
        return graph

    def _meant(self, operation: Management, name: str) -> Iterator[Graph]:
        """The graphs that a name stands for; ALL and NAMED are those that one may write to."""
        if name in ("ALL", "DEFAULT"):
            yield UNNAMED_GRAPH
        if name in ("ALL", "NAMED"):
            yield from (g for g in self.ledger.store.named_graphs() if isinstance(g, ox.BlankNode) or _open(g.value))
        elif name != "DEFAULT":
            yield writable(self._resolved(operation.prologue, name))

    def _filled(self, operation: Modification) -> list[list[ox.Quad]]:
        """The quads to take out and those to put in, in the state as it is now."""
        kinds = (operation.deleted, operation.inserted)
        variables = variables_of([segment for segments in kinds for segment in segments])
        home = partial(self._home, operation)
        templates = [template(segments, variables, operation.prologue, home, _open) for segments in kinds]
        if operation.where is None:
            return fill(templates, [()])
        unique = any(one.unique for one in templates) or _CHANGING.search(operation.where) is not None
        return fill(templates, self._rows(operation, variables, unique=unique))

    def _home(self, operation: Modification, segment: Segment) -> Graph | None:
        """The graph that a segment writes to; None where that is a variable.

        A variable that stands for no IRI makes no quad (Update §3.1.3), nor does one that stands for a computed graph:
        that will be made anew anyway.
        """
        written = segment.graph or operation.target
        if written is None:
            return UNNAMED_GRAPH
        return None if is_variable(written) else writable(self._resolved(operation.prologue, written))

    def _rows(self, operation: Modification, variables: Sequence[str], *, unique: bool) -> Iterator[Row]:
        """The solutions of the pattern; each counts as often as there is one only where they are to be `unique`."""
        named = versions_in(f"{operation.prologue}{operation.using} {operation.where}")
        if named:
            raise _unread(named[0])
        head = " ".join(f"?{name}" for name in variables) or f"(1 AS ?{_ANYTHING})"
        enough = "LIMIT 1" if not variables and not unique else ""
        asked = f"{operation.prologue}SELECT {'' if unique else 'DISTINCT'} {head} "
        pattern = f" WHERE {operation.where} {enough}"
        store, dataset = self._read_at_once(operation, asked + pattern, unique=unique)
        using = "" if dataset else operation.using
        solutions = store.query(asked + using + pattern, base_iri=BASE, **dataset)
        assert isinstance(solutions, ox.QuerySolutions)
        return (tuple(solution) for solution in solutions)

    def _read_at_once(self, operation: Modification, query: str, *, unique: bool) -> tuple[ox.Store, dict[str, Any]]:
        """What a query reads, and where. Where solutions are counted a triple of two graphs is that of one."""
        dataset = self._read_from(operation)
        if unique or "SELECT" in (operation.where or "").upper():
            default, named = self._several(operation, dataset)
            if len(default) > 1:
                reading = together(self.ledger.store, default, named, query)
                return reading.store, {"default_graph": reading.default, "named_graphs": reading.named}
        return self.ledger.store, dataset

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
        """The dataset of the pattern: USING, else what the request says, else WITH, else the default.

        Raises `QueryRefused` for a version, and `InputError` for a dataset that is given twice.
        """
        default, named = self.dataset.default_graphs, self.dataset.named_graphs
        target = self._resolved(operation.prologue, operation.target) if operation.target else None
        with_alone = (target.value,) if target and not operation.using else ()
        for name in filter(is_version, (*(default or ()), *(named or ()), *with_alone)):
            raise _unread(name)
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
        if target:
            return {"default_graph": target}
        return {"use_default_graph_as_union": self.union}

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


def _open(graph: str) -> bool:
    return graph not in COMPUTED and not is_version(graph)


def _unread(version: str) -> QueryRefused:
    return QueryRefused(
        f"Een wijziging leest geen versies, en <{version}> is er een. Haal die op (GET op /store?graph=) en stuur met"
        " PUT wat ervan terug moet.",
        f"An update reads no versions, and <{version}> is one. Get it (GET at /store?graph=), and send what has to come"
        " back with PUT.",
    )
