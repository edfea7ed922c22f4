"""What the store says about itself, in a graph of its own: prefixes, VoID, the named graphs with their rights.

Made from the store alone, so equal stores get equal descriptions; made anew after every change. It does not count
itself. SPARQL editors and language models find it with the questions they ask any endpoint, as the default graph of a
query holds it too (SIB's convention; docs/reference/discovery).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from vakgraaf.engine.packaged import DESCRIPTION_GRAPH
from vakgraaf.engine.partitions import Statement, key, partitions, subset
from vakgraaf.engine.settling import counted
from vakgraaf.engine.statistics import UNNAMED, Size, Statistics
from vakgraaf.engine.titles import (
    DATASET_DESCRIPTION,
    DATASET_TITLE,
    DESCRIPTION_NOTE,
    DESCRIPTION_TITLE,
    OWN_GRAPHS,
    OwnGraph,
    Text,
)
from vakgraaf.rdf.formats import GRAPH_FORMATS
from vakgraaf.rdf.names import BASE, DATASET, ENDPOINT, EXAMPLES, VOID
from vakgraaf.rdf.prefixes import PREFIXES

_GRAPH = ox.NamedNode(DESCRIPTION_GRAPH)
_COPIED = ("title", "description", "rights", "license", "source")


def describe(store: ox.Store, found: Statistics | None = None) -> Statistics:
    """Make the description graph of `store` tell what there is in it now, and return the numbers (see `counted`).

    They are counted unless they are given.
    """
    found = found or counted(store)
    there, wanted = set(store.quads_for_pattern(None, None, None, _GRAPH)), set(_quads(store, found))
    for quad in there - wanted:
        store.remove(quad)
    store.extend(wanted - there)
    return found


def description(store: ox.Store, folder: Path | None = None) -> tuple[Statistics, list[ox.Quad]]:
    """The numbers, and what the description graph should hold: nothing where there is none (see `redescribe`).

    What is put aside meanwhile goes to files in a folder (None: that for temporary files).
    """
    found = counted(store, folder)
    return found, list(_quads(store, found)) if store.contains_named_graph(_GRAPH) else []


def redescribe(store: ox.Store, found: Statistics | None = None) -> Statistics:
    """After a change: as `describe`, where there is a description graph.

    Where there is none, because the store was begun empty or somebody removed it, none is made.
    """
    return describe(store, found) if store.contains_named_graph(_GRAPH) else found or counted(store)


def _quads(store: ox.Store, found: Statistics) -> Iterator[ox.Quad]:
    for subject, predicate, value in (*_prefixes(), *_document(), *_texts(VOID, DESCRIPTION_TITLE, DESCRIPTION_NOTE)):
        yield _quad(subject, predicate, value)
    for statement in (*_dataset(found), *_sizes(DATASET, found.whole), *_links(found), *partitions(found)):
        yield _quad(*statement)
    yield from (_quad(*t) for t in _texts(DATASET, DATASET_TITLE, DATASET_DESCRIPTION))
    for graph, size in sorted(found.graphs.items()):
        yield from (_quad(*statement) for statement in _named_graph(graph, size))
        yield from _said(store, graph)


Value = str | int | ox.Literal


def _quad(subject: str, predicate: str, value: Value) -> ox.Quad:
    term = (
        ox.NamedNode(value) if isinstance(value, str) else value if isinstance(value, ox.Literal) else ox.Literal(value)
    )
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term, _GRAPH)


def _term(prefix: str, name: str) -> str:
    return PREFIXES[prefix] + name


def _prefixes() -> Iterator[tuple[str, str, Value]]:
    """SHACL §5.2.1, under the IRIs that the file with the example queries gives them, so that a union has them once."""
    space = ox.NamedNode(_term("xsd", "anyURI"))
    yield EXAMPLES + "prefixes", _term("rdf", "type"), _term("owl", "Ontology")
    for prefix, namespace in PREFIXES.items():
        node = f"{EXAMPLES}prefix-{prefix}"
        yield EXAMPLES + "prefixes", _term("sh", "declare"), node
        yield node, _term("rdf", "type"), _term("sh", "PrefixDeclaration")
        yield node, _term("sh", "prefix"), ox.Literal(prefix)
        yield node, _term("sh", "namespace"), ox.Literal(namespace, datatype=space)


def _document() -> Iterator[Statement]:
    yield Statement(VOID, _term("rdf", "type"), _term("void", "DatasetDescription"))
    yield Statement(VOID, _term("foaf", "primaryTopic"), DATASET)


def _dataset(found: Statistics) -> Iterator[tuple[str, str, Value]]:
    """VoID §2 and §3: what it is, and how to get at it."""
    dataset = DATASET
    yield Statement(dataset, _term("rdf", "type"), _term("void", "Dataset"))
    yield Statement(dataset, _term("foaf", "homepage"), BASE)
    yield dataset, _term("void", "uriSpace"), ox.Literal(BASE + "id/")
    yield Statement(dataset, _term("void", "sparqlEndpoint"), ENDPOINT)
    for extension in ("nq", "trig"):
        yield Statement(dataset, _term("void", "dataDump"), f"{BASE}dataset.{extension}")
    for form in GRAPH_FORMATS:
        yield Statement(dataset, _term("void", "feature"), f"http://www.w3.org/ns/formats/{form.w3c_name}")
    used = (*found.classes, *found.properties)
    for namespace in PREFIXES.values():
        if any(name.startswith(namespace) for name in used):
            yield Statement(dataset, _term("void", "vocabulary"), namespace)


def _sizes(dataset: str, size: Size) -> Iterator[Statement]:
    """VoID §4.3."""
    for name, n in (
        ("triples", size.triples),
        ("entities", size.entities),
        ("distinctSubjects", size.subjects),
        ("distinctObjects", size.objects),
        ("properties", size.properties),
        ("classes", size.classes),
    ):
        yield Statement(dataset, _term("void", name), n)


def _links(found: Statistics) -> Iterator[tuple[str, str, Value]]:
    """VoID §5: a linkset for each property and host; links of one to the other are a dataset of links."""
    for link, n in sorted(found.links.items()):
        scheme, _, host = link.space.rstrip("/").partition("://")
        target = f"{VOID}#elders.{scheme}.{host}"
        node = f"{VOID}#links.{key(link.name)}.{scheme}.{host}"
        yield Statement(DATASET, _term("void", "subset"), node)
        yield Statement(node, _term("rdf", "type"), _term("void", "Linkset"))
        yield Statement(node, _term("void", "linkPredicate"), link.name)
        yield Statement(node, _term("void", "subjectsTarget"), DATASET)
        yield Statement(node, _term("void", "objectsTarget"), target)
        yield Statement(node, _term("void", "triples"), n)
        yield Statement(target, _term("rdf", "type"), _term("void", "Dataset"))
        yield target, _term("void", "uriSpace"), ox.Literal(link.space)


def _named_graph(graph: str, size: Size) -> Iterator[tuple[str, str, Value]]:
    node = subset(graph)
    yield DATASET, _term("void", "subset"), node
    yield node, _term("rdf", "type"), _term("void", "Dataset")
    yield node, _term("rdf", "type"), _term("sd", "Graph")
    yield from _sizes(node, size)
    if graph == UNNAMED:
        return
    yield graph, _term("rdf", "type"), _term("sd", "NamedGraph")
    yield graph, _term("sd", "name"), graph
    yield graph, _term("sd", "graph"), node


def _said(store: ox.Store, graph: str) -> Iterator[ox.Quad]:
    """Name and rights of a graph: what it says of itself, else what is known of a graph of ours."""
    found: dict[str, list[ox.Literal | ox.NamedNode]] = {}
    if graph != UNNAMED:
        name = ox.NamedNode(graph)
        for local in _COPIED:
            said = store.quads_for_pattern(name, ox.NamedNode(_term("dct", local)), None, name)
            found[local] = [quad.object for quad in said if isinstance(quad.object, ox.Literal | ox.NamedNode)]
    for local, values in _known(OWN_GRAPHS.get(graph)):
        found[local] = found.get(local) or values
    for local, values in found.items():
        for value in values:
            yield ox.Quad(ox.NamedNode(subset(graph)), ox.NamedNode(_term("dct", local)), value, _GRAPH)
            if local == "title" and graph != UNNAMED:  # what editors show of a graph
                yield ox.Quad(ox.NamedNode(graph), ox.NamedNode(_term("rdfs", "label")), value, _GRAPH)


def _known(own: OwnGraph | None) -> Iterator[tuple[str, list[ox.Literal | ox.NamedNode]]]:
    if own is None:
        return
    for local, text in (("title", own.title), ("description", own.description), ("rights", own.rights)):
        if text is not None:
            yield local, [*_both(text)]
    if own.licence:
        yield "license", [ox.NamedNode(own.licence)]


def _texts(node: str, title: Text, description: Text) -> Iterator[tuple[str, str, Value]]:
    for local, text in (("title", title), ("description", description)):
        for literal in _both(text):
            yield node, _term("dct", local), literal


def _both(text: Text) -> Iterator[ox.Literal]:
    for language, words in zip(("nl", "en"), text, strict=True):
        yield ox.Literal(words, language=language)
