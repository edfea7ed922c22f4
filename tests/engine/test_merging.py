"""A dataset with several default graphs: their merge, in which a triple is there once (SPARQL 1.1 Query §13.2.1)."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from engines import with_engine
from vakgraaf.engine import (
    WHOLE_STORE,
    Dataset,
    EmbeddedEngine,
    EmbeddedSettings,
    Packaged,
    StateDirectory,
    Update,
    WriterLimits,
)
from vakgraaf.rdf.formats import RESULTS_CSV

_GRAPHS = [f"urn:g{number}" for number in range(12)]
_DATA = " ".join(f"GRAPH <{graph}> {{ <urn:s> <urn:p> 5 ; <urn:own> <{graph}> }}" for graph in _GRAPHS)
_APART = "GRAPH <urn:apart> { <urn:s> <urn:p> 7 }"
_COUNT = "SELECT (COUNT(*) AS ?n) (SUM(?o) AS ?sum) {dataset} WHERE {{ <urn:s> <urn:p> ?o }}"
_NAMED = "SELECT (COUNT(*) AS ?n) {dataset} WHERE {{ ?s <urn:p> ?o GRAPH ?g {{ ?s <urn:own> ?x }} }}"


@pytest.fixture(params=["memory", "disk"])
def settings(tmp_path: Path, packaged: Packaged, request: pytest.FixtureRequest) -> EmbeddedSettings:
    budget = 2048 if request.param == "memory" else 0
    state = StateDirectory(tmp_path / "state")
    return EmbeddedSettings(state, packaged, memory_budget_mb=budget, writer=WriterLimits(describe_after_s=3600))


def _from(*graphs: str, named: tuple[str, ...] = ()) -> str:
    return " ".join([*(f"FROM <{g}>" for g in graphs), *(f"FROM NAMED <{g}>" for g in named)])


def test_triple_of_several_default_graphs_counts_once(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await (await engine.propose(Update(f"INSERT DATA {{ {_DATA} {_APART} }}"))).commit()

        async def asked(text: str, dataset: Dataset | None = None) -> list[str]:
            answer = await engine.query(engine.check(text), RESULTS_CSV, dataset or Dataset())
            return (await answer.read()).decode().split("\r\n")[1].split(",")

        one, two, *_ = _GRAPHS
        for graphs in ((one, two), (one, one), (two, one, one), tuple(_GRAPHS)):
            assert await asked(_COUNT.format(dataset=_from(*graphs))) == ["1", "5"], graphs
            assert await asked(_COUNT.format(dataset=""), Dataset(graphs)) == ["1", "5"], graphs
        assert await asked(_COUNT.format(dataset=_from(one, "urn:apart"))) == ["2", "12"]
        assert await asked(_COUNT.format(dataset=_from(one, two, "urn:nowhere"))) == ["1", "5"]
        # The named graphs of the dataset are those that it names, whatever is merged.
        assert await asked(_NAMED.format(dataset=_from(one, two))) == ["0"]
        assert await asked(_NAMED.format(dataset=_from(one, two, named=(two, "urn:apart")))) == ["1"]
        assert await asked(_NAMED.format(dataset=""), Dataset((one, two), (one, two))) == ["2"]
        # Nor does anything of it stay.
        assert await asked("SELECT (COUNT(*) AS ?n) { GRAPH ?g { <urn:s> <urn:p> 5 } }") == [str(len(_GRAPHS))]

    with_engine(settings, work)


_THINGS = "PREFIX : <http://a.example/> "
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LIST = f":a :list :l1 . :l1 <{_RDF}first> 1 ; <{_RDF}rest> :l2 . :l2 <{_RDF}first> 2 ; <{_RDF}rest> <{_RDF}nil> ."
_SAME = (
    f"{{ :a a :Thing ; :p 1, 2 ; :part :b . :b :p 2 ; :part :c ; :q :a . :c :q :d ~ :r {{| :since 3 |}} . {_LIST} }}"
)
_PATTERNS = [
    "{ ?s :p ?o }",
    "{ ?s a ?o }",
    "{ ?s ?p ?o }",
    "{ ?s :part/:part ?o }",
    "{ ?s ^:q ?o }",
    "{ ?s :part+ ?o }",
    "{ ?s :part* ?o }",
    "{ ?s :part? ?o }",
    "{ ?s (:p|:q) ?o }",
    "{ ?s !:p ?o }",
    "{ ?s !(:p|^:q) ?o }",
    "{ ?s :p ?o FILTER EXISTS { ?s :part ?x } }",
    "{ ?s :p ?o FILTER NOT EXISTS { ?s ?any :c } }",
    "{ ?s :part ?o OPTIONAL { ?o :q ?x } MINUS { ?o :part ?y } }",
    "{ { SELECT ?s (SUM(?n) AS ?o) { ?s :p ?n } GROUP BY ?s } }",
    "{ ?s :part ?o BIND(EXISTS { ?o :q ?x } AS ?y) }",
    "{ ?s <q> ?o }",
    "{ ?s <./x/../q> ?o }",
    "{ ?s <http://a.example/x/../q> ?o }",
    "{ ?s <http://a.example/x/./../q> ?o }",
    "{ ?s :q ?o {| :since ?x |} }",
    "{ <<:c :q ?o>> :since ?s }",
    "{ ?s :p ?o . GRAPH ?g { ?s :q ?x } }",
    "{ ?s :p ?o } ORDER BY EXISTS { ?s :part ?x }",
    "{ [] :part ?s . ?s :q ?o }",
    "{ ?s :list (1 ?o) }",
    "{ :a :list (?s ?o) }",
    "{ :a ?s ?o }",
    "{ ?o ?s :a }",
    "{ :c ^:part/:q ?o }",
    "{ :a :part* ?o }",
    "{ ?s :part* :c }",
    "{ :a (:q|:part?) ?o }",
    "{ ?s :part*/:q :a }",
    "{ :lost :part* ?o }",
    "{ GRAPH ?g { ?s :part :c } ?s :q ?o }",
    "{ GRAPH ?g { } ?s :q ?o }",
    "{ ?s :p ?o } GROUP BY ?s ?o HAVING (EXISTS { ?s :part ?x })",
]


def test_merge_answers_as_one_graph_with_all_of_it_does(settings: EmbeddedSettings) -> None:
    """Whatever of it the question looks at."""

    async def work(engine: EmbeddedEngine) -> None:
        insert = " ".join(f"GRAPH <{graph}> {_SAME}" for graph in [*_GRAPHS, "urn:all"])
        await (await engine.propose(Update(f"{_THINGS} INSERT DATA {{ {insert} }}"))).commit()

        async def asked(base: str, pattern: str, dataset: str) -> list[str]:
            text = f"{base}{_THINGS} SELECT ?s ?o {dataset} {pattern}"
            answer = await engine.query(engine.check(text), RESULTS_CSV, Dataset())
            return sorted((await answer.read()).decode().split("\r\n"))

        bases = ("", "BASE <http://a.example/> ", "BASE <http://b.example/> ")
        for base, pattern in product(bases, _PATTERNS):
            named = "FROM NAMED <urn:g1>"
            found = await asked(base, pattern, f"{_from(*_GRAPHS)} {named}")
            assert found == await asked(base, pattern, f"FROM <urn:all> {named}"), (base, pattern)
            assert len(found) > 2 or "q>" in pattern or ":lost" in pattern, pattern

    with_engine(settings, work)


def test_graph_that_is_named_twice_is_one_graph(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await (await engine.propose(Update(f"INSERT DATA {{ {_DATA} {_APART} }}"))).commit()
        one, two, *_ = _GRAPHS
        asked = "SELECT ?g ?o {dataset} WHERE {{ GRAPH ?g {{ <urn:s> <urn:p> ?o }} }}"
        for default in ((), (one,), (one, two)):
            for named in ((two, two), (two, "urn:apart", two)):
                for text, dataset in (
                    (asked.format(dataset=_from(*default, named=named)), Dataset()),
                    (asked.format(dataset=""), Dataset(default, named)),
                ):
                    answer = await engine.query(engine.check(text), RESULTS_CSV, dataset)
                    rows = (await answer.read()).decode().split("\r\n")[1:-1]
                    assert len(rows) == len(set(named)), (text, dataset)

    with_engine(settings, work)


_SUMMED = "INSERT {{ GRAPH <urn:out> {{ <urn:{name}> <urn:sum> ?sum }} }} {using} WHERE {{ {{ {select} }} }}"
_SELECT = "SELECT (SUM(?o) AS ?sum) WHERE { <urn:s> <urn:p> ?o }"
_BESIDE = "SELECT (SUM(?o) AS ?sum) WHERE { <urn:s> <urn:p> ?o GRAPH <urn:g1> { <urn:s> <urn:own> ?x } }"


def test_pattern_of_an_update_reads_a_triple_of_several_graphs_once(settings: EmbeddedSettings) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        async def change(text: str, dataset: Dataset = WHOLE_STORE) -> None:
            await (await engine.propose(Update(text, dataset))).commit()

        await change(f"INSERT DATA {{ {_DATA} }}")
        one, two, *_ = _GRAPHS
        using = f"USING <{one}> USING <{two}>"
        await change(_SUMMED.format(name="using", using=using, select=_SELECT))
        await change(_SUMMED.format(name="same", using=f"USING <{one}> USING <{one}>", select=_SELECT))
        await change(_SUMMED.format(name="named", using=f"{using} USING NAMED <{two}>", select=_BESIDE))
        await change(_SUMMED.format(name="protocol", using="", select=_SELECT), Dataset((one, two, two)))
        await change(_SUMMED.format(name="union", using="", select=_SELECT))
        await change(_SUMMED.format(name="beside", using="", select=_BESIDE))
        answer = await engine.query(engine.check("SELECT ?s ?sum { ?s <urn:sum> ?sum } ORDER BY ?s"), RESULTS_CSV)
        rows = (await answer.read()).decode().split("\r\n")[1:-1]
        assert rows == [f"urn:{name},5" for name in ("beside", "named", "protocol", "same", "union", "using")]

    with_engine(settings, work)


@pytest.mark.parametrize("call", ["UUID()", "strUuid()", "BNODE()", "RAND()"])
def test_pattern_of_an_update_makes_up_one_value_for_a_triple_of_several_graphs(
    settings: EmbeddedSettings, call: str
) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        one, two, *_ = _GRAPHS
        pattern = f"WHERE {{ <urn:s> <urn:p> ?o BIND({call} AS ?made) }}"
        for text in (
            f"INSERT DATA {{ {_DATA} }}",
            f"INSERT {{ GRAPH <urn:out> {{ <urn:union> <urn:made> ?made }} }} {pattern}",
            f"INSERT {{ GRAPH <urn:out> {{ <urn:using> <urn:made> ?made }} }} USING <{one}> USING <{two}> {pattern}",
        ):
            await (await engine.propose(Update(text))).commit()
        answer = await engine.query(engine.check("SELECT ?s ?made { ?s <urn:made> ?made }"), RESULTS_CSV)
        assert len((await answer.read()).decode().split("\r\n")[1:-1]) == 2

    with_engine(settings, work)
