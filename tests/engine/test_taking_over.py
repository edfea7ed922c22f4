"""A backup that is restored beside a server: the server takes it over, and what it had is gone a while after."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines import with_engine
from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings, GraphChange, Replacing, StateDirectory, put_graphs, select
from vakgraaf.engine.fill import fill
from vakgraaf.engine.restoring import restore
from vakgraaf.engine.saving import save
from vakgraaf.errors import InputError
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import TURTLE

GRAPH = str(iris.graph("proef"))


def written(state: StateDirectory, *numbers: int) -> StateDirectory:
    """A store that says each of these in turn, of a profile: of all but the last there is a version."""
    if state.manifest() is None:
        fill(state, None)
    for number in numbers:
        content = f"<urn:p> a <{iris.VG}Profiel> ; <urn:n> {number} .".encode()
        put_graphs(state, [GraphChange(GRAPH, content, TURTLE, Replacing.WHOLE, GRAPH)])
    return state


async def said(engine: EmbeddedEngine, graph: str = GRAPH) -> list[str]:
    rows = await select(engine, f"SELECT ?n WHERE {{ GRAPH <{graph}> {{ <urn:p> <urn:n> ?n }} }}")
    return [row["n"].text for row in rows]


def test_server_answers_from_a_backup_that_is_restored_beside_it_and_from_its_versions(
    tmp_path: Path, state: StateDirectory
) -> None:
    backup = tmp_path / "backup"
    save(written(StateDirectory(tmp_path / "writer"), 1, 2, 3), backup)
    version = f"{iris.graph('versie/proef/1')}"

    async def work(engine: EmbeddedEngine) -> None:
        assert (await said(engine), await said(engine, version)) == (["8"], ["7"])
        with pytest.raises(InputError):
            restore(state, backup)
        manifest = restore(state, backup, live=True)
        assert await said(engine) == ["8"]
        await engine.refresh()
        assert engine.info.tag == manifest.tag
        assert (await said(engine), await said(engine, version)) == (["3"], ["1"])

    with_engine(EmbeddedSettings(written(state, 7, 8)), work)
    counts = state.manifest()
    assert counts is not None
    state.sweep(keep=counts.version)
    assert [path.name for path in state.path.glob("versions*")] == [counts.versions]
    assert [path.name for path in (state.path / "snapshots").iterdir() if path.is_dir()] == [f"{counts.version:08}"]
