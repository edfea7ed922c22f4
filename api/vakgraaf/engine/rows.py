"""Small tables for pages: the engine's JSON results as rows."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from vakgraaf.engine.interface import Engine
from vakgraaf.rdf.formats import RESULTS_JSON
from vakgraaf.rdf.prefixes import PREFIXES

PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
"""Declares every prefix of the table; our own queries begin with it."""


class Value(NamedTuple):
    """One RDF term of a result: `kind` is "uri", "bnode", "literal" or "triple"."""

    kind: str
    text: str
    language: str | None = None
    datatype: str | None = None


Row = dict[str, Value]

_ALL = 3


async def select(engine: Engine, text: str) -> list[Row]:
    """The solutions of a SELECT query; an unbound variable is not in its row. Raises what `Engine.query` does."""
    answer = await engine.query(engine.check(text), RESULTS_JSON)
    return [_row(binding) for binding in json.loads(await answer.read())["results"]["bindings"]]


async def triples(engine: Engine, text: str) -> list[tuple[str, str, Value]]:
    """The solutions of a SELECT of `?s ?p ?o` in which all three are bound: IRI or blank node, IRI, value.

    Several times as fast as `select`, which counts where a page needs a thousand of them.
    """
    answer = await engine.query(engine.check(text), RESULTS_JSON)
    bindings = json.loads(await answer.read())["results"]["bindings"]
    return [(one["s"]["value"], one["p"]["value"], _value(one["o"])) for one in bindings if len(one) == _ALL]


async def ask(engine: Engine, text: str) -> bool:
    """The answer to an ASK query."""
    answer = await engine.query(engine.check(text), RESULTS_JSON)
    return bool(json.loads(await answer.read())["boolean"])


def iri(text: str) -> str:
    """`text` as an IRI in a query. Raises ValueError where it has characters that an IRI cannot have."""
    if any(c in '<>"{}|^`\\' or c <= " " for c in text):
        raise ValueError(f"not an IRI: {text!r}")
    return f"<{text}>"


def _row(binding: dict[str, dict[str, Any]]) -> Row:
    return {name: _value(term) for name, term in binding.items()}


def _value(term: dict[str, Any]) -> Value:
    text = term["value"]
    written = text if isinstance(text, str) else json.dumps(text)
    return Value(term["type"], written, term.get("xml:lang"), term.get("datatype"))
