"""What a profile's graph was before it was replaced stays reachable, and no answer mixes it with what is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from vakgraaf.engine import (
    PROLOGUE,
    Dataset,
    EmbeddedEngine,
    EmbeddedSettings,
    GraphChange,
    GraphRemoval,
    Packaged,
    Replacing,
    StateDirectory,
    Update,
    WriterLimits,
    open_store,
    select,
)
from vakgraaf.errors import QueryRefused, UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import N_TRIPLES, RESULTS_CSV, RESULTS_JSON, TURTLE

GRAPH = str(iris.graph("proef"))
VERSION = str(iris.graph("versie/proef/"))
_HEAD = (
    f"@prefix vg: <{iris.VG}> . @prefix id: <{iris.BASE}id/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
)
Work = Callable[[EmbeddedEngine], Awaitable[None]]


def _profile(name: str, more: str = "") -> GraphChange:
    text = f'{_HEAD} id:p a vg:Profiel ; rdfs:label "{name}"@nl . id:k a vg:Kerntaak ; rdfs:label "k {name}" . {more}'
    return GraphChange(GRAPH, text.encode(), TURTLE, Replacing.WHOLE, GRAPH)


async def _do(engine: EmbeddedEngine, *changes: GraphChange | GraphRemoval | Update) -> None:
    for change in changes:
        await (await engine.propose(change)).commit()


async def _asked(engine: EmbeddedEngine, text: str) -> list[str]:
    return sorted(value.text for row in await select(engine, PROLOGUE + text) for value in row.values())


_LABELS = "SELECT ?l WHERE { id:p rdfs:label ?l }"
_LISTED = "SELECT ?v WHERE { GRAPH graph:versies { ?v dct:isVersionOf graph:proef } }"


FROM_DISK_TOO = (
    "test_dataset_of_a_request_may_have_versions_and_what_followed_from_them",
    "test_removed_graph_stays_reachable_until_its_version_is_removed",
)
"""Claims that are put to an engine that reads from disk by default; with the slow tests all are."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "working" in metafunc.fixturenames:
        disk = pytest.param(0, id="disk", marks=[] if metafunc.function.__name__ in FROM_DISK_TOO else pytest.mark.slow)
        metafunc.parametrize("working", [pytest.param(2048, id="memory"), disk], indirect=True)


@pytest.fixture
def working(tmp_path: Path, packaged: Packaged, request: pytest.FixtureRequest) -> Callable[[Work], None]:
    """`working(work)` lets `work` use an engine of this test's own, with so many megabytes for data in memory."""
    settings = EmbeddedSettings(
        StateDirectory(tmp_path / "state"),
        packaged,
        memory_budget_mb=request.param,
        writer=WriterLimits(describe_after_s=3600),
    )

    async def run(work: Work) -> None:
        engine = await EmbeddedEngine.start(settings)
        try:
            await work(engine)
        finally:
            await engine.close()

    return lambda work: asyncio.run(run(work))


def test_union_knows_only_what_is_and_each_version_is_a_graph_of_its_own(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"), _profile("drie"))
        assert await _asked(engine, _LABELS) == ["drie"]
        assert await _asked(engine, "SELECT ?l WHERE { GRAPH ?g { id:p rdfs:label ?l } }") == ["drie"]
        assert await _asked(engine, f"SELECT ?l FROM <{VERSION}1> WHERE {{ id:p rdfs:label ?l }}") == ["een"]
        assert await _asked(engine, f"SELECT ?l FROM <{VERSION}2> WHERE {{ id:p rdfs:label ?l }}") == ["twee"]
        assert await _asked(engine, _LISTED) == [f"{VERSION}1", f"{VERSION}2"]
        assert await _asked(engine, _LABELS) == ["drie"], "asking for a version leaves it in no union"

    working(work)


def test_version_says_what_it_was_a_version_of_and_until_when(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"), _profile("drie"))
        said = await select(
            engine,
            f"""{PROLOGUE}SELECT * WHERE {{ <{VERSION}2> dct:isVersionOf ?of ; prov:wasRevisionOf ?before ;
  dct:issued ?from ; prov:invalidatedAtTime ?until ; dcat:version ?number ; foaf:primaryTopic ?topic .
  ?of prov:wasRevisionOf ?last ; prov:generatedAtTime ?now }}""",
        )
        one = {name: value.text for name, value in said[0].items()}
        assert len(said) == 1
        assert (one["of"], one["before"], one["last"]) == (GRAPH, f"{VERSION}1", f"{VERSION}2")
        assert (one["number"], one["topic"]) == ("2", f"{iris.BASE}id/p")
        assert one["from"] < one["until"] == one["now"]

    working(work)


def test_dataset_of_a_request_may_have_versions_and_what_followed_from_them(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"))
        query = engine.check(f"SELECT ?c WHERE {{ <{iris.BASE}id/k> a ?c }}")
        dataset = Dataset((f"{VERSION}1", f"{VERSION}1/afgeleid"))
        answer = await (await engine.query(query, RESULTS_JSON, dataset)).read()
        assert b"def#Kerntaak" in answer
        assert b"def#Taak" in answer
        dumped = (await (await engine.dump(f"{VERSION}1", N_TRIPLES)).read()).decode()
        assert '"een"@nl' in dumped
        assert "twee" not in dumped

    working(work)


def test_names_with_prefixes_and_relative_ones_are_understood(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"))
        for name in (r"graph:versie\/proef\/1", "<graph/versie/proef/1>", "v:1"):
            query = f"PREFIX v: <{VERSION}> SELECT ?l FROM {name} WHERE {{ id:p rdfs:label ?l }}"
            assert await _asked(engine, query) == ["een"], name

    working(work)


def test_same_content_and_edits_of_triples_make_no_version(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        blank = "id:p rdfs:seeAlso [ rdfs:label 'x' ] ."
        await _do(engine, _profile("een", blank), _profile("een", blank))
        edit = f"{PROLOGUE}INSERT DATA {{ GRAPH graph:proef {{ id:p rdfs:comment 'erbij' }} }}"
        await _do(engine, Update(edit))
        assert await _asked(engine, _LISTED) == []

    working(work)


def test_graph_that_is_about_no_profile_is_replaced_without_a_trace(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        for name in ("een", "twee"):
            text = f'{_HEAD} id:p a vg:Profiel, vg:Stub ; rdfs:label "{name}"@nl .'
            await _do(engine, GraphChange(GRAPH, text.encode(), TURTLE, Replacing.WHOLE, GRAPH))
        assert await _asked(engine, "SELECT ?s WHERE { GRAPH graph:versies { ?s ?p ?o } }") == []

    working(work)


def test_graph_with_a_name_too_long_for_a_file_is_replaced_and_removed_as_any_other(
    working: Callable[[Work], None],
) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        graph = GRAPH + "x" * 300
        for name in ("een", "twee"):
            text = f'{_HEAD} id:p a vg:Profiel ; rdfs:label "{name}"@nl .'
            await _do(engine, GraphChange(graph, text.encode(), TURTLE, Replacing.WHOLE, graph))
        await _do(engine, GraphRemoval(graph))
        assert len(await _asked(engine, f"SELECT ?v WHERE {{ <{graph}> dct:hasVersion ?v }}")) == 2

    working(work)


@pytest.mark.parametrize("number", ["9" * 300, "x" * 300 + "/1"])
def test_version_with_a_name_too_long_for_a_file_is_not_there(working: Callable[[Work], None], number: str) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"))
        assert await _asked(engine, f"SELECT ?s FROM <{VERSION}{number}> WHERE {{ ?s ?p ?o }}") == []
        with pytest.raises(UnknownThing):
            await engine.propose(GraphRemoval(f"{VERSION}{number}"))

    working(work)


def test_removed_graph_stays_reachable_until_its_version_is_removed(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), GraphRemoval(GRAPH))
        assert await _asked(engine, _LABELS) == []
        from_version = f"SELECT ?l FROM <{VERSION}1> WHERE {{ id:p rdfs:label ?l }}"
        assert await _asked(engine, from_version) == ["een"]
        # There is no other way to the folder from here.
        file = engine._settings.state.path / "versions" / "proef" / "1.nq.gz"
        content = file.read_bytes()
        await _do(engine, GraphRemoval(f"{VERSION}1"))
        assert not file.exists()
        file.write_bytes(content)  # as after a crash between the two
        assert await _asked(engine, _LISTED) == []
        assert await _asked(engine, from_version) == []
        with pytest.raises(UnknownThing):
            await engine.propose(GraphRemoval(f"{VERSION}1"))
        await _do(engine, Update("CLEAR ALL"))

    working(work)


def test_versions_and_the_list_of_them_cannot_be_written_to(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"))
        for graph in (f"{VERSION}1", str(iris.graph("versies")), str(iris.graph("toetsing"))):
            with pytest.raises(QueryRefused):
                await engine.propose(Update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:x> <urn:x> 1 }} }}"))
            with pytest.raises(QueryRefused):
                await engine.propose(GraphChange(graph, b"", TURTLE, Replacing.WHOLE))
        assert await _asked(engine, f"SELECT ?l FROM <{VERSION}1> WHERE {{ id:p rdfs:label ?l }}") == ["een"]

    working(work)


@pytest.mark.parametrize("text", ["CLEAR ALL", "DROP ALL", "CLEAR NAMED", "DROP NAMED"])
def test_removal_of_all_graphs_keeps_the_versions_that_there_were(working: Callable[[Work], None], text: str) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"), Update(text), _profile("drie"))
        assert await _asked(engine, _LISTED) == [f"{VERSION}1", f"{VERSION}2"]
        for number, name in enumerate(("een", "twee"), 1):
            kept = f"SELECT ?l FROM <{VERSION}{number}> WHERE {{ id:p rdfs:label ?l }}"
            assert await _asked(engine, kept) == [name]

    working(work)


@pytest.mark.parametrize(
    "change",
    [
        f"COPY <{VERSION}1> TO <{GRAPH}>",
        f"ADD SILENT <{VERSION}1> TO <{GRAPH}>",
        f"INSERT {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{VERSION}1> {{ ?s ?p ?o }} }}",
        f"DELETE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }} USING <{VERSION}1> WHERE {{ ?s ?p ?o }}",
        f"WITH <{VERSION}1> INSERT {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}",
        Update(f"INSERT {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}", Dataset((f"{VERSION}1",))),
        Update("DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", Dataset(None, (f"{VERSION}1",))),
    ],
)
def test_update_that_would_read_a_version_is_told_that_it_cannot(
    working: Callable[[Work], None], change: str | Update
) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"))
        with pytest.raises(QueryRefused, match=f"{VERSION}1"):
            await engine.propose(Update(change) if isinstance(change, str) else change)
        assert await _asked(engine, _LABELS) == ["twee"]

    working(work)


def test_version_is_still_there_after_a_start_and_on_the_command_line(working: Callable[[Work], None]) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await _do(engine, _profile("een"), _profile("twee"))
        state = engine._settings.state  # there is no other way to the folder from here
        store = await asyncio.to_thread(open_store, state, None)
        text = (
            f"SELECT ?l FROM <{VERSION}1> WHERE {{ <{iris.BASE}id/p> <http://www.w3.org/2000/01/rdf-schema#label> ?l }}"
        )
        assert b"".join(store.query(text, RESULTS_CSV)).split() == [b"l", b"een"]
        assert b'"een"' in b"".join(store.export(f"{VERSION}1", N_TRIPLES))

    working(work)
