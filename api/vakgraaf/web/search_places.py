"""Where results stand that are called alike: twelve work processes can ask for one skill, under one name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from vakgraaf.engine import PROLOGUE, Engine, Row, Value, iri, select
from vakgraaf.search.answers import Hit
from vakgraaf.web.describe import preferred
from vakgraaf.web.site.outline import PARTS

_HAS = " ".join(("vg:heeftVereiste", *PARTS))


async def places_of(engine: Engine, hits: Sequence[Hit], language: str) -> dict[str, tuple[str, Value]]:
    """What each result is a part of that has a name as another has it: its IRI, and its number and name.

    One question, and none where all names differ.
    """
    names = [frozenset(label.text.casefold() for label in hit.labels) for hit in hits]
    often = Counter(names)
    alike = [iri(hit.iri) for hit, name in zip(hits, names, strict=True) if often[name] > 1 and not hit.number]
    if not alike:
        return {}
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?hit ?whole ?name ?number WHERE {{
  VALUES ?hit {{ {" ".join(alike)} }} VALUES ?has {{ {_HAS} }} ?whole ?has ?hit ; rdfs:label ?name
  OPTIONAL {{ ?whole vg:nummer ?number }} }}""",
    )
    by_hit: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_hit[row["hit"].text].append(row)
    return {hit: _first(of, language) for hit, of in by_hit.items()}


def _first(rows: list[Row], language: str) -> tuple[str, Value]:
    """The first of several wholes by IRI, which there seldom are."""
    whole = min(row["whole"].text for row in rows)
    here = [row for row in rows if row["whole"].text == whole]
    name = preferred((row["name"] for row in here), language)
    number = next((row["number"].text for row in here if "number" in row), "")
    return whole, name._replace(text=f"{number} {name.text}".lstrip())
