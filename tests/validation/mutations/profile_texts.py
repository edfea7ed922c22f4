"""What an author does wrong in the text of a beroepscompetentieprofiel: kerntaken, werkprocessen, overview, glossary."""

from __future__ import annotations

from validation.mutations.manuscript import Line, Manuscript

OVERVIEW = (r"^Kerntaak 1 Organiseren hulpverlening", r"^ 3 Beschrijving van de kerntaken")
TASKS = (r"^ 3 Beschrijving van de kerntaken", r"^Bijlage 1 Overzicht competenties")
MATRIX = (r"^Bijlage 1 Overzicht competenties", r"^ Bijlage 2")
GLOSSARY = (r"^ Bijlage 4 Begrippenlijst", r"^Disclaimer| Disclaimer")
INTRO = (r"^Ontwikkeling van|^ Ontwikkeling van", r"^Brondocumenten")
COMPETENCE = r"^ ?competentie [A-Z]\b"
PROCESS = r"^ ?\d\.\d [A-Z]"


def _process(m: Manuscript, nummer: str) -> Line:
    return m.one(rf"^ ?{nummer} [A-Z]", *TASKS)


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
    head = m.any(r"^Resultaat:", *TASKS)
    m.drop(*m.below(head, "^Vakkennis en"))
    m.place = [head]


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


def matrix_row_missing(m: Manuscript) -> None:
    row = m.any("^[BCDEFHKM] [A-Z]", *MATRIX)
    letter = row.text[0]
    m.drop(row)
    m.place = [*m.all(rf"^ ?competentie {letter}\b", *TASKS), m.one("^In de onderstaande tabel", *MATRIX)]


def matrix_tick_missing(m: Manuscript) -> None:
    m.edit(m.any(r"^[CDEFHJKMN] .*\d, \d", *MATRIX), r", \d *$", "")


def matrix_tick_too_many(m: Manuscript) -> None:
    m.edit(m.any(r"^[BGJLV] .*\d *$", *MATRIX), r"(\d) *$", r"\1, 3")


def matrix_tick_of_absent_core_task(m: Manuscript) -> None:
    m.edit(m.any(r"^[BGJLV] .*\d *$", *MATRIX), r"(\d) *$", r"\1, 8")


def matrix_letter_wrong(m: Manuscript) -> None:
    m.edit(m.one("^O Creëren", *MATRIX), "^O", "C")


def term_twice(m: Manuscript) -> None:
    line = m.one("^Beginnend beroepsbeoefenaar", *GLOSSARY)
    line.text = "Begeleiden"
    m.place = [line]


def see_broken(m: Manuscript) -> None:
    m.edit(m.any("^Zie: (?:beroeps)", *GLOSSARY), "beroeps", "vak")


def see_itself(m: Manuscript) -> None:
    line = m.one("^Zie: beroepsbeoefenaar", *GLOSSARY)
    term = m.lines[m.lines.index(line) - 1]
    m.edit(line, "beroepsbeoefenaar", term.text.strip())


def definition_missing(m: Manuscript) -> None:
    """A term straight above the next one."""
    head = m.one("^Begeleiden", *GLOSSARY)
    m.drop(*m.below(head, "^Beginnend")[:2])
    m.place = [head]


def wrong_count(m: Manuscript) -> None:
    m.edit(m.one("de vijf kerntaken", *TASKS), "vijf", m.rng.choice(["vier", "zes", "7"]))


def wrong_count_of_chapters(m: Manuscript) -> None:
    m.edit(m.one("verdeeld over drie hoofdstukken", *INTRO), "drie", m.rng.choice(["twee", "vier"]))


def wrong_count_of_annexes(m: Manuscript) -> None:
    m.edit(m.one("er vier bijlagen", *INTRO), "vier", m.rng.choice(["drie", "vijf"]))


def annex_named_otherwise(m: Manuscript) -> None:
    m.edit(
        m.one("^bijlage 3 Validering en legitimering en bijlage 4", *INTRO),
        "bijlage 4 Begrippenlijst",
        "bijlage 4 Bronnenlijst",
    )


def reference_to_absent_annex(m: Manuscript) -> None:
    m.edit(m.any(r"\(zie bijlage 3\)", *INTRO), "bijlage 3", f"bijlage {m.rng.choice([6, 9])}")


def reference_to_absent_chapter(m: Manuscript) -> None:
    m.edit(m.one("in hoofdstuk 3 aan bod", *INTRO), "hoofdstuk 3", "hoofdstuk 5")


def validated_after_legitimation(m: Manuscript) -> None:
    for line in m.all(r"in augustus 2011 gevalideerd"):
        m.edit(line, "augustus 2011", m.rng.choice(["december 2011", "mei 2012"]))
        m.rng.seed(2)


def legitimation_told_otherwise(m: Manuscript) -> None:
    m.edit(
        m.one("^Het beroepscompetentieprofiel Thuisbegeleider is in augustus", r"^ Bijlage 3"), "augustus", "september"
    )


def note_on_absent_process(m: Manuscript) -> None:
    m.edit(m.one("^Toelichting bij werkproces 2.1", *TASKS), r"2\.1", "2.9")


def description_of_another_occupation(m: Manuscript) -> None:
    m.edit(m.any("^(?:Toelichting )?De thuisbegeleider", *TASKS), "De thuisbegeleider", "De verzorgende")


def annex_number_wrong(m: Manuscript) -> None:
    m.edit(m.one("^ Bijlage 4 Begrippenlijst"), "4", "5")
