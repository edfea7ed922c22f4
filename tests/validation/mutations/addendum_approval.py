"""What an author does wrong where an addendum tells of its validation and legitimation."""

from __future__ import annotations

from validation.mutations.fault import TextFault
from validation.mutations.manuscript import Manuscript

APPROVAL = (r"^ 8\. Validering", r"^Disclaimer")
ACT = r"gelegitimeerd door"


def legitimated_before_validation(m: Manuscript) -> None:
    """The text dates the validation after the legitimations."""
    line = m.one(r"is gevalideerd door de $", *APPROVAL)
    m.edit(line, "is gevalideerd", "is in december 2013 gevalideerd")
    m.place += m.all(ACT, *APPROVAL)


def legitimated_after_publication(m: Manuscript) -> None:
    m.edit(m.any(ACT, *APPROVAL), "2013", m.rng.choice(["2015", "2031"]))


def legitimated_long_before(m: Manuscript) -> None:
    """Legitimated before the meeting that, by the text, decided to write it."""
    m.edit(m.any(ACT, *APPROVAL), "2013", m.rng.choice(["2003", "1913"]))


def impossible_date(m: Manuscript) -> None:
    m.edit(m.any(ACT, *APPROVAL), r"\d+ september", m.rng.choice(["31 september", "35 september", "30 februari"]))


def month_mistyped(m: Manuscript) -> None:
    m.edit(m.any(ACT, *APPROVAL), "september", m.rng.choice(["setpember", "sept", "9"]))


def legitimation_missing(m: Manuscript) -> None:
    line = m.any(rf"{ACT}.*(?:MOgroep|Dienst)", *APPROVAL)
    m.drop(line)
    m.place = [m.one(r"is ter legitimering voorgelegd", *APPROVAL)]


def legitimated_by_other_body(m: Manuscript) -> None:
    line = m.any(rf"{ACT}.*(?:MOgroep|SOVVT)", *APPROVAL)
    m.edit(line, r"MOgroep|SOVVT", "Jeugdzorg Nederland")
    m.place.append(m.one(r"is ter legitimering voorgelegd", *APPROVAL))


def body_mistyped(m: Manuscript) -> None:
    line = m.one(rf"{ACT}.*MOgroep", *APPROVAL)
    m.edit(line, "MOgroep", "MOgreop")
    m.place.append(m.one(r"is ter legitimering voorgelegd", *APPROVAL))


def legitimated_twice(m: Manuscript) -> None:
    line = m.one(rf"{ACT}.*MOgroep", *APPROVAL)
    m.put(line, "", line.text.replace("30 september", "12 september"))
    m.place.append(line)


def acts_missing(m: Manuscript) -> None:
    """Announced, and nothing follows."""
    m.place = [m.one(r"^Het Addendum .* is: $", *APPROVAL)]
    m.drop(*m.all(ACT, *APPROVAL))


def promised_below_and_absent(m: Manuscript) -> None:
    """'hieronder vermeld', and the table is gone."""
    head = m.one(r"^Naam persoon/gremium", *APPROVAL)
    m.drop(*m.below(head, r"^19 *$"), head)
    m.place = [m.one("betrokken personen/gremium zijn hieronder", *APPROVAL)]


def other_addendum_in_approval(m: Manuscript) -> None:
    """The approval was copied from another addendum."""
    line = m.one(r"^De inhoud van het Addendum", *APPROVAL)
    m.edit(line, "Persoonlijk begeleider specifieke doelgroepen", "Begeleider gehandicaptenzorg")


FAULTS: tuple[TextFault, ...] = (
    TextFault(
        "legitimated before validation",
        "addendum",
        legitimated_before_validation,
        "GoedkeuringShape-naValidering",
        silences=frozenset(["ValideringShape-date"]),
    ),
    TextFault("legitimated after publication", "addendum", legitimated_after_publication, "GoedkeuringShape-naUitgave"),
    TextFault("legitimated long before", "addendum", legitimated_long_before, "GoedkeuringShape-langVoorUitgave"),
    TextFault("impossible date", "addendum", impossible_date, "Document-datum-bestaat-niet"),
    TextFault(
        "month mistyped",
        "addendum",
        month_mistyped,
        "Document-handeling-niet-gelezen",
        followers=frozenset(["Document-datum-bestaat-niet", "Document-orgaan-wijkt-af"]),
        silences=frozenset(["Document-orgaan-wijkt-af"]),
    ),
    TextFault(
        "legitimation missing",
        "addendum",
        legitimation_missing,
        "Document-orgaan-wijkt-af",
        silences=frozenset(["Document-orgaan-wijkt-af"]),
    ),
    TextFault(
        "legitimated by other body",
        "addendum",
        legitimated_by_other_body,
        "Document-orgaan-wijkt-af",
        silences=frozenset(["Document-orgaan-wijkt-af"]),
    ),
    TextFault(
        "body mistyped",
        "addendum",
        body_mistyped,
        "Document-orgaan-wijkt-af",
        silences=frozenset(["Document-orgaan-wijkt-af"]),
    ),
    TextFault("legitimated twice", "addendum", legitimated_twice, "GoedkeuringShape-tweemaal"),
    TextFault(
        "acts missing",
        "addendum",
        acts_missing,
        "Document-hieronder-niets",
        followers=frozenset(["Document-onvolledig", "ProfielShape-heeftLegitimering"]),
        silences=frozenset(["Document-orgaan-wijkt-af"]),
    ),
    TextFault("promised below and absent", "addendum", promised_below_and_absent, "Document-hieronder-niets"),
    TextFault("other addendum in approval", "addendum", other_addendum_in_approval, "Document-ander-document"),
)
