"""`vakgraaf load` as its users run it: files in, all or nothing, also under a server that runs."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from serving import served
from vakgraaf.app import create_app
from vakgraaf.settings import Settings

Run = Callable[..., Any]
_QUADS = '<http://a.example/s> <http://a.example/p> "{n}" <http://a.example/g{n}> .\n'


@pytest.fixture
def run(command: Run, tmp_path: Path) -> Run:
    """Run `vakgraaf …` on an empty store of this test's own."""
    return partial(command, tmp_path, VAKGRAAF_STORE=str(tmp_path / "state"), VAKGRAAF_EMPTY="true")


def test_quads_keep_their_graphs_and_triples_go_where_they_are_told(run: Run, tmp_path: Path) -> None:
    """Also where an editor put a byte order mark before them."""
    quads, packed, triples = tmp_path / "a.nq", tmp_path / "b.nq.gz", tmp_path / "c.ttl"
    quads.write_text(_QUADS.format(n=1), "utf-8-sig")
    packed.write_bytes(gzip.compress(_QUADS.format(n=2).encode("utf-8-sig")))
    triples.write_text("<http://a.example/s> <http://a.example/p> [ ] , [ ] .", "utf-8")
    result = run("load", quads, packed, triples, "--graph", "los")
    assert result.returncode == 0, result.stderr
    info = json.loads(run("info", "--json").stdout)
    graphs = ["http://a.example/g1", "http://a.example/g2", "https://w3id.org/vakgraaf/graph/los"]
    assert (info["quads"], info["graphs"], info["version"]) == (4, graphs, 2)
    assert run("load", triples).returncode == 0
    assert len(run("export", "--format", "nq").stdout.splitlines()) == 6


def test_graph_that_is_loaded_by_its_iri_is_exported_by_it(run: Run, tmp_path: Path) -> None:
    """Also where that IRI is not of this base."""
    triples = tmp_path / "a.ttl"
    triples.write_text("<urn:x:s> <urn:x:p> 'here' .", "utf-8")
    for name in ("http://a.example/g", "urn:x:g", "https://w3id.org/vakgraaf/graph/los"):
        assert run("load", triples, "--graph", name).returncode == 0
        assert "here" in run("export", "--graph", name, "--format", "nt").stdout


def test_empty_name_of_a_graph_is_refused(run: Run, tmp_path: Path) -> None:
    """As a variable that is not set gives it in a script."""
    triples = tmp_path / "a.ttl"
    triples.write_text("<urn:x:s> <urn:x:p> 'here' .", "utf-8")
    for command in (("load", triples), ("export",)):
        refused = run(*command, "--graph", "", VAKGRAAF_LANG="en")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr.startswith("The name of the graph is empty.")
    assert json.loads(run("info", "--json").stdout)["quads"] == 0


@pytest.mark.parametrize(("language", "words"), [("nl", ("Lezen", "wegschrijven")), ("en", ("Reading", "writing"))])
def test_who_waits_at_a_terminal_sees_how_far_it_is(tmp_path: Path, language: str, words: tuple[str, ...]) -> None:
    file = tmp_path / "a.nq"
    file.write_text("".join(_QUADS.format(n=n) for n in range(3)), "utf-8")
    command = [sys.executable, "-P", "-m", "vakgraaf", "load", file, "--lang", language, "--store", tmp_path / "state"]
    setting = {**os.environ, "VAKGRAAF_EMPTY": "true", "TERM": "xterm"}
    ours, theirs = pty.openpty()
    shown = b""
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE, text=True, env=setting) as process:
        os.close(theirs)
        with suppress(OSError):  # the other end has gone
            while more := os.read(ours, 65536):
                shown += more
        said = process.stdout.read() if process.stdout else ""
    os.close(ours)
    assert process.returncode == 0
    assert all(word.encode() in shown for word in words)
    assert said.startswith("Versi")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.trig", "_:g { <http://a.example/s> <http://a.example/p> 1 }"),
        ("a.nq", "<http://a.example/s> <http://a.example/p> <http://a.example/o> _:g ."),
        (
            "a.jsonld",
            '{ "http://a.example/p": 1, "@graph": [{ "@id": "http://a.example/s", "http://a.example/p": 2 }] }',
        ),
    ],
)
def test_graph_with_a_blank_node_for_its_name_is_refused(run: Run, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "b.nq").write_text(_QUADS.format(n=1), "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    result = run("load", tmp_path / "b.nq", tmp_path / name)
    assert result.returncode == 2, result.stderr
    assert f"{name}: een graaf heeft hier een blanke knoop als naam" in result.stderr
    assert json.loads(run("info", "--json").stdout)["quads"] == 0


def test_file_that_is_broken_leaves_the_store_as_it_was(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.nq", tmp_path / "b.ttl"
    good.write_text(_QUADS.format(n=1), "utf-8")
    bad.write_text("<http://a.example/s> <http://a.example/p>\n  fout .", "utf-8")
    result = run("load", good, bad)
    assert result.returncode == 2
    assert "b.ttl" in result.stderr
    assert "regel 2" in result.stderr
    assert json.loads(run("info", "--json").stdout)["quads"] == 0
    for name in ("a.txt", "nergens.ttl"):
        assert run("load", tmp_path / name).returncode == 2


def test_what_does_not_conform_is_only_loaded_without_judging(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "persoon.ttl"
    file.write_text("<http://a.example/piet> a <http://xmlns.com/foaf/0.1/Person> .", "utf-8")
    refused = run("load", file)
    assert (refused.returncode, "personen" in refused.stderr) == (1, True)
    assert json.loads(run("info", "--json").stdout)["quads"] == 0
    assert run("load", "--no-validate", file).returncode == 0
    assert json.loads(run("info", "--json").stdout)["quads"] == 1


def test_computed_graph_is_not_loaded_into(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<http://a.example/s> <http://a.example/p> 1 .", "utf-8")
    result = run("load", "--graph", "afgeleid", file)
    assert (result.returncode, "afgeleid" in result.stderr) == (2, True)


def test_server_that_runs_notices(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.nq"
    file.write_text(_QUADS.format(n=1), "utf-8")
    ask = {"query": "ASK { <http://a.example/s> ?p ?o }", "format": "json"}
    with served(create_app(Settings(store=tmp_path / "state", empty=True, search=False))) as address:
        assert run("load", file).returncode == 0
        until = time.monotonic() + 30
        while not httpx.get(f"{address}/sparql", params=ask, timeout=30).json()["boolean"]:
            assert time.monotonic() < until, "the server did not notice"
            time.sleep(0.1)


@pytest.mark.parametrize("content", [b"hi", gzip.compress(b"<urn:a> <urn:b> 1 .")[:-20] + b"\xff" * 20])
def test_file_that_is_not_compressed_as_its_name_says_is_named(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "los.ttl.gz").write_bytes(content)
    told = run("load", "los.ttl.gz")
    assert told.returncode == 2
    assert told.stderr.startswith("los.ttl.gz: dit is geen geldig Turtle")
