"""Precision and recall of the judgement on faulty documents and graphs: what `scripts/bench validate` prints.

Recall: how many of the faults are found at their place. Precision: how many of the rules that spoke anew spoke of the
fault, of itself or as a documented follower. `python -m bench.validation_quality [seeds]` prints it alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from validation.mutations.faults import AROUND, GRAPHS, IN_TASKS, OF_PROFILES
from validation.mutations.judging import Verdict, judge_graph, judge_text


@dataclass
class Quality:
    """The sums over some faults."""

    kind: str
    faults: int = 0
    found: int = 0
    false_alarms: int = 0
    silenced: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one more fault."""
        self.faults += 1
        self.found += verdict.found
        self.false_alarms += len(verdict.strange)
        self.silenced += len(verdict.gone)

    @property
    def recall(self) -> float:
        """The share of the faults that is found at its place."""
        return self.found / self.faults if self.faults else 1.0

    @property
    def precision(self) -> float:
        """The share of what is said that is about the fault."""
        return self.found / (self.found + self.false_alarms) if self.found + self.false_alarms else 1.0


def measure(seeds: int = 1) -> Iterator[Quality]:
    """Judge every fault, those in texts with so many seeds, and yield the sums for each table."""
    tables = (
        ("text of an addendum: tasks and competences", IN_TASKS),
        ("text of an addendum: all around them", AROUND),
        ("text of a profile", OF_PROFILES),
    )
    for kind, faults in tables:
        quality = Quality(kind)
        for fault in faults:
            for seed in range(seeds):
                quality.add(judge_text(fault, seed))
        yield quality
    quality = Quality("graph of an addendum or profile")
    for fault in GRAPHS:
        quality.add(judge_graph(fault))
    yield quality


def report(seeds: int = 1) -> Iterator[str]:
    """The lines to print, a table in Markdown."""
    yield "| faults in | number | found | recall | false alarms | precision | silenced |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for quality in measure(seeds):
        yield (
            f"| {quality.kind} | {quality.faults} | {quality.found} | {quality.recall:.3f} | {quality.false_alarms} "
            f"| {quality.precision:.3f} | {quality.silenced} |"
        )


if __name__ == "__main__":
    for line in report(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        print(line, flush=True)
