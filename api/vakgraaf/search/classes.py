"""What a thing is, of all that it is said to be: the narrowest class, and how far forward that puts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vakgraaf.search.fields import STANDING, STANDING_OF_OTHERS, STANDING_OF_TERMS, STUB

_TERMS = frozenset(("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology"))


class Classes:
    """Classes by number. `given` says what each thing is, `wider` which classes a class is narrower than."""

    def __init__(
        self,
        vg: str,
        iris: Sequence[str],
        given: Mapping[int, set[int]],
        wider: Mapping[int, set[int]],
    ) -> None:
        self._iris = iris
        self._given = given
        self._wider = {number: _all_wider(number, wider) for number in wider}
        self._names = {n: iris[n].removeprefix(vg) for ns in given.values() for n in ns if iris[n].startswith(vg)}
        self._narrowest: dict[frozenset[int], int] = {}

    def of(self, thing: int) -> int:
        """The number of the one class that says most of `thing`; 0 where it has none."""
        given = frozenset(self._given.get(thing, ()))
        if given not in self._narrowest:
            self._narrowest[given] = self._choose(given)
        return self._narrowest[given]

    def all_of(self, thing: int) -> set[int]:
        """Every class of `thing`, also those that follow from the others."""
        given = self._given.get(thing, set())
        return given.union(*(self._wider.get(number, ()) for number in given))

    def name(self, thing: int) -> str:
        """The name of its class in the ontology; "" where it is of another."""
        return self._names.get(self.of(thing), "")

    def points(self, thing: int) -> int:
        """How far forward its class puts it; what is known by name only stands behind what is there."""
        number = self.of(thing)
        if number in self._names:
            known = {self._names.get(given, "") for given in self._given[thing]}
            most = STANDING[STUB] if STUB in known else max(STANDING.values())
            return min(most, STANDING.get(self._names[number], STANDING_OF_OTHERS))
        is_term = self._iris[number].rpartition("#")[2] in _TERMS
        return STANDING_OF_TERMS if is_term else STANDING_OF_OTHERS

    def _choose(self, given: frozenset[int]) -> int:
        wider = set().union(*(self._wider.get(number, ()) for number in given))
        narrowest = given - wider or given
        return min(
            narrowest,
            key=lambda n: (n not in self._names, -STANDING.get(self._names.get(n, ""), 0), self._iris[n]),
            default=0,
        )


def _all_wider(number: int, wider: Mapping[int, set[int]]) -> set[int]:
    """Every class that `number` is narrower than, however many steps away, without itself."""
    found: set[int] = set()
    waiting = [number]
    while waiting:
        new = wider.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found - {number}
