"""What an author does wrong in the annexes of a beroepscompetentieprofiel: matrix, legitimation, glossary."""

from __future__ import annotations

from validation.mutations.fault import TextFault
from validation.mutations.manuscript import Manuscript
from validation.mutations.profile_texts import INTRO, TASKS

MATRIX = (r"^Bijlage 1 Overzicht competenties", r"^ Bijlage 2")
GLOSSARY = (r"^ Bijlage 4 Begrippenlijst", r"^Disclaimer| Disclaimer")


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


def validated_after_legitimation(m: Manuscript) -> None:
    for line in m.all(r"in augustus 2011 gevalideerd"):
        m.edit(line, "augustus 2011", m.rng.choice(["december 2011", "mei 2012"]))
        m.rng.seed(2)
    m.place.append(m.one("gelegitimeerd op 2 november 2011"))


def legitimation_told_otherwise(m: Manuscript) -> None:
    m.edit(
        m.one("^Het beroepscompetentieprofiel Thuisbegeleider is in augustus", r"^ Bijlage 3"), "augustus", "september"
    )


def annex_number_wrong(m: Manuscript) -> None:
    m.edit(m.one("^ Bijlage 4 Begrippenlijst"), "4", "5")


FAULTS: tuple[TextFault, ...] = (
    TextFault(
        "matrix row missing",
        "profile",
        matrix_row_missing,
        "Document-overzicht-wijkt-af",
        followers=frozenset(["CompetentievereisteShape-matrix"]),
    ),
    TextFault(
        "matrix tick missing",
        "profile",
        matrix_tick_missing,
        "Document-overzicht-wijkt-af",
        followers=frozenset(["CompetentievereisteShape-matrix"]),
    ),
    TextFault(
        "matrix tick too many",
        "profile",
        matrix_tick_too_many,
        "Document-overzicht-wijkt-af",
        followers=frozenset(["MatrixregelShape-vereisten"]),
    ),
    TextFault(
        "matrix tick of absent core task", "profile", matrix_tick_of_absent_core_task, "Document-overzicht-wijkt-af"
    ),
    TextFault("matrix letter wrong", "profile", matrix_letter_wrong, "Document-overzicht-wijkt-af"),
    TextFault(
        "term twice", "profile", term_twice, "Document-begrip-dubbel", followers=frozenset({"VolgordeShape-volgorde"})
    ),
    TextFault(
        "see broken", "profile", see_broken, "Document-begrip-zonder-ingang", followers=frozenset(["BegripShape-zie"])
    ),
    TextFault("see itself", "profile", see_itself, "BegripShape-kring"),
    TextFault("definition missing", "profile", definition_missing, "Document-begrip-zonder-uitleg"),
    TextFault("wrong count of annexes", "profile", wrong_count_of_annexes, "Document-aantal-wijkt-af"),
    TextFault("annex named otherwise", "profile", annex_named_otherwise, "Document-verwijzing-wijkt-af"),
    TextFault("reference to absent annex", "profile", reference_to_absent_annex, "Document-verwijzing-loopt-dood"),
    TextFault(
        "validated after legitimation",
        "profile",
        validated_after_legitimation,
        "GoedkeuringShape-naValidering",
        followers=frozenset(["Document-datum-wijkt-af", "GoedkeuringShape-naUitgave"]),
    ),
    TextFault("legitimation told otherwise", "profile", legitimation_told_otherwise, "Document-datum-wijkt-af"),
    TextFault(
        "annex number wrong",
        "profile",
        annex_number_wrong,
        "Document-hoofdstuknummer-wijkt-af",
        followers=frozenset(["Document-verwijzing-loopt-dood"]),
    ),
)
