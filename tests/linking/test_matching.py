"""What the matching promises: the same every time, explained, careful with what it calls exact."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from vakgraaf.errors import SyntaxProblem, UnreadableInput
from vakgraaf.linking.candidate import BROAD, CLOSE, EXACT, NARROW, RELATED, Candidate, GroundKind
from vakgraaf.linking.matching.matcher import Matcher
from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.linking.matching.vocabularies import vocabulary

BACKGROUND = (
    "opvoeding van kinderen en problemen met gedrag",
    "groep, zorg, plan, begeleiding",
    "samenwerken, afstemmen",
)
FILLING = tuple(
    Thing(f"o:{n}", Kind.SKILL, label)
    for n, label in enumerate(
        ("geriatrie", "brandveiligheid", "rouwverwerking", "ketenzorg", "klinisch redeneren", "begrotingen opstellen")
    )
)


def skill(label: str, *alt_labels: str, iri: str = "") -> Thing:
    return Thing(iri or f"s:{label}", Kind.SKILL, label, alt_labels)


def best(one: Thing, *others: Thing, **more: object) -> Candidate:
    found = Matcher([one], [*others, *FILLING], background=BACKGROUND, **more).of(one, 1)  # type: ignore[arg-type]  # passed on
    return found[0]


def test_same_label_but_for_case_hyphens_and_invisible_signs_is_exact() -> None:
    assert best(skill("Groeps-\u200bdynamica"), skill("groeps\u00addynamica")).predicate == EXACT


def test_same_label_with_heeft_or_kan_before_it_is_exact() -> None:
    assert best(skill("Kennis van wetgeving"), skill("heeft kennis van wetgeving")).predicate == EXACT


def test_label_that_two_things_bear_is_not_exact_and_says_so() -> None:
    found = best(skill("Voert taken uit"), skill("voert taken uit", iri="a"), skill("Voert taken uit", iri="b"))
    assert found.predicate == CLOSE
    assert GroundKind.AMBIGUOUS in {ground.kind for ground in found.grounds}


def test_alternative_label_is_close() -> None:
    found = best(skill("Rekenvaardigheid"), skill("Numerieke vaardigheden", "rekenvaardigheid"))
    assert found.predicate == CLOSE
    assert found.grounds[0].kind is GroundKind.ALT_LABEL


def test_occupation_is_never_exact() -> None:
    one = Thing("a", Kind.OCCUPATION, "Thuisbegeleider")
    assert best(one, Thing("b", Kind.OCCUPATION, "thuisbegeleider")).predicate == CLOSE


def test_occupation_of_another_name_is_related_at_most() -> None:
    one = Thing("a", Kind.OCCUPATION, "begeleider ouderenzorg")
    found = Matcher([one], [Thing("b", Kind.OCCUPATION, "begeleider van ouderenzorg en wonen")]).of(one, 1, 0.0)
    assert [candidate.predicate for candidate in found] == [RELATED]


def test_one_of_several_things_that_a_label_lists_has_that_as_broader() -> None:
    found = best(skill("Gesprekstechnieken"), skill("gesprekstechnieken en begeleidingsmethodieken"))
    assert found.predicate == BROAD


def test_label_that_says_more_of_one_thing_is_narrower() -> None:
    found = best(skill("Kennis van medicatie"), skill("medicatie bij dementerende ouderen thuis"))
    assert found.predicate == NARROW


def test_word_is_found_inside_a_compound_and_named() -> None:
    found = best(skill("Problemen met opvoeding"), skill("opvoedingsproblemen"))
    assert found.grounds[0].kind is GroundKind.COMPOUND
    assert "opvoedingsproblemen" in found.grounds[0].nl


def test_word_is_found_in_another_form() -> None:
    assert best(skill("Observeren en observatie"), skill("observaties")).object == "s:observaties"


def test_parted_verb_is_found_whole() -> None:
    one = Thing("a", Kind.WERKPROCES, "Stemt de werkzaamheden af")
    assert best(one, Thing("b", Kind.WERKPROCES, "Afstemming van werkzaamheden")).object == "b"


def test_synonym_of_the_glossary_counts_and_is_named() -> None:
    found = best(skill("Patiënt begrijpen"), skill("zorgvrager begrijpen"), synonyms=[("Patiënt", "Zorgvrager")])
    assert GroundKind.SYNONYM in {ground.kind for ground in found.grounds}
    assert found.score > best(skill("Patiënt begrijpen"), skill("zorgvrager begrijpen")).score


def test_shared_competences_count_and_are_named() -> None:
    def werkproces(iri: str, letters: str) -> Thing:
        told = "Zij overlegt met collega's over het plan van de cliënt en legt afspraken vast."
        return Thing(iri, Kind.WERKPROCES, f"Overlegt {iri}", text=told, competences=frozenset(letters))

    one = werkproces("a", "CDE")
    found = Matcher([one], [werkproces("b", "XY"), werkproces("c", "CE")]).of(one)
    assert [candidate.object for candidate in found] == ["c", "b"]
    assert "Gedeelde competenties: C, E" in {ground.nl for ground in found[0].grounds}


def test_grounds_are_in_both_languages_and_the_weightiest_comes_first() -> None:
    found = best(skill("Kennis van leer- en gedragsproblemen"), skill("leer-, opvoedings- en gedragsproblemen"))
    assert found.grounds
    assert all(ground.nl and ground.en and ground.nl != ground.en for ground in found.grounds)
    weights = [ground.weight for ground in found.grounds]
    assert weights == sorted(weights, reverse=True)


def test_order_of_what_is_given_changes_nothing() -> None:
    things = [skill(f"kennis van {one} {other}") for one in ("zorg", "gedrag", "wonen") for other in ("thuis", "groep")]
    once = sorted(Matcher(things, things).all(), key=repr)
    shuffled = random.Random(1).sample(things, len(things))
    assert sorted(Matcher(shuffled, shuffled).all(), key=repr) == once


def test_nothing_is_a_candidate_of_itself() -> None:
    things = [skill("zorgplan schrijven"), skill("zorgplan maken")]
    assert all(candidate.subject != candidate.object for candidate in Matcher(things, things).all(at_least=0.0))


def test_progress_ends_with_all_of_them() -> None:
    told: list[tuple[int, int]] = []
    things = [skill(f"zorg {n}") for n in range(120)]
    list(Matcher(things, things).all(1, progress=lambda done, of: told.append((done, of))))
    assert told[-1] == (120, 120)
    assert len(told) > 1


def test_index_of_many_finds_what_comparing_all_finds() -> None:
    words = ("zorg", "gedrag", "wonen", "geld", "netwerk", "regie", "plan", "crisis", "rouw", "taal", "recht", "media")
    many = [skill(f"{one} en {other}", iri=f"o:{one}-{other}") for one in words for other in words if one < other]
    one = skill("regie en rouw")
    found = Matcher([one], many).of(one, 1)
    assert (found[0].object, found[0].predicate) == ("o:regie-rouw", EXACT)


def test_escos_csv_is_read_with_clean_names(tmp_path: Path) -> None:
    file = tmp_path / "occupations_nl.csv"
    file.write_text(
        "conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,description\n"
        'Occupation,http://a.example/1,woonbegeleider,"thuisbegeleider\nthuis\u00adbegeleider",,Steunt.\n',
        "utf-8",
    )
    (read,) = vocabulary(file)
    assert (read.kind, read.label, read.text) == (Kind.OCCUPATION, "woonbegeleider", "Steunt.")
    assert best(Thing("a", Kind.OCCUPATION, "Thuisbegeleider"), read).predicate == CLOSE


def test_any_skos_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "skills.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix s: <http://a.example/> .\n"
        's:1 a skos:Concept ; skos:prefLabel "guidance"@en , "begeleiden"@nl ; skos:altLabel "coachen"@nl ;'
        ' skos:broader s:2 .\ns:2 a skos:Concept ; skos:prefLabel "omgaan met mensen"@nl .\n',
        "utf-8",
    )
    first, _ = vocabulary(file)
    assert (first.label, first.alt_labels, first.broader) == ("begeleiden", ("coachen",), ("omgaan met mensen",))


def test_a_file_as_competentnl_makes_them_is_read(tmp_path: Path) -> None:
    """Classes of its own and no skos:Concept; labels of occupations are resources (SKOS-XL)."""
    file = tmp_path / "competentnl.ttl"
    file.write_text(
        "@prefix cnlo: <https://linkeddata.competentnl.nl/def/competentnl#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> . @prefix c: <http://a.example/id/> .\n"
        'c:scheme a skos:ConceptScheme ; skos:prefLabel "Vaardigheden"@nl .\n'
        "c:b a cnlo:Occupation ; skosxl:prefLabel c:l1 ; skosxl:altLabel c:l2 ; cnlo:requiresHATEssential c:v .\n"
        'c:l1 a skosxl:Label ; skosxl:literalForm "Maatschappelijk begeleider"@nl .\n'
        'c:l2 a skosxl:Label ; skosxl:literalForm "Thuisbegeleider"@nl .\n'
        'c:v a cnlo:HumanCapability ; skos:prefLabel "Begeleiden"@nl , "Guiding"@en ; skos:definition "Steunen."@nl .\n'
        'c:k a cnlo:KnowledgeArea ; skos:prefLabel "Psychologie"@nl .\n',
        "utf-8",
    )
    occupation, area, capability = vocabulary(file)
    assert (occupation.kind, occupation.label) == (Kind.OCCUPATION, "Maatschappelijk begeleider")
    assert occupation.alt_labels == ("Thuisbegeleider",)
    assert (area.label, capability.label, capability.text) == ("Psychologie", "Begeleiden", "Steunen.")
    assert best(Thing("a", Kind.OCCUPATION, "Thuisbegeleider"), occupation).predicate == CLOSE


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.csv", "uri,label\n1,2\n", UnreadableInput),
        ("a.txt", "hello", UnreadableInput),
        ("a.ttl", "<http://a.example/> <b> ", SyntaxProblem),
    ],
)
def test_file_that_is_no_vocabulary_is_refused(tmp_path: Path, name: str, content: str, error: type[Exception]) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(error) as raised:
        vocabulary(tmp_path / name)
    assert name in str(raised.value)
