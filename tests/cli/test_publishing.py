"""One gate: through whichever door a change comes, it conforms or nothing changes, and its warnings are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from vakgraaf.resources import folder

Run = Callable[..., Any]
EXAMPLE = (folder("shapes") / "examples" / "voorbeeld.ttl").read_text("utf-8")
WARNED = EXAMPLE.replace("    dct:publisher <organisatie/uitgever> ;\n", "")
REFUSED = EXAMPLE + "<persoon/piet> a <http://xmlns.com/foaf/0.1/Person> ."
GRAPH = "https://w3id.org/vakgraaf/graph/voorbeeld"
REMARKS = f"""SELECT ?focus ?severity WHERE {{ GRAPH <https://w3id.org/vakgraaf/graph/toetsing> {{
  ?report a <http://www.w3.org/ns/shacl#ValidationReport> ; <http://purl.org/dc/terms/subject> <{GRAPH}> ;
    <http://www.w3.org/ns/shacl#result> ?result .
  ?result <http://www.w3.org/ns/shacl#focusNode> ?focus ; <http://www.w3.org/ns/shacl#resultSeverity> ?severity }} }}"""
SOURCE, WARNING = "https://w3id.org/vakgraaf/id/brondocument/voorbeeld", "http://www.w3.org/ns/shacl#Warning"


@pytest.fixture
def run(command: Run, tmp_path: Path) -> Run:
    """Run `vakgraaf …` on an empty store of this test's own."""
    return partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")


def _file(folder: Path, text: str) -> Path:
    path = folder / "voorbeeld.ttl"
    path.write_text(text, "utf-8")
    return path


def _remarks(run: Run) -> list[str]:
    return sorted(run("query", "-", "--format", "csv", stdin=REMARKS).stdout.split()[1:])


def test_load_keeps_the_warnings_with_the_data_and_only_as_long_as_they_hold(run: Run, tmp_path: Path) -> None:
    assert run("load", _file(tmp_path, WARNED), "--graph", "voorbeeld").returncode == 0
    assert _remarks(run) == [f"{SOURCE},{WARNING}"]
    assert run("load", _file(tmp_path, EXAMPLE), "--graph", "voorbeeld").returncode == 0
    assert _remarks(run) == []


def test_load_of_what_does_not_conform_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("load", _file(tmp_path, EXAMPLE), "--graph", "voorbeeld")
    before = run("info", "--json").stdout
    refused = run("load", _file(tmp_path, REFUSED), "--graph", "voorbeeld")
    assert (refused.returncode, "personen" in refused.stderr) == (1, True)
    assert run("info", "--json").stdout == before


def test_ingest_publishes_a_document_and_keeps_the_graph_that_it_replaces(run: Run, tmp_path: Path) -> None:
    name = "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013"
    source = tmp_path / f"{name}.txt"
    text = (folder("data/sources") / source.name).read_text("utf-8")
    source.write_text(text, "utf-8")
    published = run("ingest", "--publish", source)
    assert published.returncode == 0, published.stderr
    assert not (tmp_path / f"{name}.ttl").exists()
    assert json.loads(run("info", "--json").stdout)["graphs"][0].endswith(name)
    assert run("ingest", source).returncode == 0
    assert run("diff", name, f"{name}.ttl").stdout.splitlines()[2] == "Er is inhoudelijk geen verschil."
    source.write_text(text.replace("Zij stimuleert betrokkenen", "Zij motiveert betrokkenen"), "utf-8")
    assert run("ingest", "--publish", source).returncode == 0
    changed = run("diff", f"{name}@1", name)
    assert changed.returncode == 1
    assert "[-stimuleert-]{+motiveert+}" in changed.stdout


def test_ingest_publishes_nothing_of_what_is_no_profile(run: Run, tmp_path: Path) -> None:
    run("load", _file(tmp_path, EXAMPLE), "--graph", "voorbeeld")
    before = run("info", "--json").stdout
    (tmp_path / "brief.txt").write_text("Geachte heer,\n\nHierbij de notulen.\n", "utf-8")
    assert run("ingest", "--publish", tmp_path / "brief.txt").returncode == 2
    assert run("info", "--json").stdout == before


def test_diff_says_which_file_graph_or_version_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("diff", _file(tmp_path, EXAMPLE), "voorbeeld@7", "--lang", "en")
    assert (result.returncode, "voorbeeld@7" in result.stderr) == (2, True)


def test_diff_of_files_is_data_too(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "anders.ttl"
    other.write_text(EXAMPLE.replace('"Het voorbeeld geven"', '"Het goede voorbeeld geven"'), "utf-8")
    result = run("diff", "--json", _file(tmp_path, EXAMPLE), other)
    found = json.loads(result.stdout)
    assert (result.returncode, found["same"], found["counts"]) == (1, False, {"renamed": 1})
    assert ["+", "goede "] in found["changes"][0]["marks"]
    assert run("diff", other, other).returncode == 0
