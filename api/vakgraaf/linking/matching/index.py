"""Which things could be alike at all: an inverted index over what their names and texts have in common."""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

from vakgraaf.linking.matching.profile import Profile, Weights

_ROOT = "^"
_EQUAL = "="
_MOST_COMMON = 0.05
_FEW = 300
_ROOT_COUNTS = 0.4
_TEXT_COUNTS = 3.0
_EQUAL_COUNTS = 100.0
_TELLING = 25


class Index:
    """Finds, for a thing, the others that share the rarest words with it."""

    def __init__(self, profiles: Sequence[Profile], names: Weights) -> None:
        self._names = names
        self._named: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._told: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._sizes = array("f", (_size(profile, names) for profile in profiles))
        self._profiles = profiles
        self._common = max(_FEW, int(_MOST_COMMON * len(profiles)))
        for place, profile in enumerate(profiles):
            for feature in set(_features(profile)):
                self._named[feature].append(place)
            for stem in _telling(profile):
                self._told[stem].append(place)

    def nearest(self, profile: Profile, most: int) -> list[int]:
        """The places of at most `most` things that `profile` could be like; all of them where there are few."""
        if len(self._profiles) <= most:
            return list(range(len(self._profiles)))
        points: dict[int, float] = defaultdict(float)
        for feature, weight in self._weighed(profile):
            for place in self._named.get(feature, ()):
                points[place] += weight / self._sizes[place]
        for stem in _telling(profile):
            weight = _TEXT_COUNTS * profile.text[stem]
            for place in self._told.get(stem, ()):
                points[place] += weight * self._profiles[place].text[stem]
        return heapq.nlargest(most, points, key=lambda place: (points[place], -place))

    def _weighed(self, profile: Profile) -> Iterator[tuple[str, float]]:
        """Features with what they count; the commonest ones only where nothing rarer is there."""
        features = set(_features(profile))
        rare = [feature for feature in features if len(self._named.get(feature, ())) <= self._common]
        for feature in sorted(rare or features):
            if feature.startswith(_EQUAL):
                yield feature, _EQUAL_COUNTS
            elif feature.startswith(_ROOT):
                yield feature, _ROOT_COUNTS
            else:
                yield feature, self._names.of(feature)


def _features(profile: Profile) -> Iterator[str]:
    for name in profile.names:
        yield from name.stems
        yield from (_ROOT + start for start in name.roots)
        yield _EQUAL + name.key


def _telling(profile: Profile) -> list[str]:
    return heapq.nlargest(_TELLING, profile.text, key=lambda stem: (profile.text[stem], stem))


def _size(profile: Profile, names: Weights) -> float:
    """Long names have more words to share; many names do not make a thing likelier."""
    return math.sqrt(min(2.0 + sum(map(names.of, name.stems)) for name in profile.names))
