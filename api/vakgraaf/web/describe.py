"""What the store knows of one resource, read with questions that its planner likes: constants first, no long joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, select
from vakgraaf.rdf.iri_signs import is_part_of_iri


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of resources in the language of the page, with the language that each turned out to have."""

    found: dict[str, Value] = field(default_factory=dict)

    def of(self, term: str) -> Value | None:
        """The name of `term`, or None."""
        return self.found.get(term)


def triples(subject: str) -> str:
    """The query for the data about `subject`: what it states, what its values are called, and what it is a part of."""
    here = iri(subject)
    return f"""{PROLOGUE}CONSTRUCT {{ {here} ?p ?o . ?near rdfs:label ?label . ?whole ?has {here} }} WHERE {{
  {{ {here} ?p ?o }}
  UNION {{ {here} ?any ?near . ?near rdfs:label ?label }}
  UNION {{ VALUES ?has {{ vg:heeftOnderdeel dct:hasPart }} ?whole ?has {here} }}
}}"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Of something that the store knows: whether it was withdrawn, and what came in its place.

    What was withdrawn has owl:deprecated and no class any more; dct:isReplacedBy says what to use.
    """

    gone: bool
    replaced_by: tuple[str, ...]


async def standing_of(engine: Engine, subject: str) -> Standing | None:
    """None where no graph says anything of `subject`, or points to it."""
    here = iri(subject)
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?gone ?next WHERE {{
  {{ SELECT * WHERE {{ {{ {here} ?p ?o }} UNION {{ ?s ?p {here} }} }} LIMIT 1 }}
  BIND (EXISTS {{ {here} owl:deprecated true }} && NOT EXISTS {{ {here} a ?class }} AS ?gone)
  OPTIONAL {{ {here} dct:isReplacedBy ?next }} }}""",
    )
    if not rows:
        return None
    return Standing(rows[0]["gone"].text == "true", tuple(sorted({row["next"].text for row in rows if "next" in row})))


async def labels_of(engine: Engine, terms: Iterable[str], language: str) -> Labels:
    """Names of `terms`: a name in `language`, else Dutch, else without one, else the first."""
    listed = " ".join(iri(term) for term in sorted(terms) if is_part_of_iri(term))
    if not listed:
        return Labels()
    names = await select(
        engine, f"{PROLOGUE}SELECT DISTINCT ?t ?l WHERE {{ VALUES ?t {{ {listed} }} ?t rdfs:label ?l }}"
    )
    candidates: dict[str, list[Value]] = defaultdict(list)
    for row in names:
        candidates[row["t"].text].append(row["l"])
    return Labels({term: preferred(found, language) for term, found in candidates.items()})


def preferred(values: Iterable[Value], language: str) -> Value:
    """The one of several texts that a reader of `language` gets; the same one every time."""
    ranks = {"nl": 1, None: 2, "en": 3, language: 0}
    return min(values, key=lambda v: (ranks.get((v.language or "").partition("-")[0] or None, 4), v.text))
