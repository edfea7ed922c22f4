"""What an author does wrong around the tasks of an addendum: introduction, branches, lists, references."""

from __future__ import annotations

from validation.mutations.fault import TextFault
from validation.mutations.manuscript import Line, Manuscript

INTRO = (r"^ 1\. Inleiding", r"^2\. Algemene")
GENERAL = (r"^2\. Algemene", r"^ 3\. Taken")
TASKS = (r"^3\.2 Taken", r"^ 4\. Vakkennis")
LISTS = (r"^ 4\. Vakkennis", r"^ 5\. Competenties")


def unknown_branche(m: Manuscript) -> None:
    line = m.one(r"Aanvullend geldt .* in justitiële inrichting:", *TASKS)
    m.edit(line, "justitiële inrichting", m.rng.choice(["jeugdzorg", "thuiszorg", "glastuinbouw"]))


def unknown_branche_beside_known(m: Manuscript) -> None:
    line = m.one(r"^opvang en justitiële inrichting:", *TASKS)
    m.edit(line, "justitiële inrichting", "glastuinbouw")


def unknown_branche_at_paragraph(m: Manuscript) -> None:
    m.edit(m.one(r"in de justitiële inrichting: Zorgt", *GENERAL), "justitiële inrichting", "kinderopvang")


def supplement_without_text(m: Manuscript) -> None:
    """The lead-in is there, what holds in addition is not."""
    line = m.one(r"in de ouderenzorg:", *TASKS)
    m.drop(*m.below(line, r"^2\. Schrijven")[:2])
    m.place = [line]


def supplement_for_nobody(m: Manuscript) -> None:
    line = m.one(r"^Aanvullend geldt voor Maatschappelijke opvang:", *TASKS)
    m.edit(line, "voor Maatschappelijke opvang:", "voor :")


def wrong_count_of_tasks(m: Manuscript) -> None:
    m.edit(
        m.one("Vervolgens worden de taken", *INTRO),
        "de taken",
        f"de {m.rng.choice(['veertien', '16', 'zestien'])} taken",
    )


def wrong_count_of_branches(m: Manuscript) -> None:
    m.edit(
        m.one("voor de branches maatschappelijke", *INTRO),
        "de branches",
        f"de {m.rng.choice(['vier', 'twee'])} branches",
    )


def wrong_count_of_competences(m: Manuscript) -> None:
    m.edit(m.one("Vervolgens worden de taken", *INTRO), "en competenties", "en twaalf competenties")


def promised_part_missing(m: Manuscript) -> None:
    """The chapter with the sources is gone; the reading guide still promises it."""
    head = m.one(r"^ 6\. Geraadpleegde")
    m.drop(head, *m.below(head, r"^ 7\. Stuurgroep"))
    m.place = [m.one("worden de geraadpleegde bronnen", *INTRO)]


def steering_group_missing(m: Manuscript) -> None:
    head = m.one(r"^ 7\. Stuurgroep")
    m.drop(*m.below(head, r"^ 8\. Validering"), head)
    m.place = [m.one("personen die in de stuurgroep zaten", *INTRO)]


def reference_to_absent_task(m: Manuscript) -> None:
    line = m.any(r"^gesprekstechnieken\.|^handelen\. $|bespreekt deze\. $", *TASKS)
    m.edit(line, r"\. *$", " (zie taak 27).")


def reference_to_absent_annex(m: Manuscript) -> None:
    m.edit(m.one(r"^vermeld\. Tot slot", *INTRO), r"vermeld\.", f"vermeld (zie bijlage {m.rng.choice([2, 5])}).")


def reference_to_absent_chapter(m: Manuscript) -> None:
    m.edit(m.one(r"^vermeld\. Tot slot", *INTRO), r"vermeld\.", f"vermeld (zie hoofdstuk {m.rng.choice([9, 12])}).")


def reference_to_absent_section(m: Manuscript) -> None:
    m.edit(m.one(r"^vermeld\. Tot slot", *INTRO), r"vermeld\.", "vermeld (zie paragraaf 3.4).")


def reference_to_absent_competence(m: Manuscript) -> None:
    m.edit(m.one(r"^vermeld\. Tot slot", *INTRO), r"vermeld\.", "vermeld (zie ook competentie B).")


def left_to_be_filled_in(m: Manuscript) -> None:
    line = m.any(r"^De persoonlijk begeleider specifieke doelgroepen", *TASKS)
    m.edit(
        line, "De persoonlijk", f"{m.rng.choice(['XXX', '[invullen]', 'PM', '<naam>', 'n.t.b.', '...'])} De persoonlijk"
    )


def year_in_one_foot_differs(m: Manuscript) -> None:
    m.edit(m.all(r"^© Copyright")[-1], "2013", "2012")


def supplemented_profiles_not_named(m: Manuscript) -> None:
    line = m.one("in aanvulling op de bestaande beroepscompetentieprofielen", *INTRO)
    m.edit(line, ", in aanvulling op de bestaande beroepscompetentieprofielen", "")
    following = m.next(line)
    m.edit(following, "Activiteitenbegeleider en Woonbegeleider, ", "")
    m.place = [m.one("persoonlijk begeleider specifieke doelgroepen worden uitgevoerd zijn hier", *INTRO)]


def chapter_number_wrong(m: Manuscript) -> None:
    m.edit(m.one(r"^ 5\. Competenties"), "5", m.rng.choice(["4", "6", "7"]))


def chapter_title_mistyped(m: Manuscript) -> None:
    m.edit(m.one(r"^ 5\. Competenties"), "Competenties", m.rng.choice(["Competentis", "Competentie"]))


def section_number_wrong(m: Manuscript) -> None:
    m.edit(m.one(r"^3\.2\.2 Organisatie", *TASKS), r"3\.2\.2", m.rng.choice(["3.2.3", "3.2.1", "3.3.2"]))


def skills_of_a_group_missing(m: Manuscript) -> None:
    head = m.all(r"^Vaardigheden", *LISTS)[-1]
    m.drop(*m.below(head, r"^ 5\. Comp"), head)
    m.place = [m.one(r"^3\.2\.2 Organisatie", *TASKS), m.one(r"^ Organisatie- en", *LISTS)]


def skill_twice_in_one_list(m: Manuscript) -> None:
    line = m.any(r"^- (?:sociale|feedback|zelfreflectie|inlevings|computer|budget)", *LISTS)
    m.put(line, line.text)
    m.place.append(line)


def skill_empty(m: Manuscript) -> None:
    line = m.any(r"^- (?:sociale|budget|observatie)", *LISTS)
    line.text = "- "
    m.place = [line]


def skill_that_breaks_off(m: Manuscript) -> None:
    m.edit(m.any(r"^- (?:sociale vaard|methodisch|budget)", *LISTS), r"\w+ *$", "en")


def note_called_without_note(m: Manuscript) -> None:
    """The footnote is gone, its number in the text is not."""
    note = m.one(r"^ Hiermee worden bedoeld")
    number = m.lines[m.lines.index(note) - 1]
    m.drop(note, number)
    m.place = [m.one(r"^5 *$", *TASKS)]


def note_never_called(m: Manuscript) -> None:
    sign = m.one(r"^5 *$", *TASKS)
    m.drop(sign)
    m.place = [m.one(r"^5 *$", *TASKS)]


def heading_without_text(m: Manuscript) -> None:
    head = m.one(r"^Proces", *INTRO)
    m.drop(*m.below(head, "^Inhoud en reikwijdte"))
    m.lines.insert(m.lines.index(head) + 1, Line(" "))
    m.place = [head]


def text_pasted_twice(m: Manuscript) -> None:
    """Within one description the same two lines stand twice."""
    head = m.any(r"^ ?(?:3|8|10|14)\. [A-Z]", *TASKS)
    at = m.lines.index(head)
    m.put(m.lines[at + 4], m.lines[at + 3].text, m.lines[at + 4].text)
    m.place += m.lines[at + 3 : at + 5]


FAULTS: tuple[TextFault, ...] = (
    TextFault(
        "unknown branche",
        "addendum",
        unknown_branche,
        "Document-branche-onbekend",
        followers=frozenset(["AanvullingShape-branche", "BrancheShape-bekend"]),
    ),
    TextFault(
        "unknown branche beside known",
        "addendum",
        unknown_branche_beside_known,
        "Document-branche-onbekend",
        followers=frozenset(["AanvullingShape-branche", "BrancheShape-bekend"]),
    ),
    TextFault(
        "unknown branche at paragraph",
        "addendum",
        unknown_branche_at_paragraph,
        "Document-branche-onbekend",
        followers=frozenset(["AanvullingShape-branche", "BrancheShape-bekend"]),
    ),
    TextFault("supplement without text", "addendum", supplement_without_text, "AanvullingShape-tekst"),
    TextFault("supplement for nobody", "addendum", supplement_for_nobody, "AanvullingShape-geldtVoor"),
    TextFault("wrong count of tasks", "addendum", wrong_count_of_tasks, "Document-aantal-wijkt-af"),
    TextFault("wrong count of branches", "addendum", wrong_count_of_branches, "Document-aantal-wijkt-af"),
    TextFault("wrong count of competences", "addendum", wrong_count_of_competences, "Document-aantal-wijkt-af"),
    TextFault(
        "promised part missing",
        "addendum",
        promised_part_missing,
        "Document-onvolledig",
        followers=frozenset(["Document-hoofdstuknummer-wijkt-af"]),
    ),
    TextFault(
        "steering group missing",
        "addendum",
        steering_group_missing,
        "Document-onvolledig",
        followers=frozenset(["Document-hoofdstuknummer-wijkt-af"]),
    ),
    TextFault("reference to absent task", "addendum", reference_to_absent_task, "Document-verwijzing-loopt-dood"),
    TextFault("reference to absent annex", "addendum", reference_to_absent_annex, "Document-verwijzing-loopt-dood"),
    TextFault("reference to absent chapter", "addendum", reference_to_absent_chapter, "Document-verwijzing-loopt-dood"),
    TextFault("reference to absent section", "addendum", reference_to_absent_section, "Document-verwijzing-loopt-dood"),
    TextFault(
        "reference to absent competence", "addendum", reference_to_absent_competence, "Document-verwijzing-loopt-dood"
    ),
    TextFault("left to be filled in", "addendum", left_to_be_filled_in, "Document-nog-in-te-vullen"),
    TextFault("year in one foot differs", "addendum", year_in_one_foot_differs, "Document-jaartal-wijkt-af"),
    TextFault(
        "supplemented profiles not named",
        "addendum",
        supplemented_profiles_not_named,
        "Document-onvolledig",
        followers=frozenset(["AddendumShape-vultAan"]),
    ),
    TextFault("chapter number wrong", "addendum", chapter_number_wrong, "Document-hoofdstuknummer-wijkt-af"),
    TextFault(
        "chapter title mistyped",
        "addendum",
        chapter_title_mistyped,
        "Document-hoofdstuk-niet-gelezen",
        followers=frozenset(["AddendumShape-heeftVereiste", "Document-onvolledig"]),
        silences=frozenset(["CompetentievereisteShape-formulering-model"]),
    ),
    TextFault("section number wrong", "addendum", section_number_wrong, "Document-paragraafnummer-wijkt-af"),
    TextFault("skills of a group missing", "addendum", skills_of_a_group_missing, "Document-onvolledig"),
    TextFault("skill twice in one list", "addendum", skill_twice_in_one_list, "VereisteShape-dubbel"),
    TextFault("skill empty", "addendum", skill_empty, "Document-opsomming-leeg"),
    TextFault("skill that breaks off", "addendum", skill_that_breaks_off, "Document-tekst-niet-af"),
    TextFault("note called without note", "addendum", note_called_without_note, "Document-voetnoot-los"),
    TextFault("note never called", "addendum", note_never_called, "Document-voetnoot-los"),
    TextFault(
        "heading without text",
        "addendum",
        heading_without_text,
        "Document-kop-zonder-tekst",
        followers=frozenset({"ParagraafShape-inhoud"}),
    ),
    TextFault("text pasted twice", "addendum", text_pasted_twice, "Document-tekst-dubbel"),
)
