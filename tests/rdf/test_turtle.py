"""The same graph gives the same bytes, and the bytes give the same graph."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from vakgraaf.rdf.iris import VG, thing
from vakgraaf.rdf.turtle import to_turtle

NODES = [thing("werkproces", f"x-2011-1.{n}") for n in (1, 2, 10)] + [VG.Kerntaak, URIRef("http://example.org/a/b#c.")]
literals = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).map(
        lambda t: Literal(t, lang="nl")
    ),
    st.text(alphabet="ab\"'\\\n\t….é").map(Literal),
    st.integers().map(Literal),
    st.just(Literal("2011-11", datatype=XSD.gYearMonth)),
)
triples = st.tuples(
    st.sampled_from(NODES),
    st.sampled_from([RDF.type, RDFS.label, VG.nummer]),
    st.one_of(st.sampled_from(NODES), literals),
)


@given(st.lists(triples, max_size=30), st.randoms())
def test_order_of_making_does_not_show_and_nothing_is_lost(
    made: list[tuple[URIRef, URIRef, URIRef | Literal]], rng: random.Random
) -> None:
    first, second = Graph(), Graph()
    for triple in made:
        first.add(triple)
    for triple in rng.sample(made, len(made)):
        second.add(triple)
    text = to_turtle(first)
    assert text == to_turtle(second)
    assert isomorphic(Graph().parse(data=text, format="turtle"), first)


def test_numbers_in_names_are_counted() -> None:
    graph = Graph()
    for node in NODES[:3]:
        graph.add((node, RDF.type, VG.Werkproces))
    text = to_turtle(graph)
    assert text.index("x-2011-1.2") < text.index("x-2011-1.10")


def test_every_kind_of_thing_has_its_prefix() -> None:
    graph = Graph()
    graph.add((NODES[0], RDF.type, VG.Werkproces))
    text = to_turtle(graph, "A comment.")
    assert text.startswith("# A comment.\n\n@prefix vg: ")
    assert "werkproces:x-2011-1.1\n    a vg:Werkproces .\n" in text


def test_a_blank_node_is_refused() -> None:
    graph = Graph()
    graph.add((NODES[0], RDFS.seeAlso, BNode()))
    with pytest.raises(ValueError, match="blank node"):
        to_turtle(graph)
