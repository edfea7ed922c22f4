"""What a system that exports RDF does wrong with a profile: its approval, sources, core tasks and terms."""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, PROV, RDF, SKOS, XSD, Literal, URIRef

from vakgraaf.rdf.iris import BASE, VG
from validation.mutations.fault import GraphFault
from validation.mutations.graph_breaks import ID, A, B, more, newcomer, of, put, silencing
from validation.mutations.graph_tasks import ADDENDUM, TASK

LEGITIMATION = ID[f"legitimering/{A}-sovvt"]
SKILL = ID["skill/kennis-van-groepsdynamica"]
PROCESS = ID[f"werkproces/{B}-2.3"]
DAY = XSD.date

FAULTS: tuple[GraphFault, ...] = (
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
