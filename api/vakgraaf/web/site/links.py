"""What points to a thing, or what it points to, in pages of a bounded length."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from vakgraaf.engine import Value, iri
from vakgraaf.rdf.iri_signs import is_part_of_iri
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.site.codes import spelled_out
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.names import Named, numbered
from vakgraaf.web.site.nearby import Nearby, Source, of

PAGE = 50
"""So many things are on one page of a list."""

_HOLDING = ("vg:heeftValidering", "vg:heeftLegitimering", "vg:heeftDeelname", "vg:heeftBevinding", "vg:heeftInschaling")


class Way(NamedTuple):
    """A property to go along from a thing: forth, or with `back` to what points to it; `klasse` narrows it."""

    name: str
    back: bool = False
    klasse: str = ""

    @property
    def parameters(self) -> str:
        """The part of an address that asks for the things at the end of this way."""
        asked = f"{'incoming' if self.back else 'outgoing'}={quote(self.name, safe=':/')}"
        return f"{asked}&class={quote(self.klasse, safe=':/')}" if self.klasse else asked


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in a list: its kind as a word of the catalogue, what it is a part of, and where a source has it.

    `quotes` are texts of it, each with the property (prefixed) that has it.
    """

    iri: str
    name: Value
    kind: str | None
    wholes: tuple[Named, ...] = ()
    sources: tuple[Source, ...] = ()
    quotes: tuple[tuple[str, Value], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Listing:
    """Some things under a heading (a word of the catalogue); `more` is the query part of the address of the others.

    `kinds`: the kind of each is worth saying.
    """

    title: str
    items: tuple[Item, ...]
    more: str = ""
    kinds: bool = False


def step(way: Way, here: str, *, limit: int, offset: int = 0) -> str:
    """A question: the edges from a thing along a way, in order of the IRI at the other end.

    `here` is the thing as a query has it: its IRI in brackets, or in a pattern its name in braces.
    """
    end, there = ("?s", f"({here} AS ?o)") if way.back else ("?o", f"({here} AS ?s)")
    page = f"LIMIT {limit}" + (f" OFFSET {offset}" if offset else "")
    chosen = f"SELECT DISTINCT {there} ({_term(way.name)} AS ?p) {end}"
    return f"{chosen} WHERE {{ {edge_of(way, here)} }} ORDER BY {end} {page}"


def edge_of(way: Way, here: str) -> str:
    """A pattern: `?s` or `?o` at the other end of a way."""
    term = _term(way.name)
    edge = f"?s {term} {here}" if way.back else f"{here} {term} ?o"
    return f"{edge} . {'?s' if way.back else '?o'} a {_term(way.klasse)}" if way.klasse else edge


def details(things: Iterable[str], *properties: str, sourced: bool = True, held: bool = False) -> tuple[str, ...]:
    """Patterns: what `item` needs of these things, and these properties of them.

    `sourced`: with where a source has them; not for concepts, which hundreds of places may share. `held`: also what
    has them without their being a part of it.
    """
    listed = values(things)
    if not listed:
        return ()
    own = ("rdf:type", "rdfs:label", "vg:nummer", "vg:volgorde", "vg:isOnderdeelVan")
    where = ("vg:brondocument", "vg:beginRegel", "vg:eindRegel", "vg:pagina")
    patterns = [
        of(f"VALUES ?s {{ {listed} }}", *own, *properties, *(("prov:wasDerivedFrom",) if sourced else ())),
        of(f"VALUES ?x {{ {listed} }} ?x vg:ligtBinnen ?s .", "rdfs:label", "vg:nummer", "vg:isOnderdeelVan"),
    ]
    if sourced:
        made = f"VALUES ?x {{ {listed} }} ?x prov:wasDerivedFrom"
        patterns.append(of(f"{made} ?s .", *where))
        patterns.append(of(f"{made} ?y . ?y vg:brondocument ?s .", "dct:rights"))
    if held:
        having = f"VALUES ?has {{ {' '.join(_HOLDING)} }}"
        patterns.append(of(f"VALUES ?x {{ {listed} }} {having} ?s ?has ?x .", "rdfs:label"))
        patterns.append(f"VALUES ?o {{ {listed} }} VALUES ?p {{ {' '.join(_HOLDING)} }} ?s ?p ?o")
    return tuple(patterns)


def values(things: Iterable[str]) -> str:
    """These things as VALUES has them in a query; empty where there are none."""
    return " ".join(iri(thing) for thing in sorted(set(things)) if is_iri(thing))


def item(near: Nearby, thing: str, *quoted: str, within: Set[str] = frozenset()) -> Item:
    """A thing as a list shows it. `near` was asked for its `details`; wholes in `within` go without saying."""
    return Item(
        iri=thing,
        name=numbered(near, thing),
        kind=kind_of(value.text for value in near.values(thing, "rdf:type")),
        wholes=tuple(whole for whole in wholes(near, thing) if whole.iri not in within),
        sources=tuple(near.sources(thing)),
        quotes=tuple(
            (name, spelled_out(name, text, near.language)) for name in quoted if (text := near.text(thing, name))
        ),
    )


def wholes(near: Nearby, thing: str) -> tuple[Named, ...]:
    """What a thing is a part of, the nearest first."""
    found: list[str] = []
    whole = next(iter((*near.things(thing, "vg:isOnderdeelVan"), *near.pointing(thing, *_HOLDING))), None)
    while whole is not None and whole not in found and whole != thing:
        found.append(whole)
        whole = near.thing(whole, "vg:isOnderdeelVan")
    return tuple(Named(one, numbered(near, one)) for one in found)


def is_iri(text: str) -> bool:
    """Whether `text` can stand in a query as an IRI."""
    return ":" in text and is_part_of_iri(text)


def whole_iri(name: str) -> str:
    """The IRI of a property or class that is called by its IRI, its prefixed name, or its name in the ontology."""
    if ":" not in name:
        return PREFIXES["vg"] + name
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES and not rest.startswith("//") else name


def _term(name: str) -> str:
    return iri(whole_iri(name))
