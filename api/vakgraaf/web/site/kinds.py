"""What sort of thing something is, in one word, by its classes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from vakgraaf.web.site.nearby import full
from vakgraaf.web.wording import marked

KINDS = {
    "vg:Addendum": marked("Addendum"),
    "vg:Beroepscompetentieprofiel": marked("Beroepscompetentieprofiel"),
    "vg:Profiel": marked("Profiel"),
    "vg:Kerntaak": marked("Kerntaak"),
    "vg:Werkproces": marked("Werkproces"),
    "vg:Taak": marked("Taak"),
    "vg:Taakgebied": marked("Taakgebied"),
    "vg:Vakkennis": marked("Vakkennis"),
    "vg:Vaardigheid": marked("Vaardigheid"),
    "vg:Skill": marked("Skill"),
    "vg:Competentie": marked("Competentie"),
    "vg:Competentiemodel": marked("Competentiemodel"),
    "vg:Skillvereiste": marked("Skillvereiste"),
    "vg:Competentievereiste": marked("Competentievereiste"),
    "vg:Vereiste": marked("Vereiste"),
    "vg:Matrixregel": marked("Regel van het competentieoverzicht"),
    "vg:Paragraaf": marked("Paragraaf"),
    "vg:Aanvulling": marked("Aanvulling"),
    "vg:Dilemma": marked("Dilemma"),
    "vg:Ontwikkeling": marked("Ontwikkeling"),
    "vg:Toelichting": marked("Toelichting"),
    "vg:Voetnoot": marked("Voetnoot"),
    "vg:Begrip": marked("Begrip"),
    "vg:Begrippenlijst": marked("Begrippenlijst"),
    "vg:Beroep": marked("Beroep"),
    "vg:Branche": marked("Branche"),
    "vg:Bron": marked("Geraadpleegde bron"),
    "vg:Brondocument": marked("Brondocument"),
    "vg:Passage": marked("Passage"),
    "vg:Bevinding": marked("Bevinding"),
    "vg:Validering": marked("Validering"),
    "vg:Legitimering": marked("Legitimering"),
    "vg:Deelname": marked("Deelname"),
    "vg:Kwalificatie": marked("Kwalificatie"),
    "vg:Kwalificatiedossier": marked("Kwalificatiedossier"),
    "vg:Raamwerk": marked("Kwalificatieraamwerk"),
    "vg:Niveau": marked("Niveau"),
    "vg:Inschaling": marked("Inschaling"),
    "org:Organization": marked("Organisatie"),
    "skos:ConceptScheme": marked("Begrippenkader"),
    "skos:Concept": marked("Term"),
    "owl:Class": marked("Klasse"),
    "owl:ObjectProperty": marked("Eigenschap"),
    "owl:DatatypeProperty": marked("Eigenschap"),
    "owl:AnnotationProperty": marked("Eigenschap"),
}
"""Class → word of the catalogue, special classes before general ones."""


def kind_of(classes: Iterable[str]) -> str | None:
    """The word for a thing of these classes (IRIs): that of the most special one; None where no class has a word."""
    there = set(classes)
    return next((word for klasse, word in _by_iri() if klasse in there), None)


@cache
def _by_iri() -> tuple[tuple[str, str], ...]:
    return tuple((full(name), word) for name, word in KINDS.items())
