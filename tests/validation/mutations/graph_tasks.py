"""What a system that exports RDF does wrong with tasks, their supplements and what they ask for."""

from __future__ import annotations

from rdflib import RDF, RDFS, Literal

from vakgraaf.rdf.iris import VG
from validation.mutations.fault import GraphFault
from validation.mutations.graph_breaks import ID, A, every, less, more, nl, of, put

TASK = ID[f"taak/{A}-7"]
ADDENDUM = ID[f"profiel/{A}"]
CLIENT = ID[f"taakgebied/{A}-clientgebonden-taken"]
DEMAND = ID[f"vereiste/{A}-kbb-c"]
SUPPLEMENT = ID[f"aanvulling/{A}-11-1"]

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
)
