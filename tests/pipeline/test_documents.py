"""From file to judged graph, and the committed graphs are what the sources give."""

from __future__ import annotations

from pathlib import Path

import pytest

from vakgraaf.errors import NotConforming
from vakgraaf.pipeline.documents import build, ingest, register_of, sources
from vakgraaf.resources import folder


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return {path.stem: turtle for path, _, turtle in build(folder("data/sources"))}


def test_committed_graphs_are_what_the_sources_give(built: dict[str, str]) -> None:
    for name, turtle in built.items():
        assert (folder("data/graphs") / f"{name}.ttl").read_text("utf-8") == turtle, f"run 'vakgraaf build' for {name}"


def test_building_twice_gives_the_same_bytes(built: dict[str, str]) -> None:
    assert {path.stem: turtle for path, _, turtle in build(folder("data/sources"))} == built


def test_every_graph_has_a_source_and_the_other_way_round(built: dict[str, str]) -> None:
    assert {path.stem for path in folder("data/graphs").glob("*.ttl")} == set(built)


def test_sources_come_oldest_first() -> None:
    assert [path.stem[:3] for path in sources(folder("data/sources"))] == ["bcp", "add"]


@pytest.mark.parametrize("path", sources(folder("data/sources")), ids=lambda path: path.stem[:8])
def test_both_documents_conform_and_only_doubts_remain(path: Path) -> None:
    report = ingest(path, register_of()).report
    assert report.conforms
    assert {result.severity for result in report.results} <= {"Warning", "Info"}


def test_a_file_that_is_not_what_the_manifest_says_is_refused(tmp_path: Path) -> None:
    source = sources(folder("data/sources"))[0]
    (tmp_path / source.name).write_text(source.read_text("utf-8") + "\n", "utf-8")
    (tmp_path / "manifest.ttl").write_text((source.parent / "manifest.ttl").read_text("utf-8"), "utf-8")
    with pytest.raises(NotConforming, match="niet het bestand dat in het manifest staat"):
        ingest(tmp_path / source.name, register_of())
