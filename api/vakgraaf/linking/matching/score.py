"""One number for how surely two things correspond: between 0 and 1, and about as often right as it says.

Two logistic regressions, fitted on the judged pairs of one document (tests/linking/gold, part "afstemmen") and tried on
those of the other. What each number contributes is what its ground shows as weight.
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from vakgraaf.linking.matching.likeness import Doubt, Likeness

ACCEPT = 0.6
"""From this score on a candidate is offered as likely; below it, only to whoever asks for more."""
SHOWN = 0.1
"""Below this score nothing is a candidate."""


class Terms(NamedTuple):
    """What each number of a likeness counts for, and what stands against all of them."""

    names: float
    contained: float
    told: float
    named_in: float
    competences: float
    against: float


NAMES_ONLY = Terms(names=12.2, contained=4.4, told=0, named_in=0, competences=0, against=-6.55)
WITH_TEXTS = Terms(names=1.8, contained=1.2, told=8.0, named_in=4.2, competences=1.5, against=-6.2)
DOUBTS = {Doubt.AMBIGUOUS: 4.0, Doubt.OCCUPATION: 6.0}
"""What a doubt takes away. Set, not fitted: the judged pairs have no occupations."""
_SKILLS_COUNT = 1.0


def score(likeness: Likeness) -> float:
    """The score of a candidate."""
    return 1 / (1 + exp(-sum(parts(likeness).values()) - terms(likeness).against))


def terms(likeness: Likeness) -> Terms:
    """By which of the two regressions it is judged."""
    return WITH_TEXTS if likeness.told > 0 else NAMES_ONLY


def parts(likeness: Likeness) -> dict[str, float]:
    """What speaks for a candidate and how much, by the names of the numbers."""
    by = terms(likeness)
    return {
        "names": by.names * likeness.names + by.contained * likeness.contained,
        "told": by.told * likeness.told,
        "named_in": by.named_in * likeness.named_in,
        "competences": by.competences * likeness.competences,
        "skills": _SKILLS_COUNT * likeness.skills,
        **{doubt.value: -DOUBTS[doubt] for doubt in likeness.doubts},
    }
