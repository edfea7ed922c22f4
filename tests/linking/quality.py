"""How good candidates are, by the judged pairs: precision at a threshold, recall in the first three."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from linking.material import Case
from vakgraaf.linking.matching.matcher import Matcher
from vakgraaf.linking.matching.score import ACCEPT

FIRST = 3
_MOST = 10


class Ranked(NamedTuple):
    """A method: objects with a score between 0 and 1 for each subject, the best first; where it says so itself, from
    which score on it offers one."""

    of: Callable[[Case], dict[str, list[tuple[str, float]]]]
    threshold: float | None = None


class Quality(NamedTuple):
    """What a method found, subject by subject: ranked objects, those that are right, those that are related."""

    found: tuple[tuple[list[tuple[str, float]], set[str], set[str]], ...]

    @classmethod
    def of(cls, case: Case, method: Ranked) -> Quality:
        """What `method` makes of `case`."""
        answers = method.of(case)
        return cls(
            tuple(
                (answers[subject.iri], case.right[subject.iri], case.related[subject.iri]) for subject in case.subjects
            )
        )

    def precision(self, threshold: float) -> tuple[float, int]:
        """How many of those offered from `threshold` on are right or related, of 1; and how many are offered.

        The list is complete for its subjects: a pair that is not on it counts as wrong.
        """
        offered = [
            object_ in right | related
            for ranked, right, related in self.found
            for object_, score in ranked
            if score >= threshold
        ]
        return (sum(offered) / len(offered) if offered else 0.0), len(offered)

    def recall(self, related: bool = False) -> float:
        """How many of what is right are among the first three; of one that has more than three, three are expected."""
        hits = wanted = 0
        for ranked, right, more in self.found:
            expected = right | more if related else right
            hits += sum(object_ in expected for object_, _ in ranked[:FIRST])
            wanted += min(FIRST, len(expected))
        return hits / wanted


def together(qualities: Iterable[Quality]) -> Quality:
    """Several cases as one."""
    return Quality(tuple(found for quality in qualities for found in quality.found))


def _ours(case: Case) -> dict[str, list[tuple[str, float]]]:
    matcher = Matcher(case.subjects, case.objects, case.left_out, case.synonyms, case.background)
    return {
        subject.iri: [(candidate.object, candidate.score) for candidate in matcher.of(subject, _MOST, 0.0)]
        for subject in case.subjects
    }


ranked = Ranked(_ours, ACCEPT)
"""The matching of this project, at its own threshold."""
