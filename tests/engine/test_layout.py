"""What a state directory says of its own form, and what is put right in it at a start."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from vakgraaf.engine import (
    EmbeddedEngine,
    EmbeddedSettings,
    Packaged,
    StateDirectory,
    Update,
    WriterLimits,
    change_store,
    open_store,
)
from vakgraaf.engine.fill import fill
from vakgraaf.engine.state import ENGINE, LAYOUT
from vakgraaf.errors import StoreFull, StoreProblem, unwritten

_UPDATE = Update("INSERT DATA { GRAPH <urn:x:g> { <urn:x:a> <urn:x:b> <urn:x:c> } }")


def _told(state: StateDirectory) -> dict[str, Any]:
    return dict(json.loads((state.path / "current.json").read_text("utf-8")))


def _tell(state: StateDirectory, **values: object) -> None:
    told = {name: value for name, value in {**_told(state), **values}.items() if value is not None}
    (state.path / "current.json").write_text(json.dumps(told), "utf-8")


def test_stamp_names_the_engine_that_is_installed() -> None:
    minor = ".".join(ox.__version__.split(".")[:2])
    assert f"pyoxigraph {minor}" == ENGINE, "try stores of before, then raise the stamp"


def test_earlier_layout_becomes_this_one_and_the_log_says_so(
    state: StateDirectory, packaged: Packaged, caplog: pytest.LogCaptureFixture
) -> None:
    before = fill(state, packaged)
    _tell(state, layout=None, engine=None, versions=None, described=None)
    (state.path / "snapshots" / "00000001.json").unlink()
    assert fill(state, packaged) == before
    assert _told(state)["layout"] == LAYOUT
    assert "indeling 1 is 2 geworden" in caplog.text


def test_start_on_an_earlier_layout_brings_it_to_this_one(state: StateDirectory, packaged: Packaged) -> None:
    fill(state, packaged)
    _tell(state, layout=None, engine=None, versions=None, described=None)
    open_store(state, packaged)
    assert _told(state)["layout"] == LAYOUT


@pytest.mark.parametrize(
    ("value", "says"),
    [({"layout": LAYOUT + 1, "unheard_of": 1}, "nieuwere Vakgraaf"), ({"engine": "pyoxigraph 0.9"}, "vakgraaf backup")],
)
def test_later_layout_and_other_files_are_refused_and_left_alone(
    state: StateDirectory, packaged: Packaged, value: dict[str, object], says: str
) -> None:
    fill(state, packaged)
    _tell(state, **value)
    there = sorted(path.name for path in state.path.rglob("*"))
    with pytest.raises(StoreProblem, match=says):
        fill(state, packaged)
    with pytest.raises(StoreProblem, match=says):
        open_store(state, packaged)
    assert sorted(path.name for path in state.path.rglob("*")) == there


def test_store_that_lost_its_manifest_goes_on_with_the_newest_complete_snapshot(
    state: StateDirectory, packaged: Packaged, caplog: pytest.LogCaptureFixture
) -> None:
    fill(state, packaged)
    written = change_store(state, _UPDATE)
    for harm in (Path.unlink, lambda path: path.write_text("{", "utf-8")):
        harm(state.path / "current.json")
        caplog.clear()
        assert fill(state, packaged) == written
        assert _told(state)["version"] == written.version
    assert f"versie {written.version} telt" in caplog.text


def test_store_of_which_nothing_says_what_counts_is_not_filled_anew(state: StateDirectory, packaged: Packaged) -> None:
    fill(state, packaged)
    written = change_store(state, _UPDATE)
    shutil.rmtree(state.snapshot(written.version))
    with pytest.raises(StoreProblem, match="vakgraaf restore"):
        fill(state, packaged)
    for path in (state.path / "snapshots").glob("*.json"):
        path.unlink()
    (state.path / "current.json").write_text("", "utf-8")
    with pytest.raises(StoreProblem, match="vakgraaf restore"):
        fill(state, packaged)


def test_what_an_interrupted_write_left_is_taken_away_and_told_in_one_line(
    state: StateDirectory, packaged: Packaged, caplog: pytest.LogCaptureFixture
) -> None:
    first = fill(state, packaged)
    for name in ("snapshots/00000002.tmp", "snapshots/00000003", "stores/00000002", "work/load-999999999"):
        (state.path / name).mkdir(parents=True)
        (state.path / name / "iets").write_text("half", "utf-8")
    (state.path / "current.draft").write_text("{", "utf-8")
    (state.path / "work" / "server").mkdir()

    async def start() -> None:
        await (await EmbeddedEngine.start(EmbeddedSettings(state, packaged))).close()

    asyncio.run(start())
    assert state.manifest() == first
    assert sorted(path.name for path in state.path.glob("*/*")) == ["00000001", "00000001.files", "00000001.json"]
    (line,) = [record.getMessage() for record in caplog.records if record.name == "vakgraaf.state"]
    assert "versie 1 telt" in line
    assert "Version 1 counts" in line
    assert all(name in line for name in ("00000002.tmp", "00000003", "current.draft", "load-999999999"))


def test_what_another_process_is_working_on_is_left_alone(state: StateDirectory, packaged: Packaged) -> None:
    fill(state, packaged)
    mine = state.work(f"load-{os.getpid()}")
    mine.mkdir(parents=True)
    fill(state, None)
    assert mine.is_dir()


def test_description_that_a_stop_prevented_is_made_at_the_next_start(state: StateDirectory, packaged: Packaged) -> None:
    fill(state, packaged)
    written = change_store(state, _UPDATE)
    assert not written.described
    limits = WriterLimits(describe_after_s=0.01)

    async def start() -> None:
        engine = await EmbeddedEngine.start(EmbeddedSettings(state, packaged, writer=limits))
        try:
            async with asyncio.timeout(120):
                while engine.info.version == written.version:
                    await asyncio.sleep(0.02)
        finally:
            await engine.close()

    asyncio.run(start())
    now = state.manifest()
    assert now is not None
    assert now.described
    assert now.counts["graphs"]["urn:x:g"] == 1


def test_two_loads_at_once_do_not_take_away_each_others_copy(state: StateDirectory, packaged: Packaged) -> None:
    """Each waits for the other, and the first clears up when the second has begun."""
    fill(state, packaged)
    file = state.path.parent / "a.nq"
    file.write_text("<urn:x:a> <urn:x:b> <urn:x:c> <urn:x:g> .\n", "utf-8")
    program = (
        "import sys; from pathlib import Path; from vakgraaf.engine import Source, StateDirectory, load_files\n"
        "from vakgraaf.rdf.formats import N_QUADS\nstate, file = map(Path, sys.argv[1:])\n"
        "for n in range(4): load_files(StateDirectory(state), [Source(file, N_QUADS, None)])"
    )
    command = [sys.executable, "-c", program, str(state.path), str(file)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said


@pytest.mark.parametrize("said", [OSError(28, "x"), OSError("IO error: No space left on device: While appending")])
def test_disk_that_is_full_is_called_so(said: OSError, tmp_path: Path) -> None:
    assert isinstance(unwritten(tmp_path, said), StoreFull)
    assert not isinstance(unwritten(tmp_path, OSError(5, "x")), StoreFull)


def test_a_manifest_goes_before_its_snapshot(state: StateDirectory, packaged: Packaged) -> None:
    first = fill(state, packaged)
    state.publish(replace(first, described=False))
    state.remove(state.snapshot(first.version))
    assert not list((state.path / "snapshots").iterdir())
