"""What an author does wrong in the tasks and competences of an addendum, at a place that the seed chooses."""

from __future__ import annotations

from validation.mutations.fault import TextFault
from validation.mutations.manuscript import Line, Manuscript

OVERVIEW = (r"^3\.1 Overzicht", r"^3\.2 Taken")
TASKS = (r"^3\.2 Taken", r"^ 4\. Vakkennis")
COMPETENCES = (r"^ 5\. Competenties", r"^ 6\. Geraadpleegde")
TASK = r"^ ?\d+\. [A-Z]"
NEXT = r"^ ?\d+\. [A-Z]|^3\.2\.\d|^ 4\. "
COMPETENCE = r"^ ?Competentie [A-Z]\b"
ACTS = (r"Specifieke doelgroepen is: |specifieke doelgroepen is: $", r"^Naam persoon")


def _heading(m: Manuscript, nummer: int) -> Line:
    return m.one(rf"^ ?{nummer}\. ", *TASKS)


def _listed(m: Manuscript, nummer: int) -> Line:
    return m.one(rf"^{nummer}\. ", *OVERVIEW)


def last_task_number_skipped(m: Manuscript) -> None:
    for line in (_listed(m, 15), _heading(m, 15)):
        m.edit(line, r"15\.", f"{m.rng.choice([16, 17, 18])}.")
        m.rng.seed(1)


def task_number_skipped(m: Manuscript) -> None:
    """A task is left out of overview and chapter, and the rest keeps its number."""
    nummer = m.rng.choice([4, 10, 14])
    following = [_listed(m, nummer + 1), _heading(m, nummer + 1)]
    head = _heading(m, nummer)
    m.drop(_listed(m, nummer), *m.below(head, NEXT), head)
    m.place = following


def task_number_doubled(m: Manuscript) -> None:
    """A heading gets the number of the task before it."""
    nummer = m.rng.choice([4, 7, 9, 13])
    m.edit(_heading(m, nummer), rf"{nummer}\.", f"{nummer - 1}.")


def task_number_doubled_in_both(m: Manuscript) -> None:
    nummer = m.rng.choice([4, 7, 9, 13])
    for line in (_listed(m, nummer), _heading(m, nummer)):
        m.edit(line, rf"{nummer}\.", f"{nummer - 1}.")


def task_number_mistyped_in_chapter(m: Manuscript) -> None:
    nummer = m.rng.choice([5, 8, 12])
    m.edit(_heading(m, nummer), rf"{nummer}\.", f"{nummer + 30}.")


def task_missing_from_overview(m: Manuscript) -> None:
    nummer = m.rng.choice([2, 6, 11, 14])
    m.drop(_listed(m, nummer))
    m.place = [_heading(m, nummer)]


def task_missing_from_chapter(m: Manuscript) -> None:
    nummer = m.rng.choice([3, 6, 10, 14])
    head = _heading(m, nummer)
    m.place = [_listed(m, nummer)]
    m.drop(*m.below(head, NEXT), head)


def task_without_description(m: Manuscript) -> None:
    head = m.any(TASK, *TASKS)
    m.place = [head]
    m.drop(*(line for line in m.below(head, NEXT) if line.text.strip()))


def task_named_otherwise(m: Manuscript) -> None:
    line = m.any(TASK, *TASKS)
    m.edit(line, r"(\w+) *$", "zorgvragers")


def task_named_otherwise_in_overview(m: Manuscript) -> None:
    m.edit(m.any(TASK, *OVERVIEW), r"(\d+\.) (\w)\w+", r"\1 Verrichten")


def tasks_swapped(m: Manuscript) -> None:
    """Two tasks change places in the chapter, numbers and all."""
    nummer = m.rng.choice([4, 9, 13])
    first, second = _heading(m, nummer), _heading(m, nummer + 1)
    block = [first, *m.below(first, NEXT)]
    last = m.below(second, NEXT)[-1]
    m.drop(*block)
    at = m.lines.index(last) + 1
    m.lines[at:at] = block
    m.place = [first, second]


def task_in_another_group(m: Manuscript) -> None:
    """The chapter begins the second group one task later than the overview does."""
    head = m.one(r"^3\.2\.2 Organisatie", *TASKS)
    m.drop(head)
    target = _heading(m, 13)
    at = m.lines.index(target)
    m.lines[at:at] = [Line(head.text), Line(" ")]
    m.place = [_heading(m, 12)]


def description_cut_off(m: Manuscript) -> None:
    """The last line of a description is gone, and with it the end of its sentence."""
    nummer = m.rng.choice([6, 9, 11, 15])
    head = _heading(m, nummer)
    text = [line for line in m.below(head, rf"{NEXT}|Aanvullend geldt|^\d+ *$") if line.text.strip()]
    m.drop(text[-1])
    m.edit(text[-2], r"[.!?]? *$", "") if text[-2].text.rstrip().endswith(".") else m.place.append(text[-2])


def description_copied(m: Manuscript) -> None:
    """A task has the description of the one before it."""
    first, second = _heading(m, 13), _heading(m, 14)
    texts = [line.text for line in m.below(first, NEXT)]
    m.drop(*m.below(second, NEXT))
    m.put(second, *texts)


def description_of_another_occupation(m: Manuscript) -> None:
    nummer = m.rng.choice([3, 8, 10, 13])
    line = m.next(_heading(m, nummer))
    m.edit(line, "De persoonlijk begeleider specifieke doelgroepen", "De woonbegeleider")


def competence_of_another_occupation(m: Manuscript) -> None:
    line = m.any("^Toelichting De persoonlijk begeleider", *COMPETENCES)
    m.edit(line, "De persoonlijk begeleider specifieke doelgroepen", "De activiteitenbegeleider")


def letter_of_another_competence(m: Manuscript) -> None:
    line = m.any(COMPETENCE, *COMPETENCES)
    m.edit(line, r"Competentie [A-Z]", f"Competentie {m.rng.choice('AKLOPSXY')}")


def letter_that_does_not_exist(m: Manuscript) -> None:
    m.edit(m.any(COMPETENCE, *COMPETENCES), r"Competentie [A-Z]", "Competentie Z")


def letter_doubled(m: Manuscript) -> None:
    """A competence has the letter and the name of another one: copied, and only its text written anew."""
    one = m.any(rf"{COMPETENCE}.*(?:Begeleiden|tonen|overleggen|handelen)", *COMPETENCES)
    other = m.any(rf"{COMPETENCE}.*(?:Analyseren|Onderzoeken|rapporteren)", *COMPETENCES)
    other.text = one.text
    m.place = [other]


def competence_name_mistyped(m: Manuscript) -> None:
    line = m.any(rf"{COMPETENCE}.*(?:Begeleiden|tonen|handelen|rapporteren|Analyseren)", *COMPETENCES)
    m.edit(line, r"en *$", "ne")


def toelichting_missing(m: Manuscript) -> None:
    head = m.any(COMPETENCE, *COMPETENCES)
    m.drop(*(line for line in m.below(head, rf"{COMPETENCE}|^ 6\. ") if line.text.strip()))
    m.place = [head]


def toelichting_line_missing(m: Manuscript) -> None:
    """The last line of an explanation is gone."""
    head = m.any(rf"{COMPETENCE}.*(?:Begeleiden|tonen|handelen|rapporteren|Analyseren)", *COMPETENCES)
    text = [line for line in m.below(head, rf"{COMPETENCE}|^ 6\. ") if line.text.strip()]
    m.drop(text[-1])
    m.place = [text[-2]]


def letter_not_readable(m: Manuscript) -> None:
    line = m.any(rf"{COMPETENCE}.*(?:Begeleiden|tonen|handelen|Analyseren)", *COMPETENCES)
    m.edit(line, r"Competentie ([A-Z])", m.rng.choice([r"Competentie \1\1", r"Competentie x"]))


FAULTS: tuple[TextFault, ...] = (
    TextFault(
        "last task number skipped",
        "addendum",
        last_task_number_skipped,
        "TaakShape-opeenvolgend",
        followers=frozenset(["Document-ontbreekt-in-overzicht", "Document-onvolledig", "TaakShape-omschrijving"]),
    ),
    TextFault(
        "task number skipped",
        "addendum",
        task_number_skipped,
        "TaakShape-opeenvolgend",
        followers=frozenset(["Document-onvolledig"]),
    ),
    TextFault(
        "task number doubled",
        "addendum",
        task_number_doubled,
        "Document-nummer-dubbel",
        followers=frozenset(
            ["AddendumShape-nummer", "Document-ontbreekt-in-overzicht", "Document-onvolledig", "TaakShape-omschrijving"]
        ),
    ),
    TextFault(
        "task number doubled in both",
        "addendum",
        task_number_doubled_in_both,
        "Document-nummer-dubbel",
        followers=frozenset(["AddendumShape-nummer", "TaakShape-opeenvolgend"]),
    ),
    TextFault(
        "task number mistyped in chapter",
        "addendum",
        task_number_mistyped_in_chapter,
        "Document-ontbreekt-in-overzicht",
        followers=frozenset(["Document-onvolledig", "TaakShape-omschrijving", "TaakShape-opeenvolgend"]),
    ),
    TextFault("task missing from overview", "addendum", task_missing_from_overview, "Document-ontbreekt-in-overzicht"),
    TextFault(
        "task missing from chapter",
        "addendum",
        task_missing_from_chapter,
        "Document-onvolledig",
        followers=frozenset(["TaakShape-omschrijving"]),
    ),
    TextFault(
        "task without description",
        "addendum",
        task_without_description,
        "Document-onvolledig",
        followers=frozenset(["TaakShape-omschrijving"]),
    ),
    TextFault("task named otherwise", "addendum", task_named_otherwise, "Document-naam-wijkt-af"),
    TextFault(
        "task named otherwise in overview", "addendum", task_named_otherwise_in_overview, "Document-naam-wijkt-af"
    ),
    TextFault("tasks swapped", "addendum", tasks_swapped, "Document-volgorde-wijkt-af"),
    TextFault("task in another group", "addendum", task_in_another_group, "Document-taakgebied-wijkt-af"),
    TextFault("description cut off", "addendum", description_cut_off, "Document-tekst-niet-af"),
    TextFault("description copied", "addendum", description_copied, "Document-tekst-dubbel"),
    TextFault(
        "description of another occupation", "addendum", description_of_another_occupation, "Document-ander-beroep"
    ),
    TextFault(
        "competence of another occupation", "addendum", competence_of_another_occupation, "Document-ander-beroep"
    ),
    TextFault(
        "letter of another competence",
        "addendum",
        letter_of_another_competence,
        "CompetentievereisteShape-formulering-andere",
        followers=frozenset(["VereisteShape-dubbel"]),
        silences=frozenset(["CompetentievereisteShape-formulering-model"]),
    ),
    TextFault(
        "letter that does not exist",
        "addendum",
        letter_that_does_not_exist,
        "CompetentievereisteShape-betreft",
        followers=frozenset(["WijstBetreftShape-betreft"]),
        silences=frozenset(["CompetentievereisteShape-formulering-model"]),
    ),
    TextFault("letter doubled", "addendum", letter_doubled, "VereisteShape-dubbel"),
    TextFault(
        "competence name mistyped", "addendum", competence_name_mistyped, "CompetentievereisteShape-formulering-model"
    ),
    TextFault(
        "toelichting missing",
        "addendum",
        toelichting_missing,
        "Document-onvolledig",
        followers=frozenset(["CompetentievereisteShape-toelichting"]),
    ),
    TextFault(
        "toelichting line missing",
        "addendum",
        toelichting_line_missing,
        "Document-tekst-niet-af",
        followers=frozenset(["CompetentievereisteShape-toelichting-punt"]),
    ),
    TextFault("letter not readable", "addendum", letter_not_readable, "Document-competentie-niet-gelezen"),
)
