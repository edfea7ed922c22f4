"""In which order a page tells what is known of a resource: what it says, what it consists of, what it rests on."""

from __future__ import annotations

from vakgraaf.rdf.prefixes import PREFIXES

_ORDER = """
vg:nummer skos:notation vg:formulering vg:betreft vg:omschrijving vg:resultaat vg:toelichting vg:tekst
skos:definition vg:zie skos:altLabel oa:exact vg:beginRegel vg:eindRegel vg:pagina vg:brondocument
vg:groep vg:organisatie vg:functie vg:orgaan dct:date
vg:beschrijft vg:vultAan vg:geldtVoor vg:isBasisVoor vg:noemtKwalificatiedossier
vg:heeftKerntaak vg:heeftWerkproces vg:heeftTaakgebied vg:heeftTaak vg:heeftVereiste vg:heeftAanvulling
vg:heeftDilemma vg:heeftToelichting vg:heeftOntwikkeling vg:heeftParagraaf vg:heeftVoetnoot
vg:heeftMatrixregel vg:heeftBegrippenlijst vg:heeftBegrip vg:raadpleegt vg:heeftDeelname vg:heeftValidering
vg:heeftLegitimering vg:heeftBevinding
"""
_LATE = """
dct:title dct:issued dct:publisher dct:source dct:rights skos:prefLabel skos:inScheme vg:volgorde
prov:wasDerivedFrom
"""


def _places() -> dict[str, int]:
    def full(name: str) -> str:
        prefix, _, local = name.partition(":")
        return PREFIXES[prefix] + local

    early = {full(name): place for place, name in enumerate(_ORDER.split(), start=-1000)}
    return early | {full(name): place for place, name in enumerate(_LATE.split(), start=1000)}


_PLACES = _places()


def place(property_iri: str) -> int:
    """Sort key of a property; those that the table does not name stand between the early and the late ones."""
    return _PLACES.get(property_iri, 0)
