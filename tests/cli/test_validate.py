"""`vakgraaf validate`: what it takes, what it says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from vakgraaf.commands.validating import ReportForm
from vakgraaf.rdf.iris import VG
from vakgraaf.resources import folder
from vakgraaf.validation.reports import REPORT_FORMATS

ADDENDUM = folder("data/sources") / "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013.txt"
FAULTY = f"<https://w3id.org/vakgraaf/id/kerntaak/x-1> a <{VG.Kerntaak}> ."
Run = Callable[..., Any]


@pytest.fixture
def run(command: Run, tmp_path: Path) -> Run:
    return partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"))


def test_every_form_of_a_report_can_be_asked_for() -> None:
    assert {form.value for form in ReportForm} == set(REPORT_FORMATS)


def test_a_document_that_conforms_ends_well(run: Run) -> None:
    ended = run("validate", ADDENDUM)
    assert ended.returncode == 0
    assert ended.stdout.startswith("Voldoet")


def test_an_incomplete_document_gets_a_report_and_no(run: Run, tmp_path: Path) -> None:
    (tmp_path / "half.txt").write_bytes(b"\n".join(ADDENDUM.read_bytes().split(b"\n")[:408]))
    ended = run("validate", "--format", "json", "half.txt")
    assert ended.returncode == 1
    assert any(r["source_shape"].endswith("#Document-onvolledig") for r in json.loads(ended.stdout)["results"])


def test_value_that_does_not_fit_its_datatype_is_in_the_report_and_nowhere_else(run: Run, tmp_path: Path) -> None:
    order = f'{FAULTY[:-1]}; <{VG.volgorde}> "drie"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    (tmp_path / "drie.ttl").write_text(order, "utf-8")
    ended = run("validate", "drie.ttl")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "“drie”" in ended.stdout


@pytest.mark.parametrize(("lang", "says"), [("nl", "dit is geen"), ("en", "this is no")])
def test_what_is_no_profile_is_called_that_in_both_languages(run: Run, tmp_path: Path, lang: str, says: str) -> None:
    (tmp_path / "boodschappen.txt").write_text("Boodschappen\nmelk\n", "utf-8")
    ended = run("validate", "--lang", lang, "boodschappen.txt")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert says in ended.stderr


def test_what_comes_in_by_a_pipe_is_told_apart_by_its_content(run: Run) -> None:
    assert run("validate", "-", stdin=FAULTY).returncode == 1
    assert run("validate", "-", stdin=ADDENDUM.read_text("utf-8")).returncode == 0


def test_the_report_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(FAULTY, "utf-8")
    ended = run("validate", "--format", "sarif", "--out", "verslag/x.sarif", "x.ttl")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert json.loads((tmp_path / "verslag" / "x.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_nothing_is_fetched_from_a_host_that_was_not_named(run: Run) -> None:
    ended = run("validate", "http://127.0.0.1:9/x.ttl")
    assert ended.returncode == 2
    assert "--allow-host 127.0.0.1:9" in ended.stderr


def test_a_profile_is_judged_together_with_the_store(run: Run, tmp_path: Path) -> None:
    taken = f"<https://w3id.org/vakgraaf/id/profiel/thuisbegeleider-2011> a <{VG.Beroepscompetentieprofiel}> ."
    (tmp_path / "x.ttl").write_text(taken, "utf-8")
    ended = run("validate", "--with-store", "--format", "json", "x.ttl")
    assert any("staatOokIn" in (result["path"] or "") for result in json.loads(ended.stdout)["results"])


def test_shapes_of_ones_own_can_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<http://a.example/x> a <http://a.example/Ding> .", "utf-8")
    (tmp_path / "s.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://a.example/S> a sh:NodeShape ;"
        " sh:targetClass <http://a.example/Ding> ; sh:property [ sh:path <http://a.example/naam> ; sh:minCount 1 ] .",
        "utf-8",
    )
    assert run("validate", "x.ttl").returncode == 0
    assert run("validate", "--shapes", "s.ttl", "x.ttl").returncode == 1
