"""One thing from the data for each term of the ontology: of the class, or with the property."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vakgraaf.engine import PROLOGUE, Engine, Row, Value, iri, select
from vakgraaf.web.describe import labels_of
from vakgraaf.web.pages import short
from vakgraaf.web.site.names import Named

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Example:
    """A thing, and for a property its value: a text, or another thing."""

    thing: Named
    value: Value | Named | None


async def examples(
    engine: Engine, classes: Iterable[str], properties: Iterable[str], language: str
) -> dict[str, Example]:
    """By term; a term that nothing in the data has is not there."""
    parts = [f"{{ SELECT ({iri(one)} AS ?t) ?s WHERE {{ ?s a {iri(one)} }} LIMIT 1 }}" for one in classes]
    parts += [f"{{ SELECT ({iri(one)} AS ?t) ?s ?o WHERE {{ ?s {iri(one)} ?o }} LIMIT 1 }}" for one in properties]
    if not parts:
        return {}
    rows = await select(engine, f"{PROLOGUE}SELECT ?t ?s ?o WHERE {{ {' UNION '.join(parts)} }}")
    found = {row["t"].text: row for row in rows if "s" in row and row["s"].kind == "uri"}
    labels = await labels_of(engine, _things(found.values()), language)

    def name(thing: str) -> Named:
        return Named(thing, labels.of(thing) or Value("literal", short(thing)))

    return {
        term: Example(name(row["s"].text), _shown(row["o"], name(row["o"].text)) if "o" in row else None)
        for term, row in found.items()
    }


def _things(rows: Iterable[Row]) -> set[str]:
    return {value.text for row in rows for key in ("s", "o") if (value := row.get(key)) and value.kind == "uri"}


def _shown(value: Value, thing: Named) -> Value | Named:
    """A thing by its name; of a long text the beginning."""
    if value.kind == "uri":
        return thing
    if len(value.text) <= _LONGEST:
        return value
    return value._replace(text=value.text[:_LONGEST].rsplit(" ", 1)[0] + " …")
