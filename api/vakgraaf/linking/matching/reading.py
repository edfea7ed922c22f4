"""Things out of RDF: the parts of profiles and qualifications, and the concepts of any SKOS vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.rdf.iris import VG

_ESCO = "http://data.europa.eu/esco/model#"
_COMPETENTNL = "https://linkeddata.competentnl.nl/def/competentnl#"
_XL = Namespace("http://www.w3.org/2008/05/skos-xl#")
_KINDS: tuple[tuple[URIRef, Kind], ...] = (
    (VG.Beroep, Kind.OCCUPATION),
    (VG.Kwalificatie, Kind.OCCUPATION),
    (URIRef(_ESCO + "Occupation"), Kind.OCCUPATION),
    (URIRef(_COMPETENTNL + "Occupation"), Kind.OCCUPATION),
    (VG.Kerntaak, Kind.KERNTAAK),
    (VG.Werkproces, Kind.WERKPROCES),
    (VG.Taak, Kind.WERKPROCES),
    (VG.Skill, Kind.SKILL),
    (VG.Competentie, Kind.COMPETENCE),
    (SKOS.Concept, Kind.CONCEPT),
)
_GROUPS = (SKOS.ConceptScheme, SKOS.Collection, SKOS.OrderedCollection)
_TEXTS = (
    VG.omschrijving,
    VG.resultaat,
    SKOS.definition,
    SKOS.scopeNote,
    URIRef("http://purl.org/dc/terms/description"),
)


def things_of(graph: Graph, kinds: Iterable[Kind] = tuple(Kind), language: str = "nl") -> list[Thing]:
    """What of `kinds` there is in `graph`, in the order of the IRIs, with names in `language`, or in none, or in any.

    What has a preferred label is a concept, of whatever class: CompetentNL states its own classes only. Labels may be
    resources of their own (SKOS-XL).

    A werkproces has the competences of its kerntaak where it has none of its own: so it is in a
    beroepscompetentieprofiel; in a qualification file they hang on the werkproces.
    """
    wanted = set(kinds)
    found: dict[URIRef, Kind] = {}
    for klasse, kind in _KINDS:
        for iri in graph.subjects(RDF.type, klasse):
            if isinstance(iri, URIRef):
                found.setdefault(iri, kind)
    for iri in _labelled(graph):
        found.setdefault(iri, Kind.CONCEPT)
    chosen = sorted((iri, kind) for iri, kind in found.items() if kind in wanted)
    return [thing for iri, kind in chosen if (thing := _thing(graph, iri, kind, language)) is not None]


def synonyms_of(graph: Graph) -> list[tuple[str, str]]:
    """Pairs of words that mean the same by the labels of a glossary, and terms of it that only refer to another."""
    pairs = [
        (str(label), str(other))
        for term in graph.subjects(RDF.type, VG.Begrip)
        for label in graph.objects(term, SKOS.prefLabel)
        for other in graph.objects(term, SKOS.altLabel)
    ]
    for term, referred in graph.subject_objects(VG.zie):
        pairs += [
            (str(one), str(other))
            for one in graph.objects(term, SKOS.prefLabel)
            for other in graph.objects(referred, SKOS.prefLabel)
        ]
    return sorted(pairs)


def _labelled(graph: Graph) -> Iterator[URIRef]:
    """What has a preferred label and is no scheme or collection of others."""
    for property_ in (SKOS.prefLabel, _XL.prefLabel):
        for iri in graph.subjects(property_):
            if isinstance(iri, URIRef) and not any((iri, RDF.type, klasse) in graph for klasse in _GROUPS):
                yield iri


def _thing(graph: Graph, iri: URIRef, kind: Kind, language: str) -> Thing | None:
    labels = [*_texts(graph, iri, (SKOS.prefLabel, RDFS.label), language)]
    if not labels:
        return None
    whole = next(graph.subjects(VG.heeftWerkproces, iri), None)
    letters = _competences(graph, iri) or (_competences(graph, whole) if whole is not None else frozenset())
    return Thing(
        iri=str(iri),
        kind=kind,
        label=labels[0],
        alt_labels=tuple(_texts(graph, iri, (SKOS.altLabel, SKOS.hiddenLabel), language)),
        text=" ".join(_texts(graph, iri, _TEXTS, language)),
        competences=letters,
        skills=tuple(_skills(graph, iri)),
        whole=next(_texts(graph, whole, (RDFS.label,), language), "") if whole is not None else "",
        broader=tuple(
            name
            for broader in sorted(graph.objects(iri, SKOS.broader), key=str)
            for name in _texts(graph, broader, (SKOS.prefLabel,), language)
        ),
    )


def _texts(graph: Graph, about: Node, properties: Iterable[URIRef], language: str) -> Iterator[str]:
    """The texts of the best language that there is, property by property."""
    for property_ in properties:
        texts = sorted(value for value in _said(graph, about, property_) if isinstance(value, Literal))
        for wanted in (language, None):
            fitting = [text for text in texts if _language(text) == wanted]
            if fitting:
                break
        yield from map(str, fitting or texts)


def _said(graph: Graph, about: Node, property_: URIRef) -> Iterator[Node]:
    """What is stated, and of labels that are resources what they read."""
    yield from graph.objects(about, property_)
    if property_ in SKOS:
        for label in graph.objects(about, _XL[property_.removeprefix(str(SKOS))]):
            yield from graph.objects(label, _XL.literalForm)


def _language(text: Literal) -> str | None:
    return text.language.partition("-")[0].lower() if text.language else None


def _required(graph: Graph, about: Node) -> Iterator[Node]:
    for requirement in sorted(graph.objects(about, VG.heeftVereiste), key=str):
        yield from graph.objects(requirement, VG.betreft)


def _competences(graph: Graph, about: Node) -> frozenset[str]:
    """The letters: of a notation, or of the IRI, which ends in one ("…/competentie/kbb-c")."""
    found = set()
    for required in _required(graph, about):
        letter = str(graph.value(required, SKOS.notation) or str(required).rpartition("-")[2]).upper()
        if len(letter) == 1:
            found.add(letter)
    return frozenset(found)


def _skills(graph: Graph, about: Node) -> Iterator[str]:
    for required in _required(graph, about):
        if (required, RDF.type, VG.Skill) in graph:
            yield from _texts(graph, required, (SKOS.prefLabel,), "nl")
