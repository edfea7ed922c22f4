"""The W3C's suite for federated query (SPARQL 1.1 Federated Query): every SERVICE goes to an endpoint on loopback."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pyoxigraph as ox
import pytest

from vakgraaf.egress import AllowList
from vakgraaf.engine import WHOLE_STORE, Answer, CheckedQuery, Dataset, GuardLimits
from vakgraaf.engine.federation import Federation
from vakgraaf.rdf.formats import RESULTS_XML, Format

from .manifests import suite
from .mock_service import serving

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_FOLDER = (suite() or Path()) / "sparql11" / "service"

needs_suite = pytest.mark.skipif(
    not _FOLDER.is_dir(), reason="the W3C suite is not on this machine: set VAKGRAAF_W3C_SUITE to the folder rdf-tests"
)


def _manifest() -> ox.Store:
    store = ox.Store()
    if _FOLDER.is_dir():
        store.load(path=_FOLDER / "manifest.ttl", base_iri="test:")
    return store


def _names() -> list[str]:
    found = _manifest().query(f"SELECT ?t {{ ?t a <{_MF}QueryEvaluationTest> }} ORDER BY ?t")
    assert isinstance(found, ox.QuerySolutions)
    return [row["t"].value for row in found]  # type: ignore[union-attr]  # always bound


@needs_suite
@pytest.mark.parametrize("name", _names(), ids=lambda iri: iri.rpartition("#")[2])
def test_suite(name: str) -> None:
    found = _manifest().query(
        f"""PREFIX mf: <{_MF}> PREFIX qt: <{_QT}> SELECT ?query ?data ?result ?endpoint ?there {{
            <{name}> mf:action ?a ; mf:result ?result . ?a qt:query ?query OPTIONAL {{ ?a qt:data ?data }}
            OPTIONAL {{ ?a qt:serviceData ?d . ?d qt:endpoint ?endpoint ; qt:data ?there }} }}"""
    )
    assert isinstance(found, ox.QuerySolutions)
    rows = [{v.value: getattr(row[v], "value", None) for v in found.variables} for row in found]
    test = rows[0]
    data = {row["endpoint"]: _file(row["there"]) for row in rows if row["endpoint"]}
    with serving(data) as endpoints:
        store = ox.Store()
        if test["data"]:
            store.load(endpoints.here(_file(test["data"]).read_text("utf-8")), ox.RdfFormat.TURTLE)
        query = endpoints.here(_file(test["query"]).read_text("utf-8"))
        answer = asyncio.run(_asked(store, endpoints.host, query))
        wanted = endpoints.here(_file(test["result"]).read_text("utf-8")).encode()
    assert _rows(answer) == _rows(wanted)


async def _asked(store: ox.Store, host: str, query: str) -> bytes:
    """The answer of a store without a network, after the federation has put in what others say."""

    async def ask(checked: CheckedQuery, form: Format, _: Dataset) -> Answer:
        results = store.query(checked.text)
        assert not isinstance(results, ox.QueryTriples)
        body = results.serialize(format=ox.QueryResultsFormat.from_media_type(form.media_type))
        return Answer(bytes(body or b""), "1")

    federation = Federation.reaching(AllowList.of([host]), GuardLimits())
    try:
        checked = await federation.inlined(federation.check(query), WHOLE_STORE, ask)
        return await (await ask(checked, RESULTS_XML, WHOLE_STORE)).read()
    finally:
        await federation.close()


def _file(iri: str | None) -> Path:
    return _FOLDER / (iri or "").removeprefix("test:").rpartition("/")[2]


def _rows(content: bytes) -> list[list[tuple[str, str]]]:
    answer = ox.parse_query_results(content, ox.QueryResultsFormat.XML)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    bound = [[(n, row[n]) for n in names if row[n] is not None] for row in answer]
    return sorted(sorted((n, "_" if isinstance(t, ox.BlankNode) else str(t)) for n, t in row) for row in bound)
