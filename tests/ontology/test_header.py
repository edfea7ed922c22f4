"""One header for all modules, and files that look the same everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

from vakgraaf.rdf.iris import BASE, ONTOLOGY, ONTOLOGY_VERSION, VERSION_IRI, VG
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.resources import folder

FILES = sorted([*folder("ontology").glob("*.ttl"), *folder("data/reference").glob("*.ttl")])
EVERY_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def test_the_ontology_and_its_version_have_the_agreed_iris(ontology: Graph) -> None:
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    assert list(ontology.objects(ONTOLOGY, OWL.versionIRI)) == [VERSION_IRI]
    assert list(ontology.objects(ONTOLOGY, OWL.versionInfo)) == [Literal(ONTOLOGY_VERSION)]


def test_the_version_has_a_section_in_the_changelog(ontology: Graph) -> None:
    issued = ontology.value(ONTOLOGY, DCTERMS.issued)
    assert isinstance(issued, Literal)
    assert issued.datatype == XSD.date
    changelog = (folder("ontology") / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {ONTOLOGY_VERSION} ({issued})" in changelog


@pytest.mark.parametrize("property_", [DCTERMS.title, DCTERMS.description])
def test_title_and_description_are_given_in_dutch_and_english(ontology: Graph, property_: URIRef) -> None:
    languages = [str(getattr(o, "language", "")) for o in ontology.objects(ONTOLOGY, property_)]
    assert sorted(languages) == ["en", "nl"]


def test_the_licence_is_cc_by_4_in_header_and_licence_file(ontology: Graph) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert list(ontology.objects(ONTOLOGY, DCTERMS.license)) == [URIRef(licence)]
    assert licence in (folder("ontology") / "LICENSE").read_text(encoding="utf-8")


def test_the_creator_is_an_organisation_that_the_header_names(ontology: Graph) -> None:
    (creator,) = ontology.objects(ONTOLOGY, DCTERMS.creator)
    assert (creator, RDF.type, URIRef(PREFIXES["org"] + "Organization")) in ontology
    assert ontology.value(creator, RDFS.label) == Literal("Vakgraaf", lang="nl") or ontology.value(
        creator, RDFS.label
    ) == Literal("Vakgraaf", lang="en")


def test_the_preferred_namespace_is_the_one_in_use(ontology: Graph) -> None:
    vann = PREFIXES["vann"]
    assert str(ontology.value(ONTOLOGY, URIRef(vann + "preferredNamespacePrefix"))) == "vg"
    assert str(ontology.value(ONTOLOGY, URIRef(vann + "preferredNamespaceUri"))) == str(VG)


def test_nothing_is_imported_so_that_reading_needs_no_network(ontology: Graph) -> None:
    assert not list(ontology.subject_objects(OWL.imports))


@EVERY_FILE
def test_prefixes_are_spelled_as_in_the_table_and_all_used(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    bound = dict(re.findall(r"^@prefix (\S*): <(.*?)> \.$", text, flags=re.MULTILINE))
    assert bound == {prefix: PREFIXES.get(prefix) for prefix in bound}
    assert list(bound) == [prefix for prefix in PREFIXES if prefix in bound]
    body = text.split("@prefix", 1)[1]
    assert [prefix for prefix in bound if not re.search(rf"(?<!\w){prefix}:[A-Za-z]", body)] == []


@EVERY_FILE
def test_file_opens_with_a_comment_and_shares_the_base(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert {line for line in lines if line.startswith("@base")} <= {f"@base <{BASE}> ."}


@pytest.mark.parametrize("file", [f for f in FILES if f.parent.name == "ontology"], ids=lambda file: file.name)
def test_module_is_short_enough_to_read(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 250
