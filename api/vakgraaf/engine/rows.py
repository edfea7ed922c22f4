"""Small tables for pages: the engine's JSON results as rows."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.engine.interface import Engine
from vakgraaf.engine.tsv import Value, triples_of
from vakgraaf.rdf.formats import RESULTS_JSON, RESULTS_TSV
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.rdf.prefixes import PREFIXES

PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
"""Declares every prefix of the table; our own queries begin with it."""


Row = dict[str, Value]

_ALL = 3
_IRIS = re.compile(r"(?:<[^<>\"{}|^`\\\x00-\x20]*>\s*)+")
_MOST_KNOWN = 512
_known: OrderedDict[tuple[type, str], CheckedQuery] = OrderedDict()


async def select(engine: Engine, text: str) -> list[Row]:
    """The solutions of a SELECT query; an unbound variable is not in its row. Raises what `Engine.query` does."""
    answer = await engine.query(_checked(engine, text), RESULTS_JSON)
    return [_row(binding) for binding in json.loads(await answer.read())["results"]["bindings"]]


async def triples(engine: Engine, text: str) -> list[tuple[str, str, Value]]:
    """The solutions of a SELECT of `?s ?p ?o` in which all three are bound: IRI or blank node, IRI, value.

    Several times as fast as `select`, which counts where a page needs a thousand of them.
    """
    if engine.abilities.exact_tsv:
        return triples_of(await (await engine.query(_checked(engine, text), RESULTS_TSV)).read())
    answer = await engine.query(_checked(engine, text), RESULTS_JSON)
    bindings = json.loads(await answer.read())["results"]["bindings"]
    return [(one["s"]["value"], one["p"]["value"], _value(one["o"])) for one in bindings if len(one) == _ALL]


async def ask(engine: Engine, text: str) -> bool:
    """The answer to an ASK query."""
    answer = await engine.query(_checked(engine, text), RESULTS_JSON)
    return bool(json.loads(await answer.read())["boolean"])


def iri(text: str) -> str:
    """`text` as an IRI in a query. Raises ValueError where it has characters that an IRI cannot have."""
    if not is_part_of_iri(text):
        raise ValueError(f"not an IRI: {text!r}")
    return f"<{text}>"


def _checked(engine: Engine, text: str) -> CheckedQuery:
    """A query of our own, let through. What IRIs are in it is all the same to the guard: it looks at each form once."""
    key = (type(engine), _IRIS.sub("<> ", text.removeprefix(PROLOGUE)))
    before = _known.get(key)
    if before is not None:
        return replace(before, text=text)
    checked = engine.check(text)
    if type(checked) is CheckedQuery and checked.text == text:
        _known[key] = checked
        if len(_known) > _MOST_KNOWN:
            _known.popitem(last=False)
    return checked


def _row(binding: dict[str, dict[str, Any]]) -> Row:
    return {name: _value(term) for name, term in binding.items()}


def _value(term: dict[str, Any]) -> Value:
    text = term["value"]
    written = text if isinstance(text, str) else json.dumps(text)
    return Value(term["type"], written, term.get("xml:lang"), term.get("datatype"))
