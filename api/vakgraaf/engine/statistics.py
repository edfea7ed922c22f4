"""How much there is of what: the numbers of VoID, counted in one pass over the quads.

Terms are counted by their hash (64 bits), so memory grows with the number of different terms and not with their length.
A triple that several graphs state counts once in the whole and once in each of those graphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

import pyoxigraph as ox

from vakgraaf.rdf.names import BASE
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.sparql import statistics as planning

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_THINGS = BASE + "id/"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_PREDICATES = "SELECT DISTINCT ?p WHERE { ?s ?p ?o }"
UNNAMED = ""
"""The key of the unnamed graph among the graphs."""


@dataclass(frozen=True, slots=True)
class Size:
    """The numbers of one graph or of all together; `entities` are the subjects that have an IRI."""

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    objects: int = 0
    properties: int = 0
    classes: int = 0


class Use(NamedTuple):
    """A property as used by things of a class: `target` is a class or datatype of its values, or "" for all values."""

    klasse: str
    name: str
    target: str = ""
    is_class: bool = False


class Link(NamedTuple):
    """Links from things of Vakgraaf by one property to IRIs on one other host (`space`: scheme, host and a slash)."""

    name: str
    space: str


@dataclass(slots=True)
class Statistics:
    """All numbers: of the whole, by graph, by class, by property, by use of a property, by kind of link.

    `ends` are the different subjects and objects of a property.
    """

    whole: Size
    graphs: dict[str, Size]
    classes: dict[str, int]
    properties: dict[str, int]
    ends: dict[str, tuple[int, int]]
    uses: dict[Use, int]
    links: dict[Link, int]

    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers that pages show, ready for JSON: of the whole, by graph (triples), by class (things)."""
        graphs = {name: size.triples for name, size in self.graphs.items()}
        return {"whole": asdict(self.whole), "graphs": graphs, "classes": self.classes}

    def planning(self) -> planning.Statistics:
        """The numbers that the planner of queries goes by."""
        predicates = {iri: planning.Counts(n, *self.ends[iri]) for iri, n in self.properties.items()}
        return planning.Statistics(self.whole.triples, self.whole.subjects, predicates, self.classes)


def measure(store: ox.Store, apart: str) -> Statistics:
    """Count everything but the graph `apart`."""
    classes = _Classes(store, apart)
    count = _Count(apart)
    found = Statistics(Size(), {}, classes.entities(), {}, {}, {}, {})
    links: Counter[Link] = Counter()
    uses: Counter[Use] = Counter()
    for predicate in _predicates(store):
        tally = count.take(store, predicate, classes.of)
        if tally.triples:
            found.properties[predicate.value] = tally.triples
            found.ends[predicate.value] = tally.ends
        _spread(predicate.value, tally.kinds, classes, uses)
        links.update({Link(predicate.value, space): n for space, n in tally.links.items()})
    found.uses, found.links = dict(uses), dict(links)
    found.whole = count.whole(found.properties, len(found.classes))
    for name, part in count.graphs.items():
        found.graphs[name] = part.size(len(classes.by_graph.get(name, ())))
    return found


def _predicates(store: ox.Store) -> Iterator[ox.NamedNode]:
    solutions = store.query(_PREDICATES, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        predicate = solution["p"]
        assert isinstance(predicate, ox.NamedNode)
        yield predicate


def _spread(name: str, kinds: Counter[tuple[int, int | str]], classes: _Classes, uses: Counter[Use]) -> None:
    """Divide counts by sets of classes over the classes in those sets."""
    for (subject, value), n in kinds.items():
        targets = [(value, False)] if isinstance(value, str) else [(c, True) for c in classes.sets[value]]
        for klasse in classes.sets[subject]:
            uses[Use(klasse, name)] += n
            for target, is_class in targets:
                if target:
                    uses[Use(klasse, name, target, is_class)] += n


class _Classes:
    """Which classes each subject has; the sets of classes that occur are few and each has a number."""

    def __init__(self, store: ox.Store, apart: str) -> None:
        self.sets: list[frozenset[str]] = [frozenset()]
        self.of: dict[int, int] = {}
        self.by_graph: dict[str, set[str]] = {}
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}
        self._steps: dict[tuple[int, str], int] = {}
        for quad in store.quads_for_pattern(None, _TYPE, None, None):
            graph, klasse = _name(quad.graph_name), quad.object
            if graph != apart and isinstance(klasse, ox.NamedNode):
                self._add(hash(quad.subject), klasse.value)
                self.by_graph.setdefault(graph, set()).add(klasse.value)

    def entities(self) -> dict[str, int]:
        """Class → how many things are of it."""
        found: Counter[str] = Counter()
        for number, n in Counter(self.of.values()).items():
            found.update(dict.fromkeys(self.sets[number], n))
        return dict(found)

    def _add(self, subject: int, klasse: str) -> None:
        step = self.of.get(subject, 0), klasse
        number = self._steps.get(step)
        if number is None:
            wider = self.sets[step[0]] | {klasse}
            number = self._numbers.setdefault(wider, len(self.sets))
            if number == len(self.sets):
                self.sets.append(wider)
            self._steps[step] = number
        self.of[subject] = number


@dataclass(slots=True)
class _Part:
    """What has been seen of one graph."""

    triples: int = 0
    subjects: set[int] = field(default_factory=set)
    nameless: set[int] = field(default_factory=set)
    objects: set[int] = field(default_factory=set)
    properties: set[int] = field(default_factory=set)

    def size(self, classes: int) -> Size:
        """The numbers alone."""
        subjects = len(self.subjects)
        entities = subjects - len(self.nameless)
        return Size(self.triples, entities, subjects, len(self.objects), len(self.properties), classes)


class _Tally(NamedTuple):
    """One property: its triples, by (set of classes of the subject, that of the value or its datatype), its links.

    `ends` is how many different subjects and objects it has.
    """

    triples: int
    ends: tuple[int, int]
    kinds: Counter[tuple[int, int | str]]
    links: Counter[str]


class _Count:
    """The pass itself, property by property."""

    def __init__(self, apart: str) -> None:
        self.graphs: dict[str, _Part] = {}
        self._apart = apart
        self._parts: dict[object, _Part | None] = {}
        self._spaces: dict[int, str] = {}

    def take(self, store: ox.Store, predicate: ox.NamedNode, classes: dict[int, int]) -> _Tally:
        """Every quad with `predicate`; this loop runs once for each quad there is."""
        number, is_type = hash(predicate), predicate == _TYPE
        kinds: Counter[tuple[int, int | str]] = Counter()
        links: Counter[str] = Counter()
        seen: set[int] = set()
        subjects: set[int] = set()
        objects: set[int] = set()
        for quad in store.quads_for_pattern(None, predicate, None, None):
            part = self._part(quad.graph_name)
            if part is None:
                continue
            subject, value = quad.subject, quad.object
            s, o = hash(subject), hash(value)
            part.triples += 1
            part.subjects.add(s)
            part.objects.add(o)
            part.properties.add(number)
            if isinstance(subject, ox.BlankNode):
                part.nameless.add(s)
            pair = hash((s, o))
            if pair in seen:
                continue
            seen.add(pair)
            subjects.add(s)
            objects.add(o)
            if isinstance(value, ox.Literal):
                kinds[classes.get(s, 0), value.datatype.value] += 1
                continue
            kinds[classes.get(s, 0), classes.get(o, 0)] += 1
            if not is_type and (space := self._space(o, value)) and _is_thing(subject):
                links[space] += 1
        return _Tally(len(seen), (len(subjects), len(objects)), kinds, links)

    def whole(self, properties: dict[str, int], classes: int) -> Size:
        """The numbers of all graphs together."""
        parts = self.graphs.values()
        subjects, nameless, objects = (
            len(set[int]().union(*sets))
            for sets in ([p.subjects for p in parts], [p.nameless for p in parts], [p.objects for p in parts])
        )
        return Size(sum(properties.values()), subjects - nameless, subjects, objects, len(properties), classes)

    def _part(self, graph: Graph) -> _Part | None:
        try:
            return self._parts[graph]
        except KeyError:
            name = _name(graph)
            part = None if name == self._apart else self.graphs.setdefault(name, _Part())
            self._parts[graph] = part
            return part

    def _space(self, number: int, value: object) -> str:
        found = self._spaces.get(number)
        if found is None:
            found = self._spaces[number] = _space(value.value) if isinstance(value, ox.NamedNode) else ""
        return found


def _is_thing(subject: object) -> bool:
    return isinstance(subject, ox.NamedNode) and subject.value.startswith(_THINGS)


def _name(graph: Graph) -> str:
    return UNNAMED if isinstance(graph, ox.DefaultGraph) else graph.value


def _space(iri: str) -> str:
    """`https://host/…` → `https://host/`; "" for what is ours or not on the web."""
    if iri.startswith(BASE):
        return ""
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/" if parts.scheme in ("http", "https") and parts.netloc else ""
