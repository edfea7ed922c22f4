"""The same thing in the words of others: which profiles (W3C, Content Negotiation by Profile) there are of a thing.

The native one is what the store says. The others are made of it by a table: each class and each property has its
counterpart or is left out. The European Learning Model is more than other words, so `elm_record` makes it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from vakgraaf.engine import PROLOGUE, Engine, iri
from vakgraaf.linking.elm import PROFILE
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.web.describe import triples
from vakgraaf.web.site.elm_record import record_of
from vakgraaf.web.site.nearby import full
from vakgraaf.web.wording import marked


class Representation(NamedTuple):
    """A profile: the token in an address, its IRI, what it is called."""

    token: str
    iri: str
    title: str


NATIVE = Representation("vg", str(iris.VG).rstrip("#"), marked("Vakgraaf, volledig"))
SCHEMA = Representation("schema", PREFIXES["schema"].rstrip("/"), marked("schema.org"))
SKOS = Representation("skos", PREFIXES["skos"].rstrip("#"), marked("SKOS, voor begrippen en begrippenkaders"))
ALTERNATES = Representation("alt", "http://www.w3.org/ns/dx/connegp/altr", marked("Overzicht van alle vormen"))
ELM = Representation("elm", PROFILE, marked("European Learning Model, voor kwalificaties met een niveau"))
REPRESENTATIONS = (NATIVE, SCHEMA, SKOS, ELM)

SCHEMA_CLASSES = {
    "vg:Profiel": "schema:CreativeWork",
    "vg:Brondocument": "schema:DigitalDocument",
    "vg:Beroep": "schema:Occupation",
    "vg:Kwalificatie": "schema:EducationalOccupationalCredential",
    "vg:Kwalificatiedossier": "schema:EducationalOccupationalProgram",
    "vg:Bron": "schema:CreativeWork",
    "vg:Paragraaf": "schema:CreativeWork",
    "vg:Taak": "schema:DefinedTerm",
    "vg:Skill": "schema:DefinedTerm",
    "vg:Competentie": "schema:DefinedTerm",
    "vg:Begrip": "schema:DefinedTerm",
    "vg:Niveau": "schema:DefinedTerm",
    "vg:Branche": "schema:DefinedTerm",
    "vg:Competentiemodel": "schema:DefinedTermSet",
    "vg:Begrippenlijst": "schema:DefinedTermSet",
    "vg:Raamwerk": "schema:DefinedTermSet",
    "skos:ConceptScheme": "schema:DefinedTermSet",
    "org:Organization": "schema:Organization",
    "foaf:Organization": "schema:Organization",
}
SCHEMA_PROPERTIES = {
    "rdfs:label": "schema:name",
    "skos:altLabel": "schema:alternateName",
    "dct:description": "schema:description",
    "vg:tekst": "schema:description",
    "skos:definition": "schema:description",
    "skos:notation": "schema:termCode",
    "skos:inScheme": "schema:inDefinedTermSet",
    "vg:nummer": "schema:identifier",
    "vg:creboCode": "schema:identifier",
    "dct:issued": "schema:datePublished",
    "dct:publisher": "schema:publisher",
    "dct:source": "schema:isBasedOn",
    "vg:beschrijft": "schema:about",
    "vg:heeftOnderdeel": "schema:hasPart",
    "vg:isOnderdeelVan": "schema:isPartOf",
    "vg:vereist": "schema:mentions",
    "vg:vultAan": "schema:isBasedOn",
}
_SKOS_CLASSES = {name: name for name in ("skos:Concept", "skos:ConceptScheme", "skos:Collection")}
_SKOS_PROPERTIES = {
    f"skos:{name}": f"skos:{name}"
    for name in (
        "prefLabel altLabel hiddenLabel notation definition note scopeNote example inScheme topConceptOf hasTopConcept"
        " broader narrower related exactMatch closeMatch broadMatch narrowMatch relatedMatch member"
    ).split()
} | {"rdfs:label": "skos:prefLabel"}


async def available(engine: Engine, subject: str, classes: Collection[str]) -> tuple[Representation, ...]:
    """The profiles that a thing of these classes can be given in.

    SKOS only for what is a concept, a scheme or a collection, ELM only for a qualification that there is a record of.
    """
    skos = (SKOS,) if any(full(name) in classes for name in _SKOS_CLASSES) else ()
    qualified = str(iris.VG.Kwalificatie) in classes
    elm = (ELM,) if qualified and await record_of(engine, subject) else ()
    return (NATIVE, SCHEMA, *skos, *elm)


def query_of(representation: Representation, subject: str) -> str:
    """The CONSTRUCT query that gives a thing in this profile."""
    if representation is SCHEMA:
        return _translated(subject, SCHEMA_CLASSES, SCHEMA_PROPERTIES)
    if representation is SKOS:
        return _translated(subject, _SKOS_CLASSES, _SKOS_PROPERTIES)
    return triples(subject)


def _translated(subject: str, classes: Mapping[str, str], properties: Mapping[str, str]) -> str:
    """What a thing is and says, and what the things that it names are called, in other words."""
    here = iri(subject)
    kinds = " ".join(f"({ours} {theirs})" for ours, theirs in classes.items())
    names = " ".join(f"({ours} {theirs})" for ours, theirs in properties.items())
    name = properties["rdfs:label"]
    return f"""{PROLOGUE}CONSTRUCT {{ {here} a ?kind . {here} ?property ?value . ?near {name} ?label }} WHERE {{
  {{ VALUES (?ours ?kind) {{ {kinds} }} {here} a ?ours }}
  UNION {{ VALUES (?ours ?property) {{ {names} }} {here} ?ours ?value }}
  UNION {{ VALUES (?ours ?any) {{ {names} }} {here} ?ours ?near . ?near rdfs:label ?label }}
}}"""
