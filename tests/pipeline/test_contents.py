"""Touched graphs one after the other: those that may be judged are there, and each thing is at home in the first."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from vakgraaf.pipeline.contents import Contents, written
from vakgraaf.rdf.iris import VG

TASK = f"<urn:x:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{VG.Kerntaak}> .\n".encode()
ALSO = TASK + TASK.replace(b"urn:x:a", b"urn:x:b")
SPOKEN_OF = b"<urn:x:c> <urn:x:p> <urn:x:b> .\n" + TASK.replace(b"urn:x:a", b"urn:x:d")
STRANGE = b"<urn:x:a> <urn:x:p> <urn:x:b> .\n"
GRAPHS: dict[str | None, bytes] = {None: STRANGE, "urn:g:1": SPOKEN_OF, "urn:g:2": b"", "urn:g:3": ALSO}


def write(graph: str | None, file: IO[bytes]) -> None:
    """As a workbench writes."""
    file.write(GRAPHS[graph])


def test_graphs_of_which_the_shapes_say_nothing_are_left_out(tmp_path: Path) -> None:
    with written(GRAPHS, write, tmp_path) as contents:
        assert contents.whole[:] == SPOKEN_OF + ALSO
        assert {graph: contents.whole[start:end] for graph, (start, end) in contents.spans.items()} == {
            "urn:g:1": SPOKEN_OF,
            "urn:g:3": ALSO,
        }
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("graphs", [[], [None], ["urn:g:2"]])
def test_nothing_to_be_judged_is_nothing(tmp_path: Path, graphs: list[str | None]) -> None:
    with written(graphs, write, tmp_path) as contents:
        assert not contents.spans


def test_thing_is_at_home_in_the_first_graph_that_says_something_of_it() -> None:
    contents = Contents.of(GRAPHS)
    homes = contents.homes(["urn:x:a", "urn:x:b", "urn:x:c", "urn:x:d", "urn:x:elsewhere"])
    assert homes == {"urn:x:a": None, "urn:x:b": "urn:g:3", "urn:x:c": "urn:g:1", "urn:x:d": "urn:g:1"}
