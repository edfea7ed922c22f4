"""What anybody would try first, to compare with: TF-IDF with the cosine, and fuzzy matching of names."""

from __future__ import annotations

import math
import re
from collections import Counter

from rapidfuzz import fuzz

from linking.material import Case
from linking.quality import Ranked
from vakgraaf.linking.matching.thing import Thing

_WORD = re.compile(r"\w+")


def _tf_idf(case: Case) -> dict[str, list[tuple[str, float]]]:
    """Lower-case words of names and texts, smoothed IDF over both sides, cosine: what libraries do by default."""
    counts = {thing.iri: Counter(_WORD.findall(_all_of(thing).lower())) for thing in (*case.subjects, *case.objects)}
    spread = Counter(word for count in counts.values() for word in count)
    vectors = {iri: _unit(count, spread, len(counts)) for iri, count in counts.items()}
    return _ranked(case, lambda one, other: _dot(vectors[one.iri], vectors[other.iri]))


def _fuzzy(case: Case) -> dict[str, list[tuple[str, float]]]:
    """The names, their words as sets."""
    return _ranked(case, lambda one, other: fuzz.token_set_ratio(one.label.lower(), other.label.lower()) / 100)


def _ranked(case: Case, likeness: object) -> dict[str, list[tuple[str, float]]]:
    assert callable(likeness)
    return {
        one.iri: sorted(
            ((other.iri, likeness(one, other)) for other in case.objects), key=lambda pair: (-pair[1], pair[0])
        )
        for one in case.subjects
    }


def _all_of(thing: Thing) -> str:
    return " ".join((*thing.labels, thing.text))


def _unit(count: Counter[str], spread: Counter[str], number: int) -> dict[str, float]:
    weights = {word: n * (math.log((1 + number) / (1 + spread[word])) + 1) for word, n in count.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


tf_idf = Ranked(_tf_idf)
fuzzy = Ranked(_fuzzy)
