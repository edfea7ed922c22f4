"""What a system that exports RDF does wrong: faults in the graphs of the real addendum and profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import Namespace
from rdflib.term import Node

from vakgraaf.rdf.iris import BASE, VG
from validation.mutations.fault import GraphFault

ID = Namespace(f"{BASE}id/")
A = "persoonlijk-begeleider-specifieke-doelgroepen-2013"
B = "thuisbegeleider-2011"
TASK = ID[f"taak/{A}-7"]
ADDENDUM = ID[f"profiel/{A}"]
CLIENT = ID[f"taakgebied/{A}-clientgebonden-taken"]
DEMAND = ID[f"vereiste/{A}-kbb-c"]
SUPPLEMENT = ID[f"aanvulling/{A}-11-1"]
LEGITIMATION = ID[f"legitimering/{A}-sovvt"]
SKILL = ID["skill/kennis-van-groepsdynamica"]
PROCESS = ID[f"werkproces/{B}-2.3"]
Break = Callable[[Graph], None]


def nl(text: str) -> Literal:
    return Literal(text, lang="nl")


def put(subject: URIRef, predicate: URIRef, *values: Node) -> Break:
    """The values of a property become these; none means that it is missing."""

    def broken(graph: Graph) -> None:
        assert (subject, None, None) in graph, subject
        graph.remove((subject, predicate, None))
        for value in values:
            graph.add((subject, predicate, value))

    return broken


def more(subject: URIRef, predicate: URIRef, value: Node) -> Break:
    """A property gets one value more."""

    def broken(graph: Graph) -> None:
        assert (subject, None, None) in graph, subject
        graph.add((subject, predicate, value))

    return broken


def less(subject: URIRef, predicate: URIRef, value: Node) -> Break:
    """A property loses one value."""

    def broken(graph: Graph) -> None:
        assert (subject, predicate, value) in graph, (subject, value)
        graph.remove((subject, predicate, value))

    return broken


def blank(subject: URIRef) -> Break:
    """A thing loses its IRI."""

    def broken(graph: Graph) -> None:
        node = BNode()
        for s, p, o in list(graph.triples((subject, None, None))):
            graph.remove((s, p, o))
            graph.add((node, p, o))
        for s, p, o in list(graph.triples((None, None, subject))):
            graph.remove((s, p, o))
            graph.add((s, p, node))

    return broken


def every(*breaks: Break) -> Break:
    """Several changes that make one fault."""

    def broken(graph: Graph) -> None:
        for change in breaks:
            change(graph)

    return broken


def newcomer(subject: URIRef, *about: tuple[URIRef, Node]) -> Break:
    """A thing that was not there."""

    def broken(graph: Graph) -> None:
        for predicate, value in about:
            graph.add((subject, predicate, value))

    return broken


def of(name: str, broken: Break, rule: str, focus: URIRef, path: str | None, *followers: str) -> GraphFault:
    source = "profile" if f"{B}" in focus else "addendum"
    return GraphFault(name, source, broken, rule, str(focus), path, frozenset(followers))


def silencing(fault: GraphFault, *rules: str) -> GraphFault:
    """The same fault, which puts right what these rules said."""
    return replace(fault, silences=frozenset(rules))


DAY = XSD.date
FAULTS: tuple[GraphFault, ...] = (
    of("no label", put(TASK, RDFS.label), "ResourceShape-label", TASK, "rdfs:label"),
    of(
        "label in English only",
        put(TASK, RDFS.label, Literal("x", lang="en")),
        "ResourceShape-label",
        TASK,
        "rdfs:label",
    ),
    of("label without language", put(TASK, RDFS.label, Literal("x")), "ResourceShape-label", TASK, "rdfs:label"),
    of("two Dutch labels", more(TASK, RDFS.label, nl("Ook")), "ResourceShape-label", TASK, "rdfs:label"),
    of("empty label", put(TASK, RDFS.label, nl("  ")), "ResourceShape-label", TASK, "rdfs:label"),
    of("class that does not exist", more(TASK, RDF.type, VG.Taken), "KlasseShape", VG.Taken, None),
    of(
        "place as text",
        put(TASK, VG.volgorde, Literal("7")),
        "VolgordeShape-volgorde",
        TASK,
        "vg:volgorde",
        "VolgordeShape-gat",
    ),
    of(
        "place zero",
        put(TASK, VG.volgorde, Literal(0)),
        "VolgordeShape-volgorde",
        TASK,
        "vg:volgorde",
        "VolgordeShape-gat",
    ),
    of(
        "two places",
        more(TASK, VG.volgorde, Literal(70)),
        "VolgordeShape-volgorde",
        TASK,
        "vg:volgorde",
        "VolgordeShape-gat",
    ),
    of("no place", put(DEMAND, VG.volgorde), "VereisteShape-volgorde", DEMAND, "vg:volgorde", "VolgordeShape-gat"),
    of(
        "place taken twice",
        put(TASK, VG.volgorde, Literal(6)),
        "WijstHeeftTaakShape-volgorde",
        CLIENT,
        "vg:heeftTaak",
        "VolgordeShape-gat",
    ),
    of(
        "gap in the places",
        put(ID[f"taak/{A}-15"], VG.volgorde, Literal(9)),
        "VolgordeShape-gat",
        ID[f"taak/{A}-15"],
        "vg:volgorde",
    ),
    of("number as a number", put(TASK, VG.nummer, Literal(7)), "TaakShape-nummer", TASK, "vg:nummer"),
    of("no number", put(TASK, VG.nummer), "TaakShape-nummer", TASK, "vg:nummer", "TaakShape-opeenvolgend"),
    of(
        "two tasks with one number",
        put(ID[f"taak/{A}-15"], VG.nummer, Literal("14")),
        "AddendumShape-nummer",
        ADDENDUM,
        "vg:heeftTaakgebied",
    ),
    of(
        "number skipped",
        put(ID[f"taak/{A}-15"], VG.nummer, Literal("17")),
        "TaakShape-opeenvolgend",
        ID[f"taak/{A}-15"],
        "vg:nummer",
    ),
    of(
        "task that is not described",
        more(CLIENT, VG.heeftTaak, ID["taak/weg"]),
        "WijstHeeftTaakShape-heeftTaak",
        CLIENT,
        "vg:heeftTaak",
    ),
    of("no description", put(TASK, VG.omschrijving), "TaakShape-omschrijving", TASK, "vg:omschrijving"),
    of(
        "description in English",
        put(TASK, VG.omschrijving, Literal("She helps.", lang="en")),
        "TaakShape-omschrijving",
        TASK,
        "vg:omschrijving",
    ),
    of(
        "two descriptions",
        more(TASK, VG.omschrijving, nl("Zij helpt.")),
        "TaakShape-omschrijving",
        TASK,
        "vg:omschrijving",
    ),
    of(
        "task in two groups",
        more(ID[f"taakgebied/{A}-organisatie-en-professiegebonden-taken"], VG.heeftTaak, TASK),
        "TaakShape-geheel",
        TASK,
        "^vg:heeftTaak",
        "VolgordeShape-gat",
        "WijstHeeftTaakShape-volgorde",
    ),
    of(
        "task in no group",
        less(CLIENT, VG.heeftTaak, TASK),
        "TaakShape-geheel",
        TASK,
        "^vg:heeftTaak",
        "VolgordeShape-gat",
        "TaakShape-opeenvolgend",
    ),
    of(
        "supplement for no sector",
        put(SUPPLEMENT, VG.geldtVoor),
        "AanvullingShape-geldtVoor",
        SUPPLEMENT,
        "vg:geldtVoor",
    ),
    of(
        "supplement for an unknown sector",
        put(SUPPLEMENT, VG.geldtVoor, ID["branche/glastuinbouw"]),
        "WijstGeldtVoorShape-geldtVoor",
        SUPPLEMENT,
        "vg:geldtVoor",
        "AanvullingShape-branche",
    ),
    of(
        "supplement for a sector out of scope",
        put(SUPPLEMENT, VG.geldtVoor, ID["branche/kraamzorg"]),
        "AanvullingShape-branche",
        SUPPLEMENT,
        "vg:geldtVoor",
    ),
    of("supplement without text", put(SUPPLEMENT, VG.tekst), "AanvullingShape-tekst", SUPPLEMENT, "vg:tekst"),
    of(
        "supplement one way",
        less(ID[f"taak/{A}-11"], VG.heeftAanvulling, SUPPLEMENT),
        "AanvullingShape-heenEnTerug",
        SUPPLEMENT,
        "vg:vultAan",
    ),
    of(
        "letter that does not exist",
        put(DEMAND, VG.betreft, ID["competentie/kbb-z"]),
        "CompetentievereisteShape-betreft",
        DEMAND,
        "vg:betreft",
        "WijstBetreftShape-betreft",
    ),
    of(
        "letter of another competence",
        put(DEMAND, VG.betreft, ID["competentie/kbb-a"]),
        "CompetentievereisteShape-formulering-andere",
        DEMAND,
        "vg:formulering",
    ),
    of(
        "competence asked for twice",
        every(
            put(DEMAND, VG.betreft, ID["competentie/kbb-d"]),
            put(DEMAND, VG.formulering, nl("Aandacht en begrip tonen")),
        ),
        "VereisteShape-dubbel",
        ID[f"vereiste/{A}-kbb-d"],
        "vg:betreft",
    ),
    of("no explanation", put(DEMAND, VG.toelichting), "CompetentievereisteShape-toelichting", DEMAND, "vg:toelichting"),
    of("no wording", put(DEMAND, VG.formulering), "VereisteShape-formulering", DEMAND, "vg:formulering"),
    of("demand of nothing", put(DEMAND, VG.betreft), "CompetentievereisteShape-betreft", DEMAND, "vg:betreft"),
    of(
        "supplements an unknown profile",
        put(ADDENDUM, VG.vultAan, ID["profiel/weg"]),
        "AddendumShape-vultAan",
        ADDENDUM,
        "vg:vultAan",
        "BeroepShape-profiel",
        "WijstVultAanShape-vultAan",
    ),
    of("supplements nothing", put(ADDENDUM, VG.vultAan), "AddendumShape-vultAan", ADDENDUM, "vg:vultAan"),
    of("supplements itself", put(ADDENDUM, VG.vultAan, ADDENDUM), "AddendumShape-vultAan", ADDENDUM, "vg:vultAan"),
    of(
        "legitimation without a date",
        put(LEGITIMATION, DCTERMS.date),
        "LegitimeringShape-date",
        LEGITIMATION,
        "dct:date",
    ),
    of(
        "date as text",
        put(LEGITIMATION, DCTERMS.date, Literal("5 september 2013")),
        "LegitimeringShape-date-datum",
        LEGITIMATION,
        "dct:date",
        "GoedkeuringShape-naUitgave",
    ),
    of(
        "legitimated after the issue",
        put(LEGITIMATION, DCTERMS.date, Literal("2015-09-05", datatype=DAY)),
        "GoedkeuringShape-naUitgave",
        LEGITIMATION,
        "dct:date",
    ),
    of(
        "legitimated long before",
        put(LEGITIMATION, DCTERMS.date, Literal("1913-09-05", datatype=DAY)),
        "GoedkeuringShape-langVoorUitgave",
        LEGITIMATION,
        "dct:date",
    ),
    of("legitimated by nobody", put(LEGITIMATION, VG.orgaan), "LegitimeringShape-orgaan", LEGITIMATION, "vg:orgaan"),
    of(
        "legitimated by an unknown body",
        put(LEGITIMATION, VG.orgaan, ID["organisatie/weg"]),
        "LegitimeringShape-orgaan",
        LEGITIMATION,
        "vg:orgaan",
        "WijstOrgaanShape-orgaan",
    ),
    of(
        "legitimated twice by one body",
        put(LEGITIMATION, VG.orgaan, ID["organisatie/mogroep"]),
        "GoedkeuringShape-tweemaal",
        ID[f"legitimering/{A}-mogroep"],
        "vg:orgaan",
    ),
    silencing(
        of(
            "validated after the legitimation",
            put(ID[f"validering/{A}-mogroep"], DCTERMS.date, Literal("2013-12", datatype=XSD.gYearMonth)),
            "GoedkeuringShape-naValidering",
            LEGITIMATION,
            "dct:date",
        ),
        "ValideringShape-date",
    ),
    of(
        "legitimated before the supplemented profile",
        more(ID["profiel/woonbegeleider"], DCTERMS.issued, Literal("2013-09-10", datatype=DAY)),
        "GoedkeuringShape-naAangevuldProfiel",
        LEGITIMATION,
        "dct:date",
    ),
    of(
        "skill without a preferred label", put(SKILL, SKOS.prefLabel), "ConceptShape-prefLabel", SKILL, "skos:prefLabel"
    ),
    of(
        "skill in an unknown scheme",
        put(SKILL, SKOS.inScheme, ID["begrippenkader/weg"]),
        "WijstInSchemeShape-inScheme",
        SKILL,
        "skos:inScheme",
    ),
    of(
        "not from a passage",
        put(TASK, PROV.wasDerivedFrom),
        "HerkomstShape-wasDerivedFrom",
        TASK,
        "prov:wasDerivedFrom",
    ),
    of(
        "from a passage that is not there",
        put(TASK, PROV.wasDerivedFrom, ID["passage/weg"]),
        "HerkomstShape-wasDerivedFrom",
        TASK,
        "prov:wasDerivedFrom",
        "WijstWasDerivedFromShape-wasDerivedFrom",
    ),
    of(
        "issued as text",
        put(ADDENDUM, DCTERMS.issued, Literal("2013")),
        "ProfielShape-issued-datum",
        ADDENDUM,
        "dct:issued",
    ),
    of("no rights", put(ADDENDUM, DCTERMS.rights), "ProfielShape-rights", ADDENDUM, "dct:rights"),
    of("no title", put(ADDENDUM, DCTERMS.title), "ProfielShape-title", ADDENDUM, "dct:title"),
    of("no source", put(ADDENDUM, DCTERMS.source), "ProfielShape-source", ADDENDUM, "dct:source"),
    of(
        "no occupation",
        put(ADDENDUM, VG.beschrijft),
        "ProfielShape-beschrijft",
        ADDENDUM,
        "vg:beschrijft",
        "BeroepShape-profiel",
    ),
    of(
        "file without a checksum",
        put(ID[f"brondocument/addendum-{A}"], VG.sha256, Literal("geen")),
        "BrondocumentShape-sha256",
        ID[f"brondocument/addendum-{A}"],
        "vg:sha256",
    ),
    of(
        "IRI in use elsewhere",
        more(TASK, VG.staatOokIn, URIRef(f"{BASE}graph/ander")),
        "GepubliceerdShape-botsing",
        TASK,
        "vg:staatOokIn",
    ),
    of(
        "person in the graph",
        newcomer(ID["persoon/jansen"], (RDF.type, FOAF.Person), (FOAF.name, Literal("A. Jansen"))),
        "PersoonShape-type",
        ID["persoon/jansen"],
        "rdf:type",
    ),
    of(
        "both kinds of profile",
        more(ADDENDUM, RDF.type, VG.Beroepscompetentieprofiel),
        "BeroepscompetentieprofielShape-type",
        ADDENDUM,
        "rdf:type",
        "BeroepscompetentieprofielShape-heeftKerntaak",
    ),
    of(
        "work process under another core task",
        put(PROCESS, VG.nummer, Literal("3.3")),
        "WerkprocesShape-nummerVanKerntaak",
        PROCESS,
        "vg:nummer",
    ),
    of(
        "work process number skipped",
        put(ID[f"werkproces/{B}-2.5"], VG.nummer, Literal("2.9")),
        "VolgordeShape-werkproces",
        ID[f"werkproces/{B}-2.5"],
        "vg:nummer",
    ),
    of(
        "work process number doubled",
        put(PROCESS, VG.nummer, Literal("2.2")),
        "KerntaakShape-werkproces-nummer",
        ID[f"kerntaak/{B}-2"],
        "vg:heeftWerkproces",
        "VolgordeShape-werkproces",
    ),
    of("no result", put(PROCESS, VG.resultaat), "WerkprocesShape-resultaat", PROCESS, "vg:resultaat"),
    of(
        "core task number doubled",
        put(ID[f"kerntaak/{B}-5"], VG.nummer, Literal("4")),
        "BeroepscompetentieprofielShape-nummer",
        ID[f"profiel/{B}"],
        "vg:heeftKerntaak",
        "WerkprocesShape-nummerVanKerntaak",
    ),
    of(
        "core task without work processes",
        put(ID[f"kerntaak/{B}-5"], VG.heeftWerkproces),
        "KerntaakShape-heeftWerkproces",
        ID[f"kerntaak/{B}-5"],
        "vg:heeftWerkproces",
        "WerkprocesShape-kerntaak",
    ),
    of(
        "row without a core task",
        put(ID[f"matrixregel/{B}-b"], VG.vermeldtKerntaak),
        "CompetentievereisteShape-matrix",
        ID[f"vereiste/{B}-5-kbb-b"],
        "vg:betreft",
    ),
    of(
        "row with a core task too many",
        more(ID[f"matrixregel/{B}-b"], VG.vermeldtKerntaak, ID[f"kerntaak/{B}-1"]),
        "MatrixregelShape-vereisten",
        ID[f"matrixregel/{B}-b"],
        "vg:vermeldtKerntaak",
    ),
    of(
        "term with definition and reference",
        more(ID[f"begrip/{B}-begeleiden"], VG.zie, ID[f"begrip/{B}-taken"]),
        "BegripShape",
        ID[f"begrip/{B}-begeleiden"],
        None,
    ),
    silencing(
        of(
            "term that refers to itself",
            put(ID[f"begrip/{B}-patient"], VG.zie, ID[f"begrip/{B}-patient"]),
            "BegripShape-kring",
            ID[f"begrip/{B}-patient"],
            "vg:zie",
        ),
        "BegripShape-zie",
    ),
)
