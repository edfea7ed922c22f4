"""What a role decides on a mapping, and taking that back. Every decision is kept; none is ever changed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from vakgraaf.errors import InputError
from vakgraaf.linking.candidate import PREDICATES
from vakgraaf.linking.mappings.mapping import CURATED, Mapping, Status
from vakgraaf.linking.mappings.roles import ROLES
from vakgraaf.linking.mappings.statements import iri, literal
from vakgraaf.rdf.names import DEF, thing
from vakgraaf.rdf.prefixes import PREFIXES

LONGEST_REASON = 2000


class Verdict(StrEnum):
    """What is decided. The values are part of what is stored."""

    ACCEPT = "aangenomen"
    REJECT = "afgewezen"
    UNDO = "ongedaan"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: on which record, what, by which role, when, why, and how the record stood before it.

    `before` is JSON of the fields that a decision changes.
    """

    mapping: str
    verdict: Verdict
    role: str
    at: datetime
    reason: str = ""
    before: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the decision."""
        moment = self.at.astimezone(UTC).strftime("%Y%m%dt%H%M%S%f")
        return thing("koppelbesluit", f"{self.mapping.rsplit('/', 1)[-1]}-{moment}")


_CHANGED = ("predicate", "justification", "author", "date", "comment", "status")


def decided(
    mapping: Mapping, verdict: Verdict, role: str, at: datetime, *, predicate: str = "", reason: str = ""
) -> tuple[Mapping, Decision]:
    """The mapping as it stands after a decision, and the decision; `predicate` where it is another than proposed.

    Raises `InputError` for an unknown role or predicate, a reason that is too long, and for a mapping on which was
    decided already: that must be undone first.
    """
    _check(role, predicate, reason)
    if verdict is Verdict.UNDO or mapping.status is not Status.PROPOSED:
        raise InputError(
            f"Over {mapping.iri} is al besloten ({mapping.status}). Maak dat eerst ongedaan.",
            f"{mapping.iri} was decided on already ({mapping.status}). Undo that first.",
        )
    now = replace(
        mapping,
        predicate=predicate or mapping.predicate,
        justification=CURATED,
        author=role,
        date=at.date().isoformat(),
        comment=reason or mapping.comment,
        status=Status.ACCEPTED if verdict is Verdict.ACCEPT else Status.REJECTED,
    )
    return now, Decision(mapping.iri, verdict, role, at, reason, _stand(mapping))


def undone(mapping: Mapping, last: Decision, role: str, at: datetime, reason: str = "") -> tuple[Mapping, Decision]:
    """The mapping as it stood before its last decision, and the decision to go back there. Raises `InputError`."""
    _check(role, "", reason)
    if mapping.status is Status.PROPOSED or last.verdict is Verdict.UNDO or not last.before:
        raise InputError(
            f"Over {mapping.iri} is niets besloten dat ongedaan kan worden gemaakt.",
            f"Nothing was decided on {mapping.iri} that could be undone.",
        )
    stood: dict[str, Any] = {name: text for name, text in json.loads(last.before).items() if name in _CHANGED}
    back = replace(mapping, **stood | {"status": Status(stood["status"])})
    return back, Decision(mapping.iri, Verdict.UNDO, role, at, reason, _stand(mapping))


def log(decision: Decision) -> list[str]:
    """The statements of a decision, each without its full stop."""
    here = iri(decision.iri)
    prov, rdf, xsd = PREFIXES["prov"], PREFIXES["rdf"], PREFIXES["xsd"]
    moment = decision.at.astimezone(UTC).isoformat()
    said = [
        f"{here} <{rdf}type> <{DEF}Koppelbesluit>",
        f"{here} <{PREFIXES['rdfs']}label> {literal(f'Koppeling {decision.verdict}', language='nl')}",
        f"{here} <{prov}used> {iri(decision.mapping)}",
        f"{here} <{prov}endedAtTime> {literal(moment, xsd + 'dateTime')}",
        f"{here} <{DEF}besluit> {literal(decision.verdict)}",
        f"{here} <{DEF}rol> {literal(decision.role)}",
        f"{here} <{DEF}vorigeStand> {literal(decision.before, rdf + 'JSON')}",
    ]
    return said + ([f"{here} <{PREFIXES['rdfs']}comment> {literal(decision.reason)}"] if decision.reason else [])


def _stand(mapping: Mapping) -> str:
    there = asdict(mapping)
    return json.dumps({name: there[name] for name in _CHANGED}, ensure_ascii=False, separators=(",", ":"))


def _check(role: str, predicate: str, reason: str) -> None:
    if role not in ROLES:
        known = ", ".join(ROLES)
        raise InputError(f"Zeg in welke rol u besluit. Kies uit {known}.", f"Say in which role. Choose from {known}.")
    if predicate and predicate not in PREDICATES:
        raise InputError(
            f"Onbekende relatie: {predicate}. Kies een van de vijf koppelrelaties van SKOS.",
            f"Unknown relation: {predicate}. Choose one of the five mapping relations of SKOS.",
        )
    if len(reason) > LONGEST_REASON:
        raise InputError(
            f"De reden is te lang; hoogstens {LONGEST_REASON} tekens.",
            f"The reason is too long; at most {LONGEST_REASON} characters.",
        )
