"""What changed between two versions of a profile, or differs between two profiles, in terms of what they say."""

from __future__ import annotations

from vakgraaf.pipeline.diff.changes import Change, Difference, difference
from vakgraaf.pipeline.diff.facts import Fact, facts_of, facts_of_answer
from vakgraaf.pipeline.diff.marking import Mark, marks, shortened
from vakgraaf.pipeline.diff.wording import as_data, as_text, kind_word, sentence, summary, worded

__all__ = [
    "Change",
    "Difference",
    "Fact",
    "Mark",
    "as_data",
    "as_text",
    "difference",
    "facts_of",
    "facts_of_answer",
    "kind_word",
    "marks",
    "sentence",
    "shortened",
    "summary",
    "worded",
]
