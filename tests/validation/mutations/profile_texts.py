"""What an author does wrong in the chapters of a beroepscompetentieprofiel: overview, kerntaken, werkprocessen."""

from __future__ import annotations

from validation.mutations.fault import TextFault
from validation.mutations.manuscript import Line, Manuscript

OVERVIEW = (r"^Kerntaak 1 Organiseren hulpverlening", r"^ 3 Beschrijving van de kerntaken")
TASKS = (r"^ 3 Beschrijving van de kerntaken", r"^Bijlage 1 Overzicht competenties")
INTRO = (r"^Ontwikkeling van|^ Ontwikkeling van", r"^Brondocumenten")
COMPETENCE = r"^ ?competentie [A-Z]\b"


def _process(m: Manuscript, nummer: str) -> Line:
    return m.one(rf"^ ?{nummer} (?!Kerntaak)[A-Z]", *TASKS)


def process_under_another_core_task(m: Manuscript) -> None:
    m.edit(_process(m, "2.3"), r"2\.3", "3.3")


def process_number_skipped(m: Manuscript) -> None:
    for where in (OVERVIEW, TASKS):
        m.edit(m.one(r"^ ?3\.5 [A-Z]", *where), r"3\.5", "3.7")


def process_number_doubled(m: Manuscript) -> None:
    m.edit(_process(m, m.rng.choice(["2.4", "3.3"])), r"(\d)\.(\d)", r"\1.1")


def process_missing_from_overview(m: Manuscript) -> None:
    nummer = m.rng.choice(["1.3", "2.2", "3.4", "5.1"])
    m.drop(m.one(rf"^ ?{nummer} [A-Z]", *OVERVIEW))
    m.place = [_process(m, nummer)]


def process_missing_from_chapter(m: Manuscript) -> None:
    head = _process(m, "2.4")
    m.drop(*m.below(head, r"^2\.5 "), head)
    m.place = [m.one(r"^2\.4 ", *OVERVIEW)]


def process_named_otherwise(m: Manuscript) -> None:
    m.edit(m.any(r"^ ?[1-4]\.[1-4] [A-Z]\w+ (?:de|samen)", *TASKS), r"(\d) [A-Z]\w+", r"\1 Begeleidt")


def core_task_named_otherwise(m: Manuscript) -> None:
    m.edit(m.one(r"^Kerntaak 5 Prof", *OVERVIEW), "Professionalisering", "Professionaliteit")


def core_task_number_wrong(m: Manuscript) -> None:
    for line in m.all(r"Kerntaak 5 Prof"):
        m.edit(line, "Kerntaak 5", "Kerntaak 6")


def result_missing(m: Manuscript) -> None:
    process = m.any(r"^ ?[1-4]\.[1-4] (?!Kerntaak)[A-Z]", *TASKS)
    head = m.next(process, r"^Resultaat:")
    m.drop(*m.below(head, "^Vakkennis en"))
    m.place = [process]


def skills_missing(m: Manuscript) -> None:
    process = _process(m, "2.2")
    head = m.next(process, "^Vakkennis en vakvaardigheden")
    m.drop(*(line for line in m.below(head, r"^2\.3 ") if line.text.strip()), head)
    m.place = [process]


def description_missing(m: Manuscript) -> None:
    process = _process(m, "3.2")
    head = m.next(process, "^Beschrijving werkproces")
    m.drop(*(line for line in m.below(head, "^Resultaat") if line.text.strip()))
    m.place = [process]


def competences_of_a_core_task_missing(m: Manuscript) -> None:
    head = m.one("^ ?Competenties die nodig zijn om kerntaak 3", *TASKS)
    m.drop(*m.below(head, r"^ ?3\.4 Kerntaak 4"), head)
    m.place = m.all(r"Kerntaak 3 Psycho")


def letter_wrong(m: Manuscript) -> None:
    m.edit(
        m.any(rf"{COMPETENCE}.*(?:Begeleiden|Aandacht|Presenteren|Analyseren)", *TASKS),
        "competentie [A-Z]",
        "competentie O",
    )


def wrong_count(m: Manuscript) -> None:
    m.edit(m.one("de vijf kerntaken", *TASKS), "vijf", m.rng.choice(["vier", "zes", "7"]))


def wrong_count_of_chapters(m: Manuscript) -> None:
    m.edit(m.one("verdeeld over drie hoofdstukken", *INTRO), "drie", m.rng.choice(["twee", "vier"]))


def reference_to_absent_chapter(m: Manuscript) -> None:
    m.edit(m.one("in hoofdstuk 3 aan bod", *INTRO), "hoofdstuk 3", "hoofdstuk 5")


def note_on_absent_process(m: Manuscript) -> None:
    m.edit(m.one("^Toelichting bij werkproces 2.1", *TASKS), r"2\.1", "2.9")


def description_of_another_occupation(m: Manuscript) -> None:
    m.edit(m.any("^(?:Toelichting )?De thuisbegeleider", *TASKS), "De thuisbegeleider", "De verzorgende")


FAULTS: tuple[TextFault, ...] = (
    TextFault(
        "process under another core task",
        "profile",
        process_under_another_core_task,
        "WerkprocesShape-nummerVanKerntaak",
        followers=frozenset(
            [
                "Document-ontbreekt-in-overzicht",
                "Document-onvolledig",
                "VolgordeShape-werkproces",
                "WerkprocesShape-heeftVereiste",
                "WerkprocesShape-omschrijving",
                "WerkprocesShape-resultaat",
            ]
        ),
    ),
    TextFault("process number skipped", "profile", process_number_skipped, "VolgordeShape-werkproces"),
    TextFault(
        "process number doubled",
        "profile",
        process_number_doubled,
        "Document-nummer-dubbel",
        followers=frozenset(
            [
                "Document-naam-wijkt-af",
                "Document-onvolledig",
                "KerntaakShape-werkproces-nummer",
                "WerkprocesShape-heeftVereiste",
                "WerkprocesShape-omschrijving",
                "WerkprocesShape-resultaat",
            ]
        ),
    ),
    TextFault(
        "process missing from overview", "profile", process_missing_from_overview, "Document-ontbreekt-in-overzicht"
    ),
    TextFault(
        "process missing from chapter",
        "profile",
        process_missing_from_chapter,
        "Document-onvolledig",
        followers=frozenset(
            ["WerkprocesShape-heeftVereiste", "WerkprocesShape-omschrijving", "WerkprocesShape-resultaat"]
        ),
    ),
    TextFault("process named otherwise", "profile", process_named_otherwise, "Document-naam-wijkt-af"),
    TextFault("core task named otherwise", "profile", core_task_named_otherwise, "Document-naam-wijkt-af"),
    TextFault(
        "core task number wrong",
        "profile",
        core_task_number_wrong,
        "Document-overzicht-wijkt-af",
        followers=frozenset(
            [
                "CompetentievereisteShape-matrix",
                "BeroepscompetentieprofielShape-opeenvolgend",
                "Document-ontbreekt-in-overzicht",
                "Document-overzicht-wijkt-af",
                "Document-verwijzing-loopt-dood",
                "MatrixregelShape-vereisten",
                "WerkprocesShape-nummerVanKerntaak",
            ]
        ),
    ),
    TextFault(
        "result missing",
        "profile",
        result_missing,
        "Document-onvolledig",
        followers=frozenset(["WerkprocesShape-resultaat"]),
    ),
    TextFault(
        "skills missing",
        "profile",
        skills_missing,
        "Document-onvolledig",
        followers=frozenset(["WerkprocesShape-heeftVereiste"]),
    ),
    TextFault(
        "description missing",
        "profile",
        description_missing,
        "Document-onvolledig",
        followers=frozenset(["WerkprocesShape-omschrijving"]),
    ),
    TextFault(
        "competences of a core task missing",
        "profile",
        competences_of_a_core_task_missing,
        "Document-onvolledig",
        followers=frozenset(["KerntaakShape-heeftVereiste", "MatrixregelShape-vereisten"]),
        silences=frozenset(["CompetentievereisteShape-formulering-model", "Document-competentienaam-wijkt-af"]),
    ),
    TextFault(
        "letter wrong",
        "profile",
        letter_wrong,
        "CompetentievereisteShape-formulering-andere",
        followers=frozenset(
            [
                "CompetentievereisteShape-matrix",
                "Document-competentienaam-wijkt-af",
                "Document-overzicht-wijkt-af",
                "MatrixregelShape-vereisten",
            ]
        ),
    ),
    TextFault("wrong count", "profile", wrong_count, "Document-aantal-wijkt-af"),
    TextFault("wrong count of chapters", "profile", wrong_count_of_chapters, "Document-aantal-wijkt-af"),
    TextFault("reference to absent chapter", "profile", reference_to_absent_chapter, "Document-verwijzing-loopt-dood"),
    TextFault("note on absent process", "profile", note_on_absent_process, "Document-verwijzing-loopt-dood"),
    TextFault(
        "description of another occupation", "profile", description_of_another_occupation, "Document-ander-beroep"
    ),
)
