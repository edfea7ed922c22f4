"""Frameworks as graphs, one a file: concept schemes by NL-SBB (the Dutch profile of SKOS), each with its sources.

A level that a source puts at a level of another framework has a claim that says so (vg:Inschaling), and a mapping
property for who reads SKOS only: skos:closeMatch, or skos:broadMatch where several levels share the other one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urljoin

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from vakgraaf.linking.frameworks.placing import Framework, Level
from vakgraaf.linking.frameworks.table import FrameworkFacts, Pair, Relation, Scheme, Table
from vakgraaf.rdf.iris import BASE, VG, slug, thing
from vakgraaf.rdf.prefixes import empty_graph

COMMENT = (
    "Made by `vakgraaf frameworks load` from a list of the EU and data/reference/raamwerken.toml; not edited by hand."
)

_COUNTRY = Namespace("http://publications.europa.eu/resource/authority/country/")
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")


def graphs(placed: Iterable[Framework], table: Table) -> dict[str, Graph]:
    """A graph for each file, by its name without extension: one a framework, and one for codes and categories."""
    frameworks = {one.facts.notation: one for one in (*placed, *_own(table))}
    made = {file_name(notation): _framework(one, table) for notation, one in frameworks.items()}
    for relation in table.relations:
        if relation.start in frameworks and relation.end in frameworks:
            _relate(made[file_name(relation.start)], relation, frameworks, table)
    made["codes"] = _schemes(table, frameworks)
    return dict(sorted(made.items()))


def file_name(notation: str) -> str:
    """What the file of a framework is called: "NQF-DK" is in nqf-dk.ttl."""
    return slug(notation)


def key(notation: str) -> str:
    """The code of a level or framework as part of an IRI: "4+" and "4" stay apart."""
    return slug(notation.replace("+", " plus"))


def _own(table: Table) -> Iterator[Framework]:
    """The frameworks that are in no list: their levels are those that the table defines."""
    for facts in table.own:
        codes = table.definitions[facts.notation]
        base = _absolute(facts.levels)
        levels = (Level(f"{base}{code}", code, f"{facts.prefix} level {code}") for code in codes)
        yield Framework(facts, facts.name, tuple(levels))


def _framework(one: Framework, table: Table) -> Graph:
    graph = empty_graph()
    facts, scheme = one.facts, URIRef(_absolute(one.facts.iri))
    name = (_with_code(one.name[0], facts.notation), _with_code(one.name[1], facts.notation))
    for klasse in (VG.Raamwerk, SKOS.ConceptScheme):
        graph.add((scheme, RDF.type, klasse))
    _say(graph, scheme, (RDFS.label, DCTERMS.title), name)
    _say(graph, scheme, (SKOS.definition,), _what(one, table))
    graph.add((scheme, SKOS.notation, Literal(facts.notation)))
    graph.add((scheme, DCTERMS.source, _source(graph, facts.source, table)))
    if facts.country:
        country = _COUNTRY[facts.country]
        graph.add((scheme, DCTERMS.spatial, country))
        graph.add((country, RDF.type, DCTERMS.Location))
        _say(graph, country, (RDFS.label,), table.countries[facts.country])
    for place, level in enumerate(one.levels, 1):
        _level(graph, one, level, place, table)
    return graph


def _what(one: Framework, table: Table) -> Pair:
    if not one.facts.country:
        return (
            f"{one.name[0]}: {len(one.levels)} niveaus waaraan landen die van hun eigen raamwerk koppelen.",
            f"{one.name[1]}: {len(one.levels)} levels to which countries reference those of their own framework.",
        )
    dutch, english = table.countries[one.facts.country]
    return (
        f"Raamwerk met {len(one.levels)} niveaus waarop kwalificaties ingeschaald worden; land: {dutch}.",
        f"Framework with {len(one.levels)} levels at which qualifications are classified; country: {english}.",
    )


def _level(graph: Graph, one: Framework, level: Level, place: int, table: Table) -> None:
    concept, scheme = URIRef(level.iri), URIRef(_absolute(one.facts.iri))
    for klasse in (VG.Niveau, SKOS.Concept):
        graph.add((concept, RDF.type, klasse))
    _say(graph, concept, (RDFS.label, SKOS.prefLabel), (level_name(one.facts, level), level.label))
    graph.add((concept, SKOS.notation, Literal(level.notation)))
    graph.add((concept, VG.volgorde, Literal(place)))
    graph.add((concept, DCTERMS.source, _source(graph, one.facts.source, table)))
    code, framework, total = level.notation, one.facts.notation, len(one.levels)
    counted = (
        f"Niveau {code} van het raamwerk {framework}: trede {place} van {total}, van onderaf geteld.",
        f"Level {code} of the framework {framework}: step {place} of {total}, counted from the lowest.",
    )
    _say(graph, concept, (SKOS.definition,), table.definitions.get(framework, {}).get(code, counted))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.topConceptOf, scheme))
    graph.add((scheme, SKOS.hasTopConcept, concept))


def level_name(facts: FrameworkFacts, level: Level) -> str:
    """What a level is called in Dutch."""
    if level.notation.startswith("Entry"):
        number = level.notation.removeprefix("Entry").strip()
        return f"{facts.notation}-instroomniveau {number}".strip()
    return f"{facts.notation}-niveau {level.notation}".replace(" -", "-")


def _relate(graph: Graph, relation: Relation, frameworks: Mapping[str, Framework], table: Table) -> None:
    start, end = (
        {level.notation: level for level in frameworks[name].levels} for name in (relation.start, relation.end)
    )
    shared = Counter(relation.levels.values())
    for code, other in relation.levels.items():
        # What no source says is no relation, whatever the table has.
        if code not in start or other not in end or not relation.sources[code]:
            continue
        level, target = start[code], end[other]
        claim = thing("inschaling", key(f"{relation.start} {code} {relation.end} {other}"))
        names = level_name(frameworks[relation.start].facts, level), level_name(frameworks[relation.end].facts, target)
        graph.add((URIRef(level.iri), VG.heeftInschaling, claim))
        graph.add((claim, RDF.type, VG.Inschaling))
        _say(graph, claim, (RDFS.label,), (f"{names[0]} = {names[1]}", f"{level.label} = {target.label}"))
        graph.add((claim, VG.niveau, URIRef(target.iri)))
        graph.add((claim, VG.status, Literal("vastgesteld")))
        graph.add((claim, VG.methode, Literal(relation.method)))
        for source in relation.sources[code]:
            graph.add((claim, DCTERMS.source, _source(graph, source, table)))
        if code in relation.notes:
            _say(graph, claim, (SKOS.editorialNote,), relation.notes[code])
        match = SKOS.broadMatch if shared[other] > 1 else SKOS.closeMatch
        graph.add((URIRef(level.iri), match, URIRef(target.iri)))


def _schemes(table: Table, frameworks: Mapping[str, Framework]) -> Graph:
    graph = empty_graph()
    for one in table.schemes:
        _scheme(graph, one, table)
        for term in one.terms:
            if term.framework in frameworks:
                described = URIRef(_absolute(frameworks[term.framework].facts.iri))
                graph.add((described, VG.heeftBeschrijvingsonderdeel, _thing(term.iri)))
    return graph


def _scheme(graph: Graph, one: Scheme, table: Table) -> None:
    scheme = _thing(one.iri)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    _say(graph, scheme, (RDFS.label, DCTERMS.title), one.name)
    _say(graph, scheme, (SKOS.definition,), one.definition)
    if one.source:
        graph.add((scheme, DCTERMS.source, _source(graph, one.source, table)))
    else:
        graph.add((scheme, DCTERMS.license, _LICENCE))
    for term in one.terms:
        concept = _thing(term.iri)
        graph.add((concept, RDF.type, SKOS.Concept))
        _say(graph, concept, (RDFS.label, SKOS.prefLabel), term.name)
        _say(graph, concept, (SKOS.definition,), term.definition)
        graph.add((concept, SKOS.notation, Literal(term.notation)))
        graph.add((concept, SKOS.inScheme, scheme))
        graph.add((concept, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, concept))
        if term.source:
            graph.add((concept, DCTERMS.source, _source(graph, term.source, table)))


def _source(graph: Graph, name: str, table: Table) -> URIRef:
    """The IRI of a source, described in the graph."""
    source = table.sources[name]
    iri = thing("referentie", source.key)
    graph.add((iri, RDF.type, DCTERMS.BibliographicResource))
    _say(graph, iri, (RDFS.label, DCTERMS.title), source.title)
    graph.add((iri, FOAF.page, URIRef(source.page)))
    graph.add((iri, DCTERMS.bibliographicCitation, Literal(source.reference)))
    return iri


def _say(graph: Graph, subject: URIRef, properties: Iterable[URIRef], texts: Pair) -> None:
    for property_ in properties:
        graph.add((subject, property_, Literal(texts[0], lang="nl")))
        graph.add((subject, property_, Literal(texts[1], lang="en")))


def _with_code(name: str, notation: str) -> str:
    return name if notation in name else f"{name} ({notation})"


def _absolute(iri: str) -> str:
    return urljoin(f"{BASE}id/", iri)


def _thing(iri: str) -> URIRef:
    return URIRef(_absolute(iri))
