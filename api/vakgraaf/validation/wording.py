"""Small words of reports: ordinals, articles, lists, and what things of RDF are called among people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import RDF, SH, XSD
from rdflib.term import Node

from vakgraaf.language import capitals
from vakgraaf.validation.report import Language, Words

# Endings of nouns of the ontology that take "het".
NEUTER = (
    "addendum",
    "begrip",
    "begrippenkader",
    "beroep",
    "brondocument",
    "dilemma",
    "model",
    "niveau",
    "dossier",
    "profiel",
    "raamwerk",
    "taakgebied",
    "vereiste",
    "werkproces",
)
_ORDINALS: Mapping[Language, tuple[str, ...]] = {
    "nl": tuple("eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()),
    "en": tuple("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()),
}
_ENGLISH = {1: "st", 2: "nd", 3: "rd"}

DATATYPES: Mapping[Node, Words] = {
    RDF.langString: {"nl": "een tekst met taalaanduiding", "en": "a text with a language tag"},
    XSD.string: {"nl": "een tekst zonder taalaanduiding", "en": "a text without a language tag"},
    XSD.integer: {"nl": "een geheel getal", "en": "a whole number"},
    XSD.decimal: {"nl": "een getal", "en": "a number"},
    XSD.boolean: {"nl": "“true” of “false”", "en": "“true” or “false”"},
    XSD.date: {"nl": "een datum (jjjj-mm-dd)", "en": "a date (yyyy-mm-dd)"},
    XSD.dateTime: {"nl": "een datum met tijd", "en": "a date with a time"},
    XSD.gYear: {"nl": "een jaartal", "en": "a year"},
    XSD.gYearMonth: {"nl": "een jaar met maand (jjjj-mm)", "en": "a year with a month (yyyy-mm)"},
    XSD.anyURI: {"nl": "een webadres", "en": "a web address"},
}
NODE_KINDS: Mapping[Node, Words] = {
    SH.IRI: {"nl": "een verwijzing (IRI)", "en": "a reference (IRI)"},
    SH.Literal: {"nl": "een tekst, getal of datum", "en": "a text, number or date"},
    SH.BlankNode: {"nl": "een blanke knoop", "en": "a blank node"},
    SH.BlankNodeOrIRI: {"nl": "een verwijzing", "en": "a reference"},
    SH.BlankNodeOrLiteral: {"nl": "een blanke knoop of een tekst", "en": "a blank node or a text"},
    SH.IRIOrLiteral: {"nl": "een verwijzing (IRI) of een tekst", "en": "a reference (IRI) or a text"},
}


def ordinal(number: int, language: Language) -> str:
    """ "tweede", "21e"; "second", "21st"."""
    words = _ORDINALS[language]
    if 0 < number <= len(words):
        return words[number - 1]
    if language == "nl":
        return f"{number}e"
    return f"{number}{'th' if number % 100 in (11, 12, 13) else _ENGLISH.get(number % 10, 'th')}"


def enumerated(items: Iterable[str], language: Language, last: str = "and") -> str:
    """ "a, b en c"; with `last` "or": "a, b of c"."""
    words = {"and": {"nl": "en", "en": "and"}, "or": {"nl": "of", "en": "or"}}[last]
    *rest, final = [*items] or [""]
    return f"{', '.join(rest)} {words[language]} {final}" if rest else final


def capitalised(text: str) -> str:
    """The same with a capital to begin with; a prefixed name as it is."""
    return text if ":" in text.split(" ")[0] else capitals.capitalised(text)
