"""What a store says about itself: numbers that are right, under names that stay, and nothing about itself."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from vakgraaf.engine import EXTENSION_FUNCTIONS, Packaged, StateDirectory, describe, redescribe, subset
from vakgraaf.engine.fill import fill
from vakgraaf.engine.packaged import DESCRIPTION_GRAPH
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES

ONE, TWO = f"{iris.BASE}graph/een", "http://elders.example/twee"
TRIG = f"""
@prefix id: <{iris.BASE}id/> .
@prefix ex: <http://elders.example/#> .
@prefix dct: <{PREFIXES["dct"]}> .
@prefix skos: <{PREFIXES["skos"]}> .
<{ONE}> {{ <{ONE}> dct:title "Een"@nl ; dct:rights "© Uitgever" .
  id:a a ex:K, ex:L ; ex:p id:b, id:c, 1, "x"@nl . id:b a ex:L ; skos:exactMatch <https://ander.example/k> , id:c . }}
<{TWO}> {{ id:a a ex:K ; ex:p id:b . id:c a ex:K . [] ex:q 1 . }}
"""


def _store() -> ox.Store:
    store = ox.Store()
    store.load(TRIG.encode(), ox.RdfFormat.TRIG)
    return store


def _quads(store: ox.Store) -> set[str]:
    return {str(quad) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(DESCRIPTION_GRAPH))}


def _number(store: ox.Store, subject: str, name: str) -> int:
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(PREFIXES["void"] + name), None, None)
    (value,) = [quad.object.value for quad in found]
    return int(value)


def test_statement_of_two_graphs_counts_in_each_and_once_in_the_whole() -> None:
    store = _store()
    describe(store)
    assert _number(store, subset(ONE), "triples") == 11
    assert _number(store, subset(TWO), "triples") == 4
    assert _number(store, str(iris.DATASET), "triples") == 13


def test_numbers_of_the_whole_are_those_that_queries_give() -> None:
    store = _store()
    size = describe(store).whole
    store.remove_graph(ox.NamedNode(DESCRIPTION_GRAPH))
    asked = {
        "subjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "objects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER (ISIRI(?s)) }",
        "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
    }
    for name, text in asked.items():
        solutions = store.query(text, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        (solution,) = list(solutions)
        value = solution["n"]
        assert isinstance(value, ox.Literal)
        assert getattr(size, name) == int(value.value), name


def test_unnamed_graph_is_counted_too() -> None:
    store = _store()
    store.load(b"<urn:x:a> <urn:x:p> 1 . <urn:x:a> <urn:x:p> 2 .", ox.RdfFormat.TURTLE)
    found = describe(store)
    assert found.counts()["graphs"][""] == 2
    assert found.whole.triples == 15


def test_partitions_tell_what_things_of_a_class_have_and_of_what_kind() -> None:
    store = _store()
    describe(store)
    query = f"""PREFIX void: <{PREFIXES["void"]}> PREFIX ext: <{PREFIXES["void-ext"]}>
        SELECT ?c ?p ?n ?o ?m {{ ?cp void:class ?c ; void:propertyPartition ?pp . ?pp void:property ?p ; void:triples ?n
          OPTIONAL {{ {{ ?pp void:classPartition ?x . ?x void:class ?o }}
            UNION {{ ?pp ext:datatypePartition ?x . ?x ext:datatype ?o }} ?x void:triples ?m }} }}"""
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = {
        tuple(term.value.rpartition("#")[2] for term in solution if isinstance(term, ox.NamedNode | ox.Literal))
        for solution in solutions
    }
    of_k = {row for row in rows if row[0] == "K" and row[1] == "p"}
    assert of_k == {
        ("K", "p", "4", kind, n) for kind, n in (("K", "1"), ("L", "1"), ("integer", "1"), ("langString", "1"))
    }
    assert ("L", "exactMatch", "2", "K", "1") in rows


def test_links_to_another_host_are_a_linkset() -> None:
    store = _store()
    assert [tuple(link) for link in describe(store).links] == [
        (PREFIXES["skos"] + "exactMatch", "https://ander.example/")
    ]
    node = f"{iris.VOID}#links.skos_exactMatch.https.ander.example"
    assert _number(store, node, "triples") == 1


def test_graph_is_described_with_its_own_title_and_rights() -> None:
    store = _store()
    describe(store)
    texts = {
        quad.object.value
        for quad in store.quads_for_pattern(ox.NamedNode(subset(ONE)), None, None, None)
        if isinstance(quad.object, ox.Literal)
    }
    assert {"Een", "© Uitgever"} <= texts


def test_description_does_not_count_itself_and_comes_out_the_same_again() -> None:
    store = _store()
    first = describe(store)
    before = _quads(store)
    again = describe(store)
    assert (again, _quads(store)) == (first, before)
    assert not [quad for quad in before if "_:" in quad]


def test_description_follows_a_change_but_is_not_made_where_it_was_removed() -> None:
    store = _store()
    describe(store)
    store.remove_graph(ox.NamedNode(TWO))
    assert redescribe(store).counts()["graphs"] == {ONE: 11}
    assert _number(store, str(iris.DATASET), "triples") == 11
    store.clear()
    store.load(TRIG.encode(), ox.RdfFormat.TRIG)
    assert redescribe(store).whole.triples == 13
    assert not _quads(store)


def test_store_that_starts_empty_holds_nothing(state: StateDirectory) -> None:
    manifest = fill(state, None)
    assert (manifest.quads, manifest.counts["graphs"]) == (0, {})


def test_numbers_are_kept_with_the_version(state: StateDirectory, packaged: Packaged) -> None:
    counts = fill(state, packaged).counts
    kept = state.manifest()
    assert kept is not None
    assert kept.counts == counts
    assert counts["classes"][str(iris.VG.Kerntaak)] == 3
    assert counts["graphs"][str(iris.graph("een"))] == 3


@pytest.mark.parametrize("function", EXTENSION_FUNCTIONS)
def test_extension_function_is_known_to_the_engine(function: str) -> None:
    """The engine refuses a function that it does not know while it reads the query."""
    point = '"POINT(0 0)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    for arguments in (point, f"{point}, {point}", f"{point}, {point}, <http://www.opengis.net/def/uom/OGC/1.0/metre>"):
        try:
            list(ox.Store().query(f"SELECT (<{function}>({arguments}) AS ?x) {{}}"))  # type: ignore[arg-type]  # rows
        except (SyntaxError, RuntimeError):
            continue
        return
    raise AssertionError(function)


def test_triple_term_is_no_class_and_has_no_datatype() -> None:
    store = _store()
    before = describe(store)
    thing, name = ox.NamedNode(f"{iris.BASE}id/a"), ox.NamedNode("http://elders.example/#r")
    for predicate in (name, ox.NamedNode(PREFIXES["rdf"] + "type")):
        store.add(ox.Quad(thing, predicate, ox.Triple(thing, name, ox.Literal(1)), ox.NamedNode(ONE)))
    after = describe(store)
    assert after.classes == before.classes
    assert after.links == before.links
    of_name = {use: n for use, n in after.uses.items() if use.name == name.value}
    assert of_name == {
        (klasse, name.value, "", False): 1 for klasse in ("http://elders.example/#K", "http://elders.example/#L")
    }
