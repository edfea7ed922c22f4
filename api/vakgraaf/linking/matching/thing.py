"""What is matched: something with a name, as much as the words and competences tell of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from vakgraaf.language.words import key, visible


class Kind(StrEnum):
    """What a thing is, as far as it decides which predicate may be proposed."""

    OCCUPATION = "occupation"
    KERNTAAK = "kerntaak"
    WERKPROCES = "werkproces"
    SKILL = "skill"
    COMPETENCE = "competence"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that may be linked. `competences` are letters of the competence model; `skills` the names of the skills
    that it asks; `whole` is the name of what it is a part of (the kerntaak of a werkproces); `broader` are the names
    of broader concepts."""

    iri: str
    kind: Kind
    label: str
    alt_labels: tuple[str, ...] = ()
    text: str = ""
    competences: frozenset[str] = frozenset()
    skills: tuple[str, ...] = ()
    whole: str = ""
    broader: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """All its names, the preferred one first, none twice."""
        return (self.label, *self.alt_labels)


def named(thing: Thing) -> Thing:
    """`thing` with clean names: no invisible signs, and none twice that differs by case, spaces or hyphens only."""
    label = visible(thing.label)
    names = {key(name): name for name in map(visible, (*reversed(thing.alt_labels), label))}
    others = tuple(name for folded, name in names.items() if folded and folded != key(label))
    return replace(thing, label=label, alt_labels=tuple(sorted(others)))
