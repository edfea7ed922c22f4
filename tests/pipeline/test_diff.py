"""What changed is said in terms of the profile, and matches parts by what they say where their IRIs do not tell.

    pytest tests/pipeline/test_diff.py --update-golden

writes the expected texts anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from vakgraaf.pipeline.diff import Difference, as_data, as_text, difference, facts_of, marks, shortened
from vakgraaf.resources import folder

HERE = Path(__file__).parent / "diff"
EXAMPLE = (folder("shapes") / "examples" / "voorbeeld.ttl").read_text("utf-8")
SECOND = """
<werkproces/voorbeeld-1.2> a vg:Werkproces, vg:Taak ; rdfs:label "Legt het uit"@nl ; vg:nummer "1.2" ; vg:volgorde 2 ;
    vg:omschrijving "De voorbeeldmedewerker legt uit waarom."@nl ; vg:heeftVereiste <vereiste/voorbeeld-1.2-1> .
<vereiste/voorbeeld-1.2-1> a vg:Skillvereiste ; vg:formulering "Kennis van uitleg"@nl ; vg:betreft <skill/uitleg> .
<skill/uitleg> a vg:Vakkennis, vg:Skill ; rdfs:label "kennis van uitleg"@nl .
<kerntaak/voorbeeld-1> vg:heeftWerkproces <werkproces/voorbeeld-1.2> .
"""
INSERTED = """
<werkproces/voorbeeld-1.1> a vg:Werkproces, vg:Taak ; rdfs:label "Kijkt eerst rond"@nl ; vg:nummer "1.1" ;
    vg:volgorde 0 ;
    vg:omschrijving "De medewerker verkent de omgeving."@nl .
<kerntaak/voorbeeld-1> vg:heeftWerkproces <werkproces/voorbeeld-1.1> .
"""
MUCH = (
    ('"Het voorbeeld geven"', '"Het goede voorbeeld geven"'),
    ('"De voorbeeldmedewerker doet het voor."', '"De voorbeeldmedewerker laat zien hoe het moet."'),
    ("    vg:heeftVereiste <vereiste/voorbeeld-1-a> ;\n", ""),
    ('"2020-03-02"^^xsd:date', '"2021-06-30"^^xsd:date'),
    ('    vg:resultaat "Het is voorgedaan."@nl ;\n', ""),
    ("vg:geldtVoor <branche/thuiszorg> ;", "vg:geldtVoor <branche/ggz> ;"),
    ('"De voorbeeldmedewerker begeleidt collega\'s."', '"De voorbeeldmedewerker begeleidt nieuwe collega\'s."'),
    ("<taak/aanvulling-1> ;", "<taak/aanvulling-2> ;"),
    (
        '<taak/aanvulling-1> a vg:Taak ;\n    rdfs:label "Begeleiden van de intake"@nl ;\n    vg:nummer "1" ;',
        '<taak/aanvulling-2> a vg:Taak ;\n    rdfs:label "Begeleiden van de intake"@nl ;\n    vg:nummer "2" ;',
    ),
)
NAMES = '\n<branche/ggz> a vg:Branche ; rdfs:label "geestelijke gezondheidszorg"@nl .'


def _difference(left: str, right: str) -> Difference:
    one, other = (facts_of(Graph().parse(data=text, format="turtle")) for text in (left, right))
    return difference(one, other)


def _changed(*replacements: tuple[str, str], more: str = "", text: str = EXAMPLE) -> str:
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text + more


CASES = {
    "much": (EXAMPLE, _changed(*MUCH, more=NAMES)),
    "dropped": (EXAMPLE + SECOND, EXAMPLE),
    "added": (EXAMPLE, EXAMPLE + SECOND),
    "same": (EXAMPLE, EXAMPLE),
    "places": (EXAMPLE, EXAMPLE.replace("beginRegel 1 ", "beginRegel 2 ")),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("case", CASES)
def test_difference_reads_as_approved(case: str, language: str, request: pytest.FixtureRequest) -> None:
    golden = HERE / f"{case}.{language}.txt"
    text = as_text(_difference(*CASES[case]), "oud.ttl", "nieuw.ttl", "en" if language == "en" else "nl") + "\n"
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


def test_task_that_is_inserted_renumbers_those_after_it_and_rewrites_none() -> None:
    """The first work process takes the IRI and the number of what now is the second."""
    moved = EXAMPLE.replace("werkproces/voorbeeld-1.1", "werkproces/voorbeeld-1.2").replace(
        'nummer "1.1"', 'nummer "1.2"'
    )
    found = _difference(EXAMPLE, moved + INSERTED)
    said = [(change.what, change.part.called) for change in found.changes]
    assert said == [("added", "1.1 Kijkt eerst rond"), ("renumbered", "1.2 Doet het voor")]


def test_same_says_same_and_other_data_are_not_passed_over() -> None:
    assert _difference(EXAMPLE, EXAMPLE).same
    assert _difference(*CASES["places"]).same
    other = _difference(EXAMPLE, EXAMPLE + '<skill/sociale-vaardigheden> skos:altLabel "omgang"@nl .')
    assert (other.same, other.changes, other.other) == (False, (), 1)


def test_what_no_part_asks_for_any_more_is_said_of_the_whole() -> None:
    found = _difference(EXAMPLE + SECOND, EXAMPLE)
    assert [(c.what, c.old) for c in found.changes][-1] == ("no-longer-asked", "kennis van uitleg")


def test_marks_give_both_wordings_back_and_stay_whole_words() -> None:
    old, new = "Zij luistert goed naar de cliënt.", "Zij luistert naar cliënten, en goed ook."
    found = marks(old, new)
    assert "".join(mark.text for mark in found if mark.sign != "+") == old
    assert "".join(mark.text for mark in found if mark.sign != "-") == new
    assert all(mark.text.strip() not in ("cli", "ënt") for mark in found)


def test_long_text_around_a_change_is_left_out() -> None:
    old = "woord " * 200 + "oud" + " woord" * 200
    text = "".join(mark.text for mark in shortened(marks(old, old.replace("oud", "nieuw"))))
    assert len(text) < 200
    assert "oudnieuw" in text


def test_data_say_which_part_and_what_changed() -> None:
    found = as_data(_difference(*CASES["added"]), "a", "b", "en")
    assert found["counts"] == {"added": 1, "newly-asked": 1}
    changes = found["changes"]
    assert isinstance(changes, list)
    assert (changes[0]["change"], changes[0]["kind"], changes[0]["left"]) == ("added", "werkproces", None)
