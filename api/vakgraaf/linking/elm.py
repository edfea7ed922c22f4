"""Qualifications in the European Learning Model 3: records that conform to its application profile LOQ 1.1.

The shape of a qualification there is closed. So nothing is added to the things of this graph: each record, identifier,
note and learning outcome is a node of its own, with an address below that of the qualification.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from vakgraaf.linking.elm_facts import SNB
from vakgraaf.rdf.iris import BASE, VG
from vakgraaf.rdf.prefixes import PREFIXES, empty_graph

PROFILE = "http://data.europa.eu/snb/model/ap/loq-constraints"
"""The IRI of the application profile that a record conforms to."""

ELM = Namespace("http://data.europa.eu/snb/model/elm/")
_ADMS_IDENTIFIER = URIRef(PREFIXES["adms"] + "identifier")
_DUTCH = URIRef("http://publications.europa.eu/resource/authority/language/NLD")
_FORMAL = URIRef(SNB + "learning-setting/6fd4685715")
_KNOWLEDGE, _SKILL = (URIRef(f"{SNB}skill-type/{name}") for name in ("knowledge", "skill"))
_NAMES = {
    _DUTCH: ("Nederlands", "Dutch"),
    _FORMAL: ("formeel leren", "formal learning"),
    _KNOWLEDGE: ("kennis", "knowledge"),
    _SKILL: ("vaardigheid", "skill"),
}
_ESCO_SKILL = "http://data.europa.eu/esco/skill/"
_NOTE = (
    Literal(
        "Gemaakt door Vakgraaf uit openbare gegevens; geen publicatie van wie de kwalificatie beheert. Waarop elk"
        " niveau en elk vakgebied steunt, staat bij de kwalificatie zelf.",
        "nl",
    ),
    Literal(
        "Made by Vakgraaf from public data, not published by the owner of the qualification. What each level and field"
        " rests on is stated with the qualification itself.",
        "en",
    ),
)


def record(facts: Graph, subject: URIRef) -> Graph:
    """The record of a qualification, in a graph of its own; empty where it is `lacking` something.

    `facts` is what `elm_facts.query` gives of it. A profile has no level of its own, so there is never a record of one.
    """
    graph = empty_graph()
    graph.bind("elm", ELM)
    if not lacking(facts, subject):
        _qualification(graph, facts, subject)
    return graph


def lacking(facts: Graph, subject: URIRef) -> tuple[tuple[str, str], ...]:
    """What a qualification lacks for a record, in Dutch and in English; nothing where one can be made.

    LOQ requires (QualificationShape) a title, one EQF level, a national level, a field of ISCED-F, a learning outcome.
    """
    levels = len(set(facts.objects(subject, ELM.EQFLevel)))
    said = (
        (bool(_texts(facts, subject)), "een naam", "a name"),
        (levels != 0, "een EQF-niveau volgens een bron", "an EQF level by a source"),
        (levels <= 1, "één EQF-niveau (bronnen spreken elkaar tegen)", "a single EQF level (sources disagree)"),
        ((subject, ELM.NQFLevel, None) in facts, "een NLQF-niveau volgens een bron", "an NLQF level by a source"),
        ((subject, ELM.ISCEDFCode, None) in facts, "een vakgebied (ISCED-F)", "a field (ISCED-F)"),
        (bool(_outcomes(facts, subject)), "werkprocessen of vakkennis", "work processes or skills"),
    )
    return tuple((nl, en) for there, nl, en in said if not there)


def _qualification(graph: Graph, facts: Graph, subject: URIRef) -> None:
    here = URIRef(f"{subject}#elm")
    _state(graph, here, ELM.Qualification, DCTERMS.title, _texts(facts, subject))
    graph.add((here, DCTERMS.language, _named(graph, _DUTCH)))
    graph.add((here, ELM.learningSetting, _named(graph, _FORMAL)))
    for name in (ELM.EQFLevel, ELM.NQFLevel, ELM.educationLevel, ELM.ISCEDFCode):
        for concept in facts.objects(subject, name):
            graph.add((here, name, _concept(graph, facts, concept)))
    for number, crebo in enumerate(sorted(map(str, facts.objects(subject, VG.creboCode)))):
        code = URIRef(f"{here}-crebo" + (f"-{number + 1}" if number else ""))
        graph.add((here, _ADMS_IDENTIFIER, code))
        _state(graph, code, ELM.Identifier, SKOS.notation, [Literal(crebo)])
        graph.add((code, ELM.schemeName, Literal("Crebo")))
    for text in _NOTE:
        note = URIRef(f"{here}-toelichting-{text.language}")
        graph.add((here, ELM.additionalNote, note))
        _state(graph, note, ELM.Note, ELM.noteLiteral, [text])
    for thing in _outcomes(facts, subject):
        graph.add((here, ELM.learningOutcome, _outcome(graph, facts, here, thing)))


def _outcome(graph: Graph, facts: Graph, record: URIRef, thing: URIRef) -> URIRef:
    """One learning outcome: a work process with the competences that it asks for, or an item of knowledge or skill."""
    here = URIRef(f"{record}-{quote(str(thing).removeprefix(BASE + 'id/').replace('/', '-'), safe='-._~')}")
    _state(graph, here, ELM.LearningOutcome, DCTERMS.title, _texts(facts, thing))
    kinds = {
        kind for klasse, kind in ((VG.Vakkennis, _KNOWLEDGE), (VG.Vaardigheid, _SKILL)) if _is(facts, thing, klasse)
    }
    if len(kinds) == 1:
        graph.add((here, DCTERMS.type, _named(graph, kinds.pop())))
    if _is(facts, thing, VG.Skill):
        graph.add((here, ELM.relatedSkill, _concept(graph, facts, thing)))
    for asked in facts.objects(thing, VG.vereist):
        if _is(facts, asked, VG.Competentie):
            graph.add((here, ELM.relatedSkill, _concept(graph, facts, asked)))
    for match in (SKOS.exactMatch, SKOS.closeMatch):
        for other in facts.objects(thing, match):
            if str(other).startswith(_ESCO_SKILL):
                graph.add((here, ELM.relatedESCOSkill, _concept(graph, facts, other)))
    return here


def _outcomes(facts: Graph, subject: URIRef) -> list[URIRef]:
    found = {thing for thing in facts.objects(subject, ELM.learningOutcome) if _texts(facts, thing)}
    return sorted(thing for thing in found if isinstance(thing, URIRef))


def _concept(graph: Graph, facts: Graph, concept: object) -> URIRef:
    """A concept with its names and its code, as far as they are known (ConceptShape: one name a language, one code)."""
    here = URIRef(str(concept))
    _state(graph, here, SKOS.Concept, SKOS.prefLabel, _texts(facts, here))
    for code in sorted(facts.objects(here, SKOS.notation), key=str)[:1]:
        graph.add((here, SKOS.notation, code))
    return here


def _named(graph: Graph, concept: URIRef) -> URIRef:
    dutch, english = _NAMES[concept]
    _state(graph, concept, SKOS.Concept, SKOS.prefLabel, [Literal(dutch, "nl"), Literal(english, "en")])
    return concept


def _state(graph: Graph, subject: URIRef, klasse: URIRef, name: URIRef, values: Iterable[Literal]) -> None:
    graph.add((subject, RDF.type, klasse))
    for value in values:
        graph.add((subject, name, value))


def _texts(facts: Graph, thing: object) -> list[Literal]:
    """The names of a thing, one in each language; a name without a language is none (rdf:langString)."""
    names = {
        name.language: name
        for name in sorted(
            (o for o in facts.objects(URIRef(str(thing)), RDFS.label) if isinstance(o, Literal)), reverse=True
        )
        if name.language
    }
    return [names[language] for language in sorted(names)]


def _is(facts: Graph, thing: object, klasse: URIRef) -> bool:
    return (URIRef(str(thing)), RDF.type, klasse) in facts
