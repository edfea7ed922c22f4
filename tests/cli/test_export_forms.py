"""Concept schemes as SKOS and flat tables as CSV, as the program writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from vakgraaf.linking.mappings.mapping import identity
from vakgraaf.linking.tables import safe, written
from vakgraaf.rdf import iris
from vakgraaf.rdf.iris import VG
from vakgraaf.validation import validate

Run = Callable[..., Any]
NL_SBB = Path(__file__).resolve().parents[3] / "shared/reference/nl-sbb/skos-ap-nl.ttl"


@pytest.fixture(scope="module")
def schemes(run: Run) -> str:
    """The concept schemes as N-Triples."""
    ended = run("export", "--profile", "skos", "--format", "nt")
    assert ended.returncode == 0, ended.stderr
    return str(ended.stdout)


@pytest.mark.skipif(not NL_SBB.is_file(), reason="the NL-SBB shapes are not here (shared/reference is absent)")
def test_the_schemes_conform_to_nl_sbb_without_a_remark(schemes: str) -> None:
    shapes = Graph().parse(NL_SBB)
    shapes.remove((None, OWL.imports, None))
    assert validate(Graph().parse(data=schemes, format="nt"), shapes).results == ()


def test_the_schemes_are_all_there_and_have_none_of_our_own_terms(schemes: str) -> None:
    graph = Graph().parse(data=schemes, format="nt")
    there = {str(one).removeprefix(iris.BASE + "id/") for one in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    wanted = {
        "begrippenkader/skills",
        "begrippenkader/branches",
        "competentiemodel/kbb",
        "begrippenlijst/thuisbegeleider-2011",
    }
    assert wanted | {"http://data.europa.eu/snb/qdr/c_5c66dcbc"} <= there
    assert str(VG) not in schemes


def test_what_no_source_defines_says_so_and_what_one_defines_is_left_alone(schemes: str) -> None:
    graph = Graph().parse(data=schemes, format="nt")
    skill = URIRef(f"{iris.BASE}id/skill/computervaardigheden")
    assert [str(text) for text in graph.objects(skill, SKOS.definition)] == [
        "Wat in de bronnen 'Computervaardigheden' heet; zij omschrijven het niet."
    ]
    letter = URIRef(f"{iris.BASE}id/competentie/kbb-a")
    assert not any("heet; zij" in str(text) for text in graph.objects(letter, SKOS.definition))


def test_schemes_that_are_loaded_and_exported_again_are_the_same(schemes: str, command: Run, tmp_path: Path) -> None:
    file = tmp_path / "begrippen.nt"
    file.write_text(schemes, "utf-8")
    again = partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")
    assert again("load", file, "--graph", "begrippen", "--no-validate").returncode == 0
    text = again("export", "--profile", "skos", "--format", "nt").stdout
    assert len(text) > 100_000
    assert isomorphic(Graph().parse(data=schemes, format="nt"), Graph().parse(data=text, format="nt"))


def test_the_target_of_a_mapping_is_a_concept_with_the_name_of_the_record(command: Run, tmp_path: Path) -> None:
    run = partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")
    subject, target = f"{iris.BASE}id/beroep/proef", "http://a.example/esco/1"
    file = tmp_path / "beroep.ttl"
    file.write_text(f'<{subject}> a <{SKOS.Concept}> ; <{SKOS.prefLabel}> "Proefberoep"@nl .', "utf-8")
    assert run("load", file, "--graph", "proef", "--no-validate").returncode == 0
    links = tmp_path / "x.sssom.tsv"
    links.write_text(
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
        f"{subject}\tProefberoep\tskos:closeMatch\t{target}\tgezinsbegeleider\tsemapv:LexicalMatching\n",
        "utf-8",
    )
    assert run("link", "import", links).returncode == 0
    code = identity(subject, target).rsplit("/", 1)[-1]
    assert run("link", "accept", code, "--role", "docent").returncode == 0
    graph = Graph().parse(data=run("export", "--profile", "skos", "--format", "nt").stdout, format="nt")
    assert (URIRef(subject), SKOS.closeMatch, URIRef(target)) in graph
    assert [str(name) for name in graph.objects(URIRef(target), SKOS.prefLabel)] == ["gezinsbegeleider"]


def test_facts_leave_out_the_definitions_of_publishers(run: Run) -> None:
    graph = Graph().parse(data=run("export", "--profile", "skos", "--facts", "--format", "nt").stdout, format="nt")
    listed = [one for one in graph.subjects(RDF.type, SKOS.Concept) if "/id/begrip/" in str(one)]
    assert len(listed) > 40
    assert all(
        "heet; zij omschrijven het niet" in str(text) for one in listed for text in graph.objects(one, SKOS.definition)
    )
    assert any(graph.objects(URIRef(f"{iris.BASE}id/competentie/kbb-a"), SKOS.definition))


def test_tables_have_a_row_for_each_thing(run: Run, tmp_path: Path) -> None:
    ended = run("export", "--profile", "csv", "--out", tmp_path / "tabellen")
    assert ended.returncode == 0, ended.stderr
    tables = {
        file.stem: list(csv.DictReader(io.StringIO(file.read_bytes().decode(), newline="")))
        for file in (tmp_path / "tabellen").iterdir()
    }
    assert sorted(tables) == ["profielen", "skills", "vereisten", "werkprocessen"]
    profile = f"{iris.BASE}id/profiel/thuisbegeleider-2011"
    tasks = [row for row in tables["werkprocessen"] if row["profiel"] == profile]
    assert [row["soort"] for row in tasks].count("kerntaak") == 5
    assert [row["soort"] for row in tasks].count("werkproces") == 21
    demands = [row for row in tables["vereisten"] if row["profiel"] == profile and row["soort"] == "competentie"]
    assert len(demands) == 44
    qualifications = {row["crebo"]: row for row in tables["profielen"] if row["soort"] == "kwalificatie"}
    assert (qualifications["25479"]["naam"], qualifications["25479"]["mbo_niveau"]) == ("Thuisbegeleider", "4")
    (addendum,) = [row for row in tables["profielen"] if row["soort"] == "addendum"]
    assert addendum["vult_aan"].split(" | ") == [
        f"{iris.BASE}id/profiel/activiteitenbegeleider",
        f"{iris.BASE}id/profiel/woonbegeleider",
    ]
    assert run("export", "--profile", "csv", "--table", "profielen").stdout.count("\n") == len(tables["profielen"]) + 1


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert written(["a"], [[cell]]).split("\r\n", 1)[1].lstrip('"').startswith("'")


def test_a_label_that_is_a_formula_leaves_the_store_as_text(command: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    thing = f"<{iris.BASE}id/profiel/x>"
    file.write_text(
        f"{thing} <{RDF.type}> <{VG.Beroepscompetentieprofiel}> .\n"
        f"{thing} <{RDF.type}> <{VG.Profiel}> .\n"
        f'{thing} <{RDFS.label}> "=HYPERLINK(\\"http://a.example\\")"@nl .\n',
        "utf-8",
    )
    again = partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")
    assert again("load", file, "--graph", "x", "--no-validate").returncode == 0
    (row,) = csv.DictReader(io.StringIO(again("export", "--profile", "csv", "--table", "profielen").stdout, newline=""))
    assert row["naam"] == """'=HYPERLINK("http://a.example")"""


@pytest.mark.parametrize(
    "options",
    [
        ("--profile", "csv"),
        ("--profile", "csv", "--table", "geen"),
        ("--profile", "csv", "--table", "skills", "--out", "x"),
        ("--profile", "csv", "--table", "skills", "--format", "nt"),
        ("--profile", "skos", "--out", "x"),
        ("--profile", "sssom", "--format", "nt"),
        ("--profile", "skos", "--graph", "begrippen"),
        ("--profile", "elm", "--format", "trig"),
        ("--table", "skills"),
    ],
)
def test_options_that_do_not_go_together_are_refused(run: Run, options: tuple[str, ...]) -> None:
    ended = run("export", *options)
    assert (ended.returncode, ended.stdout) == (2, "")


def test_mappings_leave_as_the_link_command_writes_them(run: Run) -> None:
    ended = run("export", "--profile", "sssom")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == run("link", "export").stdout
    assert "mapping_set_id" in ended.stdout
