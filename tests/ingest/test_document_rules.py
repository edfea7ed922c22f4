"""Every code that a check on documents can report has a described rule in shapes/, and every such rule has a check."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, SKOS, Literal, URIRef

import vakgraaf.ingest
from vakgraaf.rdf.iris import VG, VGS
from vakgraaf.validation.shapes import packaged_shapes

RULES = {rule for rule in packaged_shapes().subjects(RDF.type, VG.Documentregel) if isinstance(rule, URIRef)}


def reported() -> dict[str, set[str]]:
    """The codes that the checks construct a Bevinding with, each with the severities given there."""
    found: dict[str, set[str]] = {}
    for path in Path(vakgraaf.ingest.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Bevinding":
                code, severity = node.args[:2]
                assert isinstance(code, ast.Constant), ast.unparse(node)
                assert isinstance(severity, ast.Constant), ast.unparse(node)
                found.setdefault(str(code.value), set()).add(str(severity.value))
    return found


def test_codes_and_described_rules_are_the_same() -> None:
    assert {VGS[f"Document-{code}"] for code in reported()} == RULES


@pytest.mark.parametrize("rule", sorted(RULES), ids=lambda rule: rule.partition("#")[2])
def test_a_rule_says_in_two_languages_what_it_is_what_to_do_and_what_is_right_and_wrong(rule: URIRef) -> None:
    shapes = packaged_shapes()
    for predicate in (RDFS.label, SKOS.definition, SH.message, VG.goedVoorbeeld, VG.foutVoorbeeld):
        texts = [text for text in shapes.objects(rule, predicate) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "nl"], predicate
        assert all(str(text).strip() for text in texts)
    assert all(str(text).endswith(".") for text in shapes.objects(rule, SKOS.definition))


@pytest.mark.parametrize("rule", sorted(RULES), ids=lambda rule: rule.partition("#")[2])
def test_a_rule_has_the_code_and_the_severity_that_its_check_gives(rule: URIRef) -> None:
    shapes = packaged_shapes()
    code = rule.removeprefix(f"{VGS}Document-")
    assert str(shapes.value(rule, VG.code)) == code
    assert {str(shapes.value(rule, VG.ernst))} == reported()[code]
