"""Candidates: for each thing of one collection those of another that it may correspond to, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from vakgraaf.linking.candidate import Candidate
from vakgraaf.linking.matching.grounds import Explainer
from vakgraaf.linking.matching.index import Index
from vakgraaf.linking.matching.likeness import Comparison, Likeness
from vakgraaf.linking.matching.predicates import Predicates
from vakgraaf.linking.matching.profile import Profile, Weights, profile_of, stems_of_names, stems_of_text
from vakgraaf.linking.matching.score import ACCEPT, SHOWN, score
from vakgraaf.linking.matching.thing import Kind, Thing, named
from vakgraaf.linking.matching.units import Units

Progress = Callable[[int, int], None]
"""Told how many subjects are done, and of how many."""
_LOOKED_AT = 40
_TOLD_EVERY = 50


class Matcher:
    """Matches things of one collection to those of another. The same collections give the same candidates.

    `names_left_out`: names of the occupation and the like that every text is full of. `synonyms`: pairs of words that
    mean the same, such as labels and alternative labels of a glossary. `background`: other texts
    of the same field, whose words tell what compounds are put together of.
    """

    def __init__(
        self,
        subjects: Iterable[Thing],
        objects: Iterable[Thing],
        names_left_out: Iterable[str] = (),
        synonyms: Iterable[tuple[str, str]] = (),
        background: Iterable[str] = (),
    ) -> None:
        self._subjects = list(map(named, subjects))
        self._objects = list(map(named, objects))
        self._left_out = tuple(
            sorted({name.casefold() for name in names_left_out}, key=lambda name: (-len(name), name))
        )
        both = [*self._subjects, *self._objects]
        # Texts are compared where both sides have them; taking them apart for nothing is most of the work.
        self._texts_count = all(any(thing.text for thing in side) for side in (self._subjects, self._objects))
        said = ((*thing.labels, thing.text if self._texts_count else "") for thing in both)
        self._units = Units(chain(background, chain.from_iterable(said)), synonyms)
        self._names = Weights(stems_of_names(thing, self._units) for thing in both)
        told = [thing for thing in both if thing.text] if self._texts_count else []
        self._texts = Weights(stems_of_text(thing, self._units, self._left_out) for thing in told)
        letters = Weights(thing.competences for thing in both if thing.competences)
        self._profiles = [self._profile(thing) for thing in self._objects]
        self._index = Index(self._profiles, self._names)
        self._bearers = Counter(name.key for profile in self._profiles for name in profile.names)
        self._comparison = Comparison(self._units, self._names, letters, self._bearers)
        self._predicates = Predicates(self._units, self._comparison)
        self._explainer = Explainer(self._comparison, self._bearers)

    def all(self, most: int = 10, at_least: float = SHOWN, progress: Progress | None = None) -> Iterator[Candidate]:
        """The candidates of every subject, at most `most` each and none below `at_least`, one subject after another.

        Nothing of a subject is kept once its candidates are given.
        """
        for done, subject in enumerate(self._subjects, start=1):
            yield from self.of(subject, most, at_least)
            if progress is not None and (done % _TOLD_EVERY == 0 or done == len(self._subjects)):
                progress(done, len(self._subjects))

    def of(self, subject: Thing, most: int = 10, at_least: float = SHOWN) -> list[Candidate]:
        """The candidates of `subject`, one of those given: the likeliest first, then by IRI."""
        profile = self._profile(named(subject))
        looked_at = self._index.nearest(profile, _LOOKED_AT)
        found = [
            (other, self._comparison.likeness(profile, other)) for other in map(self._profiles.__getitem__, looked_at)
        ]
        ranked = sorted(
            ((score(likeness), other, likeness) for other, likeness in found if other.thing.iri != subject.iri),
            key=lambda one: (-one[0], one[1].thing.iri),
        )
        return [
            self._candidate(profile, other, likeness, points)
            for points, other, likeness in ranked[:most]
            if points >= at_least
        ]

    def _profile(self, thing: Thing) -> Profile:
        told = thing if self._texts_count else replace(thing, text="")
        return profile_of(told, self._units, self._texts, self._left_out)

    def _candidate(self, one: Profile, other: Profile, likeness: Likeness, points: float) -> Candidate:
        alone = self._bearers[likeness.by[1].key] == 1
        predicate = self._predicates.between(one.thing, other.thing, likeness, alone=alone, sure=points >= ACCEPT)
        grounds = self._explainer.grounds(one, other, likeness)
        return Candidate(one.thing.iri, other.thing.iri, predicate, round(points, 3), grounds)


def names_of_occupations(things: Sequence[Thing]) -> list[str]:
    """What is to be left out of texts: the names of the occupations among `things`."""
    return [name for thing in things if thing.kind is Kind.OCCUPATION for name in thing.labels]
