"""Every row of the EU's list is a framework or a level of one, and what cannot be told is left out and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from vakgraaf.errors import InputError
from vakgraaf.linking.frameworks import Listed, Table, listed, place, read_table
from vakgraaf.rdf.formats import TURTLE
from vakgraaf.resources import folder

LIST = Path(__file__).resolve().parents[4] / "shared/reference/eu/nqf_qdr_concepts.csv"
QDR = "http://data.europa.eu/snb/qdr/"
NLQF = f"{QDR}c_5c66dcbc"

needs_list = pytest.mark.skipif(not LIST.is_file(), reason="the EU's list is not here (shared/reference is absent)")


@pytest.fixture(scope="module")
def table() -> Table:
    return read_table(folder("data/reference") / "raamwerken.toml")


def row(name: str, label: str) -> Listed:
    return Listed(f"{QDR}{name}", label, f"{QDR}25831c2")


DUTCH = Listed(NLQF, "Dutch National Qualifications Framework", f"{QDR}25831c2")


@needs_list
def test_all_424_rows_of_the_list_have_a_place(table: Table) -> None:
    placed = place(listed(LIST.read_bytes(), None, LIST.name), table)
    assert placed.left_over == ()
    assert len(placed.frameworks) == 43
    assert 43 + sum(len(one.levels) for one in placed.frameworks) == 424


@needs_list
@pytest.mark.parametrize(
    ("notation", "codes"),
    [
        ("NLQF", "Entry 1 2 3 4 4+ 5 6 7 8"),
        ("NKR", "1 2 3 4 5.1 5.2 6.1 6.2 7 8"),
        ("CyQF", "1 2 3 4 5a 5b 5c 6 7a 7b 7c 8"),
        ("MQF", "A B 1 2 3 4 5 6 7 8"),
        ("RNCP", "V IV III II-Grade_de_Licence I-Master I-Doctorat"),
        ("RQF", "Entry_1-2 Entry_3 1 2 3 4 5 6 7 8"),
        ("CQFW", "Entry_1-3 1 2 3 4 5 6 7 8"),
        ("SQF", "1 2 3 4 5 6 7 8 9 10"),
        ("NQFS", "1 2 3 4 5 6 6.1 6.2 7 7.1 7.2 8"),
    ],
)
def test_levels_stand_from_the_lowest_to_the_highest(table: Table, notation: str, codes: str) -> None:
    placed = place(listed(LIST.read_bytes(), None, LIST.name), table)
    (found,) = (one for one in placed.frameworks if one.facts.notation == notation)
    assert [level.notation for level in found.levels] == [code.replace("_", " ") for code in codes.split()]


@needs_list
def test_sqf_is_slovenian_because_the_serbian_and_slovak_levels_begin_otherwise(table: Table) -> None:
    placed = place(listed(LIST.read_bytes(), None, LIST.name), table)
    names = {one.facts.prefix: one.name[1] for one in placed.frameworks}
    assert names["SQF"] == "Slovenian Qualifications Framework"
    assert names["NQFS"] == "Serbian Qualifications Framework"
    assert names["SKKR"] == "Slovak National Qualifications Framework"


def test_an_unknown_beginning_is_left_over(table: Table) -> None:
    stranger = row("c_1", "XYZ Level 1")
    assert place([DUTCH, stranger], table).left_over == (stranger,)


def test_a_beginning_that_two_frameworks_share_is_left_over(table: Table) -> None:
    first, second, *others = table.frameworks
    shared = Table(
        table.sources,
        table.countries,
        (first, type(second)(**{**_fields(second), "prefix": first.prefix}), *others),
        table.own,
        table.definitions,
        table.relations,
        table.schemes,
    )
    level = row("c_2", f"{first.prefix} Level 1")
    assert place([DUTCH, level], shared).left_over == (level,)


def _fields(facts: object) -> dict[str, object]:
    return {name: getattr(facts, name) for name in type(facts).__dataclass_fields__}  # type: ignore[attr-defined]  # a dataclass


def test_levels_of_a_framework_that_is_not_in_the_list_are_left_over(table: Table) -> None:
    assert [one.label for one in place([row("c_3", "NLQF Level 1")], table).left_over] == ["NLQF Level 1"]


def test_the_same_list_as_rdf_gives_the_same_rows() -> None:
    csv = f"iri,label_en,inScheme\r\n{NLQF},Dutch  Framework,{QDR}25831c2\r\n"
    turtle = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{NLQF}> skos:prefLabel "Dutch Framework"@en, "Nederlands"@nl ; skos:inScheme <{QDR}25831c2> ."""
    assert listed(csv.encode(), None, "a.csv") == listed(turtle.encode(), TURTLE, "a.ttl")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "iri, label_en, inScheme"),
        (b"iri,label_en,inScheme\nx,NLQF,y\n", "regel 2"),
        (b"iri,label_en,inScheme\n", "geen begrippen"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_what_is_no_list_is_refused_with_the_place(content: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        listed(content, None, "lijst.csv")
    assert said in refused.value.nl


def test_one_address_with_two_names_is_refused(table: Table) -> None:
    with pytest.raises(InputError, match="twee namen"):
        place([row("c_4", "NLQF Level 1"), row("c_4", "NLQF Level 2")], table)
