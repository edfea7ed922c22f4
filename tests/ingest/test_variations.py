"""Other documents of the same structure give the right graph: nothing hangs on line numbers or on these two titles."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF

from vakgraaf.ingest.document import Understood
from vakgraaf.rdf.iris import VG

sys.path.insert(0, str(Path(__file__).parent))
import variations

Understand = Callable[[str], Understood]
TEXTS = (VG.tekst, VG.omschrijving, VG.resultaat, VG.formulering, VG.toelichting, VG.nummer)
# Where a page begins in the middle of a section, what belongs to which development can no longer be told.
_TRENDS = "/ontwikkelingen-in|/trends|wetgeving-en|arbeidsmarkt"


def texts(document: Understood) -> Counter[tuple[str, str]]:
    graph = document.built.graph
    return Counter(
        (str(predicate), " ".join(str(value).split()))
        for predicate in TEXTS
        for subject, value in graph.subject_objects(predicate)
        if not re.search(_TRENDS, str(subject))
    )


def kinds(document: Understood) -> Counter[str]:
    counted = Counter(str(kind).split("#")[-1] for kind in document.built.graph.objects(None, RDF.type))
    for varying in ("Passage", "TextQuoteSelector", "Organization"):
        counted.pop(varying, None)
    return counted


def unclaimed(document: Understood) -> list[str]:
    return [document.text.line(a.line) for a in document.accounts if a.fate == "unclaimed"]


def some(first: int, *values: object) -> list[object]:
    """The first few by default, and the rest of them with the slow tests: to understand a document takes a while."""
    return [*values[:first], *(pytest.param(value, marks=pytest.mark.slow) for value in values[first:])]


@pytest.mark.parametrize("sign", some(1, "•", "1)", "*", "–", "▪", "a)"))
def test_any_list_sign_will_do(
    bcp: Understood, addendum: Understood, bcp_text: str, addendum_text: str, understood: Understand, sign: str
) -> None:
    for original, text in ((bcp, bcp_text), (addendum, addendum_text)):
        changed = understood(variations.bullets(text, sign))
        assert texts(changed) == texts(original)
        assert kinds(changed) == kinds(original)
        assert not unclaimed(changed)


@pytest.mark.parametrize("seed", some(1, *range(6)))
def test_pages_may_begin_anywhere_in_a_bcp(bcp: Understood, bcp_text: str, understood: Understand, seed: int) -> None:
    moved = variations.with_pages(variations.without_pages(bcp_text), "BCP Thuisbegeleider", 30 + 7 * seed, 3, seed)
    changed = understood(moved)
    assert texts(changed) == texts(bcp)
    assert kinds(changed) == kinds(bcp)
    assert not unclaimed(changed)


@pytest.mark.parametrize("seed", some(1, 0, 1, 2, 4, 5))
def test_pages_may_begin_anywhere_in_an_addendum(
    addendum: Understood, addendum_text: str, understood: Understand, seed: int
) -> None:
    head = "Addendum Persoonlijk begeleider specifieke doelgroepen"
    changed = understood(variations.with_pages(variations.without_pages(addendum_text), head, 30 + 7 * seed, 3, seed))
    assert texts(changed) == texts(addendum)
    assert kinds(changed) == kinds(addendum)
    assert not unclaimed(changed)


def test_another_occupation_gets_its_own_profile(bcp_text: str, understood: Understand) -> None:
    changed = understood(variations.profession(bcp_text, "thuisbegeleider", "fietsenmaker"))
    assert changed.claims.reference == "fietsenmaker-2011"
    assert changed.claims.title == "Beroepscompetentieprofiel Fietsenmaker"
    assert len(changed.claims.zetels) == 16
    assert all(zetel.functie for zetel in changed.claims.zetels)
    assert {"Meandergroep Zuid Limburg", "Allévo"} <= {zetel.organisatie for zetel in changed.claims.zetels}


def test_another_number_of_kerntaken(bcp_text: str, understood: Understand) -> None:
    changed = understood(variations.drop_kerntaak_5(bcp_text))
    assert [len(kerntaak.werkprocessen) for kerntaak in changed.claims.kerntaken] == [5, 5, 5, 4]
    assert sum(len(kerntaak.competenties) for kerntaak in changed.claims.kerntaken) == 36
    assert not {"overzicht-wijkt-af", "aantal-wijkt-af"} & {finding.code for finding in changed.findings}
    assert not unclaimed(changed)


def test_another_number_of_taken(addendum_text: str, understood: Understand) -> None:
    changed = understood(variations.drop_taken(addendum_text, 12))
    assert [len(gebied.taken) for gebied in changed.claims.taakgebieden] == [11, 1]
    assert not unclaimed(changed)


@pytest.mark.parametrize("seed", some(1, *range(3)))
def test_competences_in_another_order_keep_their_texts(
    bcp: Understood, bcp_text: str, understood: Understand, seed: int
) -> None:
    changed = understood(variations.reorder_competences(bcp_text, seed))
    assert texts(changed) == texts(bcp)
    assert [d.letter for d in changed.claims.kerntaken[0].competenties] != list("ACEFGHJNQRT")


def test_a_text_without_trailing_spaces_reads_the_same(
    addendum: Understood, addendum_text: str, understood: Understand
) -> None:
    changed = understood("\n".join(line.rstrip() for line in addendum_text.split("\n")))
    assert texts(changed) == texts(addendum)
    assert not unclaimed(changed)


def test_a_bcp_without_a_trace_of_pages_is_still_whole(bcp: Understood, bcp_text: str, understood: Understand) -> None:
    """No blank before a page's first line or at a line's end: chapters and notes are told by their words."""
    changed = understood("\n".join(line.strip() for line in bcp_text.split("\n")))
    assert [len(k.werkprocessen) for k in changed.claims.kerntaken] == [5, 5, 5, 4, 2]
    assert sum(len(w.skills) for k in changed.claims.kerntaken for w in k.werkprocessen) == 206
    assert [len(k.competenties) for k in changed.claims.kerntaken] == [11, 7, 8, 10, 8]
    assert [note.text for note in changed.claims.voetnoten] == [note.text for note in bcp.claims.voetnoten]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Resultaat:", "Gewenst resultaat:"),
        ("Vakkennis en vakvaardigheden:", "Benodigde vakkennis en vaardigheden"),
        ("Beschrijving werkproces:", "Omschrijving van het werkproces"),
        ("Competenties die nodig zijn om", "Benodigde competenties om"),
    ],
)
def test_labels_may_be_worded_otherwise(
    bcp: Understood, bcp_text: str, understood: Understand, old: str, new: str
) -> None:
    assert texts(understood(bcp_text.replace(old, new))) == texts(bcp)


def test_windows_line_ends_read_the_same(bcp: Understood, bcp_text: str, understood: Understand) -> None:
    assert texts(understood(bcp_text.replace("\n", "\r\n"))) == texts(bcp)


@pytest.mark.parametrize(
    ("old", "new"),
    [(" ", "\u00a0"), ("begeleid", "begelei\u00add"), ("ë", "e\u0308"), ("- ", "-\t")],
    ids=["non-breaking spaces", "soft hyphens", "decomposed characters", "tabs"],
)
def test_characters_that_look_the_same_read_the_same(
    addendum: Understood, addendum_text: str, understood: Understand, old: str, new: str
) -> None:
    lines = addendum_text.split("\n")
    changed = understood("\n".join(line.replace(old, new) if line.strip() else line for line in lines))
    if old == "- ":
        assert kinds(changed) == kinds(addendum)
    else:
        assert texts(changed) == texts(addendum)
    assert not [f for f in changed.findings if f.code == "naam-wijkt-af"]


def test_an_addendum_may_supplement_one_profile(addendum_text: str, understood: Understand) -> None:
    old = "bestaande beroepscompetentieprofielen \nActiviteitenbegeleider en Woonbegeleider, "
    assert old in addendum_text
    changed = understood(addendum_text.replace(old, "bestaande beroepscompetentieprofiel \nWoonbegeleider, "))
    assert [named.name for named in changed.claims.vult_aan] == ["Woonbegeleider"]
    assert len(changed.claims.all_paragrafen()) == 13


def test_a_competence_of_an_unknown_letter_is_not_swallowed(bcp_text: str, understood: Understand) -> None:
    changed = understood(bcp_text.replace("competentie G. Relaties", "competentie Z. Relaties"))
    assert [d.letter for d in changed.claims.kerntaken[0].competenties][4] == "Z"


def test_footnotes_that_define_terms_are_the_glossary_of_a_document_without_one(addendum: Understood) -> None:
    assert [begrip.term for begrip in addendum.claims.begrippen] == ["Cliënt", "Betrokkenen", "Begeleidingsplan"]
