"""One skill per distinct item: merged by stated rules and a curated table, near misses reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from vakgraaf.ingest.document import Understood
from vakgraaf.ingest.skills import SkillRegister, skill_key
from vakgraaf.pipeline.documents import register_of
from vakgraaf.rdf.iris import BASE, VG


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kennis van doelgroep", "Kennis van doelgroepen"),
        ("Kennis van de doelgroep", "Kennis van doelgroepen"),
        ("Kennis van het werkveld", "kennis van werkveld"),
        (
            "Kennis, van sociaal, psychisch en lichamelijk functioneren",
            "kennis van sociaal, psychisch en lichamelijk functioneren",
        ),
        ("Relevante wetgeving, bijvoorbeeld BOPZ.", "Relevante wetgeving, bijvoorbeeld BOPZ"),
        ("Kennis van taken", "Kennis van taak"),
    ],
)
def test_wordings_of_one_skill_share_a_key(one: str, other: str) -> None:
    assert skill_key(one) == skill_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kennis van werkveld", "kennis van werkvelden en doelgroepen"),
        ("Methodisch werken", "Methodisch handelen"),
        ("Begeleidingsmethodieken", "Werkbegeleidingsmethodieken"),
        ("Begeleiding van kinderen", "Kennis van begeleiding van kinderen"),
        ("Begeleiden", "Begeleiding"),
        ("Regelgeving: milieu, kwaliteitszorg,", "Regelgeving: milieu, kwaliteitszorg"),
    ],
)
def test_wordings_of_different_skills_do_not(one: str, other: str) -> None:
    assert skill_key(one) != skill_key(other)


@given(st.text(min_size=1, max_size=40))
def test_a_key_does_not_depend_on_case_or_outer_space(wording: str) -> None:
    assert skill_key(f"  {wording} ") == skill_key(wording)
    assert skill_key(wording.casefold()) == skill_key(wording)


def test_both_documents_share_their_skills(bcp: Understood, addendum: Understood) -> None:
    shared = {s.iri for s in bcp.skills} & {s.iri for s in addendum.skills}
    assert URIRef(f"{BASE}id/skill/sociale-vaardigheden") in shared
    assert len(shared) == 10
    assert len({s.iri for s in bcp.skills} | {s.iri for s in addendum.skills}) == 111


def test_variants_become_alternative_labels_and_wordings_stay(bcp: Understood) -> None:
    graph = bcp.built.graph
    skill = URIRef(f"{BASE}id/skill/kennis-van-doelgroepen")
    assert set(graph.objects(skill, SKOS.altLabel)) == {
        Literal("Kennis van doelgroep", lang="nl"),
        Literal("Kennis van de doelgroep", lang="nl"),
    }
    wordings = {str(graph.value(v, VG.formulering)) for v in graph.subjects(VG.betreft, skill)}
    assert wordings == {"Kennis van doelgroepen", "Kennis van doelgroep", "Kennis van de doelgroep"}


def test_every_skill_is_either_knowledge_or_skill(bcp: Understood, addendum: Understood) -> None:
    for document in (bcp, addendum):
        graph = document.built.graph
        for skill in graph.subjects(RDF.type, VG.Skill):
            assert ((skill, RDF.type, VG.Vakkennis) in graph) != ((skill, RDF.type, VG.Vaardigheid) in graph)


def test_near_misses_are_reported_and_not_merged(bcp: Understood) -> None:
    pairs = {frozenset((a.label, b.label)) for a, b, _ in bcp.near_misses}
    assert frozenset(("Begeleidingsmethodieken", "Werkbegeleidingsmethodieken")) in pairs
    assert all(a.iri != b.iri for a, b, _ in bcp.near_misses)


def test_known_skills_keep_their_iri_and_label() -> None:
    graph = Graph()
    skill = URIRef(f"{BASE}id/skill/eigen-naam")
    graph.add((skill, RDF.type, VG.Skill))
    graph.add((skill, RDF.type, VG.Vakkennis))
    graph.add((skill, SKOS.prefLabel, Literal("Kennis van vlees", lang="nl")))
    register = register_of()
    register.learn(graph)
    placed = register.place("kennis van het vlees", "vakkennis")
    assert (placed.iri, placed.label) == (skill, "Kennis van vlees")


def test_a_list_that_says_another_kind_is_reported() -> None:
    register = SkillRegister()
    register.place("Conflicthantering", "vaardigheid")
    register.place("conflicthantering", "vakkennis")
    (conflict,) = register.conflicts
    assert (conflict.wording, conflict.soort) == ("conflicthantering", "vakkennis")


def test_two_skills_with_one_slug_get_two_iris() -> None:
    register = SkillRegister()
    first, second = register.place("Zorg thuis", None), register.place("Zorg thuis,", None)
    assert first is not second
    assert str(second.iri) == f"{first.iri}-2"


def test_a_curated_table_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "varianten.toml"
    table.write_text(
        '[[skill]]\nlabel = "Rekenen"\nvariants = ["Cijferen"]\nwhy = "x"\n'
        '[[skill]]\nlabel = "Tellen"\nvariants = ["Cijferen"]\nwhy = "y"\n'
    )
    with pytest.raises(ValueError, match="under two labels"):
        SkillRegister(table)


def test_a_slug_that_is_cut_still_tells_skills_apart_in_any_order() -> None:
    start = "Regelgeving over " + "hygiëne en veiligheid en milieu en kwaliteitszorg en ergonomisch werken en " * 2
    alone = SkillRegister().place(start + "brandpreventie", None).iri
    register = SkillRegister()
    other = register.place(start + "medicatieveiligheid", None).iri
    assert other != alone
    assert register.place(start + "brandpreventie", None).iri == alone


def test_signs_that_a_slug_loses_still_count() -> None:
    register = SkillRegister()
    assert (
        len({register.place(wording, None).iri for wording in ("Kennis van C", "Kennis van C++", "Kennis van C#")}) == 3
    )
