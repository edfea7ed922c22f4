"""What there is to fill in for a new addendum, part by part, in the order in which an author thinks of it.

The table says which parts and properties there are and how they are written; what they are called, whether they must
be there and what to do about them, the shapes say (`rules`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rdflib import DCTERMS, RDFS, URIRef

from vakgraaf.rdf.iris import VG

# How a blank is written: one line, running text, one thing a line, a date, or a choice from what is known.
Kind = Literal["line", "text", "lines", "date", "year", "competentie", "branche"]


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing to fill in: its key, the property that it becomes, how it is written, and an example in Dutch.

    `nl` and `en` are what it is called, where that is not what the shapes call the property.
    """

    key: str
    about: URIRef
    kind: Kind
    example: str
    nl: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the addendum: its class, its blanks and its own parts; `many` where there can be more than one."""

    key: str
    klasse: URIRef
    nl: str
    en: str
    blanks: tuple[Blank, ...] = ()
    parts: tuple[Part, ...] = field(default=())
    many: bool = True


_ACT = (
    Blank("orgaan", VG.orgaan, "line", "het Tuinberaad", "orgaan", "body"),
    Blank("datum", DCTERMS.date, "date", "2026-03-02"),
)

ADDENDUM = Part(
    "addendum",
    VG.Addendum,
    "Het addendum",
    "The addendum",
    (
        Blank("naam", RDFS.label, "line", "Tuincoach", "naam van het beroep", "name of the occupation"),
        Blank("jaar", DCTERMS.issued, "year", "2026", "jaar van uitgave", "year of issue"),
        Blank("uitgever", DCTERMS.publisher, "line", "Tuinberaad", "uitgever", "publisher"),
        Blank(
            "vult-aan",
            VG.vultAan,
            "lines",
            "Woonbegeleider",
            "vult aan (één profiel per regel)",
            "supplements (one profile a line)",
        ),
        Blank("branches", VG.geldtVoor, "lines", "ouderenzorg", "branches (één per regel)", "sectors (one a line)"),
        Blank(
            "typering",
            VG.tekst,
            "text",
            "De tuincoach begeleidt cliënten bij het werk in een tuin.",
            "typering van het beroep",
            "outline of the occupation",
        ),
        Blank(
            "complexiteit",
            VG.tekst,
            "text",
            "De tuincoach werkt met wisselende groepen en in elk weer.",
            "complexiteit",
            "complexity",
        ),
    ),
    (
        Part(
            "taakgebied",
            VG.Taakgebied,
            "Taakgebied",
            "Task group",
            (
                Blank("naam", RDFS.label, "line", "Cliëntgebonden taken", "naam", "name"),
                Blank(
                    "vakkennis",
                    VG.betreft,
                    "lines",
                    "Kennis van planten",
                    "vakkennis (één per regel)",
                    "professional knowledge (one a line)",
                ),
                Blank(
                    "vaardigheden",
                    VG.betreft,
                    "lines",
                    "Sociale vaardigheden",
                    "vaardigheden (één per regel)",
                    "skills (one a line)",
                ),
            ),
            (
                Part(
                    "taak",
                    VG.Taak,
                    "Taak",
                    "Task",
                    (
                        Blank("naam", RDFS.label, "line", "Begeleiden van de intake", "naam", "name"),
                        Blank("omschrijving", VG.omschrijving, "text", "De tuincoach neemt de intake af."),
                    ),
                    (
                        Part(
                            "aanvulling",
                            VG.Aanvulling,
                            "Aanvulling voor een branche",
                            "Supplement for a sector",
                            (
                                Blank("branche", VG.geldtVoor, "branche", "ouderenzorg", "branche", "sector"),
                                Blank("tekst", VG.tekst, "text", "Zij betrekt de mantelzorger erbij.", "tekst", "text"),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        Part(
            "competentie",
            VG.Competentievereiste,
            "Competentie",
            "Competence",
            (
                Blank("competentie", VG.betreft, "competentie", "C", "competentie", "competence"),
                Blank("toelichting", VG.toelichting, "text", "De tuincoach begeleidt cliënten stap voor stap."),
            ),
        ),
        Part("validering", VG.Validering, "Validering", "Validation", _ACT),
        Part("legitimering", VG.Legitimering, "Legitimering", "Legitimation", _ACT),
    ),
    many=False,
)
