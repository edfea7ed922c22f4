"""Which two things a difference is asked of: files, graphs, versions of graphs, or profiles."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from pathlib import Path

from vakgraaf.engine import PROLOGUE, Engine, LocalStore
from vakgraaf.engine.versions import KEPT, called, is_version
from vakgraaf.errors import UnknownThing
from vakgraaf.pipeline.diff import Fact, facts_of, facts_of_answer
from vakgraaf.pipeline.judging import judge, read_input
from vakgraaf.rdf.formats import RESULTS_JSON
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.rdf.iris import BASE
from vakgraaf.rdf.names import graph_called

Facts = frozenset[Fact]
_VERSION = re.compile(r"(.+)[@](\d+)")


def meant(text: str) -> tuple[str, ...]:
    """The graphs that somebody may mean by `text`: an IRI, a name, and `name@2` for version 2 of it."""
    text = text.strip()
    if not text or not is_part_of_iri(text):
        return ()
    versioned = _VERSION.fullmatch(text)
    if versioned is not None:
        return (f"{KEPT}{called(graph_called(versioned[1]))}/{versioned[2]}",)
    return (graph_called(text),)


def facts_query(graph: str) -> str:
    """The question for all that a graph says; of a version, too, where data are read from disk."""
    return f"SELECT ?s ?p ?o FROM <{graph}> WHERE {{ ?s ?p ?o }}"


def graph_query(text: str) -> str | None:
    """The question for the graph that a profile is in: its IRI, the address of its page, or its short name."""
    text = text.strip()
    if not text or not is_part_of_iri(text):
        return None
    profile = text.replace(f"{BASE}doc/", f"{BASE}id/", 1) if ":" in text else f"{BASE}id/profiel/{text}"
    return f"""{PROLOGUE}SELECT ?g WHERE {{ GRAPH ?g {{ <{profile}> a ?class }} FILTER (?g != graph:afgeleid)
  OPTIONAL {{ GRAPH ?g {{ <{profile}> a ?stub . FILTER (?stub = vg:Stub) }} }} FILTER (!BOUND(?stub)) }} LIMIT 1"""


def unknown(text: str) -> UnknownThing:
    """The error for what is no file, graph, version or profile."""
    return UnknownThing(
        f"'{text[:200]}' is geen bestand, graaf, versie of profiel dat er is. Een versie heet bijvoorbeeld"
        " 'bcp-thuisbegeleider-2011@1'.",
        f"'{text[:200]}' is no file, graph, version or profile that there is. A version is called, for example,"
        " 'bcp-thuisbegeleider-2011@1'.",
    )


def facts_here(text: str, store: Callable[[], LocalStore]) -> Facts:
    """What a file or a graph says, for the command line; the store is only opened for what is no file.

    Raises `UnknownThing`, and what reading a file raises.
    """
    path = Path(text)
    if path.is_file():
        return facts_of(judge([read_input(path)]).graph)
    opened = store()
    answer = b""
    asking = _asking(text)
    while (query := asking.send(answer or None)) is not None:
        answer = b"".join(opened.query(query, RESULTS_JSON))
    return _found(text, answer)


async def facts_in(engine: Engine, text: str) -> Facts:
    """What a graph, a version or the graph of a profile says. Raises `UnknownThing`."""
    answer = b""
    asking = _asking(text)
    while (query := asking.send(answer or None)) is not None:
        answer = await (await engine.query(engine.check(query), RESULTS_JSON)).read()
    return _found(text, answer)


def _asking(text: str) -> Generator[str | None, bytes | None]:
    """The questions to be asked, each sent the answer to the one before; None when the last answer is the one."""
    graphs = meant(text)
    for graph in graphs:
        if _rows((yield facts_query(graph))):
            yield None
    query = None if any(map(is_version, graphs)) else graph_query(text)
    if query is not None:
        for row in _rows((yield query)):
            yield facts_query(row["g"]["value"])
    yield None


def _found(text: str, answer: bytes) -> Facts:
    if not _rows(answer):
        raise unknown(text)
    return facts_of_answer(answer)


def _rows(answer: bytes | None) -> list[dict[str, dict[str, str]]]:
    return list(json.loads(answer)["results"]["bindings"]) if answer else []
