"""The texts of the catalogue, and the terms of others that it uses: what each is, and its name in two languages."""

from __future__ import annotations

from typing import NamedTuple

from vakgraaf.engine import Text
from vakgraaf.rdf import iris
from vakgraaf.rdf.prefixes import PREFIXES

CATALOG_TITLE = Text("Catalogus van Vakgraaf", "Catalogue of Vakgraaf")
CATALOG_TEXT = Text(
    "De gegevens van Vakgraaf: alles samen, elke graaf apart, en het SPARQL-endpoint waar ze te bevragen zijn.",
    "The data of Vakgraaf: all together, each graph by itself, and the SPARQL endpoint where they can be queried.",
)
SERVICE_TITLE = Text("SPARQL-endpoint van Vakgraaf", "SPARQL endpoint of Vakgraaf")
SERVICE_TEXT = Text(
    "Vragen in SPARQL 1.1 over alle grafen van Vakgraaf samen of over één graaf.",
    "Queries in SPARQL 1.1 over all graphs of Vakgraaf together or over one graph.",
)
SOURCE_TEXT = Text(
    "Eén document als graaf, elke uitspraak met de plaats in de tekst waar zij staat.",
    "One document as a graph, each statement with its place in the text.",
)
GRAPH_TEXT = Text("Een graaf zonder beschrijving.", "A graph without a description.")
WHOLE_RIGHTS = Text(
    "De rechten verschillen per graaf en staan erbij. Lopende tekst uit brondocumenten is van de uitgevers; daarop is"
    " geen licentie verleend. Ontologie, shapes en definities van Vakgraaf: CC BY 4.0.",
    "Rights differ from graph to graph and stand with each. Running text from source documents belongs to its"
    " publishers; no licence on it has been granted. Ontology, shapes and definitions of Vakgraaf: CC BY 4.0.",
)
KEYWORDS = {
    "nl": ("beroepscompetentieprofiel", "competentie", "kerntaak", "werkproces", "kennisgraaf"),
    "en": ("occupational competence profile", "competence", "core task", "work process", "knowledge graph"),
}


class Term(NamedTuple):
    """A term of others: its IRI, its class, the property by which it is named, its name."""

    iri: str
    kind: str
    naming: str
    nl: str
    en: str


_EU = "http://publications.europa.eu/resource/authority/"
_DCT = PREFIXES["dct"]
_SKOS = PREFIXES["skos"]
_TITLE, _LABEL, _NAME = _DCT + "title", PREFIXES["rdfs"] + "label", _SKOS + "prefLabel"
_LICENCE = _DCT + "LicenseDocument"

TERMS = (
    Term(_EU + "data-theme", _SKOS + "ConceptScheme", _TITLE, "Thema's van datasets (EU)", "Data themes (EU)"),
    Term(
        _EU + "data-theme/EDUC",
        _SKOS + "Concept",
        _NAME,
        "Onderwijs, cultuur en sport",
        "Education, culture and sport",
    ),
    Term(_EU + "language/NLD", _DCT + "LinguisticSystem", _LABEL, "Nederlands", "Dutch"),
    Term(_EU + "language/ENG", _DCT + "LinguisticSystem", _LABEL, "Engels", "English"),
    Term(_EU + "country/NLD", _DCT + "Location", _LABEL, "Nederland", "Netherlands"),
    Term(_EU + "frequency/IRREG", _DCT + "Frequency", _LABEL, "onregelmatig", "irregular"),
    Term(_EU + "access-right/PUBLIC", _DCT + "RightsStatement", _LABEL, "openbaar", "public"),
    Term(
        "http://standaarden.overheid.nl/owms/terms/geslotenlicentie",
        _LICENCE,
        _LABEL,
        "Geen open licentie",
        "No open licence",
    ),
    Term("https://creativecommons.org/licenses/by/4.0/", _LICENCE, _LABEL, "CC BY 4.0", "CC BY 4.0"),
    Term(_EU + "licence/EUPL_1_2", _LICENCE, _LABEL, "EUPL 1.2", "EUPL 1.2"),
    Term(
        str(iris.VERSION_IRI),
        _DCT + "Standard",
        _TITLE,
        f"Ontologie van Vakgraaf {iris.ONTOLOGY_VERSION}",
        f"Vakgraaf ontology {iris.ONTOLOGY_VERSION}",
    ),
    Term(
        "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/",
        _DCT + "Standard",
        _TITLE,
        "DCAT-AP-NL 3.0",
        "DCAT-AP-NL 3.0",
    ),
    Term(
        "https://www.w3.org/TR/sparql11-protocol/",
        _DCT + "Standard",
        _TITLE,
        "SPARQL 1.1 Protocol",
        "SPARQL 1.1 Protocol",
    ),
)
