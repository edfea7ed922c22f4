"""A proposal that two things correspond, and why: what a person may accept or reject."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

SKOS = "http://www.w3.org/2004/02/skos/core#"
EXACT = SKOS + "exactMatch"
CLOSE = SKOS + "closeMatch"
BROAD = SKOS + "broadMatch"
NARROW = SKOS + "narrowMatch"
RELATED = SKOS + "relatedMatch"
PREDICATES = (EXACT, CLOSE, BROAD, NARROW, RELATED)
"""The mapping properties of SKOS (section 10), the nearest first."""


class GroundKind(StrEnum):
    """What a ground rests on. The values are part of what is stored: they stay as they are."""

    LABEL = "label"
    ALT_LABEL = "alt-label"
    WORDS = "words"
    SYNONYM = "synonym"
    COMPOUND = "compound"
    SPELLING = "spelling"
    COMPETENCES = "competences"
    SKILLS = "skills"
    WHOLE = "whole"
    BROADER = "broader"
    AMBIGUOUS = "ambiguous"


class Ground(NamedTuple):
    """One reason for a candidate, in Dutch and in English; `weight` is its part of the score (below 0: against it)."""

    kind: GroundKind
    nl: str
    en: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may correspond. `predicate` is the SKOS mapping property proposed, from subject to object;
    `score` is between 0 and 1; `grounds` stand with the weightiest first."""

    subject: str
    object: str
    predicate: str
    score: float
    grounds: tuple[Ground, ...] = ()
