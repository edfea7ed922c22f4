"""Where else a competence or skill is asked for: how often, and a few of the places. Never more than is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vakgraaf.engine import PROLOGUE, Engine, Row, Value, iri, select
from vakgraaf.web.describe import preferred

COUNTED = 50
"""From here on nobody counts: it is "more than"."""

LOOKED_UP = 60
"""Of so many things on one page it is looked up; of the rest their own pages tell."""

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a profile that asks for it, and the profile where that is another one."""

    iri: str
    name: Value
    profile: Value | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many other parts ask for it (`more`: more than that), and the first few."""

    count: int
    more: bool
    places: tuple[Place, ...]


async def elsewhere(
    engine: Engine, things: Sequence[str], here: str, profile: str | None, language: str
) -> dict[str, Elsewhere]:
    """For each of these things, where it is asked for but `here`, a part of `profile`; nothing where nowhere."""
    if not things:
        return {}
    listed = [iri(thing) for thing in things[:LOOKED_UP]]
    counts = " UNION ".join(
        f"{{ SELECT ({thing} AS ?thing) (COUNT(*) AS ?n) "
        f"WHERE {{ SELECT ?t WHERE {{ ?t vg:vereist {thing} }} LIMIT {COUNTED + 2} }} }}"
        for thing in listed
    )
    others = f"FILTER (?t != {iri(here)})"
    first = " UNION ".join(
        f"{{ SELECT ({thing} AS ?thing) ?t WHERE {{ ?t vg:vereist {thing} {others} }} LIMIT {_SHOWN} }}"
        for thing in listed
    )
    rows = await select(
        engine,
        f"""{PROLOGUE}SELECT ?thing ?n ?t ?name ?number ?profile ?of WHERE {{ {{ {counts} }} UNION {{
  {{ {first} }} ?t rdfs:label ?name
  OPTIONAL {{ ?t vg:nummer ?number }}
  OPTIONAL {{ ?t vg:ligtBinnen ?profile . ?profile a vg:Profiel ; rdfs:label ?of }} }} }}""",
    )
    by_thing: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_thing[row["thing"].text].append(row)
    made = {thing: _made(of, profile, language) for thing, of in by_thing.items()}
    return {thing: one for thing, one in made.items() if one.places}


def _made(rows: list[Row], profile: str | None, language: str) -> Elsewhere:
    places: dict[str, list[Row]] = defaultdict(list)
    count = 0
    for row in rows:
        if "n" in row:
            count = int(row["n"].text) - 1  # this very part is one of them
        if "t" in row:
            places[row["t"].text].append(row)
    found = [_place(thing, of, profile, language) for thing, of in places.items()]
    found.sort(key=lambda place: (place.profile.text if place.profile else "", place.name.text, place.iri))
    return Elsewhere(min(count, COUNTED), count > COUNTED, tuple(found))


def _place(thing: str, rows: list[Row], profile: str | None, language: str) -> Place:
    name = preferred((row["name"] for row in rows), language)
    number = next((row["number"].text for row in rows if "number" in row), "")
    others = [row["of"] for row in rows if "of" in row and row["profile"].text != profile]
    numbered = name._replace(text=f"{number} {name.text}".lstrip())
    return Place(thing, numbered, preferred(others, language) if others else None)
