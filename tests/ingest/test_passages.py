"""Every statement can be traced to its lines, and no person's name is in the graph."""

from __future__ import annotations

import re

import pytest
from rdflib import PROV, RDF, RDFS, SKOS, Literal, Namespace, URIRef

from vakgraaf.ingest.document import Understood
from vakgraaf.rdf.iris import BASE, VG

OA = Namespace("http://www.w3.org/ns/oa#")
BOTH = ("bcp-thuisbegeleider-2011", "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013")
# Kinds of things that are not extracted from lines: they describe the document, or are the lines themselves.
NOT_EXTRACTED = ("passage", "brondocument", "begrippenkader", "competentie")
SURNAMES = (
    "Bruijns Meere Stroetenga Bannink Gernaat Godefroy Gelderblom Ouwerkerk Schippers Westerink Haan Hakkenberg "
    "Jacobs Oldenhage Richmond Beumer Snellen Gortworst Luttik Spaans Koning Meerdink Laurier Kool Beek Appelman "
    "Puntman Pruim Borst"
).split()


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", BOTH)
def test_every_extracted_thing_has_a_passage(documents: dict[str, Understood], name: str) -> None:
    graph = documents[name].built.graph
    things = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and str(s).startswith(BASE + "id/")}
    extracted = {s for s in things if str(s).removeprefix(BASE + "id/").split("/")[0] not in NOT_EXTRACTED}
    assert len(extracted) > 200
    assert not {s for s in extracted if not list(graph.objects(s, PROV.wasDerivedFrom))}


@pytest.mark.parametrize("name", BOTH)
def test_a_passage_quotes_its_lines_to_the_letter(documents: dict[str, Understood], name: str) -> None:
    document = documents[name]
    graph = document.built.graph
    for passage in graph.subjects(RDF.type, VG.Passage):
        first, last = (int(str(graph.value(passage, p))) for p in (VG.beginRegel, VG.eindRegel))
        told = str(graph.value(passage, OA.exact))
        printed = "\n".join(document.text.lines[first - 1 : last])
        if "…" not in told:
            assert told == printed
        else:
            around = [re.escape(part) for part in told.split("…")]
            assert re.fullmatch(r"[^\n]{3,40}".join(around), printed)


@pytest.mark.parametrize("name", BOTH)
def test_texts_stand_in_their_passages(documents: dict[str, Understood], name: str) -> None:
    """Each text, white space and list signs aside, is found in the lines that it says it came from."""
    graph = documents[name].built.graph
    predicates = (VG.omschrijving, VG.resultaat, VG.tekst, VG.formulering, VG.toelichting, VG.functie, SKOS.definition)
    checked = 0
    for predicate in predicates:
        for subject, text in graph.subject_objects(predicate):
            passages = sorted(
                graph.objects(subject, PROV.wasDerivedFrom), key=lambda p: int(str(graph.value(p, VG.beginRegel)))
            )
            source = squeeze("".join(str(graph.value(p, OA.exact)) for p in passages))
            bare = re.sub(r"\d|[\uf0b7•-]", "", source)
            assert squeeze(re.sub(r"\d|[•-]", "", str(text))) in bare, subject
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("name", BOTH)
def test_no_person_is_named_outside_a_citation(documents: dict[str, Understood], name: str) -> None:
    graph = documents[name].built.graph
    sources = set(graph.subjects(RDF.type, VG.Bron))
    cited = {p for bron in sources for p in graph.objects(bron, PROV.wasDerivedFrom)}
    for subject, _, value in graph:
        if isinstance(value, Literal) and subject not in sources and subject not in cited:
            words = set(re.findall(r"[A-Z][\w-]+", str(value)))
            assert not words & set(SURNAMES), (subject, value)
            assert not re.search(r"\b(?:Mevrouw|[Dd]hr\.|mevr\.)\s", str(value)), (subject, value)


def test_pages_are_counted_from_the_printed_ones(bcp: Understood, addendum: Understood) -> None:
    """Chapters of the BCP begin on right-hand pages; its printed numbers 19, 44, 45 and 53 prove the count."""

    def page(document: Understood, label: str) -> int:
        graph = document.built.graph
        thing = next(s for s in graph.subjects(RDFS.label, Literal(label, lang="nl")) if "/paragraaf/" in str(s))
        pages = (graph.value(p, VG.pagina) for p in graph.objects(thing, PROV.wasDerivedFrom))
        return min(int(str(number)) for number in pages)

    assert page(bcp, "Voorwoord") == 7
    assert page(bcp, "Algemene informatie over het beroep") == 13
    assert page(bcp, "Beschrijving van de kerntaken") == 23
    assert page(bcp, "Begrippenlijst") == 51
    assert page(addendum, "Inleiding") == 4
    assert page(addendum, "Validering en legitimering") == 18
