"""Mappings as lines for a terminal, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping as Table
from collections.abc import Sequence

from vakgraaf.errors import InputError
from vakgraaf.linking.candidate import PREDICATES
from vakgraaf.linking.mappings.mapping import Mapping, Status, code
from vakgraaf.pipeline.linking.exchange import as_rows

RELATIONS = {name.rpartition("#")[2].removesuffix("Match"): name for name in PREDICATES}
"""What a relation is called on the command line → the property of SKOS."""

_SIGNS = dict(zip(RELATIONS, ("=", "≈", "<", ">", "~"), strict=True))
_STATUS_EN = {Status.PROPOSED: "proposed", Status.ACCEPTED: "accepted", Status.REJECTED: "rejected"}


def relation(name: str) -> str:
    """The property of SKOS by its name here; "" for "". Raises `InputError`."""
    if name and name not in RELATIONS:
        known = ", ".join(RELATIONS)
        raise InputError(f"Onbekende relatie: {name}. Kies uit {known}.", f"Unknown relation: {name}. Choose: {known}.")
    return RELATIONS[name] if name else ""


def status_of(mapping: Mapping, language: str) -> str:
    """The status, as a word of this language."""
    return _STATUS_EN[mapping.status] if language == "en" else str(mapping.status)


def as_line(mapping: Mapping, language: str) -> str:
    """One mapping on a line: code, status, confidence, the two and how they relate."""
    name = next(name for name, iri in RELATIONS.items() if iri == mapping.predicate)
    sure = "    " if mapping.confidence is None else f"{mapping.confidence:.2f}"
    ends = mapping.subject_label or mapping.subject, mapping.object_label or mapping.object
    return (
        f"{code(mapping.iri)}  {status_of(mapping, language):<11}  {sure}  {ends[0]}  {_SIGNS[name]} {name}  {ends[1]}"
    )


def as_lines(mappings: Sequence[Mapping], language: str, of: Sequence[Mapping] | None = None) -> str:
    """A table of mappings, and below it how many of all of them (`of`) were decided on."""
    lines = [as_line(mapping, language) for mapping in mappings]
    return "\n".join([*lines, progress(mappings if of is None else of, language)])


def progress(mappings: Sequence[Mapping], language: str) -> str:
    """How far reviewing is."""
    done = sum(mapping.status is not Status.PROPOSED for mapping in mappings)
    return f"{done} of {len(mappings)} reviewed." if language == "en" else f"{done} van {len(mappings)} beoordeeld."


def as_data(mappings: Sequence[Mapping]) -> str:
    """Mappings as JSON, by the names of SSSOM."""
    return json.dumps(as_rows(mappings), ensure_ascii=False, indent=1)


def told(counts: Table[str, int], language: str) -> str:
    """What came of taking a file over."""
    if language == "en":
        return f"{counts['new']} new, {counts['known']} known already, {counts['left']} not for here."
    return f"{counts['new']} nieuw, {counts['known']} al bekend, {counts['left']} hier niet bruikbaar."
