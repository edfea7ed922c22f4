"""What the graphs of the two documents hold, asked by SPARQL as a user would."""

from __future__ import annotations

import pytest

from vakgraaf.ingest.document import Understood
from vakgraaf.rdf.prefixes import PREFIXES

PROLOGUE = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())

BCP_COUNTS = {
    "kerntaken": (5, "?profiel vg:heeftKerntaak ?x"),
    "werkprocessen": (21, "?kerntaak a vg:Kerntaak ; vg:heeftWerkproces ?x"),
    "skillvereisten": (206, "?werkproces a vg:Werkproces ; vg:heeftVereiste ?x . ?x a vg:Skillvereiste"),
    "competentievereisten": (44, "?kerntaak a vg:Kerntaak ; vg:heeftVereiste ?x . ?x a vg:Competentievereiste"),
    "dilemma's at kerntaken": (11, "?kerntaak a vg:Kerntaak ; vg:heeftDilemma ?x"),
    "dilemma's in the general part": (5, "?paragraaf a vg:Paragraaf ; vg:heeftDilemma ?x"),
    "sections of the description": (8, "?p vg:soortParagraaf 'beschrijving-van-het-beroep' ; vg:heeftParagraaf ?x"),
    "titled ontwikkelingen": (15, "?x a vg:Ontwikkeling ; dct:title ?title"),
    "bulleted ontwikkelingen": (6, "?x a vg:Ontwikkeling FILTER NOT EXISTS { ?x dct:title ?title }"),
    "categories of ontwikkelingen": (3, "?ontwikkeling a vg:Ontwikkeling ; vg:categorie ?x"),
    "glossary entries": (40, "?lijst vg:heeftBegrip ?x"),
    "glossary entries that point on": (5, "?x a vg:Begrip ; vg:zie ?other"),
    "footnotes": (4, "?part vg:heeftVoetnoot ?x"),
    "sources": (8, "?profiel vg:raadpleegt ?x"),
    "seats in the steering group": (5, "?profiel vg:heeftDeelname ?x . ?x vg:groep 'stuurgroep'"),
    "seats in the sounding group": (11, "?profiel vg:heeftDeelname ?x . ?x vg:groep 'klankbordgroep'"),
    "validations": (2, "?profiel vg:heeftValidering ?x"),
    "legitimations": (1, "?profiel vg:heeftLegitimering ?x"),
    "members of the legitimating body": (6, "?profiel vg:heeftLegitimering/vg:orgaan/org:hasMember ?x"),
    "function titles": (5, "?beroep a vg:Beroep ; skos:altLabel ?x"),
    "rows of the competence overview": (25, "?profiel vg:heeftMatrixregel ?x"),
    "notes": (6, "?taak vg:heeftToelichting ?x"),
}
ADDENDUM_COUNTS = {
    "groups": (2, "?addendum vg:heeftTaakgebied ?x"),
    "taken": (15, "?addendum vg:heeftTaakgebied/vg:heeftTaak ?x"),
    "competentievereisten": (14, "?addendum a vg:Addendum ; vg:heeftVereiste ?x"),
    "aanvullingen": (6, "?x a vg:Aanvulling"),
    "legitimations": (4, "?addendum vg:heeftLegitimering ?x"),
    "dates of legitimation": (4, "?addendum vg:heeftLegitimering/dct:date ?x"),
    "footnotes": (6, "?part vg:heeftVoetnoot ?x"),
    "sources": (11, "?addendum vg:raadpleegt ?x"),
    "profiles supplemented": (2, "?addendum a vg:Addendum ; vg:vultAan ?x . ?x a vg:Stub"),
    "branches of the addendum": (3, "?addendum a vg:Addendum ; vg:geldtVoor ?x"),
    "qualification of level 4": (1, "?addendum vg:isBasisVoor ?x . ?x vg:mboNiveau 4 ; vg:isOnderdeelVan ?dossier"),
}


def count(document: Understood, pattern: str) -> int:
    query = f"{PROLOGUE}SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"
    (row,) = document.built.graph.query(query)
    return int(str(row[0]))  # type: ignore[index]  # rdflib types a row of ASK as well


@pytest.mark.parametrize("what", BCP_COUNTS)
def test_bcp_has(bcp: Understood, what: str) -> None:
    expected, pattern = BCP_COUNTS[what]
    assert count(bcp, pattern) == expected


@pytest.mark.parametrize("what", ADDENDUM_COUNTS)
def test_addendum_has(addendum: Understood, what: str) -> None:
    expected, pattern = ADDENDUM_COUNTS[what]
    assert count(addendum, pattern) == expected


@pytest.mark.parametrize(
    ("group", "kind", "expected"),
    [
        ("Cliëntgebonden taken", "Vakkennis", 20),
        ("Cliëntgebonden taken", "Vaardigheid", 26),
        ("Organisatie- en professiegebonden taken", "Vakkennis", 10),
        ("Organisatie- en professiegebonden taken", "Vaardigheid", 12),
    ],
)
def test_addendum_lists_per_group(addendum: Understood, group: str, kind: str, expected: int) -> None:
    pattern = f"?g rdfs:label '{group}'@nl ; vg:heeftVereiste ?x . ?x vg:betreft ?skill . ?skill a vg:{kind}"
    assert count(addendum, pattern) == expected


def test_aanvullingen_name_seven_branches(addendum: Understood) -> None:
    query = f"{PROLOGUE}SELECT ?a ?b WHERE {{ ?a a vg:Aanvulling ; vg:geldtVoor ?b }}"
    assert len(list(addendum.built.graph.query(query))) == 7


def test_order_of_competences_is_the_documents_own(bcp: Understood, addendum: Understood) -> None:
    letters = ["".join(d.letter for d in kerntaak.competenties) for kerntaak in bcp.claims.kerntaken]
    assert letters == ["ACEFGHJNQRT", "CDFHLQR", "CDEFKMRU", "CDFIKMRTUV", "ABCEKNPW"]
    assert "".join(d.letter for d in addendum.claims.competenties) == "CDEFGHJMNQRTUV"
