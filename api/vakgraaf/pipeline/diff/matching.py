"""Which part of the one is which part of the other: by IRI, else by number and likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from vakgraaf.pipeline.diff.parts import Part

SAME = 60
"""From this likeness on, of 100, two parts with one IRI, or with one number, are the same one."""
ALIKE = 78
"""From this likeness on, two parts with neither in common are."""

Pairs = list[tuple[Part, Part]]


def matched(left: Sequence[Part], right: Sequence[Part]) -> Pairs:
    """Pairs of parts of one kind, each part in one at most, in the order of the right one.

    IRIs are made of numbers: where a task is inserted, those after it take the IRIs of others. So an IRI counts first
    where the wording is alike, then the likeness does, and last the IRI alone.
    """
    there = {one.iri: one for one in left}
    pairs = [(there[one.iri], one) for one in right if one.iri in there and there[one.iri].kind == one.kind]
    certain = [pair for pair in pairs if _likeness(*pair) >= SAME]
    certain += _by_likeness(*_rest(left, right, certain))
    known = {id(part) for pair in certain for part in pair}
    certain += [pair for pair in pairs if known.isdisjoint((id(pair[0]), id(pair[1])))]
    order = {one.iri: place for place, one in enumerate(right)}
    return sorted(certain, key=lambda pair: order[pair[1].iri])


def _rest(left: Iterable[Part], right: Iterable[Part], pairs: Pairs) -> tuple[list[Part], list[Part]]:
    one, other = ({pair[side].iri for pair in pairs} for side in (0, 1))
    return [part for part in left if part.iri not in one], [part for part in right if part.iri not in other]


def _by_likeness(left: list[Part], right: list[Part]) -> Pairs:
    kinds: dict[str, list[Part]] = defaultdict(list)
    for one in left:
        kinds[one.kind].append(one)
    found = []
    for place, other in enumerate(right):
        for one in kinds[other.kind]:
            likeness = _likeness(one, other)
            if likeness >= (SAME if one.number and one.number == other.number else ALIKE) or other.kind == "profiel":
                found.append((-likeness, one.number != other.number, place, one.iri, one, other))
    taken: set[int] = set()
    pairs = []
    for *_, one, other in sorted(found, key=lambda pair: pair[:4]):
        if taken.isdisjoint((id(one), id(other))):
            taken |= {id(one), id(other)}
            pairs.append((one, other))
    return pairs


def _likeness(one: Part, other: Part) -> float:
    """The larger of how much the names and how much the whole wordings are alike; 0 to 100."""
    if one.kind != other.kind:
        return 0
    names = fuzz.ratio(one.name.casefold(), other.name.casefold())
    # Names of texts say what they belong to ("Toelichting bij …"); it is the text that tells them apart.
    if one.texts.get("vg:tekst") or other.texts.get("vg:tekst"):
        names = 0
    return max(names, fuzz.ratio(one.wording, other.wording))
