"""The templates of an update, filled with the solutions of its pattern (SPARQL 1.1 Update §3.1.3).

The pattern is asked once and its solutions fill all templates: what it throws dice for (UUID, BNODE, RAND, NOW) is the
same in every graph that is written to. The engine tells which triples a template has, with an IRI of ours in the place
of each variable and each label of a blank node.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from vakgraaf.engine.ledger import Graph
from vakgraaf.engine.operations import Segment
from vakgraaf.rdf.names import BASE

Row = Sequence[Any]
_Slot = Callable[[Row, "_Nodes"], Any]
_Writes = Callable[[str], bool]

_MARK = "urn:uuid:9b1f6f9e-2d0c-4a53-b6d1-7a3f0c9d5e21#"
_SIGILS = "?$"


@dataclass(frozen=True, slots=True)
class Template:
    """Some templates of one operation: quads that any solution makes, and such as are made of it.

    `unique`: every solution makes blank nodes of its own, so it counts how often there is one.
    """

    unique: bool
    constant: tuple[ox.Quad, ...]
    _open: tuple[tuple[_Slot, _Slot, _Slot, _Slot], ...]

    def filled(self, row: Row, nodes: _Nodes) -> Iterator[ox.Quad]:
        """What one solution makes beside what is constant; nothing of a triple that would be none."""
        for slots in self._open:
            subject, predicate, value, graph = (slot(row, nodes) for slot in slots)
            if graph is not None and _is_triple(subject, predicate, value):
                yield ox.Quad(subject, predicate, value, graph)


class _Nodes(dict[str, ox.BlankNode]):
    """The blank nodes of one solution, made as they are needed."""

    def __missing__(self, label: str) -> ox.BlankNode:
        node = self[label] = ox.BlankNode(uuid.uuid4().hex)
        return node


def variables_of(segments: Sequence[Segment]) -> tuple[str, ...]:
    """The names of all variables in segments, that of a graph included, sorted."""
    found = {name for segment in segments for name in segment.mentioned()}
    found |= {segment.graph for segment in segments if segment.graph and is_variable(segment.graph)}
    return tuple(sorted({name[1:] for name in found}))


def is_variable(written: str) -> bool:
    """Whether a name of a graph in a template is a variable."""
    return written[:1] in _SIGILS


def template(
    segments: Sequence[Segment],
    variables: Sequence[str],
    prologue: str,
    home: Callable[[Segment], Graph | None],
    writes: _Writes,
) -> Template:
    """The templates in `segments`, for rows of `variables`.

    `home` tells the graph that a segment writes to, None where that is its variable, and `writes` whether a graph that
    a variable stands for is written to. Raises SyntaxError as the engine does.
    """
    columns = {name: place for place, name in enumerate(variables)}
    constant, quads, unique = [], [], False
    for segment in segments:
        written = home(segment)
        graph = _graph_slot(segment, written, columns, writes)
        marked = bool(segment.variables or segment.labels)
        for triple in _triples(segment, prologue):
            if written is not None and not _is_open(triple, marked=marked):
                constant.append(ox.Quad(triple.subject, triple.predicate, triple.object, written))
                continue
            subject, predicate, value = _slots(triple, columns)
            quads.append((subject, predicate, value, graph))
            unique = unique or _has_node(triple)
    return Template(unique, tuple(constant), tuple(quads))


def fill(templates: Sequence[Template], rows: Iterable[Row]) -> list[list[ox.Quad]]:
    """The quads that each of these templates makes of all rows together, each once."""
    found: list[dict[ox.Quad, None]] = [{} for _ in templates]
    for number, row in enumerate(rows):
        nodes = _Nodes()
        if number == 0:
            for into, one in zip(found, templates, strict=True):
                into.update(dict.fromkeys(one.constant))
        for into, one in zip(found, templates, strict=True):
            into.update(dict.fromkeys(one.filled(row, nodes)))
    return [list(into) for into in found]


def _triples(segment: Segment, prologue: str) -> Iterable[ox.Triple]:
    text, kept, place = segment.triples, [], 0
    marks = [(span, "?", 1) for span in segment.variables] + [(span, "_", 2) for span in segment.labels]
    for (start, end), sigil, length in sorted(marks):
        kept += [text[place:start], f"<{_MARK}{sigil}{text[start + length : end]}>"]
        place = end
    marked = "".join([*kept, text[place:]])
    triples = ox.Store().query(f"{prologue}CONSTRUCT {{ {marked} }} WHERE {{}}", base_iri=BASE)
    assert isinstance(triples, ox.QueryTriples)
    return triples


def _slots(triple: ox.Triple, columns: Mapping[str, int]) -> tuple[_Slot, _Slot, _Slot]:
    return _slot(triple.subject, columns), _slot(triple.predicate, columns), _slot(triple.object, columns)


def _slot(term: Any, columns: Mapping[str, int]) -> _Slot:
    """What puts a term in its place."""
    if isinstance(term, ox.BlankNode):
        label = term.value
        return lambda row, nodes: nodes[label]
    if isinstance(term, ox.Triple):
        subject, predicate, value = _slots(term, columns)
        return lambda row, nodes: _triple(subject(row, nodes), predicate(row, nodes), value(row, nodes))
    if isinstance(term, ox.NamedNode) and term.value.startswith(_MARK):
        sigil, name = term.value[len(_MARK)], term.value[len(_MARK) + 1 :]
        if sigil == "_":
            return lambda row, nodes: nodes[f"_:{name}"]
        place = columns[name]
        return lambda row, nodes: row[place]
    return lambda row, nodes: term


def _graph_slot(segment: Segment, home: Graph | None, columns: Mapping[str, int], writes: _Writes) -> _Slot:
    if home is not None:
        return lambda row, nodes: home
    assert segment.graph is not None
    place = columns[segment.graph[1:]]

    def named(row: Row, nodes: _Nodes) -> ox.NamedNode | None:
        graph = row[place]
        return graph if isinstance(graph, ox.NamedNode) and writes(graph.value) else None

    return named


def _is_open(term: Any, *, marked: bool) -> bool:
    """Whether a term depends on the solution; in a template that is not `marked` only a blank node does."""
    if isinstance(term, ox.Triple):
        return any(_is_open(part, marked=marked) for part in (term.subject, term.predicate, term.object))
    if marked and isinstance(term, ox.NamedNode):
        return term.value.startswith(_MARK)
    return isinstance(term, ox.BlankNode)


def _has_node(term: Any) -> bool:
    if isinstance(term, ox.Triple):
        return any(_has_node(part) for part in (term.subject, term.predicate, term.object))
    return isinstance(term, ox.BlankNode) or (isinstance(term, ox.NamedNode) and term.value.startswith(f"{_MARK}_"))


def _is_triple(subject: Any, predicate: Any, value: Any) -> bool:
    return (
        isinstance(subject, ox.NamedNode | ox.BlankNode) and isinstance(predicate, ox.NamedNode) and value is not None
    )


def _triple(subject: Any, predicate: Any, value: Any) -> ox.Triple | None:
    return ox.Triple(subject, predicate, value) if _is_triple(subject, predicate, value) else None
