"""The commands that open the store: query, export, info, check."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, Graph

from vakgraaf.rdf.iris import VG, graph
from vakgraaf.rdf.rights import LONG_TEXTS

Run = Callable[..., Any]


@pytest.fixture
def empty(command: Run, tmp_path: Path) -> Run:
    """Run `vakgraaf …` on a store without data, for what is refused whatever there is."""
    return partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")


def test_a_query_from_standard_input_is_answered(run: Run) -> None:
    text = f"SELECT (COUNT(?k) AS ?n) WHERE {{ ?k a <{VG.Kerntaak}> }}"
    result = run("query", "--format", "csv", "-", stdin=text)
    assert (result.returncode, result.stdout.split()) == (0, ["n", "13"])


@pytest.mark.parametrize("arguments", [("info",), ("query", "q.rq"), ("token", "new")])
def test_full_disk_behind_the_output_is_told_and_is_not_a_no(
    empty: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """In a sentence, by a process of its own: what is left of the output would be written once more at its end."""
    (tmp_path / "q.rq").write_text("ASK {}", "utf-8")
    assert empty("info").returncode == 0
    known = {"VAKGRAAF_STORE": str(tmp_path / "state"), "VAKGRAAF_EMPTY": "true", "VAKGRAAF_LANG": "en"}
    with Path("/dev/full").open("w") as full:
        program = [sys.executable, "-m", "vakgraaf", *arguments]
        ended = subprocess.run(
            program,
            cwd=tmp_path,
            env={**os.environ, **known},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (2, "stdout does not fit on the disk any more.")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("arguments", [("info",), ("restore", "veilig"), ("serve", "--check")])
def test_empty_name_of_a_store_is_not_the_usual_one(empty: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    refused = empty(*arguments, "--store", "", VAKGRAAF_LANG="en")
    assert (refused.returncode, refused.stderr.partition(".")[0]) == (2, "--store is empty")
    assert not (tmp_path / "state").exists()


def test_a_query_that_does_not_parse_is_refused_with_its_place(empty: Run) -> None:
    result = empty("query", "-", stdin="ASK {\n ?s ?p }")
    assert result.returncode == 2
    assert "Regel 2, kolom" in result.stderr


def test_a_query_that_dials_out_is_refused(empty: Run) -> None:
    result = empty("query", "-", stdin="ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert result.returncode == 2
    assert "SERVICE" in result.stderr


def test_a_format_that_does_not_fit_is_refused(empty: Run) -> None:
    result = empty("query", "--format", "csv", "-", stdin="CONSTRUCT WHERE { ?s ?p ?o }")
    assert result.returncode == 2
    assert "Kies uit" in result.stderr


def test_one_graph_is_exported_whole_and_an_unknown_one_refused(run: Run) -> None:
    result = run("export", "--graph", "bcp-thuisbegeleider-2011", "--format", "nt")
    assert len(Graph().parse(data=result.stdout, format="nt")) > 9000
    assert run("export", "--graph", "nergens").returncode == 2


def test_facts_leave_out_the_publishers_texts_and_nothing_else(run: Run) -> None:
    whole = named_quads(run("export", "--format", "nq").stdout)
    facts = named_quads(run("export", "--facts", "--format", "nq").stdout)
    rights = f"<{DCTERMS.rights}>"
    protected = {graph_of(line) for line in whole if predicate_of(line) == rights}
    protected &= {subject_of(line) for line in whole if predicate_of(line) == rights}
    assert {f"<{graph('afgeleid')}>", f"<{graph('bcp-thuisbegeleider-2011')}>"} <= protected
    assert facts < whole
    assert {predicate_of(line).strip("<>") for line in whole - facts} == LONG_TEXTS
    assert {graph_of(line) for line in whole - facts} == protected
    kept = [line for line in facts if graph_of(line) in protected]
    assert not LONG_TEXTS & {predicate_of(line).strip("<>") for line in kept}


def named_quads(text: str) -> set[str]:
    """The quads without blank nodes (the ontology has some), whose names differ from one export to the next."""
    return {line for line in text.splitlines() if not re.search(r"(?:^| )_:", line)}


def subject_of(quad: str) -> str:
    return quad.split(" ")[0]


def predicate_of(quad: str) -> str:
    return quad.split(" ")[1]


def graph_of(quad: str) -> str:
    return quad.split(" ")[-2]


def test_info_tells_what_is_in_the_store(run: Run) -> None:
    data = json.loads(run("info", "--json").stdout)
    assert data["quads"] > 20_000
    assert str(graph("afgeleid")) in data["graphs"]


@pytest.mark.parametrize(("language", "counted"), [("nl", r"\d\d\.\d{3} uitspraken"), ("en", r"\d\d,\d{3} statements")])
def test_info_tells_people_the_version_of_the_program_and_each_graph_on_a_line(
    run: Run, language: str, counted: str
) -> None:
    first, *graphs = run("info", "--lang", language).stdout.splitlines()
    assert first.startswith(f"Vakgraaf {version('vakgraaf')}.")
    assert re.search(counted, first)
    assert f"  {graph('afgeleid')}" in graphs


@pytest.mark.java
@pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, and there is none here")
def test_everything_that_ships_is_sound(run: Run) -> None:
    result = run("check", "--json")
    assert result.returncode == 0, result.stdout
    assert {entry["check"] for entry in json.loads(result.stdout)} >= {"OWL 2 DL", "shapes", "links", "HermiT"}


def test_check_says_it_where_java_is_missing(empty: Run, tmp_path: Path) -> None:
    result = empty("check", PATH=str(tmp_path), JAVA_HOME=str(tmp_path))
    assert result.returncode == 2
    assert "Java" in result.stderr
    assert "Traceback" not in result.stderr
