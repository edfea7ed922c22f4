"""A new addendum: the outline conforms once it is filled in, and the form's text is understood as it was meant."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal
from rdflib.compare import isomorphic

from filling_in import fields
from vakgraaf.engine.reading import to_ntriples
from vakgraaf.ingest.document import understand
from vakgraaf.pipeline.documents import register_of
from vakgraaf.pipeline.drafting import document, form
from vakgraaf.pipeline.drafting.blueprint import ADDENDUM, Blank, Part
from vakgraaf.pipeline.drafting.skeleton import as_jsonld, as_turtle, skeleton
from vakgraaf.rdf.formats import JSON_LD
from vakgraaf.rdf.iris import VG, thing
from vakgraaf.validation import validate

# What an author writes in the blanks that are no text.
FILLED = {
    "«sha256 van het bestand»": "0" * 64,
    "«aantal regels»": "12",
    "«jjjj-mm-dd»": "2026-03-02",
    "«wat betekent deze competentie in dit werk?»": "Zij begeleidt rustig.",
}


def filled_in(turtle: str) -> str:
    """The outline as an author leaves it: every blank filled in, numbers and dates as the explanation says."""
    text = re.sub("«[^»]*»", lambda found: FILLED.get(found[0], "ingevuld"), turtle)
    text = text.replace('vg:aantalRegels "12"', "vg:aantalRegels 12")
    return text.replace('"2026-03-02"', '"2026-03-02"^^xsd:date')


@pytest.mark.parametrize("language", ["nl", "en"])
def test_outline_conforms_once_its_blanks_are_filled_in_and_not_before(language: str) -> None:
    outline = as_turtle(skeleton("Tuincoach", "2026"), "t.ttl", language)
    before = validate(Graph().parse(data=outline, format="turtle"))
    assert not before.conforms
    after = validate(Graph().parse(data=filled_in(outline), format="turtle"))
    assert [result.message() for result in after.results if result.severity != "Info"] == []


def test_every_open_place_of_the_outline_is_reported() -> None:
    graph = skeleton("Tuincoach", "2026")
    open_places = {(str(s), str(o)) for s, _, o in graph if isinstance(o, Literal) and o.startswith("«")}
    found = [result for result in validate(graph).results if result.source_shape.endswith("#InvulplekShape")]
    assert len(found) == sum(1 for _, _, o in graph if isinstance(o, Literal) and o.startswith("«"))
    assert {result.focus for result in found} == {focus for focus, _ in open_places}


def test_outline_says_the_same_in_turtle_and_jsonld() -> None:
    graph = skeleton("Tuincoach", "2026")
    turtle = Graph().parse(data=as_turtle(graph, "t.ttl", "nl"), format="turtle")
    assert isomorphic(turtle, graph)
    jsonld = as_jsonld(graph, "t.jsonld", "nl")
    triples = to_ntriples(jsonld.encode(), JSON_LD, "urn:x-test:t", "t.jsonld")
    assert isomorphic(Graph().parse(data=triples, format="nt"), graph)
    assert "[verplicht]" in json.dumps(json.loads(jsonld), ensure_ascii=False)


def test_what_the_form_asks_becomes_a_document_that_is_understood_as_it_was_meant(tmp_path: Path) -> None:
    filled = document.example()
    graph = read_back(filled, tmp_path)
    profiel = thing("profiel", "tuincoach-2026")
    assert validate(graph).conforms
    assert not [r for r in validate(graph).results if r.severity == "Warning"]
    assert graph.value(profiel, VG.vultAan) == thing("profiel", "woonbegeleider")
    assert {str(label) for task in graph.subjects(RDF.type, VG.Taak) for label in graph.objects(task, RDFS.label)} == {
        "Begeleiden van de intake"
    }
    assert [str(graph.value(act, DCTERMS.date)) for act in graph.subjects(RDF.type, VG.Legitimering)] == ["2026-03-02"]
    texts = {str(text) for text in graph.objects(None, VG.tekst)}
    assert "Zij betrekt de mantelzorger erbij." in texts
    wordings = {str(wording) for wording in graph.objects(None, VG.formulering)}
    assert {"Kennis van planten", "Sociale vaardigheden"} <= wordings


def test_several_groups_and_tasks_are_numbered_through(tmp_path: Path) -> None:
    filled = form.from_fields(
        [
            *(
                (f"taakgebied.{g}.naam", f"{name} taken")
                for g, name in enumerate(("Cliëntgebonden", "Organisatiegebonden"))
            ),
            *((f"taakgebied.{g}.taak.{t}.naam", f"Werk {g}{t} doen") for g in (0, 1) for t in (0, 1, 2)),
            *((f"taakgebied.{g}.taak.{t}.omschrijving", "De coach doet dit.") for g in (0, 1) for t in (0, 1, 2)),
            *((f"taakgebied.{g}.vakkennis", "Kennis van planten") for g in (0, 1)),
            *((f"taakgebied.{g}.vaardigheden", "Sociale vaardigheden\nRekenen") for g in (0, 1)),
            *(("naam", "Coach"), ("jaar", "2026"), ("uitgever", "Beraad"), ("vult-aan", "Woonbegeleider\nBegeleider")),
            *(("competentie.0.competentie", "c"), ("competentie.0.toelichting", "De coach begeleidt.")),
        ]
    )
    graph = read_back(filled, tmp_path)
    numbers = {str(number) for task in graph.subjects(RDF.type, VG.Taak) for number in graph.objects(task, VG.nummer)}
    assert numbers == {"1", "2", "3", "4", "5", "6"}
    assert len(set(graph.subjects(RDF.type, VG.Taakgebied))) == 2
    assert len(set(graph.objects(thing("profiel", "coach-2026"), VG.vultAan))) == 2


def read_back(filled: document.Filled, folder: Path) -> Graph:
    path = folder / document.file_name(filled)
    path.write_text(document.as_text(filled), "utf-8")
    return understand(path, register_of()).built.graph


def test_what_must_be_filled_in_is_named_and_an_empty_part_is_not() -> None:
    nothing = form.empty()
    assert list(document.missing(nothing)) == ["naam", "vult-aan"]
    nothing["competentie"][0]["competentie"] = "C"
    assert "competentie.0.toelichting" in document.missing(nothing)
    assert list(document.missing(document.example())) == []


@st.composite
def filled_parts(draw: st.DrawFn, part: Part = ADDENDUM) -> form.Nested:
    found: form.Nested = {blank.key: draw(st.text(max_size=5)) for blank in part.blanks}
    for inner in part.parts:
        found[inner.key] = draw(st.lists(filled_parts(inner), min_size=1, max_size=2))
    return found


@given(filled_parts())
def test_what_a_form_sends_is_what_was_filled_in(filled: form.Nested) -> None:
    assert form.from_fields(fields(filled).items()) == filled


@given(st.lists(st.tuples(st.text(alphabet="taakgebied.0123456789nm-", max_size=30), st.text(max_size=3))))
def test_whatever_a_form_sends_has_every_part(sent: list[tuple[str, str]]) -> None:
    def whole(one: form.Nested, part: Part) -> bool:
        keys = {blank.key for blank in part.blanks} | {inner.key for inner in part.parts}
        return set(one) == keys and all(whole(of, inner) for inner in part.parts for of in one[inner.key])

    assert whole(form.from_fields(sent), ADDENDUM)


def test_parts_are_added_and_removed_where_they_are_meant() -> None:
    filled = form.empty()
    form.add(filled, "taakgebied.0.taak")
    filled["taakgebied"][0]["taak"][1]["naam"] = "tweede"
    form.remove(filled, "taakgebied.0.taak.0")
    assert [task["naam"] for task in filled["taakgebied"][0]["taak"]] == ["tweede"]
    form.remove(filled, "taakgebied.0.taak.0")
    assert [task["naam"] for task in filled["taakgebied"][0]["taak"]] == [""]
    for nowhere in ("", "taak", "taakgebied.9.taak", "taakgebied.x.taak", "naam.0", "taakgebied"):
        form.remove(filled, nowhere)
    assert len(filled["taakgebied"]) == 1


def test_every_blank_is_called_something() -> None:
    def blanks(part: Part) -> Iterator[tuple[Part, Blank]]:
        yield from ((part, blank) for blank in part.blanks)
        for inner in part.parts:
            yield from blanks(inner)

    assert all(document.called(part, blank, language) for part, blank in blanks(ADDENDUM) for language in ("nl", "en"))


def test_command_writes_an_outline_and_refuses_a_name_without_a_letter(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "vakgraaf", "new", "addendum", *arguments], capture_output=True,
                              text=True, check=False, cwd=tmp_path)  # fmt: skip

    assert run("Tuincoach", "--year", "2026", "--out", "t.ttl").returncode == 0
    assert "profiel:tuincoach-2026" in (tmp_path / "t.ttl").read_text("utf-8")
    refused = run("!!", "--lang", "en")
    assert refused.returncode == 2
    assert "letters or digits" in refused.stderr
