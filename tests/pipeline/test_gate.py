"""The gate judges what comes in together with what is published: references lead somewhere, names are its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from filled import filled
from vakgraaf.engine import StateDirectory
from vakgraaf.errors import NotConforming
from vakgraaf.pipeline.loading import load
from vakgraaf.settings import Settings

HEAD = """
@base <https://w3id.org/vakgraaf/id/> .
@prefix vg: <https://w3id.org/vakgraaf/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
AIMS = """
<begrip/nieuw> a vg:Begrip, skos:Concept ;
    rdfs:label "Nieuw"@nl ; skos:prefLabel "Nieuw"@nl ; skos:definition "Iets nieuws."@nl ; vg:volgorde 99 ;
    skos:inScheme <begrippenlijst/thuisbegeleider-2011> ;
    prov:wasDerivedFrom <passage/{passage}> .
"""
TAKEN = """
<kerntaak/thuisbegeleider-2011-1> a vg:Kerntaak, vg:Taak ; rdfs:label "Iets anders"@nl .
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> StateDirectory:
    """A store with the packaged data."""
    return StateDirectory(filled(tmp_path_factory, tmp_path_factory.mktemp("gate") / "state"))


def loaded(state: StateDirectory, folder: Path, text: str) -> None:
    path = folder / "nieuw.ttl"
    path.write_text(HEAD + text, "utf-8")
    load(state, Settings(store=str(state.path)).packaged(), [path], "nieuw", validate=True)


def test_what_is_published_elsewhere_may_be_referred_to(state: StateDirectory, tmp_path: Path) -> None:
    loaded(state, tmp_path, AIMS.format(passage="thuisbegeleider-2011-r435-r460"))


def test_what_is_nowhere_may_not(state: StateDirectory, tmp_path: Path) -> None:
    with pytest.raises(NotConforming) as refused:
        loaded(state, tmp_path, AIMS.format(passage="thuisbegeleider-2011-r1-r99999"))
    assert any("passage" in line for line in refused.value.details("nl"))


def test_name_that_another_graph_gave_to_something_else_is_refused(state: StateDirectory, tmp_path: Path) -> None:
    with pytest.raises(NotConforming) as refused:
        loaded(state, tmp_path, TAKEN)
    assert any("Kies een andere IRI" in line for line in refused.value.details("nl"))
