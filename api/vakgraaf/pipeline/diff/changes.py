"""What changed, one change after the other, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vakgraaf.pipeline.diff.facts import Fact, Facts, full
from vakgraaf.pipeline.diff.marking import Mark, marks
from vakgraaf.pipeline.diff.matching import Pairs, matched
from vakgraaf.pipeline.diff.parts import Demand, Part, parts_of

# Where in a document something stands says nothing about what it says.
_PLACES = tuple(map(full, ("prov:wasDerivedFrom", "vg:volgorde")))
_OF_PLACES = tuple(map(full, ("vg:Passage", "vg:Brondocument", "vg:Bevinding")))


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a part (`left` None: it is new; `right` None: it has gone).

    `what` is "added", "dropped", "renumbered", "moved", "renamed", "text", "link-added", "link-dropped",
    "demand-added", "demand-dropped", "demand-renamed", "note", "newly-asked", "no-longer-asked" or "other"; `field` the
    property, or of a demand its kind; `old` and `new` what it was and is.
    """

    what: str
    left: Part | None
    right: Part | None
    field: str = ""
    old: str = ""
    new: str = ""
    thing: str = ""

    @property
    def part(self) -> Part:
        """The part as it is now, else as it was."""
        found = self.right or self.left
        assert found is not None
        return found

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The change of a wording, word by word."""
        return marks(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, grouped by part. `other` is how many statements differ that are no change of these.

    It is only counted where there is no change at all; `places`: only where things stand in their documents differs.
    """

    changes: tuple[Change, ...]
    other: int
    places: bool

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return not self.changes and not self.other

    def by_part(self) -> list[tuple[Part, tuple[Change, ...]]]:
        """The changes under the part that they are about, in the order of the document."""
        found: dict[int, tuple[Part, list[Change]]] = {}
        for change in self.changes:
            found.setdefault(id(change.part), (change.part, []))[1].append(change)
        return [(part, tuple(changes)) for part, changes in found.values()]


def difference(left: frozenset[Fact], right: frozenset[Fact]) -> Difference:
    """How the right graph differs from the left one."""
    if left == right:
        return Difference((), 0, places=False)
    one, other = parts_of(Facts(left)), parts_of(Facts(right))
    pairs = matched(one, other)
    changes = tuple(_changes(one, other, pairs))
    rest = 0 if changes else len(_without_places(left) ^ _without_places(right))
    return Difference(changes, rest, places=not changes and not rest)


def _changes(left: Sequence[Part], right: Sequence[Part], pairs: Pairs) -> Iterator[Change]:
    before = {id(other): one for one, other in pairs}
    now = {one.iri: other.iri for one, other in pairs}
    gone = [part for part in left if part.iri not in now]
    follows = {part.iri: left[place - 1].iri if place else "" for place, part in enumerate(left)}
    waiting = {part.iri: part for part in gone}
    seen: set[str] = set()
    for part in right:
        was = before.get(id(part))
        if was is None:
            yield Change("added", None, part, new=part.called)
            continue
        yield from _dropped(waiting, follows, seen)
        seen.add(was.iri)
        yield from _of_part(was, part, now)
    yield from (Change("dropped", part, None, old=part.called) for part in list(waiting.values()))
    yield from _of_whole(left, right, pairs)


def _dropped(waiting: dict[str, Part], follows: dict[str, str], seen: set[str]) -> Iterator[Change]:
    """What has gone, after what it stood behind."""
    for iri in list(waiting):
        if follows[iri] in seen:
            seen.add(iri)
            part = waiting.pop(iri)
            yield Change("dropped", part, None, old=part.called)


def _of_part(was: Part, part: Part, now: dict[str, str]) -> Iterator[Change]:
    if was.number != part.number:
        yield Change("renumbered", was, part, old=was.number, new=part.number)
    if now.get(was.above, was.above) != part.above:
        yield Change("moved", was, part)
    own = was.texts.get("vg:tekst") or part.texts.get("vg:tekst") or was.texts.get("vg:formulering")
    if was.name != part.name and not own:
        yield Change("renamed", was, part, old=was.name, new=part.name)
    for name in dict.fromkeys((*was.texts, *part.texts)):
        old, new = was.texts.get(name, ""), part.texts.get(name, "")
        if old != new and not (name == "dct:title" and new == part.name and old == was.name):
            yield Change("text", was, part, name, old, new)
    for name in dict.fromkeys((*was.links, *part.links)):
        yield from _links(was, part, name, now)
    yield from _demands(was, part)


def _links(was: Part, part: Part, name: str, now: dict[str, str]) -> Iterator[Change]:
    old = {now.get(iri, iri): text for iri, text in was.links.get(name, {}).items()}
    new = part.links.get(name, {})
    for iri in sorted(old.keys() - new.keys()):
        yield Change("link-dropped", was, part, name, old=old[iri], thing=iri)
    for iri in sorted(new.keys() - old.keys()):
        yield Change("link-added", was, part, name, new=new[iri], thing=iri)


def _demands(was: Part, part: Part) -> Iterator[Change]:
    gone = {iri: one for iri, one in was.asks.items() if iri not in part.asks}
    came = {iri: one for iri, one in part.asks.items() if iri not in was.asks}
    for iri, one in gone.items():
        yield Change("demand-dropped", was, part, one.kind, old=one.name, thing=iri)
    for iri, one in came.items():
        yield Change("demand-added", was, part, one.kind, new=one.name, thing=iri)
    for iri, one in part.asks.items():
        before = was.asks.get(iri)
        if before is not None and before.name != one.name:
            yield Change("demand-renamed", was, part, one.kind, before.name, one.name, iri)
        if before is not None and before.note != one.note:
            yield Change("note", was, part, one.kind, before.note, one.note, iri)


def _of_whole(left: Sequence[Part], right: Sequence[Part], pairs: Pairs) -> Iterator[Change]:
    """What nothing in a profile asks for any more, and what something in it asks for that nothing did."""
    of_left, of_right = _by_profile(left), _by_profile(right)
    for was, part in pairs:
        if part.kind != "profiel":
            continue
        old, new = _asked(of_left[was.iri]), _asked(of_right[part.iri])
        for iri in sorted(old.keys() - new.keys()):
            yield Change("no-longer-asked", was, part, old[iri].kind, old=old[iri].name, thing=iri)
        for iri in sorted(new.keys() - old.keys()):
            yield Change("newly-asked", was, part, new[iri].kind, new=new[iri].name, thing=iri)


def _by_profile(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """The parts of each profile, itself among them; what hangs below none is left out."""
    found: dict[str, list[Part]] = {}
    profile: dict[str, str] = {}
    for part in parts:  # each after what it is a part of
        root = part.iri if part.kind == "profiel" else profile.get(part.above)
        if root is not None:
            profile[part.iri] = root
            found.setdefault(root, []).append(part)
    return found


def _asked(parts: Iterable[Part]) -> dict[str, Demand]:
    return {iri: one for part in parts for iri, one in part.asks.items()}


def _without_places(facts: frozenset[Fact]) -> frozenset[Fact]:
    places = {s for s, p, o in facts if p == full("rdf:type") and o.text in _OF_PLACES}
    return frozenset(
        fact for fact in facts if fact[0] not in places and fact[1] not in _PLACES and fact[2].text not in places
    )
