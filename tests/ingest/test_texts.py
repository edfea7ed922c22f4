"""Texts come out right to the character: unwrapped, joined over notes and pages, spelling kept."""

from __future__ import annotations

import re

import pytest
from rdflib import SKOS, URIRef

from vakgraaf.ingest.document import Understood
from vakgraaf.rdf.iris import BASE, VG

REF = "thuisbegeleider-2011"
ADD = "persoonlijk-begeleider-specifieke-doelgroepen-2013"


def text_of(document: Understood, thing: str, predicate: URIRef) -> str:
    return " ".join(str(document.built.graph.value(URIRef(f"{BASE}id/{thing}"), predicate)).split())


def test_a_description_cut_by_a_page_break_and_a_footnote_is_whole(bcp: Understood) -> None:
    text = text_of(bcp, f"werkproces/{REF}-1.2", VG.omschrijving)
    assert text.startswith("De thuisbegeleider ondersteunt de cliënt bij het omzetten van de indicatie/aanvraag")
    assert "tussen formele hulp (en afhankelijkheid daarvan) en ondersteuning" in text
    assert (
        "vorm van begeleiding in het begeleidingsplan. Ze schrijft het begeleidingsplan en legt het plan voor" in text
    )
    assert text.endswith("motiveert gemaakte keuzes. Zonodig stelt ze het plan bij.")


def test_a_section_cut_by_a_footnote_block_is_whole(bcp: Understood) -> None:
    text = text_of(bcp, f"paragraaf/{REF}-werkomgeving", VG.tekst)
    assert "van de cliënt. Zij biedt een vaak (tijds)intensieve vorm van begeleiding" in text
    assert "in opdracht van of samenwerking met derden, zoals de Raad voor de Kinderbescherming" in text
    text = text_of(bcp, f"paragraaf/{REF}-rol-en-verantwoordelijkheden", VG.tekst)
    assert "wanneer er veranderingen in de hulpvraag, bijzonderheden of problemen zijn" in text


def test_two_footnotes_in_one_sentence_leave_no_trace_in_it(addendum: Understood) -> None:
    text = text_of(addendum, f"paragraaf/{ADD}-taken-en-verantwoordelijkheden", VG.tekst)
    assert "de cliënt en/of betrokkenen, voor een passend begeleidingsplan. Zij biedt passende begeleiding" in text


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (f"ontwikkeling/{REF}-ontwikkelingen-in-de-beroepsuitoefening-11", 'basisset prestatie-indicatoren" en voor'),
        (f"paragraaf/{REF}-functies-van-het-beroepscompetentieprofiel", "loopbaanplanning en – ontwikkeling, functie"),
    ],
)
def test_hyphens_stay_as_printed(bcp: Understood, thing: str, expected: str) -> None:
    assert expected in text_of(bcp, thing, VG.tekst)


def test_a_suspended_hyphen_keeps_its_space(bcp: Understood, addendum: Understood) -> None:
    assert "passend dag- en nachtritme" in text_of(bcp, f"werkproces/{REF}-2.4", VG.omschrijving)
    assert "onvoorziene- en crisissituaties." in text_of(addendum, f"taak/{ADD}-9", VG.omschrijving)


def test_typing_errors_are_kept(bcp: Understood, addendum: Understood) -> None:
    assert "beroepscompetentiepofiel" in text_of(bcp, f"paragraaf/{REF}-voorwoord", VG.tekst)
    assert "De thuisbegeleider aanvaard veeleisende" in text_of(bcp, f"vereiste/{REF}-5-kbb-w", VG.toelichting)
    assert "In opdracht van de is sub-paritaire" in text_of(addendum, f"paragraaf/{ADD}-proces", VG.tekst)
    assert "zijn de situatie van cliënt(systeem)" in text_of(bcp, f"werkproces/{REF}-2.5", VG.omschrijving)


def test_a_list_item_over_two_lines_is_one_item(addendum: Understood) -> None:
    wordings = {skill.wording for gebied in addendum.claims.taakgebieden for skill in gebied.skills}
    assert (
        "kennis van problematiek m.b.t. het eigen levenseinde van de cliënt, terminale ziekten, doodswensen, "
        "suïcide-plannen en doodsbedreiging" in wordings
    )


def test_a_source_of_two_sentences_is_one_source(addendum: Understood) -> None:
    assert (
        "Naar autonomie, verbondenheid en een gezond leven. Een nieuwe ambitie voor de langdurige zorg. ActiZ, 2010"
        in {bron.text for bron in addendum.claims.bronnen}
    )


def test_footnotes_hang_where_they_are_called(bcp: Understood, addendum: Understood) -> None:
    def callers(document: Understood, number: str, reference: str) -> set[str]:
        note = URIRef(f"{BASE}id/voetnoot/{reference}-{number}")
        return {str(s).removeprefix(BASE + "id/") for s in document.built.graph.subjects(VG.heeftVoetnoot, note)}

    assert callers(bcp, "1", REF) == {f"paragraaf/{REF}-werkomgeving"}
    assert callers(bcp, "2", REF) == {f"paragraaf/{REF}-typerende-beroepshouding"}
    assert callers(bcp, "3", REF) == {f"werkproces/{REF}-1.2"}
    assert callers(bcp, "4", REF) == {f"werkproces/{REF}-1.2"}
    assert callers(addendum, "5", ADD) == {f"taak/{ADD}-5"}
    assert callers(addendum, "6", ADD) == {f"legitimering/{ADD}-federatie-opvang"}


def test_an_aanvulling_is_apart_from_the_description_it_supplements(addendum: Understood) -> None:
    description = text_of(addendum, f"taak/{ADD}-1", VG.omschrijving)
    assert description.endswith("Ze rapporteert bevindingen.")
    assert text_of(addendum, f"aanvulling/{ADD}-1-1", VG.tekst) == (
        "Zij stimuleert betrokkenen bij te dragen aan de ondersteuning van de cliënt. Zij bespreekt met cliënt en "
        "direct betrokkenen de mogelijkheden om de zelf- en samenredzaamheid te versterken."
    )


def test_glossary_definitions_survive_odd_spacing_and_page_breaks(bcp: Understood) -> None:
    assert text_of(bcp, f"begrip/{REF}-ondersteunen", SKOS.definition).endswith(
        "ondersteuning om de dag te structureren, ondersteuning bij de opvoeding van de kinderen."
    )
    assert "zorg voor vitale levensfuncties (ademhaling, temperatuur en circulatie), zorg voor het" in text_of(
        bcp, f"begrip/{REF}-persoonlijke-basiszorg", SKOS.definition
    )


def test_no_text_holds_page_furniture_or_note_numbers(bcp: Understood, addendum: Understood) -> None:
    for document in (bcp, addendum):
        for predicate in (VG.omschrijving, VG.resultaat, VG.tekst, VG.toelichting, VG.formulering, SKOS.definition):
            for text in document.built.graph.objects(None, predicate):
                assert not re.search(r"©|BCP Thuisbegeleider +\d|\n\d+\n|  +", str(text)), text


def test_a_private_use_bullet_becomes_a_real_one(bcp: Understood) -> None:
    text = str(
        bcp.built.graph.value(URIRef(f"{BASE}id/paragraaf/{REF}-functies-van-het-beroepscompetentieprofiel"), VG.tekst)
    )
    assert text.count("\n• ") == 4
    assert "\uf0b7" not in text
