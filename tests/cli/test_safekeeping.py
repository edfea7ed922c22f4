"""`vakgraaf backup`, `restore` and `info --verify` as an operator runs them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from impostor import python_replaced
from vakgraaf.engine import GraphChange, Replacing, StateDirectory, put_graphs, readings
from vakgraaf.engine.fill import fill
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import TURTLE

Run = Callable[..., Any]
GRAPH = str(iris.graph("proef"))
_PROFILE = "<http://a.example/p> a <{vg}Profiel> ; <http://a.example/n> {n} . <http://a.example/k> a <{vg}Profiel> ."


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one graph with one version behind it, and a graph that is empty."""
    path = tmp_path_factory.mktemp("filled") / "state"
    state = StateDirectory(path)
    fill(state, None)
    for number in (1, 2):
        content = _PROFILE.format(vg=iris.VG, n=number).encode()
        put_graphs(state, [GraphChange(GRAPH, content, TURTLE, Replacing.WHOLE, GRAPH)])
    put_graphs(state, [GraphChange("http://a.example/leeg", b"", TURTLE, Replacing.WHOLE, GRAPH)])
    return path


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    """A copy of that store, to be damaged."""
    return Path(shutil.copytree(filled, tmp_path / "state"))


@pytest.fixture
def run(command: Run, tmp_path: Path, store: Path) -> Run:
    """Run `vakgraaf …` on that store."""
    return partial(command, tmp_path, VAKGRAAF_STORE=str(store), VAKGRAAF_EMPTY="true")


def quads(run: Run) -> list[str]:
    return sorted(run("export", "--format", "nq").stdout.splitlines())


def test_backup_restored_elsewhere_has_all_graphs_and_versions_under_the_same_number(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("backup", "veilig", "--json").stdout)
    assert (told["version"], told["quads"], told["graphs"], told["versions"], told["layout"]) == (4, 13, 3, 1, 2)
    elsewhere = partial(run, VAKGRAAF_STORE=str(tmp_path / "elders"))
    result = elsewhere("restore", "veilig")
    assert (result.returncode, "Versie 4 is teruggezet" in result.stdout) == (0, True), result.stderr
    assert quads(elsewhere) == quads(run)
    assert json.loads(elsewhere("info", "--json").stdout) == json.loads(run("info", "--json").stdout)
    version = ("export", "--format", "nt", "--graph", f"{iris.BASE}graph/versie/proef/1")
    assert elsewhere(*version).stdout == run(*version).stdout != ""
    assert elsewhere("info", "--verify").returncode == 0


def test_backup_is_of_one_moment_also_while_a_server_has_the_directory(run: Run, store: Path) -> None:
    with StateDirectory(store).server_lock():
        assert run("backup", "veilig").returncode == 0
    assert run("restore", "veilig", "--check").returncode == 0
    assert not list((store / "work").glob("backup-*"))


def test_backup_takes_no_place_that_is_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "veilig").mkdir()
    (tmp_path / "veilig" / "iets").write_text("van een ander")
    assert "bestaat al" in run("backup", "veilig").stderr
    (tmp_path / "nieuw.draft").mkdir()
    (tmp_path / "nieuw.draft" / "brief.txt").write_text("van een ander")
    assert run("backup", "nieuw").returncode == 2
    assert (tmp_path / "nieuw.draft" / "brief.txt").exists()


def test_backup_is_not_the_directory_that_one_is_in(command: Run, store: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    refused = command(here, "backup", ".", VAKGRAAF_STORE=str(store), VAKGRAAF_LANG="en")
    assert (refused.returncode, list(here.iterdir())) == (2, [])
    assert "that you are in" in refused.stderr


def test_restore_refuses_while_a_server_has_the_directory(run: Run, store: Path) -> None:
    run("backup", "veilig")
    before = (store / "current.json").read_text()
    with StateDirectory(store).server_lock():
        result = run("restore", "veilig", "--lang", "en")
    assert (result.returncode, "A server is running" in result.stderr) == (2, True)
    assert (store / "current.json").read_text() == before


def test_restore_brings_back_what_was_there_and_removes_what_came_after(run: Run, store: Path) -> None:
    then = quads(run)
    run("backup", "veilig")
    for number in (3, 4):
        content = _PROFILE.format(vg=iris.VG, n=number).encode()
        put_graphs(StateDirectory(store), [GraphChange(GRAPH, content, TURTLE, Replacing.WHOLE, GRAPH)])
    assert quads(run) != then
    assert run("restore", "veilig").returncode == 0
    assert quads(run) == then
    assert json.loads(run("info", "--json").stdout)["version"] == 7, "a number that no client has seen before"
    assert run("export", "--graph", f"{iris.BASE}graph/versie/proef/2").returncode == 2


def test_a_server_can_begin_at_once_with_what_was_restored(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "MANY", 1)
    run("backup", "veilig")
    assert run("restore", "veilig").returncode == 0
    state = StateDirectory(store)
    manifest = state.manifest()
    assert manifest is not None
    assert readings.present(state, manifest)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _change_a_quad(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b'"2"', b'"3"')))


def _change_a_count(path: Path) -> None:
    path.write_text(path.read_text().replace('"quads": 13', '"quads": 12'))


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("quads.nq.gz", _cut),
        ("quads.nq.gz", _change_a_quad),
        ("quads.nq.gz", Path.unlink),
        ("versions/proef/1.nq.gz", _cut),
        ("versions/proef/1.nq.gz", Path.unlink),
        ("backup.json", _cut),
        ("backup.json", _change_a_count),
        ("backup.json", Path.unlink),
    ],
)
def test_restore_refuses_a_backup_that_is_not_whole_and_names_the_file(
    run: Run, store: Path, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    run("backup", "veilig")
    harm(tmp_path / "veilig" / name)
    before = (store / "current.json").read_text()
    for arguments in (("restore", "veilig"), ("restore", "veilig", "--check")):
        result = run(*arguments)
        assert (result.returncode, name in result.stderr) == (2, True), result.stderr
    assert (store / "current.json").read_text() == before
    assert run("info", "--verify").returncode == 0


def test_restore_refuses_files_that_do_not_hold_what_was_counted(run: Run, tmp_path: Path) -> None:
    run("backup", "veilig")
    head, data = tmp_path / "veilig" / "backup.json", tmp_path / "veilig" / "quads.nq.gz"
    lines = gzip.decompress(data.read_bytes()).splitlines(keepends=True)
    data.write_bytes(gzip.compress(b"".join(lines[1:])))
    told = json.loads(head.read_text())
    content = data.read_bytes()
    told["files"]["quads.nq.gz"] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    del told["check"]
    told["check"] = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    head.write_text(json.dumps(told))
    assert run("restore", "veilig", "--check").returncode == 0, "the sums are right, and only they were looked at"
    result = run("restore", "veilig")
    assert (result.returncode, "quads.nq.gz" in result.stderr) == (2, True)
    assert run("info", "--verify").returncode == 0


def test_restore_mends_a_store_that_says_nothing_any_more(run: Run, store: Path) -> None:
    then = quads(run)
    run("backup", "veilig")
    shutil.rmtree(store / "snapshots" / "00000004")
    assert "vakgraaf restore" in run("info").stderr
    assert run("restore", "veilig").returncode == 0
    assert quads(run) == then


def checks(run: Run) -> dict[str, Any]:
    result = run("info", "--verify", "--json", "--lang", "en")
    told = json.loads(result.stdout)
    assert result.returncode == (0 if told["good"] else 1)
    return {check["check"]: check["good"] for check in told["checks"]}


def test_store_that_is_whole_passes_and_what_is_still_to_come_is_no_fault(run: Run) -> None:
    found = checks(run)
    assert {name for name, good in found.items() if good is None} == {"beschrijving", "zoekindex"}
    assert all(found[name] for name in ("current.json", "snapshot", "afgeleid", "versies"))


def _altered(store: Path, update: str) -> None:
    """Change the files of the snapshot that counts, behind the back of everything else."""
    (snapshot,) = (path for path in (store / "snapshots").glob("*4") if path.is_dir())
    changed = ox.Store(str(snapshot))
    changed.update(update)
    changed.flush()


def test_verify_tells_what_does_not_agree(run: Run, store: Path) -> None:
    _altered(store, f"INSERT DATA {{ GRAPH <{iris.graph('afgeleid')}> {{ <urn:x:a> <urn:x:b> <urn:x:c> }} }}")
    (store / "versions" / "proef" / "1.nq.gz").unlink()
    assert {name for name, good in checks(run).items() if good is False} == {"snapshot", "afgeleid", "versies"}
    shutil.rmtree(store / "snapshots")
    assert run("info", "--verify").returncode == 2


def test_verify_tells_of_files_that_are_cut_short(run: Run, store: Path) -> None:
    for path in (store / "snapshots" / "00000004").glob("*.sst"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert checks(run)["snapshot"] is False
    assert re.search("vakgraaf restore|backup", run("backup", "veilig").stderr)


def test_verify_tells_of_an_index_of_other_data(run: Run, store: Path) -> None:
    from vakgraaf.search.schema import create
    from vakgraaf.search.shelf import Shelf

    manifest = StateDirectory(store).manifest()
    assert manifest is not None
    shelf = Shelf(store / "search")
    draft = shelf.draft()
    index = create(draft)
    facts = {"tag": manifest.tag, "version": manifest.version, "things": 1}
    index.executemany("INSERT INTO about VALUES (?, ?)", facts.items())
    index.execute("INSERT INTO thing VALUES (1, 'urn:x:nergens', 0, '')")
    index.close()
    path = shelf.publish(draft, manifest.tag)
    assert checks(run)["zoekindex"] is False
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE thing SET iri = 'http://a.example/p'")
    connection.close()
    assert checks(run)["zoekindex"] is True
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert checks(run)["zoekindex"] is False


@pytest.fixture
def emptied(store: Path) -> Path:
    """The list of the engine's own files cut short: it opens what that still names, which is nothing."""
    for path in (store / "snapshots" / "00000004").glob("MANIFEST-*"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    return store


def test_store_that_seems_empty_is_neither_served_nor_written_to(run: Run, emptied: Path, tmp_path: Path) -> None:
    (tmp_path / "meer.ttl").write_text("<http://a.example/s> <http://a.example/p> 1 .")
    for command in (("serve", "--port", "0"), ("export",), ("load", "meer.ttl")):
        refused = run(*command, "--lang", "en")
        assert refused.returncode == 2, command
        assert re.search("damaged.*vakgraaf restore", refused.stderr), refused.stderr
        assert "Traceback" not in refused.stderr
    assert max(path.name for path in emptied.glob("snapshots/*.json")) == "00000004.json"


def test_damage_is_told_in_a_sentence_of_one_language(run: Run, store: Path) -> None:
    for path in (store / "snapshots" / "00000004").glob("*.sst"):
        path.write_bytes(b"\0" * path.stat().st_size)
    for language, words in (("nl", "beschadigd"), ("en", "damaged")):
        for command in (("export",), ("info", "--verify")):
            told = run(*command, "--lang", language)
            assert words in told.stdout + told.stderr
            assert len(re.findall("beschadigd|damaged", told.stdout + told.stderr)) == 1
            assert "Traceback" not in told.stderr


def test_process_that_is_killed_while_it_reads_says_nothing_of_the_data(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a system does that is short of memory: who is told to restore a backup loses what came after it."""
    with python_replaced("kill -9 $$", tmp_path, monkeypatch):
        refused = run("export", VAKGRAAF_LANG="en")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "stopped before it was done (code -9)" in refused.stderr
    assert "damaged" not in refused.stderr
    assert quads(run)


@pytest.mark.parametrize("place", ["bestand", "bestand/erin"])
@pytest.mark.parametrize(
    "words", [("serve", "--port", "0"), ("info",), ("info", "--verify"), ("load", "meer.ttl"), ("restore", "bestand")]
)
def test_store_that_cannot_be_a_directory_is_a_sentence(
    words: tuple[str, ...], place: str, run: Run, tmp_path: Path
) -> None:
    for name in ("bestand", "meer.ttl"):
        (tmp_path / name).write_text("")
    told = run(*words, "--store", str(tmp_path / place))
    assert told.returncode == 2
    assert str(tmp_path / place) in told.stderr
    assert "Traceback" not in told.stderr


def test_file_is_no_backup(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    told = run("restore", "--check", "bestand")
    assert (told.returncode, "Traceback" in told.stderr) == (2, False)
