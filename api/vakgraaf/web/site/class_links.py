"""Which class points to which with which property: what the shapes ask for and what the data have, brought together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vakgraaf.rdf import iris
from vakgraaf.web.site.nearby import Nearby
from vakgraaf.web.site.usage import Usage

_VG = str(iris.VG)
_STUB = _VG + "Stub"


class ClassLink(NamedTuple):
    """Things of class `source` point with `property` to things of class `target`."""

    source: str
    property: str
    target: str


class Classes:
    """The classes of the ontology, as far as they stand above each other; and those that count as main ones."""

    def __init__(self, near: Nearby) -> None:
        known = {one for one in near.known() if one.startswith(_VG) and near.is_a(one, "owl:Class")}
        self._above = {one: [up for up in near.things(one, "rdfs:subClassOf") if up in known] for one in known}
        aimed = [one for one in near.known() if near.things(one, "sh:targetSubjectsOf")]
        self.targets: dict[str, set[str]] = {}
        for shape in aimed:
            for part in near.things(shape, "sh:property"):
                for name in near.things(part, "sh:path"):
                    self.targets.setdefault(name, set()).update(set(near.things(part, "sh:class")) & known)
        aimed_at = {target for targets in self.targets.values() for target in targets}
        self._main = {one: self._find_main(one, aimed_at) for one in known if one != _STUB}

    def above(self, klasse: str) -> list[str]:
        """The classes above a class, the nearest first."""
        found: list[str] = []
        for up in self._above.get(klasse, ()):
            found += [up, *self.above(up)]
        return found

    def main(self, klasse: str) -> str | None:
        """The main class that a class belongs to: itself, or one above it; None for what is no class of ours."""
        return self._main.get(klasse)

    def _find_main(self, klasse: str, aimed_at: set[str]) -> str:
        line = [klasse, *self.above(klasse)]
        return next((one for one in line if one in aimed_at), line[-1])


def class_links(near: Nearby, use: Usage) -> set[ClassLink]:
    """Between main classes, with properties that say something of their own."""
    classes = Classes(near)
    found: set[ClassLink] = set()
    for name in {name for _, name in use.triples if name.startswith(_VG)} - _implied(near):
        sources = _sources(classes, use, name)
        asked = classes.targets.get(name, set())
        for (klasse, used), values in use.values.items():
            if used != name or (source := classes.main(klasse)) is None or source not in sources:
                continue
            targets = {main for value in values if (main := classes.main(value))}
            targets &= {main for one in asked if (main := classes.main(one))} or targets
            found |= {ClassLink(source, name, one) for one in targets if not _is_above(classes, one, targets)}
    return found


def _is_above(classes: Classes, klasse: str, others: Iterable[str]) -> bool:
    return any(klasse in classes.above(other) for other in others)


def _sources(classes: Classes, use: Usage, name: str) -> set[str]:
    """The main classes that have the property; not one above others that have it just as often together."""
    having = {klasse for klasse, used in use.triples if used == name}
    mains = {main for klasse in having if (main := classes.main(klasse))}
    for one in list(mains):
        below = [other for other in mains if one in classes.above(other)]
        if below and use.triples.get((one, name), 0) <= sum(use.triples.get((other, name), 0) for other in below):
            mains.discard(one)
    return mains


def _implied(near: Nearby) -> set[str]:
    """Properties that only say in general, or the other way round, what others say."""
    known = near.known()
    general = {up for one in known if one.startswith(_VG) for up in near.things(one, "rdfs:subPropertyOf")}
    general |= {one for one in known if near.values(one, "owl:propertyChainAxiom")}
    general |= {one for one in known if near.is_a(one, "owl:TransitiveProperty")}
    for one in known:
        for other in near.things(one, "owl:inverseOf"):
            general |= {one, other} if {one, other} & general else {one}
    return general


def names(links: Iterable[ClassLink]) -> set[str]:
    """Every term that the links name."""
    return {term for link in links for term in link}
