"""Which texts are searched, and how much each says: what a thing is called, how it is worded, what is told of it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Role(IntEnum):
    """What a text is to the thing that has it, the most telling first."""

    LABEL = 0
    NUMBER = 1
    WORDING = 2
    TEXT = 3


class Field(NamedTuple):
    """A property whose values are searched, by its prefixed name."""

    property: str
    role: Role


FIELDS = (
    *(
        Field(name, Role.LABEL)
        for name in (
            "rdfs:label",
            "skos:prefLabel",
            "skos:altLabel",
            "skos:hiddenLabel",
            "skos:notation",
            "dct:title",
            "foaf:name",
            "vg:creboCode",
        )
    ),
    Field("vg:nummer", Role.NUMBER),
    *(Field(name, Role.WORDING) for name in ("vg:formulering", "vg:functie", "dct:bibliographicCitation")),
    *(
        Field(name, Role.TEXT)
        for name in (
            "vg:omschrijving",
            "vg:resultaat",
            "vg:toelichting",
            "vg:tekst",
            "skos:definition",
            "skos:scopeNote",
            "skos:example",
            "rdfs:comment",
            "dct:description",
            "oa:exact",
        )
    ),
)
"""The order decides which of two equal texts of one thing counts, and which is shown first."""

_STANDING = {
    30: "Profiel Beroepscompetentieprofiel Addendum",
    28: "Beroep Kwalificatiedossier",
    25: "Kerntaak Taakgebied",
    22: "Taak Werkproces Competentie",
    20: "Skill Vakkennis Vaardigheid Begrip Branche",
    16: "Raamwerk Niveau Competentiemodel",
    14: "Paragraaf Dilemma Ontwikkeling Aanvulling Toelichting Inschaling Bevinding",
    10: "Vereiste Skillvereiste Competentievereiste Voetnoot Bron Validering Legitimering Deelname",
    8: "Kwalificatie",
    5: "Matrixregel Begrippenlijst Brondocument",
    0: "Passage",
}
STUB = "Stub"
"""The class of what is known by name only."""
STANDING = {STUB: 12} | {name: points for points, names in _STANDING.items() for name in names.split()}
"""How far forward things of a class of the ontology stand among results that fit equally well."""

STANDING_OF_TERMS = 12
"""The same for the terms of an ontology."""
STANDING_OF_OTHERS = 6
"""The same for everything else."""
NOT_SEARCHED = ("http://rdfs.org/ns/void#", "http://www.w3.org/ns/sparql-service-description#")
"""What the classes of things begin with that are about the store and not in it."""
RECORDS = frozenset({"Koppeling", "Koppelbesluit"})
"""Classes of records that are called after what they are about, proposals among them: `/links` finds those."""
LABEL_SAYS_WHERE = frozenset({"Passage"})
"""Classes whose things are called after the place where they stand, not after what they are."""


def brevity(words: int) -> int:
    """Points for a label of so many words: 10 for one, next to none for a whole sentence."""
    return round(10 / (1 + max(0, words - 1) / 6))
