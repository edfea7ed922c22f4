"""Much goes into a store in parts, and nothing of it is lost between them."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from vakgraaf.engine import pouring
from vakgraaf.engine.pouring import poured, put_in, take_in

_GRAPH = ox.NamedNode("urn:x:g")


def _quads() -> list[ox.Quad]:
    name = ox.NamedNode("urn:x:p")
    values = [ox.Literal(f"waarde {n}"[: n % 11]) for n in range(90)]
    blanks = [ox.BlankNode(f"b{n % 7}") for n in range(30)]
    return [
        *(ox.Quad(ox.NamedNode(f"urn:x:{n}"), name, value, _GRAPH) for n, value in enumerate(values)),
        *(ox.Quad(blank, name, ox.Literal(n), _GRAPH) for n, blank in enumerate(blanks)),
    ]


@pytest.mark.parametrize("part", [1, 100, 1_000, 1_000_000])
@pytest.mark.parametrize("on_disk", [True, False])
def test_what_is_poured_is_taken_in_whole_with_its_blank_nodes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int, on_disk: bool
) -> None:
    monkeypatch.setattr(pouring, "_ONE_LOAD", part)
    source, target = ox.Store(), ox.Store(str(tmp_path / "store")) if on_disk else ox.Store()
    source.extend(_quads())
    with poured(source) as lines:
        take_in(target, lines)
    assert set(target) == set(source)
    other = ox.Store()
    with poured(source, [_GRAPH]) as lines:
        take_in(other, lines, ox.NamedNode("urn:x:h"))
    assert {quad.triple for quad in other} == {quad.triple for quad in source}


def test_nothing_can_be_taken_in() -> None:
    store = ox.Store()
    take_in(store, io.BytesIO())
    assert not len(store)


@pytest.mark.parametrize("at_once", [1, 7, 120, 1_000])
def test_quads_are_put_in_whole(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(pouring, "_FEW_QUADS", 3)
    monkeypatch.setattr(pouring, "_QUADS_A_LOAD", at_once)
    store = ox.Store()
    put_in(store, iter(_quads()))
    assert set(store) == set(_quads())
