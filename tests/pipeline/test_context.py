"""What a store adds to what is judged: things that are only referred to, IRIs in use, profiles of the same name."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef

from vakgraaf.engine import LocalStore, Packaged, StateDirectory, open_store
from vakgraaf.pipeline.context import context_in
from vakgraaf.rdf.iris import VG, thing
from vakgraaf.rdf.iris import graph as graph_iri
from vakgraaf.resources import folder
from vakgraaf.validation import validate

PROFILE = thing("profiel", "thuisbegeleider-2011")
HOME = graph_iri("bcp-thuisbegeleider-2011")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    return open_store(StateDirectory(tmp_path_factory.mktemp("state")), Packaged(graphs=folder("data/graphs")))


@pytest.fixture(scope="module")
def published() -> Graph:
    return Graph().parse(Path(folder("data/graphs")) / "bcp-thuisbegeleider-2011.ttl")


def without_name(graph: Graph) -> Graph:
    """The same things in a graph that does not say which one it is."""
    anonymous = Graph() + graph
    anonymous.remove((HOME, None, None))
    return anonymous


def test_ontology_and_reference_data_are_always_there(store: LocalStore) -> None:
    context = context_in(Graph(), store)
    assert (VG.Taak, RDF.type, None) in context
    assert (thing("competentie", "kbb-a"), RDF.type, VG.Competentie) in context


def test_what_is_referred_to_and_not_described_comes_from_the_store(store: LocalStore) -> None:
    data = Graph().add((thing("profiel", "nieuw"), VG.vultAan, PROFILE))
    context = context_in(data, store)
    assert (PROFILE, RDF.type, VG.Beroepscompetentieprofiel) in context
    assert (PROFILE, DCTERMS.issued, None) in context
    assert (PROFILE, VG.heeftKerntaak, None) not in context


def test_what_the_data_describes_itself_is_left_as_it_is(store: LocalStore) -> None:
    data = Graph().add((PROFILE, RDFS.label, Literal("Anders", lang="nl")))
    data.add((thing("profiel", "nieuw"), VG.vultAan, PROFILE))
    assert (PROFILE, RDFS.label, None) not in context_in(data, store)


def test_the_same_content_again_is_no_collision(store: LocalStore, published: Graph) -> None:
    assert list(context_in(without_name(published), store).subject_objects(VG.staatOokIn)) == []


def test_other_content_under_an_iri_in_use_is_one_and_breaks_a_rule(store: LocalStore, published: Graph) -> None:
    task = thing("kerntaak", "thuisbegeleider-2011-1")
    data = without_name(published)
    data.set((task, RDFS.label, Literal("Iets anders", lang="nl")))
    context = context_in(data, store)
    assert list(context.subject_objects(VG.staatOokIn)) == [(task, HOME)]
    found = [result for result in validate(data, context=context).results if "Gepubliceerd" in result.source_shape]
    assert [(result.focus, result.severity) for result in found] == [(str(task), "Violation")]


def test_a_graph_that_is_replaced_does_not_count(store: LocalStore, published: Graph) -> None:
    data = without_name(published)
    data.set((thing("kerntaak", "thuisbegeleider-2011-1"), RDFS.label, Literal("Iets anders", lang="nl")))
    assert list(context_in(data, store, [str(HOME)]).subjects(VG.staatOokIn)) == []
    data.add((HOME, DCTERMS.source, URIRef("https://example.org/bron")))
    assert list(context_in(data, store).subjects(VG.staatOokIn)) == []


def test_a_new_version_must_say_what_it_replaces(store: LocalStore) -> None:
    new = thing("profiel", "thuisbegeleider-2025")
    data = Graph().add((new, RDF.type, VG.Beroepscompetentieprofiel)).add((new, RDF.type, VG.Profiel))
    data.add((new, VG.beschrijft, thing("beroep", "thuisbegeleider")))
    data.add((new, RDFS.label, Literal("Beroepscompetentieprofiel Thuisbegeleider", lang="nl")))
    data.add((new, DCTERMS.issued, Literal("2025-01-01", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date"))))
    rules = [result.source_shape for result in validate(data, context=context_in(data, store)).results]
    assert any(rule.endswith("GepubliceerdShape-versie") for rule in rules)
    data.add((new, DCTERMS.replaces, PROFILE))
    rules = [result.source_shape for result in validate(data, context=context_in(data, store)).results]
    assert not any(rule.endswith("GepubliceerdShape-versie") for rule in rules)
