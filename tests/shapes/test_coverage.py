"""No class without a shape, no shape file without cases, no rule without a case that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, SH, Graph, Literal, URIRef

from vakgraaf.rdf.iris import VG, thing
from vakgraaf.resources import folder
from vakgraaf.validation import validate
from vakgraaf.validation.shapes import packaged_context, packaged_shapes

HERE = Path(__file__).parent
EXAMPLES = folder("shapes") / "examples"
NOT_YET: set[URIRef] = set()
# What stands in shapes/ itself, beside the shapes.
RULES = {VG.Documentregel}


def test_every_class_of_the_ontology_has_a_shape() -> None:
    classes = {term for term in packaged_context().subjects(RDF.type, OWL.Class) if str(term).startswith(VG)}
    assert classes - set(packaged_shapes().objects(None, SH.targetClass)) == NOT_YET | RULES


def test_every_class_of_the_published_graphs_has_a_shape() -> None:
    targeted = set(packaged_shapes().objects(None, SH.targetClass))
    for path in folder("data/graphs").glob("*.ttl"):
        graph = Graph().parse(path, format="turtle")
        for subject in set(graph.subjects(RDF.type)):
            assert targeted & set(graph.objects(subject, RDF.type)), subject


def test_a_wrong_place_in_the_order_is_said_once_whatever_the_class() -> None:
    data = Graph()
    for term in packaged_context().subjects(RDF.type, OWL.Class):
        if str(term).startswith(VG):
            proef = thing("proef", str(term).removeprefix(VG).lower())
            data.add((proef, RDF.type, term))
            data.add((proef, VG.volgorde, Literal("drie")))
    found = [result.focus for result in validate(data).results if result.path == "vg:volgorde"]
    assert sorted(found) == sorted(map(str, data.subjects(RDF.type)))


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_every_shape_file_has_cases_that_pass_and_fail(kind: str, shape_files: set[str]) -> None:
    assert {path.parent.name for path in EXAMPLES.glob(f"*/{kind}.*.ttl")} == shape_files


def test_every_rule_is_broken_by_some_case() -> None:
    shapes = packaged_shapes()
    reports = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("*/*.nl.txt"))
    tests = _only_asked_by_others()
    rules = {shape for shape in shapes.subjects(SH.severity) if (shape, SH.select, None) not in shapes} - tests
    assert {rule for rule in rules if f"  Regel: {rule}\n" not in reports} == set()


def _only_asked_by_others() -> set[URIRef]:
    """Shapes that stand in a sh:or or sh:xone: they answer, but never report."""
    shapes = packaged_shapes()
    lists = [members for predicate in (SH["or"], SH.xone) for members in shapes.objects(None, predicate)]
    return {member for members in lists for member in shapes.items(members) if isinstance(member, URIRef)}
