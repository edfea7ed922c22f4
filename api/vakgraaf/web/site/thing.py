"""The page of a thing as its layout says: its texts and facts, and the things around it, with two questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.rdf import iris
from vakgraaf.web.site.citing import spoken
from vakgraaf.web.site.codes import spelled_out
from vakgraaf.web.site.crumbs import HOME, above, crumbs
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.layouts import Layout, ListOf
from vakgraaf.web.site.links import Item, Listing, Way, details, item, step, values, wholes
from vakgraaf.web.site.names import Named, numbered
from vakgraaf.web.site.nearby import Nearby, Source, Triple, fetched, full, of
from vakgraaf.web.wording import marked

MAPPINGS = {
    "skos:exactMatch": marked("Komt precies overeen met"),
    "skos:closeMatch": marked("Komt ongeveer overeen met"),
    "skos:broadMatch": marked("Valt onder"),
    "skos:narrowMatch": marked("Omvat"),
    "skos:relatedMatch": marked("Hangt samen met"),
}
_ALWAYS = ("rdf:type", "rdfs:label", "vg:nummer", "vg:isOnderdeelVan", "dct:title", "dct:rights", *MAPPINGS)
_SOURCES = 12
_DATES = frozenset(("dct:issued", "dct:date", "vg:geldigVanaf", "vg:geldigTot", "vg:eindeInstroom"))
KINDS_OF_PARAGRAAF = f"{iris.BASE}id/soort-paragraaf/"
"""The IRI of a kind of section, without the code of the kind."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property under a word of the catalogue, with its values: each a text, or a name that leads somewhere."""

    title: str
    values: tuple[Value | Named, ...]


@dataclass(frozen=True, slots=True)
class ThingPage:
    """What the template shows. `texts` each have a heading (a word of the catalogue) or an empty one."""

    iri: str
    name: Value
    kind: str | None
    crumbs: tuple[Named, ...]
    texts: tuple[tuple[str, Value], ...]
    facts: tuple[Fact, ...]
    listings: tuple[Listing, ...]
    sources: tuple[tuple[Named, tuple[Source, ...]], ...]
    rights: tuple[Value, ...]


def page_of(layout: Layout) -> Callable[[Engine, str, str], Awaitable[ThingPage]]:
    """The view of things with this layout."""

    async def view(engine: Engine, iri: str, language: str) -> ThingPage:
        near = await surroundings(engine, iri, language, layout)
        return thing_page(near, iri, layout)

    return view


async def surroundings(engine: Engine, iri: str, language: str, layout: Layout, *more: str) -> Nearby:
    """What a page with this layout needs; `more` are patterns of a page that shows more, about `{thing}`."""
    edges = await fetched(engine, *_edges(layout), *more, thing=iri)
    return Nearby([*edges, *await fetched(engine, *_details(edges, iri, layout))], language)


def thing_page(near: Nearby, iri: str, layout: Layout) -> ThingPage:
    """The page of a thing whose `surroundings` these are."""
    listings = tuple(found for part in layout.lists if (found := listing(near, iri, part)).items)
    return ThingPage(
        iri=iri,
        name=numbered(near, iri),
        kind=kind_of(value.text for value in near.values(iri, "rdf:type")),
        crumbs=_crumbs(near, iri, layout),
        texts=tuple((title, text) for title, name in layout.texts if (text := near.text(iri, name))),
        facts=tuple(_facts(near, iri, layout)),
        listings=listings,
        sources=_sources(near, iri),
        rights=_rights(near, iri, listings),
    )


def listing(near: Nearby, iri: str, part: ListOf) -> Listing:
    """One list of the page, cut where it is too long; `surroundings` fetched one thing more than is shown."""
    items = []
    more, within = "", frozenset({iri, *(whole.iri for whole in wholes(near, iri))})
    for way in part.ways:
        ends = near.pointing(iri, way.name) if way.back else near.things(iri, way.name)
        ends = [end for end in ends if not way.klasse or near.is_a(end, way.klasse)]
        if len(ends) > part.most:  # then in the order that the pages after this one have
            ends, more = sorted(ends)[: part.most], f"?{way.parameters}&page=2"
        items += [item(near, end, *part.quoted, within=within) for end in ends]
    if "skos:notation" in part.quoted:
        items.sort(key=_code)
    return Listing(part.title, tuple(items), more, part.kinds)


def _code(item: Item) -> str:
    """What a list is in order of, where its things have codes."""
    return next((text.text for name, text in item.quotes if name == "skos:notation"), "")


def _edges(layout: Layout) -> list[str]:
    listed = {way.name for part in layout.lists for way in part.ways if not way.back}
    said = dict.fromkeys(name for _, name in (*layout.texts, *layout.facts) if name not in listed)
    own = f"VALUES ?s {{ {{thing}} }} VALUES ?p {{ {' '.join(dict.fromkeys((*_ALWAYS, *said)))} }} ?s ?p ?o"
    patterns = [own, above("thing"), of("{thing} vg:ligtBinnen ?s .", "dct:rights")]
    if layout.sourced:
        patterns.append(step(Way("prov:wasDerivedFrom"), "{thing}", limit=_SOURCES))
    if layout.under is not None:
        patterns.append(step(layout.under, "{thing}", limit=1))
    for part in layout.lists:
        patterns += [step(way, "{thing}", limit=part.most + 1) for way in part.ways]
    return patterns


def _details(edges: Iterable[Triple], iri: str, layout: Layout) -> tuple[str, ...]:
    """Patterns: what the things are called that the first question found, and where the sources are."""
    ways = {(full(way.name), way.back): part for part in layout.lists for way in part.ways}
    sourced, plain, named, passages = set[str](), set[str](), set[str](), set[str]()
    for subject, name, value in edges:
        if name == full("prov:wasDerivedFrom") and subject == iri:
            passages.add(value.text)
        elif subject == iri and (part := ways.get((name, False))) and value.kind == "uri":
            (sourced if part.sourced else plain).add(value.text)
        elif value.text == iri and (part := ways.get((name, True))):
            (sourced if part.sourced else plain).add(subject)
        elif subject == iri and value.kind == "uri" and name != full("rdf:type"):
            named.add(value.text)
        elif value.text == iri:
            named.add(subject)
        elif name == full("vg:soortParagraaf"):
            named.add(KINDS_OF_PARAGRAAF + value.text)
    quoted = dict.fromkeys(name for part in layout.lists for name in part.quoted)
    held = any(part.held for part in layout.lists)
    return (
        *details(sourced, *quoted, held=held),
        *details(plain - sourced, *quoted, sourced=False),
        *_of_passages(passages),
        *((of(f"VALUES ?s {{ {listed} }}", "rdfs:label", "vg:nummer"),) if (listed := values(named)) else ()),
    )


def _of_passages(passages: set[str]) -> tuple[str, ...]:
    if not (listed := values(passages)):
        return ()
    where = ("vg:brondocument", "vg:beginRegel", "vg:eindRegel", "vg:pagina")
    return (
        of(f"VALUES ?s {{ {listed} }}", *where),
        of(f"VALUES ?x {{ {listed} }} ?x vg:brondocument ?s .", "dct:rights", "rdfs:label"),
    )


def _sources(near: Nearby, iri: str) -> tuple[tuple[Named, tuple[Source, ...]], ...]:
    """Where the thing is in each document."""
    found: dict[str, list[Source]] = {}
    for source in near.sources(iri):
        found.setdefault(source.document, []).append(source)
    return tuple((Named(one, near.label(one)), tuple(places)) for one, places in found.items())


def _facts(near: Nearby, iri: str, layout: Layout) -> Iterable[Fact]:
    for title, name in (*layout.facts, *((word, name) for name, word in MAPPINGS.items())):
        things = [Named(thing, numbered(near, thing)) for thing in near.things(iri, name)]
        texts = [_known(near, name, value) for value in near.values(iri, name) if value.kind == "literal"]
        if things or texts:
            yield Fact(title, (*things, *texts))


def _known(near: Nearby, name: str, value: Value) -> Value | Named:
    """What a reader understands: a date in words, the concept that the code of a kind of section stands for."""
    if name in _DATES:
        return Value("literal", spoken(value, near.language))
    concept = KINDS_OF_PARAGRAAF + value.text
    known = name == "vg:soortParagraaf" and near.text(concept, "rdfs:label")
    return Named(concept, known) if known else spelled_out(name, value, near.language)


def _crumbs(near: Nearby, iri: str, layout: Layout) -> tuple[Named, ...]:
    way = crumbs(near, iri)
    if len(way) > 1 or layout.under is None:
        return way
    under = near.pointing if layout.under.back else near.things
    return (HOME, *(Named(one, near.label(one)) for one in under(iri, layout.under.name)[:1]))


def _rights(near: Nearby, iri: str, shown: Iterable[Listing]) -> tuple[Value, ...]:
    """The rights on the documents that the texts of the page come from, or on what it is a part of, each once."""
    holders = {source.document for source in near.sources(iri)} | {iri} | {whole.iri for whole in crumbs(near, iri)}
    holders |= {source.document for part in shown for one in part.items if one.quotes for source in one.sources}
    return tuple(dict.fromkeys(value for holder in sorted(holders) for value in near.rights(holder)))
