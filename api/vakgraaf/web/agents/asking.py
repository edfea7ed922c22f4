"""The tool `query`: SPARQL, through the same guard and the same queue as at `/sparql`."""

from __future__ import annotations

import asyncio

from vakgraaf.engine import CheckedQuery, Options
from vakgraaf.errors import InputError
from vakgraaf.rdf.formats import (
    GRAPH_FORMATS,
    RESULTS_CSV,
    RESULTS_JSON,
    RESULTS_TSV,
    RESULTS_XML,
    Format,
    named,
)
from vakgraaf.web.agents.arguments import Asked
from vakgraaf.web.agents.desk import Desk

_LONG = 16 * 1024
"""From so many characters on the guard works in a thread, so that nobody has to wait for it."""
_TABLES = (RESULTS_TSV, RESULTS_CSV, RESULTS_JSON, RESULTS_XML)


async def query(desk: Desk, asked: Asked, ident: str) -> str:
    """The answer, whole. Raises what `check` and `query` of the engine raise, and `ResultTooLarge`."""
    text = asked.query
    checked = desk.engine.check(text) if len(text) < _LONG else await asyncio.to_thread(desk.engine.check, text)
    options = Options(timeout_s=asked.timeout_s, ident=ident)
    return await desk.read(await desk.engine.query(checked, _form(asked.format, checked), options=options))


def _form(name: str | None, query: CheckedQuery) -> Format:
    """Raises `InputError` for a format that is none of those that the answer can have."""
    known = GRAPH_FORMATS if query.form.gives_graph else _TABLES
    found = known[0] if name is None else named(name, known)
    if found is None:
        listed = ", ".join(form.name for form in known)
        raise InputError(
            f"Het antwoord op deze vraag kan niet in de vorm {name!r}; wel: {listed}.",
            f"The answer to this query cannot have the format {name!r}; there are: {listed}.",
        )
    return found
