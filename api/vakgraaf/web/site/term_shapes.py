"""What the shapes ask of each term of the ontology, in their own sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from vakgraaf.engine import Value
from vakgraaf.rdf import iris
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby
from vakgraaf.web.site.shape_words import ASKED, Demand, demands, named, path
from vakgraaf.web.site.shapes_page import messages

_FEW = 3
"""A shape that is about more classes than this is about things in general."""


class Constraint(NamedTuple):
    """A shape that is about a term, and what it says; a shape about things in general says nothing here."""

    shape: Named
    sentence: Value | None


class TermShapes:
    """The shapes by the term that they are about."""

    def __init__(self, near: Nearby) -> None:
        self._of_class: dict[str, list[Constraint]] = defaultdict(list)
        self._of_property: dict[str, list[Constraint]] = defaultdict(list)
        self._demands: dict[tuple[str, str], list[Demand]] = defaultdict(list)
        for shape in sorted(one for one in near.known() if one.startswith(str(iris.VGS))):
            for step in path(near, shape):
                self._of_property[step.property.iri].append(_said(near, shape))
            targets = near.things(shape, "sh:targetClass")
            parts = near.things(shape, "sh:property")
            for klasse in targets:
                if len(targets) > _FEW:
                    self._of_class[klasse].append(Constraint(named(near, shape), None))
                    continue
                self._of_class[klasse] += [_said(near, one) for one in (shape, *parts) if messages(near, one)]
                for part in parts:
                    self._add(near, klasse, part)

    def of(self, term: str) -> tuple[Constraint, ...]:
        """The shapes that are about a class or a property."""
        found = [*self._of_class.get(term, ()), *self._of_property.get(term, ())]
        return tuple(dict.fromkeys(found))

    def demands(self, klasse: str, name: str) -> tuple[Demand, ...]:
        """What the shapes of a class ask of its values of a property."""
        return tuple(dict.fromkeys(self._demands.get((klasse, name), ())))

    def _add(self, near: Nearby, klasse: str, part: str) -> None:
        steps = path(near, part)
        if len(steps) == 1 and not steps[0].word:
            said = [one for one in demands(near, part) if one.text != ASKED]
            self._demands[klasse, steps[0].property.iri] += said


def _said(near: Nearby, shape: str) -> Constraint:
    return Constraint(named(near, shape), next(iter(messages(near, shape)), None))
