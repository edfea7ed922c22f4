"""What the graphs are that every store has: their names and rights in Dutch and English, where their files say none."""

from __future__ import annotations

from typing import NamedTuple

from vakgraaf.engine.packaged import (
    CONCEPTS_GRAPH,
    DECISIONS_GRAPH,
    DERIVED_GRAPH,
    FRAMEWORKS_GRAPH,
    LINKS_GRAPH,
    ONTOLOGY_GRAPH,
    PROPOSALS_GRAPH,
    QUERIES_GRAPH,
    REMARKS_GRAPH,
    SHAPES_GRAPH,
    VERSIONS_GRAPH,
)


class Text(NamedTuple):
    """The same in Dutch and in English."""

    nl: str
    en: str


class OwnGraph(NamedTuple):
    """A graph of Vakgraaf itself; `licence` is an IRI, or "" where parts of it are others' words."""

    title: Text
    description: Text
    rights: Text | None = None
    licence: str = ""


DATASET_TITLE = Text("Vakgraaf", "Vakgraaf")
DATASET_DESCRIPTION = Text(
    "Nederlandse beroepscompetentieprofielen en hun addenda als kennisgraaf: kerntaken, werkprocessen, vereisten,"
    " vakkennis, vaardigheden en competenties, elk met de plaats in de bron waar het staat.",
    "Dutch occupational competence profiles and their addenda as a knowledge graph: core tasks, work processes,"
    " requirements, professional knowledge, practical skills and competences, each with its place in the source.",
)
DESCRIPTION_TITLE = Text("Beschrijving van Vakgraaf (VoID)", "Description of Vakgraaf (VoID)")
DESCRIPTION_NOTE = Text(
    "Hoeveel er van wat in Vakgraaf staat, geteld over alle grafen behalve deze. Een uitspraak die in meer grafen"
    " staat, telt in het geheel één keer.",
    "How much of what there is in Vakgraaf, counted over all graphs but this one. A statement that several graphs make"
    " counts once in the whole.",
)

_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_EUPL = "http://publications.europa.eu/resource/authority/licence/EUPL_1_2"

OWN_GRAPHS: dict[str, OwnGraph] = {
    ONTOLOGY_GRAPH: OwnGraph(
        Text("Ontologie van Vakgraaf", "Vakgraaf ontology"),
        Text(
            "De klassen en eigenschappen waarin Vakgraaf beroepscompetentieprofielen vastlegt.",
            "The classes and properties in which Vakgraaf records occupational competence profiles.",
        ),
        licence=_CC_BY,
    ),
    SHAPES_GRAPH: OwnGraph(
        Text("Shapes van Vakgraaf", "Vakgraaf shapes"),
        Text(
            "De regels in SHACL waaraan de graaf van een document moet voldoen.",
            "The rules in SHACL that the graph of a document must meet.",
        ),
        licence=_CC_BY,
    ),
    CONCEPTS_GRAPH: OwnGraph(
        Text("Begrippenkaders van Vakgraaf", "Vakgraaf concept schemes"),
        Text(
            "De competenties van het KBB-Competentiemodel, de soorten paragraaf en de begrippenkaders voor beroepen,"
            " branches en skills.",
            "The competences of the KBB competence model, the kinds of section, and the concept schemes for"
            " occupations, sectors and skills.",
        ),
        Text(
            "Definities en ordening zijn van Vakgraaf, CC BY 4.0; termen en titels zijn als feit overgenomen uit de"
            " bronnen die bij elk begrippenkader staan.",
            "Definitions and arrangement are Vakgraaf's, CC BY 4.0; terms and titles are restated as facts from the"
            " sources named with each concept scheme.",
        ),
    ),
    FRAMEWORKS_GRAPH: OwnGraph(
        Text("Kwalificatieraamwerken en hun niveaus", "Qualification frameworks and their levels"),
        Text(
            "De nationale kwalificatieraamwerken, het EQF en de mbo-niveaus, en welk niveau volgens welke bron met"
            " welk overeenkomt.",
            "The national qualification frameworks, the EQF and the mbo levels, and which level corresponds to which"
            " according to which source.",
        ),
        Text(
            "Adressen en Engelse namen: © Europese Unie, overname met bronvermelding (Besluit 2011/833/EU). Nederlandse"
            " namen en alle definities zijn van Vakgraaf, CC BY 4.0.",
            "Addresses and English names: © European Union, reuse with acknowledgement (Decision 2011/833/EU). Dutch"
            " names and all definitions are Vakgraaf's, CC BY 4.0.",
        ),
    ),
    QUERIES_GRAPH: OwnGraph(
        Text("Voorbeeldvragen", "Example queries"),
        Text(
            "Vragen in SPARQL met een vraag in gewone taal erbij, en de prefixen.",
            "Questions in SPARQL, each with the question in plain language, and the prefixes.",
        ),
        licence=_EUPL,
    ),
    LINKS_GRAPH: OwnGraph(
        Text("Koppelingen", "Mappings"),
        Text(
            "Wat met iets elders overeenkomt, voor zover iemand in een bepaalde rol dat heeft aangenomen.",
            "What corresponds to something elsewhere, as far as somebody accepted that in a certain role.",
        ),
        licence=_CC_BY,
    ),
    PROPOSALS_GRAPH: OwnGraph(
        Text("Voorgestelde en afgewezen koppelingen", "Proposed and rejected mappings"),
        Text(
            "Koppelingen die niet gelden: voorstellen waarover nog niet is besloten, en wat is afgewezen.",
            "Mappings that do not count: proposals on which nobody decided yet, and what was rejected.",
        ),
        licence=_CC_BY,
    ),
    DECISIONS_GRAPH: OwnGraph(
        Text("Besluiten over koppelingen", "Decisions on mappings"),
        Text(
            "Welke koppeling wanneer, in welke rol en waarom is aangenomen of afgewezen, of weer is opengesteld.",
            "Which mapping was accepted or rejected or opened again, when, in which role and why.",
        ),
        licence=_CC_BY,
    ),
    DERIVED_GRAPH: OwnGraph(
        Text("Wat uit de andere grafen volgt", "What follows from the other graphs"),
        Text(
            "Uitspraken die met de ontologie uit de andere grafen zijn afgeleid.",
            "Statements inferred from the other graphs by the ontology.",
        ),
    ),
    REMARKS_GRAPH: OwnGraph(
        Text("Opmerkingen bij het toetsen", "Remarks from validation"),
        Text(
            "Waarschuwingen en tips van de shapes bij grafen die zijn gepubliceerd.",
            "Warnings and tips of the shapes on graphs that were published.",
        ),
        licence=_CC_BY,
    ),
    VERSIONS_GRAPH: OwnGraph(
        Text("Versies", "Versions"),
        Text(
            "Welke versies van een profiel er waren voor de huidige, en van wanneer tot wanneer.",
            "Which versions of a profile there were before the present one, and from when to when.",
        ),
        licence=_CC_BY,
    ),
}
