"""Natural persons stay out of the graph, however a document names them; what cannot be read is not guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakgraaf.ingest.document import Understood
from vakgraaf.ingest.persons import leave_out, name_at_start, names_in
from vakgraaf.rdf.turtle import to_turtle

Understand = Callable[[str], Understood]


Renaming = tuple[str, str, tuple[str, ...]]
RENAMED: tuple[Renaming, ...] = (
    ("- Mevrouw J. Gernaat", "- Annelies Gernaat", ("Annelies", "Gernaat")),
    ("- Mevrouw H. Hakkenberg", "- Frau M. Hakkenberg", ("Frau", "Hakkenberg")),
    ("- Mevrouw A. Ouwerkerk", "- Ouwerkerk, A.", ("Ouwerkerk",)),
    ("- Mevrouw M. Jacobs", "- De heer Mohammed el Haan", ("Mohammed", "Haan")),
    ("- Mevrouw A. Schippers", "- A.B. Schippers-van den Berg", ("Schippers", "Berg")),
    ("November 2011", "Piet Oudenaarden, voorzitter ActiZ \n\nNovember 2011", ("Piet", "Oudenaarden")),
)


# To understand a document takes a second, so by default one has all of them.
@pytest.mark.parametrize(
    "renamings",
    [
        pytest.param(RENAMED, id="all of them"),
        *(pytest.param((one,), id=one[1], marks=pytest.mark.slow) for one in RENAMED),
    ],
)
def test_a_name_in_another_form_does_not_enter_the_graph(
    bcp_text: str, understood: Understand, renamings: tuple[Renaming, ...]
) -> None:
    for printed, changed, _ in renamings:
        assert printed in bcp_text
        bcp_text = bcp_text.replace(printed, changed)
    names = {name for *_, found in renamings for name in found}
    document = understood(bcp_text)
    graph = to_turtle(document.built.graph)
    assert not [name for name in names if name in graph]
    assert len(document.claims.zetels) + len(document.claims.unread) >= 16
    assert not {zetel.organisatie for zetel in document.claims.zetels} & names


@pytest.mark.parametrize(
    "who", ["Marcel Meerdink", "de voorzitter, J. Meerdink,", "mevr. drs. A.B. van der Meerdink", "dhr. Meerdink"]
)
def test_who_acts_on_behalf_of_a_body_is_left_out(addendum_text: str, understood: Understand, who: str) -> None:
    document = understood(addendum_text.replace("dhr. M.W. Meerdink", who))
    assert "Meerdink" not in to_turtle(document.built.graph)
    assert sorted(act.orgaan for act in document.claims.handelingen if act.kind == "legitimering")[2] == "SOVVT"


def test_a_row_that_cannot_be_read_is_reported_and_unclaimed(addendum_text: str, understood: Understand) -> None:
    document = understood(addendum_text.replace("De heer F.A.P. Borst", "Frank Borst"))
    assert [f.code for f in document.findings].count("niet-gelezen") == 1
    assert [account.line for account in document.accounts if account.fate == "unclaimed"] == [761]
    assert len(document.claims.zetels) == 10


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mevrouw S.D. A. Bruijns ActiZ Senior", "Mevrouw S.D. A. Bruijns"),
        ("De heer C.J. de Koning namens Dienst", "De heer C.J. de Koning"),
        ("A.B. Schippers-van den Berg CarintReggeland", "A.B. Schippers-van den Berg"),
        ("Mevrouw Jansen ActiZ", None),
        ("Netwerk opleidingsfunctionarissen", None),
    ],
)
def test_a_name_is_certain_where_it_has_initials(text: str, name: str | None) -> None:
    assert name_at_start(text) == name


def test_competences_and_sentences_are_no_names() -> None:
    for text in (
        "competentie B. Aansturen",
        "op een andere wijze. De bevoegdheid ligt bij ing. Ze",
        "de heer en meester",
    ):
        assert names_in(text) == []


@given(st.text(max_size=60), st.text(min_size=1, max_size=10))
def test_what_is_left_out_is_gone(text: str, name: str) -> None:
    assert name not in leave_out(text, [name]) or name in "…"
