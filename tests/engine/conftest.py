"""A few triples on disk, to fill a store from."""

from __future__ import annotations

from pathlib import Path

import pytest

from vakgraaf.engine import Packaged, StateDirectory
from vakgraaf.rdf import iris

PREFIXES = f"""
@prefix vg: <{iris.VG}> .
@prefix id: <{iris.BASE}id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture
def packaged(tmp_path: Path) -> Packaged:
    """An ontology of two classes and a property, and two graphs that share a triple."""
    return _packaged(tmp_path / "packaged")


@pytest.fixture(scope="session")
def lasting_packaged(tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    """The same, for engines that several tests share; its files are not to be changed."""
    return _packaged(tmp_path_factory.mktemp("packaged"))


def _packaged(folder: Path) -> Packaged:
    folders = {name: folder / name for name in ("ontology", "graphs")}
    for each in folders.values():
        each.mkdir(parents=True)
    (folders["ontology"] / "taak.ttl").write_text(
        PREFIXES + "vg:Kerntaak a owl:Class ; rdfs:subClassOf vg:Taak . vg:Taak a owl:Class .", "utf-8"
    )
    for name in ("een", "twee"):
        (folders["graphs"] / f"{name}.ttl").write_text(
            PREFIXES
            + f'id:kerntaak\\/{name} a vg:Kerntaak ; rdfs:label "{name}"@nl .\nid:kerntaak\\/x a vg:Kerntaak .',
            "utf-8",
        )
    return Packaged(ontology=folders["ontology"], graphs=folders["graphs"])


@pytest.fixture
def state(tmp_path: Path) -> StateDirectory:
    """A state directory that is not there yet."""
    return StateDirectory(tmp_path / "state")
