"""The page of the mappings: those that fit a filter, with both sides as their sources word them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vakgraaf.engine import PROLOGUE, Engine, Value, iri, select
from vakgraaf.linking.candidate import PREDICATES
from vakgraaf.linking.mappings.decisions import Decision, Verdict
from vakgraaf.linking.mappings.mapping import Mapping, Status, code
from vakgraaf.pipeline.linking import records
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.nearby import Nearby, Source, nearby, of
from vakgraaf.web.wording import marked

PAGE = 20
MOST_ALIKE = 200
"""So many mappings of the same name are decided on at once."""
_UNDOABLE = 5
_TEXTS = ("vg:omschrijving", "vg:resultaat", "skos:definition", "dct:description", "vg:tekst")
_SAID = (*_TEXTS, "rdf:type", "rdfs:label", "prov:wasDerivedFrom", "vg:nummer")
_LINES = ("vg:brondocument", "vg:beginRegel", "vg:eindRegel", "vg:pagina")

STATUSES = {
    Status.PROPOSED: marked("voorgesteld"),
    Status.ACCEPTED: marked("aangenomen"),
    Status.REJECTED: marked("afgewezen"),
}
RELATIONS = dict(
    zip(
        PREDICATES,
        (
            marked("is hetzelfde als"),
            marked("lijkt sterk op"),
            marked("is specifieker dan"),
            marked("is algemener dan"),
            marked("hangt samen met"),
        ),
        strict=True,
    )
)
VERDICTS = {
    Verdict.ACCEPT: marked("aangenomen"),
    Verdict.REJECT: marked("afgewezen"),
    Verdict.UNDO: marked("ongedaan gemaakt"),
}
KINDS = {
    "Kerntaak": marked("Kerntaak"),
    "Werkproces": marked("Werkproces"),
    "Taak": marked("Taak"),
    "Skill": marked("Skill"),
    "Competentie": marked("Competentie"),
    "Beroep": marked("Beroep"),
    "Begrip": marked("Begrip"),
    "Profiel": marked("Profiel"),
    "Kwalificatie": marked("Kwalificatie"),
}
"""Class of our ontology → its word, for the filter."""


class Filter(NamedTuple):
    """Which mappings: `klasse` is a key of `KINDS`, `profile` an IRI; "" and None: any. `page` counts from 1."""

    status: Status | None = None
    klasse: str = ""
    profile: str = ""
    predicate: str = ""
    text: str = ""
    page: int = 1


class Side(NamedTuple):
    """One of the two: what it is called, what kind of thing it is, in which words, and where that stands."""

    iri: str
    name: Value
    kind: str | None
    texts: tuple[Value, ...]
    sources: tuple[Source, ...]


class Pair(NamedTuple):
    """A mapping with both sides; `code` is its name in the form."""

    mapping: Mapping
    code: str
    left: Side
    right: Side


class Undoable(NamedTuple):
    """A decision that can be taken back, with the names of what it was about."""

    decision: Decision
    code: str
    mapping: Mapping


@dataclass(frozen=True, slots=True)
class LinksPage:
    """What the template shows; `counts` by status, `total` is how many fit the filter, `alike` how many of these
    that are proposed are called the same on both sides."""

    chosen: Filter
    pairs: tuple[Pair, ...]
    total: int
    alike: int
    counts: Table[Status, int]
    profiles: tuple[tuple[str, Value], ...]
    latest: tuple[Undoable, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))

    @property
    def at_once(self) -> int:
        """How many of those that are `alike` one decision is about."""
        return min(self.alike, MOST_ALIKE)

    @property
    def reviewed(self) -> int:
        """How many were decided on, of `all`."""
        return self.all - self.counts.get(Status.PROPOSED, 0)

    @property
    def all(self) -> int:
        """How many mappings there are, whatever their status."""
        return sum(self.counts.values())


async def view(engine: Engine, chosen: Filter, language: str) -> LinksPage:
    """The page."""
    ask = records.through(engine)
    (found, total, same), counted, profiles, newest = await asyncio.gather(
        _chosen(engine, chosen), records.counts(ask), _profiles(engine, language), records.decisions(ask, newest=30)
    )
    mappings = await records.of(ask, found)
    undoable = _last(newest)
    about, near = await asyncio.gather(records.of(ask, undoable), _sides(engine, list(mappings.values()), language))
    latest = [Undoable(undoable[name], code(name), about[name]) for name in undoable if name in about]
    return LinksPage(
        chosen,
        tuple(Pair(one, code(one.iri), *_both(near, one)) for one in mappings.values()),
        total,
        same,
        {Status(status): number for status, number in counted.items()},
        profiles,
        tuple(latest[:_UNDOABLE]),
    )


async def fitting(engine: Engine, chosen: Filter) -> list[str]:
    """The IRIs of every mapping that fits, whatever the page."""
    rows = await select(engine, f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ {_pattern(chosen)} }}")
    return [row["s"].text for row in rows]


async def alike(engine: Engine, chosen: Filter) -> list[str]:
    """The IRIs of the proposals that fit and are called the same on both sides; no more than `MOST_ALIKE`."""
    wanted = _pattern(chosen._replace(status=Status.PROPOSED)) + _ALIKE
    rows = await select(engine, f"{PROLOGUE}SELECT DISTINCT ?s WHERE {{ {wanted} }} ORDER BY ?s LIMIT {MOST_ALIKE}")
    return [row["s"].text for row in rows]


_ALIKE = """ ?s sssom:subject_label ?one ; sssom:object_label ?other FILTER (LCASE(?one) = LCASE(?other))"""


async def _chosen(engine: Engine, chosen: Filter) -> tuple[list[str], int, int]:
    """The IRIs on this page, how many fit, and how many proposals among these are called the same on both sides."""
    pattern = _pattern(chosen)
    proposed = _pattern(chosen._replace(status=Status.PROPOSED)) + _ALIKE
    page = select(
        engine,
        f"""{PROLOGUE}SELECT DISTINCT ?s ?sure WHERE {{ {pattern} OPTIONAL {{ ?s sssom:confidence ?sure }} }}
  ORDER BY DESC(?sure) ?s LIMIT {PAGE} OFFSET {(chosen.page - 1) * PAGE}""",
    )
    number = select(
        engine,
        f"""{PROLOGUE}SELECT ?n ?same WHERE {{
  {{ SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ {pattern} }} }}
  {{ SELECT (COUNT(DISTINCT ?s) AS ?same) WHERE {{ {proposed} }} }} }}""",
    )
    rows, sizes = await asyncio.gather(page, number)
    return [row["s"].text for row in rows], int(sizes[0]["n"].text), int(sizes[0]["same"].text)


def _pattern(chosen: Filter) -> str:
    """What a record `?s` must be like; what is asked for goes in as IRIs and quoted text only."""
    parts = ["?s a vg:Koppeling ."]
    if chosen.status is not None:
        parts.append(f'?s vg:koppelstatus "{chosen.status}" .')
    if chosen.predicate:
        parts.append(f"?s owl:annotatedProperty {iri(chosen.predicate)} .")
    if chosen.klasse or chosen.profile:
        parts.append("?s owl:annotatedSource ?from .")
    if chosen.klasse:
        parts.append(f"?from a vg:{chosen.klasse} .")
    if chosen.profile:
        here = iri(chosen.profile)
        parts.append(
            f"{{ ?from vg:ligtBinnen {here} }} UNION {{ ?asks vg:ligtBinnen {here} ; vg:betreft ?from }}"
            f" UNION {{ {here} vg:beschrijft ?from }} UNION {{ VALUES ?from {{ {here} }} }}"
        )
    if chosen.text:
        wanted = chosen.text.casefold().replace("\\", "\\\\").replace('"', '\\"')
        wanted = "".join(" " if sign < " " else sign for sign in wanted)
        parts.append(f'?s rdfs:label ?called FILTER (CONTAINS(LCASE(?called), "{wanted}"))')
    return " ".join(parts)


async def _profiles(engine: Engine, language: str) -> tuple[tuple[str, Value], ...]:
    """The profiles to choose from."""
    near = await nearby(engine, language, of("?s a vg:Profiel . FILTER NOT EXISTS { ?s a vg:Stub }", "rdfs:label"))
    return tuple(sorted(((one, near.label(one)) for one in near.known()), key=lambda pair: pair[1].text))


async def _sides(engine: Engine, mappings: Sequence[Mapping], language: str) -> Nearby:
    """What is said of both sides of all of them."""
    ends = dict.fromkeys(end for mapping in mappings for end in (mapping.subject, mapping.object))
    if not ends:
        return Nearby((), language)
    listed = " ".join(iri(end) for end in ends)
    return await nearby(
        engine,
        language,
        of(f"VALUES ?s {{ {listed} }}", *_SAID),
        of(f"VALUES ?end {{ {listed} }} ?end prov:wasDerivedFrom ?s .", *_LINES),
    )


def _both(near: Nearby, mapping: Mapping) -> tuple[Side, Side]:
    return _side(near, mapping.subject, mapping.subject_label), _side(near, mapping.object, mapping.object_label)


def _side(near: Nearby, end: str, label: str) -> Side:
    name = near.text(end, "rdfs:label") or Value("literal", label or end)
    texts = dict.fromkeys(text for prop in _TEXTS if (text := near.text(end, prop)) is not None)  # some follow by rule
    return Side(end, name, kind_of(near.things(end, "rdf:type")), tuple(texts), tuple(near.sources(end)[:3]))


def _last(newest: Sequence[Decision]) -> dict[str, Decision]:
    """By mapping its last decision, where that can be taken back; the newest first."""
    found: dict[str, Decision] = {}
    for decision in newest:
        found.setdefault(decision.mapping, decision)
    return {name: decision for name, decision in found.items() if decision.verdict is not Verdict.UNDO}
