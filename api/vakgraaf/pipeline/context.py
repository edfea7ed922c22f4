"""What a graph is judged in: the ontology and reference data, and what the store knows of the things it speaks of.

Three things are asked of the store, each in questions of limited size: what the data mentions and does not describe
itself; whether an IRI that it describes stands for something else already; which other profiles describe the same
occupation. Of things that the data describes, nothing of the store's is taken over but that.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from vakgraaf.engine import LocalStore
from vakgraaf.engine.packaged import DERIVED_GRAPH, DESCRIPTION_GRAPH
from vakgraaf.rdf.formats import N_TRIPLES
from vakgraaf.rdf.iris import BASE, VG
from vakgraaf.rdf.prefixes import PREFIXES, empty_graph
from vakgraaf.validation.surroundings import Surroundings

_BATCH = 150
_LIMIT = 20_000
_GRAPHS = f"{BASE}graph/"
_VOCABULARIES = tuple(namespace for namespace in PREFIXES.values() if not namespace.startswith(f"{BASE}id/"))
# What shapes look up of a thing that is only referred to.
_LOOKED_UP = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.inScheme, SKOS.notation, DCTERMS.issued, DCTERMS.date)
_LOOKED_UP_HERE = (VG.nummer, VG.beschrijft, VG.vultAan, VG.aantalRegels, VG.zie)
# Many graphs describe these, each as it meets them; that is no collision.
_SHARED = frozenset(
    VG[name]
    for name in "Beroep Branche Competentie Competentiemodel Kwalificatie Kwalificatiedossier Skill Stub Passage "
    "Bevinding Bron".split()
)
_OWN = frozenset(
    VG[name]
    for name in "Aanvulling Addendum Begrip Begrippenlijst Beroepscompetentieprofiel Brondocument Competentievereiste "
    "Deelname Dilemma Kerntaak Legitimering Matrixregel Ontwikkeling Paragraaf Profiel Skillvereiste Taak Taakgebied "
    "Toelichting Validering Vereiste Voetnoot Werkproces".split()
)
_Plan = Generator[str, bytes, Graph]


def context_in(data: Graph, store: LocalStore, replaced: Iterable[str] = ()) -> Graph:
    """`context_by` for the store of the command line. Raises what asking it does."""
    return context_by(data, asked_of(store), replaced)


def asked_of(store: LocalStore) -> Callable[[str], bytes]:
    """A function that asks a store on this side, for `context_by`."""
    return lambda question: b"".join(store.query(question, N_TRIPLES))


def context_by(data: Graph, ask: Callable[[str], bytes], replaced: Iterable[str] = ()) -> Graph:
    """The context of `data` with what the store has on it that `ask` answers for, question by question, in N-Triples.

    `replaced` are graphs that will be gone; one that `data` speaks of by name counts as replaced. Raises what `ask`
    does.
    """
    plan = _plan(data, replaced)
    question = next(plan)
    while True:
        try:
            question = plan.send(ask(question))
        except StopIteration as done:
            return _graph_of(done)


def _graph_of(done: StopIteration) -> Graph:
    assert isinstance(done.value, Graph)
    return done.value


def _plan(data: Graph, replaced: Iterable[str]) -> _Plan:
    """Yields questions, is sent their answers as N-Triples, and returns the context."""
    found = empty_graph()
    context = Surroundings(found)
    gone = {*replaced, DERIVED_GRAPH, DESCRIPTION_GRAPH}
    gone.update(str(name) for name in data.subjects(DCTERMS.source) if str(name).startswith(_GRAPHS))
    described = set(data.subjects())
    for question in _mentioned(data, described, context):
        found += _read((yield question))
    found += _read((yield _same_occupation(data, described, gone)))
    for batch in _batches(_own(data)):
        claimed = _read((yield _elsewhere(batch, gone)))
        for graph in sorted(set(claimed.objects(None, VG.staatOokIn)), key=str):
            there = [thing for thing in claimed.subjects(VG.staatOokIn, graph) if isinstance(thing, URIRef)]
            known = _read((yield _content(there, graph)))
            for thing in there:
                if _said_of(known, thing) != _said_of(data, thing):
                    found.add((thing, VG.staatOokIn, graph))
    return context


def _read(answer: bytes) -> Graph:
    return Graph().parse(data=answer, format="nt")


def _said_of(graph: Graph, thing: URIRef) -> set[tuple[Node, Node]]:
    """What is said of a thing, but for where it was read: the same text on other lines is the same."""
    return {
        (predicate, value) for predicate, value in graph.predicate_objects(thing) if predicate != PROV.wasDerivedFrom
    }


def _mentioned(data: Graph, described: set[Node], known: Graph) -> Iterator[str]:
    """Questions after things that are only referred to; of stubs, what says whether they are known by now."""
    objects = {value for _, predicate, value in data if predicate != RDF.type and isinstance(value, URIRef)}
    unknown = {
        o for o in objects - described if not str(o).startswith(_VOCABULARIES) and (o, RDF.type, None) not in known
    }
    for batch in _batches(unknown):
        yield _about(batch, (*_LOOKED_UP, *_LOOKED_UP_HERE))
    stubs = {stub for stub in data.subjects(RDF.type, VG.Stub) if isinstance(stub, URIRef)}
    for batch in _batches(stubs):
        yield _about(batch, (DCTERMS.issued, VG.heeftKerntaak, VG.heeftTaakgebied))


def _own(data: Graph) -> set[URIRef]:
    """The things of which only one graph can be the home."""
    typed = {(thing, kind) for thing, kind in data.subject_objects(RDF.type) if isinstance(thing, URIRef)}
    shared = {thing for thing, kind in typed if kind in _SHARED}
    return {thing for thing, kind in typed if kind in _OWN} - shared


def _batches(things: Iterable[URIRef]) -> Iterator[list[URIRef]]:
    ordered = sorted(things, key=str)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def _values(things: Iterable[Node]) -> str:
    return " ".join(thing.n3() for thing in things)


def _about(things: Sequence[URIRef], predicates: Sequence[URIRef]) -> str:
    return (
        f"CONSTRUCT {{ ?thing ?predicate ?value }} WHERE {{ VALUES ?thing {{ {_values(things)} }} "
        f"VALUES ?predicate {{ {_values(predicates)} }} GRAPH ?graph {{ ?thing ?predicate ?value }} "
        f"FILTER (?graph != <{DERIVED_GRAPH}>) }} LIMIT {_LIMIT}"
    )


def _same_occupation(data: Graph, described: set[Node], gone: Iterable[str]) -> str:
    """Other profiles of the occupations that profiles of `data` describe: kind, title, date of issue."""
    profiles = {p for kind in (VG.Addendum, VG.Beroepscompetentieprofiel) for p in data.subjects(RDF.type, kind)}
    occupations = sorted(
        {o for p in profiles for o in data.objects(p, VG.beschrijft) if isinstance(o, URIRef)}, key=str
    )
    own = _comma(sorted((p for p in described & profiles if isinstance(p, URIRef)), key=str))
    predicates = (RDF.type, RDFS.label, DCTERMS.issued, VG.beschrijft)
    return (
        f"CONSTRUCT {{ ?profile ?predicate ?value }} WHERE {{ VALUES ?occupation {{ {_values(occupations[:_BATCH])} }} "
        f"VALUES ?predicate {{ {_values(predicates)} }} GRAPH ?graph {{ ?profile <{VG.beschrijft}> ?occupation ; "
        f"?predicate ?value }} FILTER (?graph NOT IN ({_comma(map(URIRef, sorted(gone)))})) "
        f"FILTER (?profile NOT IN ({own})) }} LIMIT {_LIMIT}"
    )


def _comma(things: Iterable[URIRef]) -> str:
    return ", ".join(thing.n3() for thing in things)


def _elsewhere(things: Sequence[URIRef], gone: Iterable[str]) -> str:
    others = f"FILTER (?graph NOT IN ({_comma(map(URIRef, sorted(gone)))}))"
    return (
        f"CONSTRUCT {{ ?thing <{VG.staatOokIn}> ?graph }} WHERE {{ VALUES ?thing {{ {_values(things)} }} "
        f"GRAPH ?graph {{ ?thing a ?kind }} {others} }} LIMIT {_LIMIT}"
    )


def _content(things: Sequence[URIRef], graph: Node) -> str:
    return (
        f"CONSTRUCT {{ ?thing ?predicate ?value }} WHERE {{ VALUES ?thing {{ {_values(things)} }} "
        f"GRAPH {graph.n3()} {{ ?thing ?predicate ?value }} }} LIMIT {_LIMIT}"
    )
