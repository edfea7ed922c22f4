"""Filling a store: all of it or nothing, and again only when there is a reason."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDFS

from vakgraaf.engine import Packaged, StateDirectory, open_store
from vakgraaf.engine.fill import fill
from vakgraaf.errors import InputError, SyntaxProblem, UnknownThing, UnreadableInput
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_QUADS, N_TRIPLES, RESULTS_CSV, RESULTS_JSON, TURTLE


@pytest.fixture
def state(tmp_path: Path) -> StateDirectory:
    return StateDirectory(tmp_path / "state")


def test_filled_store_has_a_graph_for_each_file_and_what_follows(state: StateDirectory, packaged: Packaged) -> None:
    store = open_store(state, packaged)
    assert store.graphs() == [str(iris.graph(n)) for n in ("afgeleid", "beschrijving", "een", "ontology", "twee")]
    derived = b"".join(store.export(str(iris.graph("afgeleid")), N_TRIPLES)).decode().splitlines()
    assert sorted(line.split()[0] for line in derived) == [
        f"<{iris.BASE}id/kerntaak/{name}>" for name in ("een", "twee", "x")
    ]


def test_triple_that_two_graphs_state_counts_once(state: StateDirectory, packaged: Packaged) -> None:
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ <{iris.BASE}id/kerntaak/x> a <{iris.VG.Kerntaak}> }}"
    assert b"".join(open_store(state, packaged).query(query, RESULTS_CSV)) == b"n\r\n1\r\n"


def test_second_start_uses_the_store_that_is_there(state: StateDirectory, packaged: Packaged) -> None:
    first = fill(state, packaged)
    assert fill(state, packaged) == first


def test_changed_file_leads_to_a_new_version_that_replaces_the_old(state: StateDirectory, packaged: Packaged) -> None:
    first = fill(state, packaged)
    assert packaged.graphs is not None
    (packaged.graphs / "twee.ttl").unlink()
    second = fill(state, packaged)
    assert second.version > first.version
    assert second.quads < first.quads
    assert state.snapshot(first.version).is_dir()  # a reader may still be on it
    state.sweep(keep=second.version)
    assert not state.snapshot(first.version).exists()
    assert state.manifest() == second


def test_store_that_holds_more_than_packaged_data_is_left_alone(state: StateDirectory, packaged: Packaged) -> None:
    own = replace(fill(state, packaged), packaged_only=False)
    state.publish(own)
    assert packaged.graphs is not None
    (packaged.graphs / "twee.ttl").unlink()
    assert fill(state, packaged) == own


def test_broken_file_names_itself_and_leaves_nothing(state: StateDirectory, packaged: Packaged) -> None:
    assert packaged.graphs is not None
    broken = packaged.graphs / "twee.ttl"
    good = broken.read_text("utf-8")
    broken.write_text(good + "\nid:x id:y", "utf-8")
    with pytest.raises(SyntaxProblem, match=r"twee\.ttl"):
        fill(state, packaged)
    assert state.manifest() is None
    assert state.last_number() == 0
    broken.write_text(good, "utf-8")
    assert fill(state, packaged).quads > 0


def test_broken_file_leaves_the_store_that_was_there(state: StateDirectory, packaged: Packaged) -> None:
    first = fill(state, packaged)
    assert packaged.graphs is not None
    (packaged.graphs / "twee.ttl").write_text("?", "utf-8")
    with pytest.raises(SyntaxProblem):
        fill(state, packaged)
    assert state.manifest() == first


def test_empty_start_loads_nothing_and_a_later_start_fills(state: StateDirectory, packaged: Packaged) -> None:
    assert fill(state, None).quads == 0
    filled = fill(state, packaged)
    assert filled.quads > 0
    assert fill(state, None) == filled


@pytest.mark.slow
def test_killed_fill_leaves_nothing_and_the_next_start_repairs(state: StateDirectory, packaged: Packaged) -> None:
    assert packaged.graphs is not None
    lines = "\n".join(f"<http://a.example/{n}> <http://a.example/p> {n} ." for n in range(60_000))
    (packaged.graphs / "veel.ttl").write_text(lines, "utf-8")
    folders = {"ontology": str(packaged.ontology), "graphs": str(packaged.graphs)}
    request = json.dumps({"state": str(state.path), "packaged": folders})
    for delay in (0.0, 0.1, 0.2, 0.4):
        with subprocess.Popen(
            [sys.executable, "-m", "vakgraaf.engine", "writer", request], stdout=subprocess.DEVNULL
        ) as writer:
            begun = time.monotonic()
            while not (state.path / "stores").is_dir() and time.monotonic() - begun < 20:
                time.sleep(0.01)
            time.sleep(delay)
            writer.send_signal(signal.SIGKILL)
        manifest = state.manifest()
        assert manifest is None or manifest.quads > 60_000
    repaired = fill(state, packaged)
    assert repaired.quads > 60_000
    assert open_store(state, packaged).info.quads == repaired.quads


def test_directory_has_one_server_at_a_time(state: StateDirectory) -> None:
    with state.server_lock(), pytest.raises(InputError, match="draait al een server"), state.server_lock():
        pass
    with state.server_lock():
        pass


def test_local_store_refuses_a_format_that_cannot_hold_the_answer(state: StateDirectory, packaged: Packaged) -> None:
    store = open_store(state, packaged)
    with pytest.raises(UnreadableInput):
        list(store.query("ASK {}", TURTLE))
    with pytest.raises(UnreadableInput):
        list(store.export(None, TURTLE))
    with pytest.raises(UnknownThing):
        list(store.export("http://a.example/none", TURTLE))
    assert b"".join(store.query("ASK {}", RESULTS_JSON)) == b'{"head":{},"boolean":true}'


def test_export_leaves_out_the_properties_it_is_told_to(state: StateDirectory, packaged: Packaged) -> None:
    store = open_store(state, packaged)
    label = str(RDFS.label)
    for graph, form in ((str(iris.graph("een")), N_TRIPLES), (None, N_QUADS)):
        whole = b"".join(store.export(graph, form)).splitlines()
        every = frozenset(store.graphs())
        kept = b"".join(store.export(graph, form, leave_out=frozenset({label}), leave_out_of=every)).splitlines()
        assert sorted(kept) == sorted(line for line in whole if line.split()[1] != f"<{label}>".encode())
        assert len(kept) < len(whole)


def test_export_of_everything_has_every_quad_once(state: StateDirectory, packaged: Packaged) -> None:
    store = open_store(state, packaged)
    lines = b"".join(store.export(None, N_QUADS)).splitlines()
    assert len(lines) == len(set(lines)) == store.info.quads
