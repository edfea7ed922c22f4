"""What is derived is what OWL 2 RL says, no more and no less."""

from __future__ import annotations

import pyoxigraph as ox
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, Graph, Literal, URIRef

from vakgraaf.engine.derivation import derive
from vakgraaf.engine.fill import add_derived
from vakgraaf.engine.packaged import DERIVED_GRAPH, ONTOLOGY_GRAPH, SHAPES_GRAPH

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
    return {str(t) for t in derive(store, ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(DERIVED_GRAPH))}


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
    for triple in derive(store, ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(DERIVED_GRAPH)):
        assert next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), None) is None


def test_deriving_twice_adds_nothing() -> None:
    store = _store()
    first = add_derived(store)
    size = len(store)
    assert add_derived(store) == first
    assert len(store) == size


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
    shapes = [ox.NamedNode(SHAPES_GRAPH)]
    again = derive(store, ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(DERIVED_GRAPH), shapes)
    assert {str(t) for t in again} == before


def test_long_chain_leaves_no_trace_of_its_middle() -> None:
    assert not any("chain:" in line for line in _derived(_store()))
