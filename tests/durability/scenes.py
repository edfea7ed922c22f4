"""The stores that the acts are done to, and how each act is run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from durability.acts import GRAPH, packaged
from durability.looking import WORDS
from vakgraaf.engine import GraphChange, Replacing, StateDirectory, Update, change_store, put_graphs, readings
from vakgraaf.engine.fill import fill
from vakgraaf.engine.saving import save
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import TURTLE

_PROLOGUE = f"""@prefix vg: <{iris.VG}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix id: <{iris.BASE}id/> .
"""
_ONTOLOGY = "vg:Kerntaak a owl:Class ; rdfs:subClassOf vg:Taak . vg:Taak a owl:Class . vg:Profiel a owl:Class ."
_PROFILE = (
    'id:profiel\\/proef a vg:Profiel ; rdfs:label "{word} van nummer {n}"@nl .\n'
    'id:kerntaak\\/proef-{n} a vg:Kerntaak ; rdfs:label "{word} {n}"@nl .\n'
)
_ACTS = str(Path(__file__).with_name("acts.py"))
_LARGE_BYTES = 9 * 1024 * 1024
_MANY = 4000


@dataclass(frozen=True)
class Scene:
    """An act: the store it finds, the program, what it writes to beside, the ways in which it is stopped.

    `role` says which process is stopped, by words of its command line; "" where there is only one.
    """

    name: str
    before: Path
    program: Callable[[Path], list[str]]
    role: str = ""
    beside: str = ""
    ways: tuple[str, ...] = ("kill",)


def scenes(folder: Path) -> list[Scene]:
    """All acts on stores that are made in `folder`."""
    old, new, large = (folder / name for name in ("oud.ttl", "nieuw.ttl", "groot.ttl"))
    for path, word, number in ((old, WORDS[0], 1), (new, WORDS[1], 2)):
        path.write_text(_PROLOGUE + _PROFILE.format(word=word, n=number), "utf-8")
    large.write_text(new.read_text("utf-8") + "#".ljust(_LARGE_BYTES, "-") + "\n", "utf-8")
    store, later = _store(folder, old), folder / "later"
    shutil.copytree(store, later)
    _put(later, new)
    backup = folder / "backup"
    save(StateDirectory(later), backup)
    load = ["-m", "vakgraaf", "load", "--no-validate", "--graph", "proef", "--store"]
    empty, changed, earlier = folder / "empty", folder / "changed", folder / "earlier"
    empty.mkdir()
    _package(changed, WORDS[1])
    _earlier(store, earlier)
    many = _many(folder / "veel.nq")
    merged = _merged(store, folder / "merged")
    both = ("kill", "family")
    return [
        Scene("publish", store, lambda s: [_ACTS, "publish", str(s), str(new)], "engine changer", ways=both),
        Scene("load", store, lambda s: [*load, str(s), str(new)]),
        Scene("load-large", store, lambda s: [*load, str(s), str(large)]),
        Scene("load-many", store, lambda s: [_ACTS, "load-many", str(s), str(many)]),
        Scene("copy", merged, lambda s: [_ACTS, "read", str(s)], "engine reading", ways=both),
        Scene(
            "copy-next",
            _read(merged, folder / "read"),
            lambda s: [_ACTS, "publish", str(s), str(new), "0"],
            "engine reading",
            ways=both,
        ),
        Scene("restore", store, lambda s: ["-m", "vakgraaf", "restore", str(backup), "--store", str(s)]),
        Scene("restore-live", store, lambda s: ["-m", "vakgraaf", "restore", str(backup), "--live", "--store", str(s)]),
        Scene(
            "backup",
            store,
            lambda s: ["-m", "vakgraaf", "backup", str(s.parent / "saved"), "--store", str(s)],
            beside="saved",
        ),
        Scene("fill", empty, lambda s: [_ACTS, "fill", str(s), str(folder / "packaged")]),
        Scene("refill", folder / "filled", lambda s: [_ACTS, "fill", str(s), str(changed)]),
        Scene("migrate", earlier, lambda s: [_ACTS, "fill", str(s), str(folder / "packaged")]),
        Scene("describe", store, lambda s: [_ACTS, "describe", str(s)], "engine changer", ways=both),
        Scene("index", store, lambda s: [_ACTS, "index", str(s)], "vakgraaf.search make", ways=both),
        Scene("index-shelf", store, lambda s: [_ACTS, "index", str(s)], "acts.py index"),
    ]


def _store(folder: Path, old: Path) -> Path:
    """A store in which a graph has one version behind it; and beside it one that holds what is packaged only."""
    _package(folder / "packaged", "steekbeitel")
    filled, store = folder / "filled", folder / "store"
    fill(StateDirectory(filled), packaged(str(folder / "packaged")))
    shutil.copytree(filled, store)
    first = folder / "eerst.ttl"
    first.write_text(_PROLOGUE + _PROFILE.format(word="blokschaaf", n=0), "utf-8")
    for path in (first, old):
        _put(store, path)
    StateDirectory(store).sweep(keep=3)
    return store


def _many(path: Path) -> Path:
    """So many statements that the store is made anew, of the new version of the graph."""
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    lines = (f'<urn:ding:{n}> {label} "{WORDS[1]} {n}" <{GRAPH}> .\n' for n in range(_MANY))
    path.write_text("".join(lines), "utf-8")
    return path


def _merged(store: Path, target: Path) -> Path:
    """The same store with a triple that two graphs state, and one in the unnamed graph."""
    shutil.copytree(store, target)
    twice = "<urn:twee> <urn:keer> 1"
    change_store(StateDirectory(target), Update(f"INSERT DATA {{ {twice} . GRAPH <urn:a> {{ {twice} }} }}"))
    StateDirectory(target).sweep(keep=4)
    return target


def _read(store: Path, target: Path) -> Path:
    """The same store with the copy for readers from disk."""
    shutil.copytree(store, target)
    state = StateDirectory(target)
    manifest = state.manifest()
    assert manifest is not None
    readings.make(state.snapshot(manifest.version), state.reading(manifest))
    return target


def _put(store: Path, path: Path) -> None:
    put_graphs(StateDirectory(store), [GraphChange(GRAPH, path.read_bytes(), TURTLE, Replacing.WHOLE, GRAPH)])


def _package(folder: Path, word: str) -> None:
    for name, text in (("ontology", _ONTOLOGY), ("graphs", f'id:ding a vg:Kerntaak ; rdfs:label "{word}"@nl .')):
        (folder / name).mkdir(parents=True)
        (folder / name / "een.ttl").write_text(_PROLOGUE + text, "utf-8")


def _earlier(store: Path, target: Path) -> None:
    """The same store as a program of before wrote it, in layout 1."""
    shutil.copytree(store, target)
    for path in (target / "snapshots").glob("*.json"):
        path.unlink()
    told = json.loads((target / "current.json").read_text("utf-8"))
    for name in ("layout", "engine", "versions", "described"):
        del told[name]
    (target / "current.json").write_text(json.dumps(told), "utf-8")
