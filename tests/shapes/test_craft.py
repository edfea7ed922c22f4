"""The shapes as writing: named, worded in two languages, declared once."""

from __future__ import annotations

import re

import pytest
from rdflib import DCTERMS, OWL, RDF, SH, Graph, Literal, URIRef

from vakgraaf.rdf.iris import ONTOLOGY_VERSION, SHAPES
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.resources import folder
from vakgraaf.validation.shapes import lint, packaged_context, packaged_shapes

FILES = sorted(folder("shapes").glob("*.ttl"))
TERM = re.compile(r"https://w3id\.org/vakgraaf/def#\w+")


def spoken() -> set[URIRef]:
    """Everything that carries a message: property shapes, SPARQL constraints, node shapes with a rule."""
    return {node for node in packaged_shapes().subjects(SH.message) if isinstance(node, URIRef)}


def test_lint_finds_no_flaw_in_the_packaged_shapes() -> None:
    assert lint(packaged_shapes()) == ()


def test_property_shapes_and_sparql_constraints_all_have_messages() -> None:
    shapes = packaged_shapes()
    must = set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.subjects(RDF.type, SH.SPARQLConstraint))
    assert must <= spoken()


@pytest.mark.parametrize("node", sorted(spoken()), ids=lambda node: str(node).partition("#")[2])
def test_message_is_a_sentence_in_each_of_two_languages(node: URIRef) -> None:
    texts = {
        text.language: str(text) for text in packaged_shapes().objects(node, SH.message) if isinstance(text, Literal)
    }
    assert set(texts) == {"nl", "en"}
    assert texts["nl"] != texts["en"]
    assert all(text.endswith((".", "?")) and text[0].isupper() for text in texts.values())


def test_header_says_what_the_shapes_are_and_which_version() -> None:
    shapes = packaged_shapes()
    assert {title.language for title in shapes.objects(SHAPES, DCTERMS.title) if isinstance(title, Literal)} == {
        "nl",
        "en",
    }
    assert shapes.value(SHAPES, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert shapes.value(SHAPES, OWL.versionIRI) == URIRef(f"{SHAPES}/{ONTOLOGY_VERSION}")
    assert shapes.value(SHAPES, OWL.versionInfo) == Literal(ONTOLOGY_VERSION)


def test_declared_prefixes_are_those_of_the_table() -> None:
    shapes = packaged_shapes()
    for declaration in shapes.objects(SHAPES, SH.declare):
        assert PREFIXES[str(shapes.value(declaration, SH.prefix))] == str(shapes.value(declaration, SH.namespace))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_binds_the_prefixes_of_the_table_and_stays_short(path: object) -> None:
    assert isinstance(path, type(FILES[0]))
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 150
    assert text.startswith("# ")
    for prefix, namespace in re.findall(r"^@prefix (\w+): <(.*)> \.$", text, re.MULTILINE):
        assert PREFIXES[prefix] == namespace


def test_shapes_use_only_terms_of_the_ontology() -> None:
    known = {str(term) for term in packaged_context().subjects(RDF.type)}
    shapes = packaged_shapes()
    used = set(TERM.findall(shapes.serialize(format="nt")))
    for query in shapes.objects(None, SH.select):
        used |= {PREFIXES["vg"] + name for name in re.findall(r"\bvg:(\w+)", str(query))}
    assert used <= known


def test_lint_names_what_is_wrong_with_a_careless_shape() -> None:
    careless = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix vg: <https://w3id.org/vakgraaf/def#> .
        @prefix vgs: <https://w3id.org/vakgraaf/shapes#> .
        vgs:TaakShape a sh:NodeShape ; sh:targetClass vg:Taak ; sh:property [ sh:path vg:nummer ] ;
            sh:sparql vgs:TaakShape-vraag ; sh:severity sh:Violation ; sh:message "Kijk na"@nl, "Kijk na"@en .
        vgs:TaakShape-vraag sh:select "SELECT $this WHERE { $this ex:onbekend 1 }" .
        """,
        format="turtle",
    )
    said = {flaw.nl for flaw in lint(careless)}
    assert "Geef de vorm een naam in vgs:, geen blanke knoop." in said
    assert "Geef één sh:severity: Violation, Warning of Info." in said
    assert "Vertaal de melding: beide talen zeggen letterlijk hetzelfde." in said
    assert "Sluit elke melding af met een punt of vraagteken." in said
    assert any(text.startswith("De SPARQL-vraag klopt niet") for text in said)
