"""Real servers over real HTTP, on small data of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from serving import served
from token_file import BEARER, TOKEN, Writable, token_file
from vakgraaf.app import create_app
from vakgraaf.engine import Packaged
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.settings import Settings

_PROLOGUE = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
_FILES = {
    "ontology/taak.ttl": """
vg:Taak a owl:Class ; rdfs:label "Taak"@nl, "Task"@en .
vg:Kerntaak a owl:Class ; rdfs:subClassOf vg:Taak ; rdfs:label "Kerntaak"@nl, "Core task"@en ;
    skos:definition "Hoofdtaak."@nl, "Main task."@en ; vs:term_status "stable" .
vg:Ding a owl:Class ; rdfs:label "Ding"@nl, "Object"@en .
vg:heeftWerkproces a owl:ObjectProperty ; rdfs:subPropertyOf vg:heeftOnderdeel ;
    rdfs:label "heeft werkproces"@nl, "has work process"@en .
vg:heeftOnderdeel a owl:ObjectProperty ; owl:inverseOf vg:isOnderdeelVan .""",
    "shapes/kerntaak.ttl": 'vgs:KerntaakShape a sh:NodeShape ; rdfs:label "Kerntaak"@nl ; sh:targetClass vg:Kerntaak .',
    "graphs/proef-2020.ttl": """
graph:proef-2020 dct:title "Proef"@nl ; dct:rights "© Uitgever"@nl .
<{id}profiel/ingetrokken-2001> owl:deprecated true ; dct:isReplacedBy <{id}profiel/proef-2020> .
<{id}profiel/proef-2020> a vg:Profiel ; rdfs:label "Proefprofiel"@nl ; vg:heeftKerntaak <{id}kerntaak/proef-2020-1> .
<{id}kerntaak/proef-2020-1> a vg:Kerntaak ; rdfs:label "Zorgen & <b>regelen</b>"@nl ;
    vg:heeftWerkproces <{id}werkproces/proef-2020-1.2>, <{id}werkproces/proef-2020-1.10> ;
    vg:heeftWerkproces <{id}werkproces/proef-2020-1.1> ;
    rdfs:seeAlso <javascript:alert(1)> .
<{id}ding/proef> a vg:Ding ; rdfs:label "Een ding"@nl ;
    vg:heeftWerkproces <{id}werkproces/proef-2020-1.2>, <{id}werkproces/proef-2020-1.10> ;
    vg:heeftWerkproces <{id}werkproces/proef-2020-1.1> .
<{id}werkproces/proef-2020-1.1> rdfs:label "Zoekt"@nl, "Searches"@en ; vg:volgorde 1 .
<{id}werkproces/proef-2020-1.2> rdfs:label "Overlegt"@nl ; vg:volgorde 2 .
<{id}werkproces/proef-2020-1.10> rdfs:label "Beslist"@nl ; vg:volgorde 10 .
""",
    "graphs/veel.ttl": "",
    "queries/profielen.ttl": """
<{base}doc/voorbeeld/profielen> a sh:SPARQLExecutable ; rdfs:comment "Welke profielen zijn er?"@nl ;
    sh:select "SELECT ?s WHERE {{ ?s a <{base}def#Profiel> }}" .""",
}


def _write_packaged(folder: Path) -> Packaged:
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_PROLOGUE + text.format(id=f"{iris.BASE}id/", base=iris.BASE), "utf-8")
    many = "\n".join(f"<{iris.BASE}id/deel/{n}> dct:subject <{iris.BASE}id/ding/proef> ." for n in range(400))
    (folder / "graphs" / "veel.ttl").write_text(_PROLOGUE + many, "utf-8")
    return Packaged(**{name: folder / name for name in ("ontology", "shapes", "graphs", "queries")})


@contextmanager
def _running(folder: Path, **values: object) -> Iterator[str]:
    """A server with these settings, in a thread; its address. Without search, unless it is asked for."""
    packaged = _write_packaged(folder / "packaged")

    class WithTestData(Settings):
        def packaged(self) -> Packaged:
            return packaged

    chosen: dict[str, object] = {"search": False, **values}
    settings = WithTestData(store=folder / "state", **chosen)  # type: ignore[arg-type]  # settings by name
    with served(create_app(settings), settings.patience()) as address:
        yield address


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with two workers and a short deadline, through whose guard deep nesting passes."""
    with _running(
        tmp_path_factory.mktemp("server"),
        workers=2,
        query_timeout_s=2,
        max_nesting=10**6,
        max_query_bytes=10**6,
    ) as found:
        yield found


@pytest.fixture(scope="session")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with one place, long deadlines and next to no queue, that answers from disk."""
    with _running(
        tmp_path_factory.mktemp("narrow"),
        workers=1,
        slow_workers=0,
        quick_query_s=60,
        query_timeout_s=60,
        queue_length=1,
        queue_timeout_s=1,
        memory_budget_mb=0,
        default_graph="own",
    ) as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the first server."""
    with httpx.Client(base_url=address, timeout=30) as found:
        yield found


@pytest.fixture(scope="session")
def running() -> Callable[..., object]:
    """`with running(folder, **settings) as address` for a server of one's own."""
    return _running


@contextmanager
def _writable(folder: Path) -> Iterator[str]:
    with _running(folder, update_token_file=token_file(folder, TOKEN), describe_after_s=3600) as address:
        yield address


@pytest.fixture(scope="session")
def writable_by() -> Writable:
    """`with writable_by(folder) as address` for a server of one's own that may be written to with `TOKEN`.

    The store is not described anew after a change.
    """
    return _writable


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Such a server, for all tests of a module."""
    with _writable(tmp_path_factory.mktemp("writable")) as address:
        yield address


@pytest.fixture(scope="module")
def http(writable: str) -> Iterator[httpx.Client]:
    """A client that may write to it."""
    with httpx.Client(base_url=writable, timeout=120, headers=BEARER) as client:
        yield client
