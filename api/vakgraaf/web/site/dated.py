"""What a difference can be asked of: the graphs of documents, and the versions of them that were replaced."""

from __future__ import annotations

from typing import NamedTuple

from vakgraaf.engine import PROLOGUE, Engine, Value, select
from vakgraaf.rdf import iris
from vakgraaf.web.site.versions import moment

_GRAPHS = f"{iris.BASE}graph/"
_PROFILES = f"{iris.BASE}id/profiel/"
_VERSIONS = f"{_GRAPHS}versie/"
MANY = 500
"""More are not offered; who knows the name of another can type it."""

_THERE = f"""{PROLOGUE}SELECT ?graph ?until (SAMPLE(?label) AS ?name) WHERE {{
  {{ GRAPH ?graph {{ ?of vg:heeftKerntaak|vg:heeftTaak|vg:vultAan ?part }}
    FILTER (?graph NOT IN (graph:afgeleid, graph:kwalificaties)) FILTER (STRSTARTS(STR(?of), "{_PROFILES}")) }}
  UNION {{ GRAPH graph:versies {{ ?graph dct:isVersionOf ?now ; prov:invalidatedAtTime ?until
    OPTIONAL {{ ?graph foaf:primaryTopic ?of }} }} }}
  UNION {{ GRAPH graph:versies {{ ?version dct:isVersionOf ?graph OPTIONAL {{ ?version foaf:primaryTopic ?of }} }}
    FILTER EXISTS {{ GRAPH ?graph {{ ?any ?is ?there }} }} }}
  OPTIONAL {{ ?of rdfs:label ?label FILTER (LANG(?label) = "nl") }}
}} GROUP BY ?graph ?until ORDER BY ?graph LIMIT {MANY}"""


class Dated(NamedTuple):
    """Something to compare: how an address names it, what it is about, and the day it was replaced ("" for now)."""

    reference: str
    name: Value | None
    until: str


async def dated(engine: Engine) -> list[Dated]:
    """All that there is to choose from, what counts now before its versions, at most `MANY`."""
    rows = await select(engine, _THERE)
    found = [
        Dated(
            _reference(row["graph"].text),
            row.get("name"),
            moment(row["until"].text).date().isoformat() if "until" in row else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.reference.partition("@")[0], one.until != "", one.until))


def _reference(graph: str) -> str:
    """`bcp-x-2011` for a graph, `bcp-x-2011@2` for a version of it."""
    if graph.startswith(_VERSIONS):
        name, _, number = graph.removeprefix(_VERSIONS).rpartition("/")
        return f"{name}@{number}"
    return graph.removeprefix(_GRAPHS)
