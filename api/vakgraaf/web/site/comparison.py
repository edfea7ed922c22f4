"""Two profiles or qualifications side by side: what they share, what is near, and what only one of them has."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vakgraaf.engine import Engine, Value
from vakgraaf.web.site.choices import Choice
from vakgraaf.web.site.demands import Demand, asked, asked_things, demands
from vakgraaf.web.site.likeness import ALIGNED, ALIGNED_BY_NAME, Likeness, Tasks, Wording
from vakgraaf.web.site.nearby import Nearby, nearby, of
from vakgraaf.web.site.outline import PARTS, STEPS, Part, below, every, outline

_MATCHES = ("skos:closeMatch", "skos:exactMatch", "skos:broadMatch", "skos:narrowMatch")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its tasks, as small as it has them, with their descriptions, and what it asks for."""

    choice: Choice
    tasks: tuple[Part, ...]
    texts: tuple[str, ...]
    asked: tuple[frozenset[str], ...]
    competences: tuple[Demand, ...]
    skills: tuple[Demand, ...]

    @property
    def iri(self) -> str:
        """Which of all things it is."""
        return self.choice.iri

    @property
    def name(self) -> Value:
        """What it is called."""
        return self.choice.name

    @property
    def empty(self) -> bool:
        """Whether nothing is known of what it asks for."""
        return not (self.tasks or self.competences or self.skills)


@dataclass(frozen=True, slots=True)
class Pair:
    """What both ask for, as each has it. Of two skills that are near, how much their wordings are alike.

    Without `likeness` they are the same, or somebody said that they match.
    """

    left: Demand
    right: Demand
    likeness: Likeness | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two tasks that are alike: altogether, in words, and the skills that both ask for (None: one asks for none).

    Of two that somebody said match there is no score.
    """

    left: Part
    right: Part
    score: int | None
    wording: int
    skills: tuple[Demand, ...] | None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the comparison: competences or skills."""

    shared: tuple[Pair, ...]
    near: tuple[Pair, ...]
    left: tuple[Demand, ...]
    right: tuple[Demand, ...]

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """How many only the left one has, both have, are near, and only the right one has."""
        return len(self.left), len(self.shared), len(self.near), len(self.right)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides, and what they share and what only one has: competences, skills, tasks.

    Tasks are set side by side from the likeness `aligned` on.
    """

    left: Side
    right: Side
    competences: Level
    skills: Level
    tasks: tuple[Aligned, ...]
    tasks_left: tuple[Part, ...]
    tasks_right: tuple[Part, ...]
    aligned: int


async def compared(engine: Engine, left: Choice, right: Choice, language: str) -> Comparison:
    """The two compared, with one question about both."""
    things = {f"root{n}": root for n, root in enumerate(dict.fromkeys((*left.roots, *right.roots)))}
    patterns = [pattern for name in things for pattern in _patterns(name)]
    near = await nearby(engine, language, *patterns, **things)
    return await asyncio.to_thread(comparison, near, left, right)  # words are slow to stem when they are new


def comparison(near: Nearby, left: Choice, right: Choice) -> Comparison:
    """The two compared, as `near` knows them."""
    one, other = _side(near, left), _side(near, right)
    described = all(any(side.texts) for side in (one, other))
    tasks = _aligned(near, one, other, described=described)
    done = {part.iri for pair in tasks for part in (pair.left, pair.right)}
    return Comparison(
        left=one,
        right=other,
        competences=_level(near, one.competences, other.competences),
        skills=_level(near, one.skills, other.skills, alike=True),
        tasks=tasks,
        tasks_left=tuple(part for part in one.tasks if part.iri not in done),
        tasks_right=tuple(part for part in other.tasks if part.iri not in done),
        aligned=_floor(described=described),
    )


def _floor(*, described: bool) -> int:
    return ALIGNED if described else ALIGNED_BY_NAME


def _patterns(name: str) -> tuple[str, ...]:
    things = f"{{ SELECT DISTINCT ?s WHERE {{ {{{name}}} {STEPS}*/vg:vereist ?s }} }}"
    return (
        of(f"VALUES ?s {{ {{{name}}} }}", *PARTS),
        below(name),
        of(f"{{{name}}} {STEPS}+ ?s .", "vg:omschrijving", *_MATCHES),
        asked(name),
        asked_things(name),
        of(things, *_MATCHES),
    )


def _side(near: Nearby, choice: Choice) -> Side:
    parts = list(every(part for root in choice.roots for part in outline(near, root)))
    tasks = {part.iri: part for part in parts if not part.parts and not near.is_a(part.iri, "vg:Taakgebied")}
    asks = demands(near, tuple(dict.fromkeys((*choice.roots, *(part.iri for part in parts)))))
    skills = tuple(one for one in asks if one.kind != "vg:Competentie")
    known = {one.iri for one in skills}
    return Side(
        choice=choice,
        tasks=tuple(tasks.values()),
        texts=tuple(text.text if (text := near.text(task, "vg:omschrijving")) else "" for task in tasks),
        asked=tuple(frozenset(near.things(task, "vg:vereist")) & known for task in tasks),
        competences=tuple(one for one in asks if one.kind == "vg:Competentie"),
        skills=skills,
    )


def _level(near: Nearby, left: Sequence[Demand], right: Sequence[Demand], *, alike: bool = False) -> Level:
    there = {one.iri: one for one in right}
    shared = tuple(Pair(one, there[one.iri]) for one in left if one.iri in there)
    known = {pair.left.iri for pair in shared}
    rest, others = _without(left, known), _without(right, known)
    close = _near(near, rest, others) if alike else ()
    known = {one.iri for pair in close for one in (pair.left, pair.right)}
    return Level(shared, close, tuple(_without(rest, known)), tuple(_without(others, known)))


def _near(near: Nearby, left: Sequence[Demand], right: Sequence[Demand]) -> tuple[Pair, ...]:
    """Pairs of skills, each skill in one at most: first those that are said to match, then the most alike."""
    words = {one.iri: Wording.of(one.name.text) for one in (*left, *right)}
    matching = _matching(near, (one.iri for one in (*left, *right)))
    found = []
    for one in left:
        for other in right:
            if (one.iri, other.iri) in matching:
                found.append(Pair(one, other))
            elif (likeness := words[one.iri].likeness(words[other.iri])) is not None:
                found.append(Pair(one, other, likeness))
    found.sort(key=lambda pair: (-(pair.likeness.score if pair.likeness else 101), pair.left.iri, pair.right.iri))
    taken: set[str] = set()
    kept = []
    for pair in found:
        if taken.isdisjoint((pair.left.iri, pair.right.iri)):
            taken |= {pair.left.iri, pair.right.iri}
            kept.append(pair)
    return tuple(kept)


def _matching(near: Nearby, things: Iterable[str]) -> set[tuple[str, str]]:
    """The pairs that somebody said match, both ways round."""
    pairs = {(thing, other) for thing in things for other in near.things(thing, *_MATCHES)}
    return pairs | {(other, thing) for thing, other in pairs}


def _aligned(near: Nearby, left: Side, right: Side, *, described: bool) -> tuple[Aligned, ...]:
    """Pairs of tasks, each task in one at most: first those that are said to match, then the most alike.

    Descriptions count only where both sides are `described`: they have many more words than a name.
    """
    names = {one.iri: one for one in (*left.skills, *right.skills)}
    texts = [zip(side.tasks, side.texts, strict=True) for side in (left, right)]
    words = Tasks([(task.name.text, text if described else "") for side in texts for task, text in side])
    matching = _matching(near, (task.iri for side in (left, right) for task in side.tasks))
    found = []
    for n, one in enumerate(left.tasks):
        for m, other in enumerate(right.tasks):
            wording = 100 if one.iri == other.iri else words.likeness(n, len(left.tasks) + m)
            skills = _both(left.asked[n], right.asked[m])
            score = wording if skills is None else round((wording + skills[1]) / 2)
            matched = (one.iri, other.iri) in matching
            if matched or score >= _floor(described=described):
                both = None if skills is None else tuple(names[thing] for thing in sorted(skills[0]))
                pair = Aligned(one, other, None if matched else score, wording, both)
                found.append((-101 if matched else -score, n, m, pair))
    taken: set[tuple[str, int]] = set()
    kept = []
    for _, n, m, pair in sorted(found, key=lambda one: one[:3]):
        if ("left", n) not in taken and ("right", m) not in taken:
            taken |= {("left", n), ("right", m)}
            kept.append(pair)
    return tuple(kept)


def _both(one: frozenset[str], other: frozenset[str]) -> tuple[frozenset[str], float] | None:
    """The skills that two tasks share, and how large a part that is (Dice), 0 to 100; None where one asks for none."""
    if not one or not other:
        return None
    return one & other, 200 * len(one & other) / (len(one) + len(other))


def _without(asks: Iterable[Demand], known: set[str]) -> list[Demand]:
    return [one for one in asks if one.iri not in known]
