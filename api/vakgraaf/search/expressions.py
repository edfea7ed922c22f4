"""What FTS5 is asked: words, in columns, with marks. No sign that anybody typed is ever more than a word in quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vakgraaf.search.schema import FACET, IN_LABEL, INSIDE, KIND, LABEL, PLACE, TEXT, WORDING
from vakgraaf.search.terms import Term

NAME_POINTS = 100
"""A thing that is called exactly what was asked."""


class Tier(NamedTuple):
    """Where all words have to stand, what is found so is said to be found `by`, and the points for it."""

    by: str
    points: int
    columns: tuple[str, ...]
    exact: bool = False


TIERS = (
    Tier("label", 60, (LABEL,), exact=True),
    Tier("label", 54, (LABEL,)),
    Tier("kind", 46, (LABEL, IN_LABEL, KIND)),
    Tier("label", 44, (LABEL, IN_LABEL)),
    Tier("wording", 26, (LABEL, IN_LABEL, WORDING)),
    Tier("text", 14, (LABEL, IN_LABEL, WORDING, TEXT)),
    Tier("part", 8, (LABEL, IN_LABEL, KIND, WORDING, TEXT, INSIDE)),
)
WIDEST = TIERS[-1]


def expression(terms: Sequence[Term], tier: Tier, marks: Iterable[str] = ()) -> str:
    """What to match: every word in the columns of `tier`, or but for one of them where the thing stands, and marks."""
    parts = [f"({FACET} : {_quoted(mark)})" for mark in marks]
    wide = " ".join((*tier.columns, PLACE)) if len(terms) > 1 else " ".join(tier.columns)
    alternatives = [" OR ".join(map(_quoted, term.exact if tier.exact else term.stems)) for term in terms]
    parts += [f"({{{wide}}} : ({words}))" for words in alternatives]
    if len(terms) > 1:
        parts.append(f"({{{' '.join(tier.columns)}}} : ({' OR '.join(alternatives)}))")
    return " AND ".join(parts)


def anywhere(stems: Iterable[str]) -> str:
    """What to match to know whether one of `stems` stands anywhere."""
    return f"{{{' '.join((*WIDEST.columns, PLACE))}}} : ({' OR '.join(map(_quoted, stems))})"


def beginning(words: Sequence[str]) -> str:
    """What to match among names: for each of `words` one that begins so."""
    return " AND ".join(f"{_quoted(word)} *" for word in words)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
