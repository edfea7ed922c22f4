"""What is known of the engines that can stand behind this server: one row for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vakgraaf.rdf.formats import (
    GRAPH_FORMATS,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    TURTLE,
    Format,
)

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One engine: which of its formats can be passed on as they are, and what it wants to be told.

    `union` and `own` are the parameters that make the default graph all graphs together, or the unnamed one alone.
    `timeout` is the parameter for the time a query may take, `timeout_unit` how that is written. `update` and `store`
    replace the last part of the path of the query address, which stands for `{last}` in them; empty where that is
    not known. `sends` is the format that it takes graphs in. `ends_lines`: its CSV and TSV end with a newline.
    `union_using` is what `union` is, for the patterns of an update without USING or WITH; it refuses both together.
    `one_prologue`: it takes declarations before the first operation of an update only.
    """

    name: str
    results: tuple[Format, ...] = RESULT_FORMATS
    graphs: tuple[Format, ...] = (TURTLE, N_TRIPLES, RDF_XML)
    union: Parameters = ()
    own: Parameters = ()
    timeout: str = ""
    timeout_unit: str = "{seconds:g}"
    update: str = ""
    store: str = ""
    sends: Format = N_TRIPLES
    ends_lines: bool = False
    union_using: Parameters = ()
    one_prologue: bool = False

    def beside(self, query_url: str, place: str) -> str:
        """The address that `update` or `store` says, next to that for queries."""
        path, _, last = query_url.partition("?")[0].rpartition("/")
        return f"{path}/{place.format(last=last)}" if place else ""


GENERIC = Kind("generic", results=(RESULTS_JSON, RESULTS_XML))

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        GENERIC,
        Kind(
            "oxigraph",
            graphs=GRAPH_FORMATS,
            union=(("union-default-graph", "true"),),
            update="update",
            store="store",
            ends_lines=True,
            union_using=(("using-union-graph", "true"),),
            one_prologue=True,
        ),
        # Its JSON has types of SPARQL 1.0, its TSV no types at all, and its Turtle makes decimals of doubles.
        Kind(
            "virtuoso",
            results=(RESULTS_XML,),
            graphs=(N_TRIPLES,),
            timeout="timeout",
            timeout_unit="{milliseconds:.0f}",
            update="{last}",
            store="sparql-graph-crud",
            sends=TURTLE,
        ),
        Kind(
            "graphdb",
            own=(("default-graph-uri", "http://www.openrdf.org/schema/sesame#nil"),),
            timeout="timeout",
            timeout_unit="{seconds:.0f}",
            update="{last}/statements",
            store="{last}/rdf-graphs/service",
        ),
        Kind("neptune", results=(RESULTS_JSON, RESULTS_XML), update="{last}", store="{last}/gsp"),
        Kind(
            "qlever",
            graphs=(TURTLE,),
            own=(("default-graph-uri", "http://qlever.cs.uni-freiburg.de/builtin-functions/default-graph"),),
            timeout="timeout",
            timeout_unit="{seconds:.0f}s",
            update="{last}",
            store="{last}",
        ),
        Kind(
            "fuseki",
            union=(("default-graph-uri", "urn:x-arq:UnionGraph"),),
            timeout="timeout",
            update="update",
            store="data",
        ),
    )
}
"""Name → what is known of it."""

_BY_SERVER = {"oxigraph": "oxigraph", "virtuoso": "virtuoso", "graphdb": "graphdb", "fuseki": "fuseki"}


def detected(url: str, headers: Mapping[str, str]) -> Kind:
    """The kind that an engine seems to be, by its address and the headers (in lower case) of an answer."""
    server = headers.get("server", "").lower()
    for mark, name in _BY_SERVER.items():
        if mark in server:
            return KINDS[name]
    if "fuseki-request-id" in headers:
        return KINDS["fuseki"]
    if ".neptune.amazonaws.com" in url:
        return KINDS["neptune"]
    if "/repositories/" in url:  # the addresses of RDF4J, which GraphDB has
        return KINDS["graphdb"]
    return GENERIC
