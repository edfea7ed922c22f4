"""What a change makes of the derived graph is what deriving everything again would make of it."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from thoroughness import examples
from vakgraaf.engine.packaged import SHAPES_GRAPH
from vakgraaf.engine.rules import rules
from vakgraaf.engine.settling import settle
from vakgraaf.engine.upkeep import DERIVED, ONTOLOGY, follow

_ONTOLOGY = """
@prefix : <http://a.example/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :C . :D a owl:Class ; rdfs:subClassOf :C .
:C owl:equivalentClass :E .
:p rdfs:subPropertyOf :q . :q owl:inverseOf :r . :q a owl:TransitiveProperty . :r rdfs:subPropertyOf :s .
[ owl:inverseOf :t ] rdfs:subPropertyOf :p . :u a owl:SymmetricProperty .
:v owl:propertyChainAxiom ( :p :u :t ) . :w owl:propertyChainAxiom ( [ owl:inverseOf :s ] :v ) .
:n1 a owl:Class .
"""
_NAMES = [ox.NamedNode(f"http://a.example/n{n}") for n in range(5)]
_CLASSES = [ox.NamedNode(f"http://a.example/{c}") for c in "ABCDE"]
_PROPERTIES = [ox.NamedNode(f"http://a.example/{p}") for p in "pqrstuvw"]
_GRAPHS = [*(ox.NamedNode(f"http://a.example/g{n}") for n in range(2)), ox.NamedNode(SHAPES_GRAPH), ox.DefaultGraph()]
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

_nodes = st.sampled_from(_NAMES)
_links = st.builds(ox.Quad, _nodes, st.sampled_from(_PROPERTIES), _nodes, st.sampled_from(_GRAPHS))
_types = st.builds(ox.Quad, _nodes, st.just(_TYPE), st.sampled_from(_CLASSES), st.sampled_from(_GRAPHS))
_texts = st.builds(ox.Quad, _nodes, st.sampled_from(_PROPERTIES), st.just(ox.Literal("x")), st.sampled_from(_GRAPHS))
_quads = st.lists(_links | _types | _texts, max_size=14)


def _derived(store: ox.Store) -> set[ox.Quad]:
    anew = ox.Store()
    anew.extend(quad for quad in store if quad.graph_name != DERIVED)
    settle(anew)
    return set(anew.quads_for_pattern(None, None, None, DERIVED))


@settings(max_examples=examples(150), deadline=None)
@given(_quads, st.lists(st.tuples(_quads, _quads), min_size=1, max_size=3))
def test_following_changes_gives_what_deriving_anew_gives(
    begin: list[ox.Quad], changes: list[tuple[list[ox.Quad], list[ox.Quad]]]
) -> None:
    store = ox.Store()
    store.load(_ONTOLOGY.encode(), ox.RdfFormat.TURTLE, to_graph=ONTOLOGY)
    store.extend(begin)
    store.extend(_derived(store))
    known = rules(store, ONTOLOGY)
    for come, go in changes:
        present = list(store)
        removed = {quad for quad in [*go, *present[::3]] if quad in store and quad.graph_name in _GRAPHS}
        for quad in removed:
            store.remove(quad)
        added = {quad for quad in come if quad not in store}
        store.extend(added)
        leaving, entering = follow(store, known, removed - added, added - removed)
        for quad in leaving:
            store.remove(quad)
        store.extend(entering)
        assert set(store.quads_for_pattern(None, None, None, DERIVED)) == _derived(store)
