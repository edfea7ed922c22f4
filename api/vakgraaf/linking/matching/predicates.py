"""Which mapping property is proposed. Careful: what is exact, somebody else will build on."""

from __future__ import annotations

import re

from vakgraaf.language.words import key
from vakgraaf.linking.candidate import BROAD, CLOSE, EXACT, NARROW, RELATED
from vakgraaf.linking.matching.likeness import Comparison, Likeness
from vakgraaf.linking.matching.profile import Name
from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.linking.matching.units import Units

ALIKE = 0.8
"""From this part of a name on, it counts as being in the other."""
MUCH_MORE = 0.62
"""Up to this part, the other name says clearly more."""
_SEGMENTS = re.compile(r"\s*(?:,|;|/|\ben/of\b|\ben\b|\bof\b)\s*")
_VERB = re.compile(r"^(?:heeft|kan|kunnen)\s+", re.IGNORECASE)
_LEVELS = {Kind.KERNTAAK: 1, Kind.WERKPROCES: 2}


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same once folded; "heeft" and "kan", with which a sentence is made of it, left out."""
    return key(_VERB.sub("", one)) == key(_VERB.sub("", other))


class Predicates:
    """Chooses the property by rules; each rule is one sentence in the documentation."""

    def __init__(self, units: Units, comparison: Comparison) -> None:
        self._units = units
        self._comparison = comparison

    def between(self, one: Thing, other: Thing, likeness: Likeness, *, alone: bool, sure: bool) -> str:
        """The property from `one` to `other`. `alone`: nothing else bears that name; `sure`: from the threshold on."""
        kinds = {one.kind, other.kind}
        if Kind.OCCUPATION in kinds:
            return CLOSE if likeness.by[0].key == likeness.by[1].key else RELATED
        if one.kind != other.kind and kinds <= _LEVELS.keys():
            return NARROW if _LEVELS[one.kind] < _LEVELS[other.kind] else BROAD
        if one.kind is other.kind and alone and same_name(one.label, other.label):
            return EXACT
        if likeness.found >= ALIKE and likeness.covered <= MUCH_MORE:
            return BROAD if self._lists(*reversed(likeness.by)) else NARROW
        if likeness.covered >= ALIKE and likeness.found <= MUCH_MORE:
            return NARROW if self._lists(*likeness.by) else BROAD
        return CLOSE if sure else RELATED

    def _lists(self, longer: Name, shorter: Name) -> bool:
        """Whether `longer` names several things of which `shorter` is one: it is wider then, else narrower."""
        segments = [units for text in _SEGMENTS.split(longer.text) if (units := self._units.of(text))]
        within = [all(self._comparison.how(unit, shorter)[0] > 0 for unit in units) for units in segments]
        return len(segments) > 1 and any(within) and not all(within)
