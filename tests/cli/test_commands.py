"""The command line keeps its word: exit codes, languages, nothing half-written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph

from vakgraaf.rdf.iris import VG
from vakgraaf.resources import folder

ROOT = Path(__file__).parents[2]
ADDENDUM = folder("data/sources") / "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013.txt"
Run = Callable[..., Any]


@pytest.fixture
def run(command: Run, tmp_path: Path) -> Run:
    """Run `vakgraaf …` in an empty folder; what it answers is returned."""
    return partial(command, tmp_path)


def test_ingest_writes_the_graph_of_a_document_that_conforms(run: Run, tmp_path: Path) -> None:
    result = run("ingest", "--out", tmp_path / "uit", "--report", tmp_path / "verslag.json", ADDENDUM)
    assert (result.returncode, result.stderr.strip()) == (0, str(tmp_path / "uit" / f"{ADDENDUM.stem}.ttl"))
    assert "0 niet geplaatst" in result.stdout
    assert "Voldoet" in result.stdout
    assert len(Graph().parse(tmp_path / "uit" / f"{ADDENDUM.stem}.ttl")) > 3000
    (report,) = json.loads((tmp_path / "verslag.json").read_text("utf-8"))
    assert report["counts"]["Aanvulling"] == 6
    assert {account["fate"] for account in report["accounts"]} == {"claimed", "furniture", "structure"}


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", 2, "is leeg of bevat alleen witruimte"),
        (bytes(range(256)), 2, "geen UTF-8-tekst"),
        (b"Boodschappen\nmelk\n", 2, "geen beroepscompetentieprofiel of addendum"),
        (b"\n".join(ADDENDUM.read_bytes().split(b"\n")[:408]), 1, "is niet volledig"),
    ],
)
def test_bad_input_gives_a_clear_message_and_nothing_is_written(
    run: Run, tmp_path: Path, content: bytes, code: int, says: str
) -> None:
    (tmp_path / "in.txt").write_bytes(content)
    result = run("ingest", "--out", tmp_path / "uit", tmp_path / "in.txt")
    assert result.returncode == code
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "uit").exists()


def test_one_bad_document_keeps_the_good_ones_from_being_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_text("")
    assert run("ingest", "--out", tmp_path / "uit", ADDENDUM, tmp_path / "leeg.txt").returncode == 2
    assert not (tmp_path / "uit").exists()


def test_messages_are_dutch_unless_english_is_asked_for(run: Run) -> None:
    assert "bestaat niet" in run("ingest", "nergens.txt").stderr
    assert "does not exist" in run("ingest", "--lang", "en", "nergens.txt").stderr


def test_build_check_agrees_with_what_is_committed(run: Run) -> None:
    assert run("build", "--check").returncode == 0


def test_build_check_says_what_differs_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("build", "--check", "--out", tmp_path)
    assert result.returncode == 1
    assert "Verschilt" in result.stderr
    assert not list(tmp_path.iterdir())


def test_validate_says_yes_to_what_is_committed(run: Run) -> None:
    result = run("validate", *sorted(folder("data/graphs").glob("add*.ttl")))
    assert (result.returncode, result.stdout.splitlines()[0][:7]) == (0, "Voldoet")


def test_validate_says_no_to_an_addendum_that_supplements_nothing(run: Run, tmp_path: Path) -> None:
    graph = Graph().parse(next(folder("data/graphs").glob("add*.ttl")))
    addendum = next(graph.subjects(RDF.type, VG.Addendum))
    graph.remove((addendum, VG.vultAan, None))
    graph.serialize(tmp_path / "stuk.ttl", "turtle")
    result = run("validate", "--format", "json", tmp_path / "stuk.ttl")
    assert result.returncode == 1
    report = json.loads(result.stdout)
    assert any("AddendumShape" in found["source_shape"] for found in report["results"])


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("stuk.ttl", "@prefix a: <b:> .\na:b a:c ;;; q .\n", "regel 2, kolom"),
        ("stuk.jsonld", '{"@id": "b:c",,}', "geen geldig JSON-LD"),
    ],
)
def test_data_that_does_not_parse_is_refused_with_its_place(
    run: Run, tmp_path: Path, name: str, content: str, where: str
) -> None:
    (tmp_path / name).write_text(content)
    result = run("validate", tmp_path / name)
    assert result.returncode == 2
    assert where in result.stderr


def test_a_remote_context_is_not_fetched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ver.jsonld").write_text('{"@context": "http://127.0.0.1:9/context", "@id": "urn:a", "name": "b"}')
    result = run("validate", tmp_path / "ver.jsonld")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_usage_errors_exit_with_2(run: Run) -> None:
    assert run("bestaatniet").returncode == 2
    assert run("ingest").returncode == 2


def test_program_ends_with_the_code_of_its_command_and_its_message(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "vakgraaf", "validate", "nergens.ttl"]
    ended = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "nergens.ttl" in ended.stderr
    assert "Traceback" not in ended.stderr
