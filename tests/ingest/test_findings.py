"""What the documents contradict in themselves is reported with both places; a broken document is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from rdflib import PROV, RDF

from vakgraaf.errors import NotAProfile, NotConforming
from vakgraaf.ingest.document import Understood
from vakgraaf.rdf.iris import VG


def found(document: Understood, code: str) -> list[tuple[str, list[int]]]:
    return [(f.nl, [min(place) for place in f.places]) for f in document.findings if f.code == code]


def test_glossary_entries_that_lead_nowhere(bcp: Understood) -> None:
    assert [places for _, places in found(bcp, "begrip-zonder-ingang")] == [[2329], [2378], [2414]]


def test_competences_named_otherwise_in_overview_and_chapter(bcp: Understood) -> None:
    (r, r_places), (u, u_places) = found(bcp, "competentienaam-wijkt-af")
    assert "'Op de behoeften en verwachtingen" in r
    assert r_places == [2169, 1190, 1443, 1685, 1917]
    assert "'Omgaan met veranderingen en aanpassen'" in u
    assert u_places == [2175, 1696, 1934]


def test_a_date_told_otherwise_in_introduction_and_annex(bcp: Understood) -> None:
    ((message, places),) = found(bcp, "datum-wijkt-af")
    assert "in oktober 2011" in message
    assert "op 2 november 2011" in message
    assert places == [265, 2261]


def test_a_sentence_about_the_wrong_occupation(bcp: Understood) -> None:
    ((message, places),) = found(bcp, "ander-beroep")
    assert "'de werkbegeleider'" in message
    assert places[0] == 2026


def test_texts_that_stop_half_way(bcp: Understood) -> None:
    assert [places for _, places in found(bcp, "tekst-niet-af")] == [[1017], [1952]]


def test_an_aanvulling_for_a_branch_out_of_scope(addendum: Understood) -> None:
    ((message, places),) = found(addendum, "branche-onbekend")
    assert "'ouderenzorg'" in message
    assert places == [179, 22]


def test_submitted_to_another_body_than_legitimated(addendum: Understood) -> None:
    ((message, places),) = found(addendum, "orgaan-wijkt-af")
    assert message == "ActiZ staat bij de voorlegging maar niet bij de legitimeringen; SOVVT juist andersom."
    assert places == [704, 709]


def test_findings_are_in_the_graph_with_their_passages(bcp: Understood) -> None:
    graph = bcp.built.graph
    findings = list(graph.subjects(RDF.type, VG.Bevinding))
    assert len(findings) == len(bcp.findings) == 9
    assert all(list(graph.objects(finding, PROV.wasDerivedFrom)) for finding in findings)


def test_a_heading_with_nothing_under_it(addendum: Understood) -> None:
    ((message, places),) = found(addendum, "kop-zonder-tekst")
    assert "'Disclaimer'" in message
    assert places == [816]


Understand = Callable[[str], Understood]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Mate van zelfstandigheid De thuisbegeleider is vrij. \n \n\n", "Mate van zelfstandigheid"),
        ("Loopbaan en \ndoorgroei De thuisbegeleider groeit. \n \n\n", "Loopbaan en doorgroei"),
        ("Doorgroei \n\nDe thuisbegeleider groeit. \n \n\n", "Doorgroei"),
    ],
)
def test_a_heading_that_the_format_does_not_know_is_kept_and_reported(
    bcp_text: str, understood: Understand, heading: str, label: str
) -> None:
    document = understood(bcp_text.replace("Complexiteit  De thuis", f"{heading}Complexiteit  De thuis"))
    assert [label in nl for nl, _ in found(document, "kop-onbekend")] == [True]
    titles = [paragraaf.title for paragraaf in document.claims.all_paragrafen()]
    assert titles[titles.index(label) - 1 : titles.index(label) + 2] == [
        "Rol en verantwoordelijkheden",
        label,
        "Complexiteit",
    ]


def test_rol_taken_en_verantwoordelijkheden_is_the_same_section(bcp_text: str, understood: Understand) -> None:
    document = understood(bcp_text.replace("Rol en  \nverant", "Rol, taken en  \nverant"))
    kinds = [paragraaf.soort for paragraaf in document.claims.all_paragrafen()]
    assert kinds.count("verantwoordelijkheid") == 1


def test_trends_of_a_category_that_is_not_known_are_not_lost(bcp_text: str, understood: Understand) -> None:
    document = understood(bcp_text.replace("Arbeidsmarkt Recente", "Wereldbeeld Recente"))
    assert sum(len(paragraaf.ontwikkelingen) for paragraaf in document.claims.all_paragrafen()) == 21


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "3.1 Coacht de cliënt in complexe situaties \n \n\nBesch",
            "3.1 Coacht cliënten \n \n\nBesch",
            "naam-wijkt-af",
        ),
        ("B Aansturen 5", "B Aansturen 4", "overzicht-wijkt-af"),
        ("de vijf kerntaken", "de zes kerntaken", "aantal-wijkt-af"),
        ("er vier bijlagen", "er drie bijlagen", "aantal-wijkt-af"),
    ],
)
def test_a_contradiction_brought_in_is_found(
    bcp_text: str, understood: Understand, old: str, new: str, code: str
) -> None:
    assert old in bcp_text
    assert code in {finding.code for finding in understood(bcp_text.replace(old, new)).findings}


def test_a_chapter_whose_title_is_mistyped_is_pointed_at(addendum_text: str, understood: Understand) -> None:
    mistyped = understood(addendum_text.replace("6. Geraadpleegde bronnen", "6. Geraadplegde bronnen"))
    [(said, places)] = found(mistyped, "hoofdstuk-niet-gelezen")
    assert "'6 Geraadplegde bronnen' lijkt de kop van het hoofdstuk 'Geraadpleegde bronnen'" in said
    assert places == [603]
    assert found(understood(addendum_text), "hoofdstuk-niet-gelezen") == []


@pytest.mark.parametrize("part", [0.4, 0.5, 0.75, 0.85])
@pytest.mark.parametrize("which", ["bcp_text", "addendum_text"])
def test_a_document_that_is_cut_off_is_refused(
    request: pytest.FixtureRequest, understood: Understand, which: str, part: float
) -> None:
    lines = request.getfixturevalue(which).split("\n")
    with pytest.raises(NotConforming) as caught:
        understood("\n".join(lines[: int(part * len(lines))]))
    assert "niet volledig" in caught.value.message("nl")
    assert "Aangekondigd maar niet gevonden" in caught.value.message("nl")
    assert all(line.startswith("regel ") for line in caught.value.details("nl"))
    assert len(caught.value.details("en")) == len(caught.value.details("nl"))


@pytest.mark.parametrize("which", ["bcp_text", "addendum_text"])
def test_what_is_missing_is_called_in_english_as_the_pages_call_it(
    request: pytest.FixtureRequest, understood: Understand, which: str
) -> None:
    lines = request.getfixturevalue(which).split("\n")
    with pytest.raises(NotConforming) as caught:
        understood("\n".join(lines[: 2 * len(lines) // 5]))
    said = re.sub("'[^']*'", "", "\n".join(caught.value.details("en")))  # without what is quoted
    assert re.search(r"the description of (?:work process|task) \d", said)
    assert not re.search(r"\b(?:kerntaak|werkproces|taak|taken)\b", said)


def test_a_text_that_is_no_profile_is_refused(understood: Understand) -> None:
    with pytest.raises(NotAProfile, match="geen beroepscompetentieprofiel of addendum"):
        understood("Notulen van de vergadering.\n\n1. Opening\nDe voorzitter opent de vergadering.\n")


def test_a_profile_without_kerntaken_or_taken_is_refused(understood: Understand) -> None:
    with pytest.raises(NotAProfile, match="geen hoofdstuk met kerntaken of taken"):
        understood("Voorwoord\n\nDit is het beroepscompetentieprofiel Slager van de branche.\n")
