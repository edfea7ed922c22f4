"""What a language model can read before it asks: prefixes, a guide, the limits, the example queries of the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vakgraaf.engine import PROLOGUE, select
from vakgraaf.errors import UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.web.agents.desk import Desk
from vakgraaf.web.pages import short

_SCHEME = "vakgraaf://"
_SPARQL = "application/sparql-query"
_MOST_TERMS = 400

_EXAMPLES = """SELECT DISTINCT ?example ?title ?name ?query WHERE { GRAPH graph:queries {
  { ?example sh:select ?query } UNION { ?example sh:ask ?query } UNION { ?example sh:construct ?query }
  ?example rdfs:comment ?title
  OPTIONAL { ?example rdfs:label ?name FILTER(LANG(?name) = LANG(?title)) }
} } ORDER BY ?example"""
_CLASSES = f"""SELECT ?class ?things (SAMPLE(?l) AS ?label) WHERE {{
  GRAPH graph:beschrijving {{ <{iris.DATASET}> void:classPartition ?part . ?part void:class ?class .
    ?part void:entities ?things }}
  OPTIONAL {{ ?class rdfs:label ?l FILTER(LANG(?l) = "en") }}
}} GROUP BY ?class ?things ORDER BY DESC(?things) ?class LIMIT {_MOST_TERMS}"""


@dataclass(frozen=True, slots=True)
class Text:
    """A resource: its address, its title, what it is for, its media type."""

    uri: str
    title: str
    about: str
    media_type: str = "text/markdown"


PREFIXES, GUIDE, LIMITS = (
    Text(f"{_SCHEME}prefixes", "Prefixes", "The PREFIX lines that a query here begins with", _SPARQL),
    Text(f"{_SCHEME}guide", "Guide", "How the graph is built, how to ask it, and which classes of things it has"),
    Text(f"{_SCHEME}limits", "Limits", "What a query may take here: time, memory, length"),
)


@cache
def _guide() -> str:
    return Path(__file__).with_name("guide.md").read_text("utf-8")


async def resources(desk: Desk) -> list[Text]:
    """All that there is to read. Raises what asking raises."""
    examples = await _examples(desk)
    return [PREFIXES, GUIDE, LIMITS, *(text for text, _ in examples.values())]


async def read(desk: Desk, uri: str) -> tuple[Text, str]:
    """A resource and its content. Raises `UnknownThing`, and what asking raises."""
    if uri == PREFIXES.uri:
        return PREFIXES, PROLOGUE
    if uri == GUIDE.uri:
        return GUIDE, _guide() + "".join([f"- {line}\n" for line in await _classes(desk)])
    if uri == LIMITS.uri:
        return LIMITS, "".join(f"- {limit}\n" for limit in desk.limits)
    found = (await _examples(desk)).get(uri)
    if found is None:
        raise UnknownThing(
            f"Er is hier niets te lezen onder {uri[:200]!r}.", f"There is no {uri[:200]!r} to read here."
        )
    return found


async def _classes(desk: Desk) -> list[str]:
    rows = await select(desk.engine, PROLOGUE + _CLASSES)
    return [
        f"{short(row['class'].text)}: {row['things'].text}" + (f" ({row['label'].text})" if "label" in row else "")
        for row in rows
    ]


async def _examples(desk: Desk) -> dict[str, tuple[Text, str]]:
    """The example queries by their addresses here; what they are asked for is told in English where it can be."""
    found: dict[str, tuple[Text, str]] = {}
    for row in await select(desk.engine, PROLOGUE + _EXAMPLES):
        uri = f"{_SCHEME}queries/{row['example'].text.rpartition('/')[2]}"
        if uri not in found or row["title"].language == "en":
            name = row["name" if "name" in row else "title"].text
            found[uri] = Text(uri, name, row["title"].text, _SPARQL), row["query"].text
    return found
