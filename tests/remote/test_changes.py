"""Changes on another server: whole graphs can be judged before they are sent, updates cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager

import pytest

from vakgraaf.egress import AllowList
from vakgraaf.engine import (
    WHOLE_STORE,
    Dataset,
    GraphChange,
    GraphRemoval,
    RemoteEngine,
    RemoteSettings,
    Replacing,
    Update,
)
from vakgraaf.errors import InputError, QueryRefused, RemoteFailure, SyntaxProblem, UnknownThing
from vakgraaf.rdf.formats import N_QUADS, TRIG, TURTLE

Fresh = Callable[..., AbstractContextManager[str]]
ONE, TWO = b"<urn:a> <urn:p> 1 .", b"<urn:a> <urn:p> 2 ."


def on(fresh: Fresh, work: Callable[[RemoteEngine], Awaitable[None]], *, union: bool = True) -> None:
    """Do `work` with an engine in front of an empty server."""

    async def run(address: str) -> None:
        engine = await RemoteEngine.start(RemoteSettings(f"{address}/query", union=union))
        try:
            await work(engine)
        finally:
            await engine.close()

    with fresh() as address:
        asyncio.run(run(address))


async def everything(engine: RemoteEngine) -> set[bytes]:
    return set((await (await engine.dump(None, N_QUADS)).read()).splitlines())


def quad(number: int, graph: str) -> bytes:
    return b'<urn:a> <urn:p> "%d"^^<http://www.w3.org/2001/XMLSchema#integer> <%s> .' % (number, graph.encode())


def test_graph_is_put_added_to_and_removed(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        first = await engine.propose(GraphChange("urn:g", ONE, TURTLE, Replacing.WHOLE))
        assert first.touched == ("urn:g",)
        assert first.created
        assert await first.content("urn:g") == quad(1, "urn:g").replace(b" <urn:g>", b"") + b"\n"
        assert not await everything(engine), "nothing counts before it is committed"
        before = engine.info.tag
        assert (await first.commit()).version == 1
        assert engine.info.tag != before
        assert engine.info.quads == 1

        second = await engine.propose(GraphChange("urn:g", TWO, TURTLE, Replacing.NOTHING))
        assert not second.created
        assert len((await second.content("urn:g")).splitlines()) == 2
        await second.commit()
        assert await everything(engine) == {quad(1, "urn:g"), quad(2, "urn:g")}

        await (await engine.propose(GraphRemoval("urn:g"))).commit()
        assert not await everything(engine)
        with pytest.raises(UnknownThing):
            await engine.propose(GraphRemoval("urn:g"))

    on(fresh_oxigraph, work)


def test_graph_that_is_not_found_to_be_removed_is_not_called_removed(fresh_oxigraph: Fresh) -> None:
    """As where the address for graphs is wrong."""

    async def work(address: str) -> None:
        right = await RemoteEngine.start(RemoteSettings(f"{address}/query"))
        wrong = await RemoteEngine.start(RemoteSettings(f"{address}/query", store_url=f"{address}/nowhere"))
        try:
            await (await right.propose(GraphChange("urn:g", ONE, TURTLE, Replacing.WHOLE))).commit()
            with pytest.raises(RemoteFailure, match="VAKGRAAF_REMOTE_STORE_URL"):
                await (await wrong.propose(GraphRemoval("urn:g"))).commit()
            assert await everything(right) == {quad(1, "urn:g")}
        finally:
            await right.close()
            await wrong.close()

    with fresh_oxigraph() as address:
        asyncio.run(work(address))


def test_graphs_of_a_dataset_keep_their_names(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        content = b"<urn:g> { %s } <urn:h> { %s }" % (ONE, TWO)
        proposal = await engine.propose(GraphChange(None, content, TRIG, Replacing.NOTHING))
        assert set(proposal.touched) == {"urn:g", "urn:h"}
        await proposal.commit()
        assert await everything(engine) == {quad(1, "urn:g"), quad(2, "urn:h")}

    on(fresh_oxigraph, work)


def test_graph_without_an_iri_for_its_name_is_not_sent(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        changes = (
            GraphChange(None, b"<urn:g> { %s } _:g { %s }" % (ONE, TWO), TRIG, Replacing.NOTHING),
            GraphChange("urn:g> { } } #", ONE, TURTLE, Replacing.WHOLE),
            GraphRemoval("urn:g> { } } #"),
        )
        for change in changes:
            with pytest.raises(InputError) as refused:
                await engine.propose(change)
            assert not isinstance(refused.value, SyntaxProblem | UnknownThing)
        assert not await everything(engine)

    on(fresh_oxigraph, work)


def test_change_that_is_discarded_is_not_sent_and_the_next_may_come(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        await (await engine.propose(GraphChange("urn:g", ONE, TURTLE, Replacing.WHOLE))).discard()
        with pytest.raises(SyntaxProblem) as problem:
            await engine.propose(GraphChange("urn:g", b"<urn:a> <urn:b> .", TURTLE, Replacing.WHOLE))
        assert problem.value.line == 1
        await (await engine.propose(GraphChange("urn:g", TWO, TURTLE, Replacing.WHOLE))).discard()
        assert not await everything(engine)

    on(fresh_oxigraph, work)


def test_update_cannot_be_judged_and_is_passed_on_to_who_may_do_without(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        proposal = await engine.propose(Update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }"))
        for graph in proposal.touched:
            with pytest.raises(QueryRefused):
                await proposal.content(graph)
        await proposal.commit()
        assert await everything(engine) == {quad(1, "urn:g")}

    on(fresh_oxigraph, work)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://example.org/>",
        "LOAD SILENT <http://example.org/> ; LOAD <http://example.org/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER EXISTS { SERVICE SILENT <http://example.org/> { ?s ?p ?o } } }",
        "INSERT DATA { <urn:a> <urn:p> 1 } ; LOAD <http://example.org/>",
    ],
)
def test_update_that_reaches_out_is_not_passed_on(fresh_oxigraph: Fresh, text: str) -> None:
    async def work(engine: RemoteEngine) -> None:
        with pytest.raises((QueryRefused, SyntaxProblem)):
            await engine.propose(Update(text))

    on(fresh_oxigraph, work)


async def done(engine: RemoteEngine, text: str, dataset: Dataset = WHOLE_STORE) -> None:
    await (await engine.propose(Update(text, dataset))).commit()


THREE = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 3 } }"
COPIED = "INSERT { GRAPH <urn:h> { ?s <urn:p> ?o } } WHERE { ?s <urn:p> ?o }"


def test_pattern_of_an_update_reads_what_a_query_reads(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        await done(engine, THREE)
        await done(engine, COPIED, Dataset(default_graphs=("urn:nowhere",)))
        await done(engine, COPIED.replace("WHERE", "USING <urn:nowhere> WHERE"))
        await done(engine, f"WITH <urn:nowhere> {COPIED}")
        assert await everything(engine) == {quad(3, "urn:g")}
        await done(engine, COPIED)
        assert await everything(engine) == {quad(3, "urn:g"), quad(3, "urn:h")}

    on(fresh_oxigraph, work)


def test_pattern_of_an_update_reads_the_unnamed_graph_where_queries_do(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        await done(engine, THREE)
        await done(engine, COPIED)
        assert await everything(engine) == {quad(3, "urn:g")}

    on(fresh_oxigraph, work, union=False)


def test_operations_that_cannot_have_one_dataset_there_are_not_passed_on_together(fresh_oxigraph: Fresh) -> None:
    moved = "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { ?s ?p ?o }"

    async def work(engine: RemoteEngine) -> None:
        with pytest.raises(QueryRefused) as refused:
            await engine.propose(Update(f"{THREE} ; {moved} ; {COPIED}"))
        assert "WITH" in refused.value.nl
        assert not await everything(engine)
        await done(engine, f"{THREE} ; {moved} ; DELETE WHERE {{ GRAPH <urn:i> {{ ?s ?p ?o }} }}")
        assert await everything(engine) == {quad(3, "urn:h")}

    on(fresh_oxigraph, work)


def test_prologue_before_a_later_operation_is_understood_there(fresh_oxigraph: Fresh) -> None:
    async def work(engine: RemoteEngine) -> None:
        await done(
            engine,
            "PREFIX x: <urn:> INSERT DATA { GRAPH x:g { x:a x:p 1 } } ;\n# here ; PREFIX x: <urn:not>\n"
            "PREFIX y: <urn:> PREFIX x: <urn:> INSERT DATA { GRAPH y:h { x:a y:p 2 } }",
        )
        assert await everything(engine) == {quad(1, "urn:g"), quad(2, "urn:h")}
        with pytest.raises(SyntaxProblem):  # that would be another request, so it is left as it is
            await done(engine, "PREFIX x: <urn:> CLEAR GRAPH x:g ; PREFIX x: <urn:not:> CLEAR GRAPH x:h")

    on(fresh_oxigraph, work)


def test_load_from_a_listed_host_becomes_an_insertion(behind: str, fresh_oxigraph: Fresh) -> None:
    async def run(address: str) -> None:
        allow = AllowList.of([behind.removeprefix("http://")])
        engine = await RemoteEngine.start(RemoteSettings(f"{address}/query", allow=allow))
        try:
            source = f"<{behind}/store?graph=urn:veel>"
            await (await engine.propose(Update(f"LOAD {source} INTO GRAPH <urn:copy>"))).commit()
            assert engine.info.quads == 3000
        finally:
            await engine.close()

    with fresh_oxigraph() as address:
        asyncio.run(run(address))
