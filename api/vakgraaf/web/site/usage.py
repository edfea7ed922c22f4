"""How the terms are used in the data: counted beforehand, in the description that the store has of itself (VoID)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from vakgraaf.engine import PROLOGUE, Engine, iri, select
from vakgraaf.rdf import iris

_GRAPH = str(iris.graph("beschrijving"))


@dataclass(frozen=True, slots=True)
class Usage:
    """Numbers of the whole data; empty where the store has no description of itself.

    `classes`: how many things of a class; `triples`: how often a class has a property; `values`: of which classes its
    values are, with (class, property).
    """

    classes: dict[str, int] = field(default_factory=dict)
    triples: dict[tuple[str, str], int] = field(default_factory=dict)
    values: dict[tuple[str, str], set[str]] = field(default_factory=dict)


async def usage(engine: Engine) -> Usage:
    """What is there now."""
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?c ?all ?p ?n ?v WHERE {{ GRAPH {iri(_GRAPH)} {{
  {iri(str(iris.DATASET))} void:classPartition ?x . ?x void:class ?c . OPTIONAL {{ ?x void:entities ?all }}
  OPTIONAL {{ ?x void:propertyPartition ?y . ?y void:property ?p ; void:triples ?n .
    OPTIONAL {{ ?y void:classPartition ?z . ?z void:class ?v }} }} }} }}""",
    )
    classes: dict[str, int] = {}
    triples: dict[tuple[str, str], int] = {}
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        klasse = row["c"].text
        if "all" in row:
            classes[klasse] = int(row["all"].text)
        if "p" in row and "n" in row:
            key = (klasse, row["p"].text)
            triples[key] = int(row["n"].text)
            if "v" in row:
                values[key].add(row["v"].text)
    return Usage(classes, triples, dict(values))
