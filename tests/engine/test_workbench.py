"""A writer's place over many changes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from vakgraaf.engine import workbench
from vakgraaf.engine.changing import Changing
from vakgraaf.engine.fill import fill
from vakgraaf.engine.guard import GuardLimits
from vakgraaf.engine.interface import Update
from vakgraaf.engine.state import StateDirectory
from vakgraaf.engine.workbench import Workbench

_GRAPH = ox.NamedNode("urn:proef")


def adding(number: int) -> Update:
    """A change that adds one line."""
    return Update(f'INSERT DATA {{ GRAPH <urn:proef> {{ <urn:a> <urn:n> "{number}" }} }}')


def test_copy_is_made_anew_after_so_many_changes_and_each_of_them_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "CHANGES_A_COPY", 3)
    state = StateDirectory(tmp_path)
    fill(state, None)
    bench = Workbench(state, "proef", Changing(True, GuardLimits()))
    copies = []
    for number in range(8):
        bench.make(adding(number))
        bench.discard()
        bench.make(adding(number))
        published = bench.commit()
        assert published.base == published.manifest.version - 1
        copies += [path.name for path in state.work("proef").iterdir() if path.is_dir()]
        kept = ox.Store.read_only(str(state.snapshot(published.manifest.version)))
        told = {quad.object.value for quad in kept.quads_for_pattern(None, None, None, _GRAPH)}
        assert told == {str(each) for each in range(number + 1)}
    assert len(copies) == 8
    assert len(set(copies)) == 6
