"""A load of much is made on disk: it tells how far it is, and comes to what the same quads come to one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from vakgraaf.engine import Packaged, Source, Stage, StateDirectory, load_files, loading, open_store, quad_table
from vakgraaf.engine.fill import fill
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_QUADS

HOME = f"{iris.BASE}graph/veel"
LINES = [
    f'<{iris.BASE}id/kerntaak/{n}> <{iris.VG.nummer}> "{n}" <{HOME}> .\n'
    f"<{iris.BASE}id/kerntaak/{n}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{iris.VG.Kerntaak}> <{HOME}> .\n"
    f"_:leeg{n} <{iris.VG.nummer}> <{iris.BASE}id/kerntaak/{n}> .\n"
    for n in range(50)
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "veel.nq"
    path.write_text("".join(LINES), "utf-8")
    return path


def loaded(state: StateDirectory, packaged: Packaged, file: Path) -> tuple[list[tuple[Stage, int, int]], list[str]]:
    """What was told, and what there is afterwards, with blank nodes by no name."""
    told: list[tuple[Stage, int, int]] = []
    fill(state, packaged)
    load_files(state, [Source(file, N_QUADS, HOME)], None, lambda *said: told.append(said))
    lines = b"".join(open_store(state, packaged).export(None, N_QUADS)).decode().splitlines()
    return told, sorted(f"_:{line.partition(' ')[2]}" if line.startswith("_:") else line for line in lines)


def test_load_of_much_comes_to_the_same_as_one_of_little(
    tmp_path: Path, packaged: Packaged, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, little = loaded(StateDirectory(tmp_path / "little"), packaged, file)
    monkeypatch.setattr(loading, "_LARGE_BYTES", 0)
    monkeypatch.setattr(quad_table, "_AT_ONCE", 10)
    told, much = loaded(StateDirectory(tmp_path / "much"), packaged, file)
    described = f"<{iris.BASE}graph/beschrijving>"  # of a small change it is made afterwards, by a server
    assert [line for line in much if described not in line] == [line for line in little if described not in line]
    heard = [(done, of) for stage, done, of in told if stage is Stage.WRITING and done]
    assert heard
    assert heard == sorted(heard)
    assert all(0 < done <= of for done, of in heard)
    assert not [path for path in (tmp_path / "much" / "work").iterdir() if any(path.iterdir())]
