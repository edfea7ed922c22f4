"""What points to a thing, or what it points to, in pages of a bounded length."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from vakgraaf.engine import Value, iri
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.names import Named, numbered
from vakgraaf.web.site.nearby import Nearby, Source, of

PAGE = 50
"""So many things are on one page of a list."""

_HOLDING = ("vg:heeftValidering", "vg:heeftLegitimering", "vg:heeftDeelname", "vg:heeftBevinding", "vg:heeftInschaling")


class Way(NamedTuple):
    """A property to go along from a thing: forth, or with `back` to what points to it; `klasse` narrows it."""

    property: str
    back: bool = False
    klasse: str = ""

    @property
    def parameters(self) -> str:
        """The part of an address that asks for the things at the end of this way."""
        asked = f"{'incoming' if self.back else 'outgoing'}={quote(self.property, safe=':/')}"
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
    """Some things under a heading (a word of the catalogue); `more` is the query part of the address of the others."""

    title: str
    items: tuple[Item, ...]
    more: str = ""


def step(way: Way, name: str, *, limit: int, offset: int = 0) -> str:
    """A pattern: the edges from the thing called `name` along a way, in order of the IRI at the other end."""
    term, end = _term(way.property), "?s" if way.back else "?o"
    edge = f"?s {term} {{{name}}}" if way.back else f"{{{name}}} {term} ?o"
    there = f"({{{name}}} AS ?o)" if way.back else f"({{{name}}} AS ?s)"
    narrowed = f" . {end} a {_term(way.klasse)}" if way.klasse else ""
    page = f"LIMIT {limit}" + (f" OFFSET {offset}" if offset else "")
    return f"SELECT DISTINCT {there} ({term} AS ?p) {end} WHERE {{ {edge}{narrowed} }} ORDER BY {end} {page}"


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
        patterns.append(of(f"VALUES ?x {{ {listed} }} ?x prov:wasDerivedFrom ?s .", *where))
        patterns.append(of(f"VALUES ?x {{ {listed} }} ?x prov:wasDerivedFrom ?y . ?y vg:brondocument ?s .", "dct:rights"))
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
        quotes=tuple((name, text) for name in quoted if (text := near.text(thing, name))),
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
    return ":" in text and not any(c in '<>"{}|^`\\' or c <= " " for c in text)


def whole_iri(name: str) -> str:
    """The IRI of a property or class that is called by its IRI or its prefixed name."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES and not rest.startswith("//") else name


def _term(name: str) -> str:
    return iri(whole_iri(name))
