"""A query as if it asked nobody else: what its own engine makes of the text, with the places of the text as written."""

from __future__ import annotations

import re

from vakgraaf.engine.federation.endpoints import Ask
from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.engine.interface import Dataset
from vakgraaf.rdf.formats import N_TRIPLES, RESULTS_JSON
from vakgraaf.rdf.names import BASE
from vakgraaf.sparql.lexing import NotUnderstood, tokens

_WORD = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_SILENT = re.compile(r"(\s*)SILENT\b", re.IGNORECASE)
_NOTHING = Dataset((f"{BASE}.well-known/genid/nothing",), ())
"""A graph that is not there, so that whatever is asked has been answered."""


def as_graphs(text: str) -> str:
    """`text` with GRAPH in the place of SERVICE, as long and with as many lines: SPARQL 1.1 [58], [59]."""
    try:
        found = tokens(text)
        words = [(found.starts[at], found.ends[at]) for at, kind in enumerate(found.kinds) if kind == "SERVICE"]
    except NotUnderstood:  # a string without an end: then it is only to be found out where that is
        words = [word.span() for word in _WORD.finditer(text)]
    kept, place = [], 0
    for start, end in words:
        kept += [text[place:start], "GRAPH  "]
        place = end
        if silent := _SILENT.match(text, end):
            place = silent.end()
            kept += [silent[1], " " * len("SILENT")]
    return "".join([*kept, text[place:]])


async def rehearse(query: CheckedQuery, ask: Ask) -> None:
    """Have our own engine look at a query, and at no data. Raises what is wrong with it."""
    form = N_TRIPLES if query.form.gives_graph else RESULTS_JSON
    await (await ask(query, form, _NOTHING)).read()
