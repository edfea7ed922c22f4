"""The W3C's suite for federated query (SPARQL 1.1 Federated Query): every SERVICE goes to an endpoint on loopback."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pyoxigraph as ox
import pytest

from vakgraaf.egress import AllowList
from vakgraaf.engine import EmbeddedEngine, EmbeddedSettings, Packaged, StateDirectory
from vakgraaf.rdf.formats import RESULTS_XML

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
def test_suite(name: str, tmp_path: Path) -> None:
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
        graphs = tmp_path / "graphs"
        graphs.mkdir()
        here = endpoints.here(_file(test["data"]).read_text("utf-8")) if test["data"] else ""
        (graphs / "data.ttl").write_text(here, "utf-8")
        query = endpoints.here(_file(test["query"]).read_text("utf-8"))
        settings = EmbeddedSettings(
            StateDirectory(tmp_path / "state"), Packaged(graphs=graphs), allow=AllowList.of([endpoints.host])
        )
        answer = asyncio.run(_asked(settings, query))
        wanted = endpoints.here(_file(test["result"]).read_text("utf-8")).encode()
    assert _rows(answer) == _rows(wanted)


async def _asked(settings: EmbeddedSettings, query: str) -> bytes:
    engine = await EmbeddedEngine.start(settings)
    try:
        return await (await engine.query(engine.check(query), RESULTS_XML)).read()
    finally:
        await engine.close()


def _file(iri: str | None) -> Path:
    return _FOLDER / (iri or "").removeprefix("test:").rpartition("/")[2]


def _rows(content: bytes) -> list[list[tuple[str, str]]]:
    answer = ox.parse_query_results(content, ox.QueryResultsFormat.XML)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    bound = [[(n, row[n]) for n in names if row[n] is not None] for row in answer]
    return sorted(sorted((n, "_" if isinstance(t, ox.BlankNode) else str(t)) for n, t in row) for row in bound)
