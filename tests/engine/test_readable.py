"""What a change puts in the store can be read again: by readers that follow, by a start, by a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines import with_engine
from vakgraaf.engine import (
    Change,
    EmbeddedEngine,
    EmbeddedSettings,
    GraphChange,
    Packaged,
    Replacing,
    StateDirectory,
    Update,
    load_files,
    select,
)
from vakgraaf.engine.loading import Source
from vakgraaf.engine.readable import LONGEST_TERM
from vakgraaf.errors import InputError
from vakgraaf.rdf.formats import JSON_LD, RDF_XML, TURTLE

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
GRAPH = "urn:p"
_SIXTEEN = "0123456789abcdef"
_DOUBLED = f'BIND("{_SIXTEEN}" AS ?v0) ' + " ".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1})" for n in range(21))
_JSON = f'{{"@id": "urn:a", "urn:b": {{"@value": "x", "@type": "{RDF}langString"}}}}'
_XML = (
    f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:e:"><rdf:Description rdf:about="urn:a">'
    f'<e:b rdf:datatype="{RDF}langString">x</e:b></rdf:Description></rdf:RDF>'
)

UNREADABLE: dict[str, Change] = {
    "data": Update(f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:b> "x"^^<{RDF}langString> }} }}'),
    "direction": Update(f'INSERT DATA {{ <urn:a> <urn:b> "x"^^<{RDF}dirLangString> }}'),
    "made": Update(f'INSERT {{ <urn:a> <urn:b> ?x }} WHERE {{ BIND(STRDT("x", <{RDF}langString>) AS ?x) }}'),
    "inside": Update(f'INSERT DATA {{ <urn:a> <urn:b> <<( <urn:a> <urn:b> "x"^^<{RDF}langString> )>> }}'),
    "blank node in two graphs": Update(
        f"INSERT {{ _:b <urn:b> ?x . GRAPH <{GRAPH}> {{ _:b <urn:b> ?x }} }}"
        f' WHERE {{ BIND(STRDT("x", <{RDF}langString>) AS ?x) }}'
    ),
    "JSON-LD": GraphChange(GRAPH, _JSON.encode(), JSON_LD, Replacing.WHOLE),
    "RDF/XML": GraphChange(GRAPH, _XML.encode(), RDF_XML, Replacing.WHOLE),
    "long text": Update(f"INSERT {{ <urn:a> <urn:b> ?v21 }} WHERE {{ {_DOUBLED} }}"),
    "long name": Update(f'INSERT {{ ?i <urn:b> 1 }} WHERE {{ {_DOUBLED} BIND(IRI(CONCAT("urn:", ?v21)) AS ?i) }}'),
    "lines": GraphChange(
        GRAPH, b'<urn:a> <urn:b> """' + b"\n" * (LONGEST_TERM + 1) + b'""" .', TURTLE, Replacing.WHOLE
    ),
}


@pytest.fixture
def settings(tmp_path: Path, packaged: Packaged) -> EmbeddedSettings:
    return EmbeddedSettings(StateDirectory(tmp_path / "state"), packaged)


def test_change_that_could_not_be_read_again_is_refused_and_leaves_no_trace(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> int:
        before = engine.info
        for what, change in UNREADABLE.items():
            with pytest.raises(InputError):
                await (await engine.propose(change)).commit()
            assert engine.info == before, what
        proposal = await engine.propose(Update('INSERT DATA { <urn:a> <urn:b> "x"@nl }'))
        await proposal.commit()
        return engine.info.version

    version = with_engine(settings, work)

    async def again(engine: EmbeddedEngine) -> list[str]:
        assert engine.info.version == version
        return [row["o"].text for row in await select(engine, "SELECT ?o { <urn:a> <urn:b> ?o }")]

    assert with_engine(settings, again) == ["x"]


def test_longest_text_that_is_taken_in_can_be_read_however_it_is_written(settings: EmbeddedSettings) -> None:
    text = "\n" * LONGEST_TERM
    content = f'<urn:a> <urn:b> """{text}""" .'.encode()

    async def work(engine: EmbeddedEngine) -> None:
        await (await engine.propose(GraphChange(GRAPH, content, TURTLE, Replacing.WHOLE))).commit()

    async def again(engine: EmbeddedEngine) -> str:
        rows = await select(engine, "SELECT (STRLEN(?o) AS ?n) { <urn:a> <urn:b> ?o }")
        return rows[0]["n"].text

    with_engine(settings, work)
    assert with_engine(settings, again) == str(LONGEST_TERM)


def test_file_that_could_not_be_read_again_is_not_loaded(settings: EmbeddedSettings, tmp_path: Path) -> None:
    async def started(engine: EmbeddedEngine) -> int:
        return engine.info.version

    version = with_engine(settings, started)
    path = tmp_path / "odd.rdf"
    path.write_text(_XML + " " * (9 * 1024 * 1024), "utf-8")  # so large that it is not followed triple by triple
    with pytest.raises(InputError, match="langString"):
        load_files(settings.state, [Source(path, RDF_XML, GRAPH)])
    assert with_engine(settings, started) == version


_SPELLINGS = (
    '<urn:a> <urn:b> 1.50, 1.0, 1.00, "01"^^xsd:integer, "1"^^xsd:int, "1"^^xsd:boolean, "x", "x"@en-GB,'
    ' "2026-01-01T00:00:00+00:00"^^xsd:dateTime, <<( <urn:a> <urn:b> 1.50 )>> .'
)


def test_value_that_the_engine_writes_otherwise_counts_once_and_a_start_finds_what_was_counted(
    settings: EmbeddedSettings,
) -> None:
    content = f"@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . {_SPELLINGS}".encode()
    insertion = f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> INSERT DATA {{ GRAPH <{GRAPH}> {{ {_SPELLINGS} }} }}"
    changes: list[Change] = [
        GraphChange(GRAPH, content, TURTLE, Replacing.WHOLE),
        GraphChange(GRAPH, content, TURTLE, Replacing.WHOLE),
        GraphChange(GRAPH, content, TURTLE, Replacing.NOTHING),
        Update(insertion),
        Update(f"{insertion} ; {insertion.replace('INSERT', 'DELETE')}"),
        Update(insertion),
    ]

    async def counted(engine: EmbeddedEngine) -> int:
        rows = await select(engine, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}")
        return int(rows[0]["n"].text)

    for change in changes:

        async def made(engine: EmbeddedEngine, change: Change = change) -> None:
            before = engine.info.quads - await counted(engine)
            await (await engine.propose(change)).commit()
            assert engine.info.quads - await counted(engine) == before

        with_engine(settings, made)  # each starts anew, which looks whether what is there was counted
