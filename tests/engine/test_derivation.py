"""What is derived is what OWL 2 RL says, no more and no less."""

from __future__ import annotations

import pyoxigraph as ox
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, Graph, Literal, URIRef

from vakgraaf.engine.packaged import DERIVED_GRAPH, ONTOLOGY_GRAPH, SHAPES_GRAPH
from vakgraaf.engine.settling import settle

_PREFIXES = """
@prefix : <http://a.example/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ONTOLOGY = (
    _PREFIXES
    + """
:Werkproces a owl:Class ;
    rdfs:subClassOf :Taak, [ a owl:Restriction ; owl:onProperty :deel ; owl:someValuesFrom :Taak ] .
:Taak a owl:Class ; rdfs:subClassOf :Onderdeel . :Onderdeel a owl:Class ; owl:equivalentClass :Stuk .
:heeftWerkproces a owl:ObjectProperty ; rdfs:subPropertyOf :heeftDeel .
:heeftDeel a owl:ObjectProperty ; owl:inverseOf :deelVan .
:deelVan a owl:ObjectProperty ; rdfs:subPropertyOf :binnen .
:binnen a owl:ObjectProperty, owl:TransitiveProperty .
:aanvulling a owl:ObjectProperty . [ owl:inverseOf :aanvulling ] rdfs:subPropertyOf :vultAan .
:vereist a owl:ObjectProperty ; owl:propertyChainAxiom ( :heeftVereiste :betreft ) .
:profielVereist a owl:ObjectProperty ; owl:propertyChainAxiom ( :heeftDeel :heeftVereiste :betreft ) .
:zus a owl:ObjectProperty ; owl:propertyChainAxiom ( :deelVan :heeftDeel ) .
:naast a owl:ObjectProperty, owl:SymmetricProperty .
:omschrijving a owl:DatatypeProperty ; rdfs:subPropertyOf :beschrijving .
"""
)
DATA = (
    _PREFIXES
    + """
:p :heeftDeel :k1, :k2 ; a :Profiel . :k1 :heeftWerkproces :w1, :w2 ; :heeftVereiste :v1 . :v1 :betreft :c1 .
:w1 a :Werkproces ; :omschrijving "tekst"@nl ; :aanvulling :a1 . :w2 :binnen :x . :k2 :naast :k1 . :w1 a :Taak .
:v2 :betreft :c2 . :w2 :heeftVereiste :v2 . :q :heeftDeel :p .
"""
)


def _store(data: str = DATA) -> ox.Store:
    store = ox.Store()
    store.load(ONTOLOGY.encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ONTOLOGY_GRAPH))
    store.load(data.encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("http://a.example/graph"))
    return store


def _derived(store: ox.Store) -> set[str]:
    settle(store)
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED_GRAPH))}


def _by_owlrl() -> set[str]:
    """What owlrl adds about the things in DATA, less what it says of everything (sameAs itself, owl:Thing)."""
    data = Graph().parse(data=DATA, format="turtle")
    expanded = Graph().parse(data=ONTOLOGY + DATA, format="turtle")
    DeductiveClosure(OWLRL_Semantics).expand(expanded)
    things = {t for triple in data for t in (triple[0], triple[2]) if isinstance(t, URIRef)}
    classes = {c for c in data.objects(None, RDF.type)}
    found = set()
    for s, p, o in expanded:
        trivial = p == OWL.sameAs or o == OWL.Thing or not isinstance(o, URIRef | Literal)
        if s in things - classes and (s, p, o) not in data and not trivial:
            found.add(f"{s.n3()} {p.n3()} {o.n3()}")
    return found


def test_derivation_is_complete_and_sound_against_owlrl() -> None:
    assert _derived(_store()) == _by_owlrl()


def test_nothing_that_is_stated_is_derived_again() -> None:
    store = _store()
    stated = {str(quad.triple) for quad in store}
    assert not stated & _derived(store)


def test_deriving_twice_adds_nothing() -> None:
    store = _store()
    settle(store)
    first = set(store)
    settle(store)
    assert set(store) == first


def test_nothing_is_said_about_literals_or_terms_of_the_ontology() -> None:
    data = DATA + ':p :naast "tekst" . :Werkproces :heeftDeel :p . :x a :Werkproces .'
    for line in _derived(_store(data)):
        assert not line.startswith('"')
        assert not line.startswith("<http://a.example/Werkproces>")


def test_shapes_are_no_instance_data() -> None:
    store = _store()
    before = _derived(store)
    text = _PREFIXES + ":shape a :Werkproces ."
    store.load(text.encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(SHAPES_GRAPH))
    assert _derived(store) == before


def test_long_chain_leaves_no_trace_of_its_middle() -> None:
    assert not any("chain:" in line for line in _derived(_store()))


def test_what_no_longer_follows_goes_whatever_else_is_there() -> None:
    store = _store()
    settle(store)
    graph, derived = ox.NamedNode("http://a.example/graph"), ox.NamedNode(DERIVED_GRAPH)
    store.remove(next(store.quads_for_pattern(None, ox.NamedNode("http://a.example/betreft"), None, graph)))
    stray = (ox.Literal("tekst"), ox.BlankNode("b"), ox.NamedNode("http://a.example/p"))
    store.extend(ox.Quad(graph, ox.NamedNode("http://a.example/betreft"), value, derived) for value in stray)
    settle(store)
    anew = ox.Store()
    anew.extend(quad for quad in store if quad.graph_name != derived)
    settle(anew)
    assert set(store) == set(anew)


def test_graph_of_what_follows_goes_with_the_last_of_it() -> None:
    store = _store()
    settle(store)
    store.remove_graph(ox.NamedNode("http://a.example/graph"))
    settle(store)
    assert not store.contains_named_graph(ox.NamedNode(DERIVED_GRAPH))


def test_nothing_is_said_about_a_triple_term() -> None:
    store = _store()
    name = ox.NamedNode("http://a.example/naast")
    said = ox.Quad(name, name, ox.Triple(name, name, ox.Literal("tekst")), ox.NamedNode("http://a.example/graph"))
    store.add(said)
    assert not any(line.startswith("<<") for line in _derived(store))
