"""What an engine is asked for the sake of the index: every text that is searched, and what its thing is and belongs to.

Any SPARQL 1.1 engine can answer this. The answers are passed on as they come. A row may come twice, that does no harm.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

from vakgraaf.engine import PROLOGUE, Engine, Options
from vakgraaf.errors import Overloaded, QueryCrashed, QueryTimeout, ResultTooLarge
from vakgraaf.rdf.formats import RESULTS_TSV
from vakgraaf.rdf.names import DEF
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.search.fields import FIELDS
from vakgraaf.search.frames import END, frames, heading

Sink = Callable[[bytes], Awaitable[None]]

_PROFILES = "VALUES ?c { vg:Profiel vg:Beroepscompetentieprofiel vg:Addendum }"
_PATIENCE = 30
_OPTIONS = Options(patient=True)
_DIGITS = "0123456789abcdef"
_PART = "@part@"


class Question(NamedTuple):
    """What is asked, and what its rows are: `about` goes along with them. `_PART` in the text takes a filter."""

    about: dict[str, object]
    text: str


async def harvest(engine: Engine, sink: Sink, *, union: bool) -> None:
    """Ask everything, and give the answers to `sink` as frames.

    Without `union` the default graph is the unnamed one, and all others are asked as well. Raises what `Engine.query`
    raises, a passing overload aside.
    """
    for question in _questions(union):
        await sink(heading(question.about))
        try:
            await _passed_on(engine, question.text.replace(_PART, ""), sink)
        except (QueryTimeout, ResultTooLarge):  # too much for another server: a sixteenth of the things at a time
            for digit in _DIGITS:
                part = f'FILTER (STRSTARTS(MD5(STR(?s)), "{digit}"))'
                await _passed_on(engine, question.text.replace(_PART, part), sink)
        await sink(END)
    await sink(END)


async def _passed_on(engine: Engine, text: str, sink: Sink) -> None:
    query = engine.check(PROLOGUE + text)
    for attempt in range(_PATIENCE):
        try:
            answer = await engine.query(query, RESULTS_TSV, options=_OPTIONS)
            break
        except (Overloaded, QueryCrashed):
            if attempt == _PATIENCE - 1:
                raise
            await asyncio.sleep(1)
    try:
        async for chunk in answer.chunks():
            for frame in frames(chunk):
                await sink(frame)
    finally:
        await answer.close()


def _questions(union: bool) -> Iterator[Question]:
    def rows(variable: str, pattern: str) -> str:
        anywhere = pattern if union else f"{{ {pattern} }} UNION {{ GRAPH ?any {{ {pattern} }} }}"
        return f"SELECT ?s ?{variable} WHERE {{ {anywhere} {_PART} }}"

    for place, field in enumerate(FIELDS):
        prefix, _, local = field.property.partition(":")
        about = {"kind": "text", "field": place, "role": int(field.role), "property": PREFIXES[prefix] + local}
        yield Question(about, rows("o", f"?s {field.property} ?o"))
    yield Question({"kind": "class", "vg": DEF}, rows("c", "?s a ?c"))
    yield Question({"kind": "wider"}, rows("c", "?s rdfs:subClassOf ?c"))
    yield Question({"kind": "branche"}, rows("b", "?s vg:geldtVoor ?b"))
    # In its own graph a document has its profile and everything that it says; what is shared stands in several.
    stub = "MINUS { GRAPH ?s { ?p a vg:Stub } }"
    yield Question({"kind": "document"}, f"SELECT DISTINCT ?s ?p WHERE {{ {_PROFILES} GRAPH ?s {{ ?p a ?c }} {stub} }}")
    yield Question({"kind": "said"}, f"SELECT DISTINCT ?s ?g WHERE {{ GRAPH ?g {{ ?s a ?c }} {_PART} }}")
    yield Question({"kind": "profile"}, rows("p", "?p a vg:Profiel . ?s vg:ligtBinnen ?p"))
