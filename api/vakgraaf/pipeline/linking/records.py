"""Mappings and decisions as the store has them: the questions, and what their answers mean."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from vakgraaf.engine import PROLOGUE, Engine, GuardLimits, LocalStore, triples
from vakgraaf.errors import UnknownThing
from vakgraaf.linking.mappings.decisions import Decision, Verdict
from vakgraaf.linking.mappings.mapping import Mapping
from vakgraaf.linking.mappings.statements import gathered, iri
from vakgraaf.rdf import names
from vakgraaf.rdf.formats import RESULTS_JSON
from vakgraaf.rdf.prefixes import PREFIXES

LINKS = names.graph("koppelingen")
"""The graph of accepted mappings: the statements, and their records."""
PROPOSALS = names.graph("koppelingen-voorstellen")
"""The graph of what is proposed or rejected: records only."""
LOG = names.graph("koppelingen-besluiten")
"""The graph of decisions; it only grows."""

_BOTH = f"VALUES ?graph {{ <{LINKS}> <{PROPOSALS}> }} GRAPH ?graph"
_AT_ONCE = 200

Fact = tuple[str, str, str]
"""Subject, property and the text of the value."""
Asking = Callable[[str], Awaitable[list[Fact]]]
"""The way to put a question for `?s ?p ?o` to a store."""


def through(engine: Engine) -> Asking:
    """The way to an engine."""

    async def ask(text: str) -> list[Fact]:
        return [(subject, name, value.text) for subject, name, value in await triples(engine, text)]

    return ask


def within(store: LocalStore) -> Asking:
    """The way to a store in this process: nothing is waited for."""

    async def ask(text: str) -> list[Fact]:
        answer = json.loads(b"".join(store.query(text, RESULTS_JSON, GuardLimits(max_bytes=16 * 1024 * 1024))))
        rows = answer["results"]["bindings"]
        return [(row["s"]["value"], row["p"]["value"], row["o"]["value"]) for row in rows]

    return ask


async def everything(ask: Asking) -> list[Mapping]:
    """Every mapping, ordered by subject and object."""
    facts = await ask(f"{PROLOGUE}SELECT ?s ?p ?o WHERE {{ {_BOTH} {{ ?s a vg:Koppeling ; ?p ?o }} }}")
    return sorted(gathered(facts), key=lambda mapping: (mapping.subject, mapping.object))


async def of(ask: Asking, records: Iterable[str]) -> dict[str, Mapping]:
    """The mappings with these IRIs, as many as there are, in this order."""
    wanted = list(dict.fromkeys(records))
    found: dict[str, Mapping] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        listed = " ".join(iri(one) for one in wanted[start : start + _AT_ONCE])
        text = f"{PROLOGUE}SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {listed} }} {_BOTH} {{ ?s a vg:Koppeling ; ?p ?o }} }}"
        found |= {mapping.iri: mapping for mapping in gathered(await ask(text))}
    return {one: found[one] for one in wanted if one in found}


async def one(ask: Asking, text: str) -> Mapping:
    """The mapping of that IRI, or of that last part of it. Raises `UnknownThing`."""
    name = text.rsplit("/", 1)[-1]
    here = names.thing("koppeling", name) if name.isalnum() and name.isascii() else ""
    found = await of(ask, [str(here)]) if here else {}
    if not found:
        raise UnknownThing(
            f"Er is geen koppeling '{text}'; 'vakgraaf link list' noemt ze.",
            f"There is no mapping '{text}'; 'vakgraaf link list' names them.",
        )
    return next(iter(found.values()))


async def decisions(ask: Asking, records: Iterable[str] | None = None, newest: int = 0) -> list[Decision]:
    """The decisions on these mappings, or all; the newest first, with `newest` no more than so many."""
    about = "" if records is None else f"VALUES ?k {{ {' '.join(iri(one) for one in records)} }}"
    if newest:
        about += f""" {{ SELECT ?s WHERE {{ GRAPH <{LOG}> {{ ?s prov:endedAtTime ?at }} }}
          ORDER BY DESC(?at) ?s LIMIT {newest} }}"""
    facts = await ask(
        f"{PROLOGUE}SELECT ?s ?p ?o WHERE {{ {about} GRAPH <{LOG}>"
        f" {{ ?s a vg:Koppelbesluit ; prov:used ?k ; ?p ?o }} }}"
    )
    told: dict[str, dict[str, str]] = {}
    for subject, name, text in facts:
        told.setdefault(subject, {})[name] = text
    return sorted(map(_decision, told.values()), key=lambda one: (one.at, one.mapping), reverse=True)


async def counts(ask: Asking) -> dict[str, int]:
    """How many mappings there are of each status."""
    facts = await ask(
        f"{PROLOGUE}SELECT (vg:Koppeling AS ?s) (?status AS ?p) (COUNT(*) AS ?o)"
        f" WHERE {{ {_BOTH} {{ ?k vg:koppelstatus ?status }} }} GROUP BY ?status"
    )
    return {status: int(number) for _, status, number in facts}


def _decision(told: dict[str, str]) -> Decision:
    vg, prov = PREFIXES["vg"], PREFIXES["prov"]
    return Decision(
        told[prov + "used"],
        Verdict(told[vg + "besluit"]),
        told[vg + "rol"],
        datetime.fromisoformat(told[prov + "endedAtTime"]),
        told.get(PREFIXES["rdfs"] + "comment", ""),
        told.get(vg + "vorigeStand", ""),
    )
