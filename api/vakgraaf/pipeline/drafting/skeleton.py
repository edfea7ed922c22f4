"""A new addendum as RDF with blanks: one of everything, with comments that say what to fill in and why.

A blank is a text between « and », which the shapes do not accept. All things point to one passage, that of the whole
document: who fills in the skeleton by hand has no reader that counts lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from vakgraaf.pipeline.drafting.rules import rule_of
from vakgraaf.rdf.iris import VG, slug, thing
from vakgraaf.rdf.prefixes import PREFIXES, empty_graph
from vakgraaf.rdf.turtle import to_turtle
from vakgraaf.validation.report import shortened
from vakgraaf.validation.shapes import packaged_context

ORG = Namespace(PREFIXES["org"])
OA = Namespace(PREFIXES["oa"])

_HEAD = {
    "nl": """Een nieuw addendum. Vul elke plek tussen « en » in en haal die tekens weg; zet erbij wat vaker voorkomt.
Toetsen: vakgraaf validate {file}
Een regel die begint met een hekje is uitleg en mag weg. [verplicht] zonder dit voldoet het niet; [gewenst] zonder dit
komt er een waarschuwing.""",
    "en": """A new addendum. Fill in every place between « and » and remove the marks; add what occurs more often.
Check: vakgraaf validate {file}
A line that begins with a hash is explanation and may go. [required] without this it does not conform; [advised]
without this there will be a warning.""",
}
_MARKS = {"nl": ("[verplicht]", "[gewenst]"), "en": ("[required]", "[advised]")}
_SUBJECT = re.compile(r"^\S")


def skeleton(name: str, year: str) -> Graph:
    """An addendum for the occupation `name`, of `year`, with blanks. Raises ValueError where that makes no IRI."""
    reference = slug(f"{name} {year}")
    return _Skeleton(reference, name, year).graph


class _Skeleton:
    """The graph while it is made."""

    def __init__(self, reference: str, name: str, year: str) -> None:
        self.graph = empty_graph()
        self._reference = reference
        self._passage = thing("passage", reference, "document")
        self._document(f"addendum-{reference}", year)
        profiel = self._profiel(name, year)
        self._tasks(profiel)
        self._acts(profiel)

    def _add(self, subject: URIRef, *pairs: tuple[URIRef, Node]) -> URIRef:
        for predicate, value in pairs:
            self.graph.add((subject, predicate, value))
        return subject

    def _make(self, iri: URIRef, klasse: URIRef, label: str, *pairs: tuple[URIRef, Node]) -> URIRef:
        """A thing of a class of ours, with the classes above it in our namespace and in SKOS."""
        above = packaged_context().transitive_objects(klasse, RDFS.subClassOf)
        kinds = [
            kind for kind in above if isinstance(kind, URIRef) and str(kind).startswith((str(VG), PREFIXES["skos"]))
        ]
        types: list[tuple[URIRef, Node]] = [(RDF.type, kind) for kind in kinds]
        self._add(iri, *types, (RDFS.label, _nl(label)), (PROV.wasDerivedFrom, self._passage), *pairs)
        return iri

    def _concept(self, iri: URIRef, klasse: URIRef, label: str, scheme: str) -> URIRef:
        inside = (SKOS.inScheme, thing("begrippenkader", scheme))
        return self._make(iri, klasse, label, (RDF.type, SKOS.Concept), (SKOS.prefLabel, _nl(label)), inside)

    def _document(self, name: str, year: str) -> None:
        document = thing("brondocument", name)
        self._add(
            document,
            (RDF.type, VG.Brondocument),
            (RDFS.label, _nl("«titel van het document»")),
            (DCTERMS.title, _nl("«titel van het document»")),
            (DCTERMS.rights, _nl("«de rechten, zoals ze in het document staan»")),
            (DCTERMS.issued, Literal(year, datatype=PREFIXES["xsd"] + "gYear")),
            (DCTERMS.publisher, self._organisation()),
            (VG.bestand, Literal("«naam van het bestand»")),
            (VG.sha256, Literal("«sha256 van het bestand»")),
            (VG.aantalRegels, Literal("«aantal regels»")),
        )
        self._add(
            self._passage,
            (RDF.type, VG.Passage),
            (RDF.type, OA.TextQuoteSelector),
            (RDFS.label, _nl("Het hele document")),
            (VG.brondocument, document),
            (VG.beginRegel, Literal(1)),
            (VG.eindRegel, Literal(1)),
            (OA.exact, Literal("«de eerste regel van het document»")),
        )
        self._brondocument = document

    def _organisation(self) -> URIRef:
        iri = thing("organisatie", self._reference, "uitgever")
        kinds = ((RDF.type, ORG.Organization), (PROV.wasDerivedFrom, self._passage))
        return self._add(iri, *kinds, (RDFS.label, _nl("«naam van de uitgever»")))

    def _profiel(self, name: str, year: str) -> URIRef:
        beroep = self._concept(thing("beroep", name), VG.Beroep, name, "beroepen")
        supplemented = thing("profiel", self._reference, "aangevuld")
        self._make(supplemented, VG.Beroepscompetentieprofiel, "«profiel dat wordt aangevuld»", (RDF.type, VG.Stub))
        return self._make(
            thing("profiel", self._reference),
            VG.Addendum,
            f"Addendum {name}",
            (DCTERMS.title, _nl(f"Addendum {name}")),
            (DCTERMS.source, self._brondocument),
            (DCTERMS.rights, _nl("«de rechten, zoals ze in het document staan»")),
            (DCTERMS.issued, Literal(year, datatype=PREFIXES["xsd"] + "gYear")),
            (DCTERMS.publisher, thing("organisatie", self._reference, "uitgever")),
            (VG.beschrijft, beroep),
            (VG.vultAan, supplemented),
        )

    def _tasks(self, profiel: URIRef) -> None:
        ordered = (VG.volgorde, Literal(1))
        skill = thing("skill", self._reference, 1)
        self._concept(skill, VG.Vaardigheid, "«naam van de vaardigheid»", "skills")
        wanted = self._make(
            thing("vereiste", self._reference, "1", "1"),
            VG.Skillvereiste,
            "«de vaardigheid, zoals het document haar noemt»",
            ordered,
            (VG.formulering, _nl("«de vaardigheid, zoals het document haar noemt»")),
            (VG.betreft, skill),
        )
        task = self._make(
            thing("taak", self._reference, 1),
            VG.Taak,
            "«naam van de taak»",
            ordered,
            (VG.nummer, Literal("1")),
            (VG.omschrijving, _nl("«wat doet de beroepsbeoefenaar?»")),
        )
        group = self._make(
            thing("taakgebied", self._reference, 1),
            VG.Taakgebied,
            "«naam van het taakgebied»",
            ordered,
            (VG.heeftTaak, task),
            (VG.heeftVereiste, wanted),
        )
        demand = self._make(
            thing("vereiste", self._reference, "c"),
            VG.Competentievereiste,
            "Begeleiden",
            ordered,
            (VG.formulering, _nl("C. Begeleiden")),
            (VG.toelichting, _nl("«wat betekent deze competentie in dit werk?»")),
            (VG.betreft, thing("competentie", "kbb", "c")),
        )
        self._add(profiel, (VG.heeftTaakgebied, group), (VG.heeftVereiste, demand))

    def _acts(self, profiel: URIRef) -> None:
        body = self._add(
            thing("organisatie", self._reference, "orgaan"),
            (RDF.type, ORG.Organization),
            (RDFS.label, _nl("«naam van het orgaan»")),
            (PROV.wasDerivedFrom, self._passage),
        )
        for klasse, linked, label in (
            (VG.Validering, VG.heeftValidering, "Validering"),
            (VG.Legitimering, VG.heeftLegitimering, "Legitimering"),
        ):
            act = self._make(
                thing(label.lower(), self._reference, 1),
                klasse,
                label,
                (RDF.type, PROV.Activity),
                (VG.orgaan, body),
                (DCTERMS.date, Literal("«jjjj-mm-dd»")),
            )
            self._add(profiel, (linked, act))


def as_turtle(graph: Graph, file: str, language: str) -> str:
    """The skeleton as Turtle, with above each property what the shapes say about it, in `language` (nl or en)."""
    lines, classes = [], _classes(graph)
    subject: tuple[URIRef, ...] = ()
    for line in to_turtle(graph, _HEAD[language].format(file=file)).splitlines():
        if _SUBJECT.match(line) and not line.startswith(("@", "#")):
            subject = classes.get(line.strip(), ())
        found = re.match(r"    (\w+:\w+) ", line)
        if found and (advice := _advice(subject, found[1], language)):
            lines.append(f"    # {advice}")
        lines.append(line)
    return "\n".join(lines) + "\n"


def as_jsonld(graph: Graph, file: str, language: str) -> str:
    """The skeleton as JSON-LD; a key `//` holds the explanation, and the context says that it is no data."""
    used = {prefix: space for prefix, space in PREFIXES.items() if any(term.startswith(space) for term in _iris(graph))}
    things = [
        _node(graph, subject, language) for subject in sorted({s for s in graph.subjects() if isinstance(s, URIRef)})
    ]
    document = {
        "@context": {**used, "//": None},
        "//": _HEAD[language].format(file=file).splitlines(),
        "@graph": things,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _node(graph: Graph, subject: Node, language: str) -> dict[str, Any]:
    classes = tuple(kind for kind in graph.objects(subject, RDF.type) if isinstance(kind, URIRef))
    node: dict[str, Any] = {"@id": shortened(str(subject)), "@type": sorted(shortened(kind) for kind in classes)}
    advice = {}
    for predicate in sorted({p for p in graph.predicates(subject) if isinstance(p, URIRef) and p != RDF.type}):
        key = shortened(predicate)
        values = [_value(value) for value in sorted(graph.objects(subject, predicate), key=str)]
        node[key] = values if len(values) > 1 else values[0]
        if said := _advice(classes, key, language):
            advice[key] = said
    return {**({"//": advice} if advice else {}), **node}


def _value(value: Node) -> dict[str, Any]:
    if not isinstance(value, Literal):
        return {"@id": shortened(str(value))}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    return {"@value": str(value), **({"@type": shortened(value.datatype)} if value.datatype else {})}


def _classes(graph: Graph) -> dict[str, tuple[URIRef, ...]]:
    """Name as the Turtle writes it (`taak:tuincoach-2026-1`) → the classes of that thing."""
    found = {}
    for subject in set(graph.subjects()):
        kinds = tuple(kind for kind in graph.objects(subject, RDF.type) if isinstance(kind, URIRef))
        klasse, _, reference = str(subject).removeprefix(str(PREFIXES["id"])).partition("/")
        found[f"{klasse}:{reference}"] = kinds
    return found


def _advice(classes: tuple[URIRef, ...], name: str, language: str) -> str:
    prefix, _, local = name.partition(":")
    rules = [rule_of(kind, URIRef(PREFIXES.get(prefix, "") + local)) for kind in classes]
    said = next((rule for rule in sorted(rules, key=lambda rule: not rule.required) if rule.advice), None)
    if said is None:
        return ""
    required, advised = _MARKS[language]
    mark = required if said.required else advised if said.advised else ""
    return f"{mark} {said.advice.get(language, '')}".strip()


def _iris(graph: Graph) -> Iterator[str]:
    for triple in graph:
        for term in triple:
            if isinstance(term, URIRef):
                yield str(term)
            elif isinstance(term, Literal) and term.datatype:
                yield str(term.datatype)


def _nl(text: str) -> Literal:
    return Literal(text, lang="nl")
