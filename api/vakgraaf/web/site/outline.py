"""What a profile or qualification is divided into: core tasks with work processes, task groups with tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vakgraaf.engine import Value
from vakgraaf.web.site.kinds import KINDS, kind_of
from vakgraaf.web.site.nearby import Nearby, of
from vakgraaf.web.wording import marked

STEPS = "(vg:heeftKerntaak|vg:heeftTaakgebied|vg:heeftTaak|vg:heeftWerkproces)"
"""The ways from a whole to a part, as a property path."""

PARTS = ("vg:heeftKerntaak", "vg:heeftTaakgebied", "vg:heeftTaak", "vg:heeftWerkproces")
_SAID = ("rdf:type", "rdfs:label", "vg:nummer", "vg:volgorde", *PARTS)


_COUNTED = {
    KINDS["vg:Kerntaak"]: (marked("kerntaak"), marked("kerntaken")),
    KINDS["vg:Werkproces"]: (marked("werkproces"), marked("werkprocessen")),
    KINDS["vg:Taakgebied"]: (marked("taakgebied"), marked("taakgebieden")),
    KINDS["vg:Taak"]: (marked("taak"), marked("taken")),
}
"""Kind → how one and how several of them are called."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part with the parts that it has in turn; `kind` is a word of the catalogue."""

    iri: str
    name: Value
    number: str
    kind: str
    parts: tuple[Part, ...]

    @property
    def counts(self) -> tuple[Count, ...]:
        """How many parts of each kind it has directly."""
        return counts(self.parts)

    @property
    def numbered(self) -> str:
        """The name after the printed number."""
        return f"{self.number} {self.name.text}".lstrip()


class Count(NamedTuple):
    """How many parts of a kind there are, and the word for that many (of the catalogue)."""

    number: int
    word: str


def below(name: str) -> str:
    """A pattern: what `outline` needs of the parts of the thing called `name`."""
    return of(f"{{{name}}} {STEPS}+ ?s .", *_SAID)


def outline(near: Nearby, whole: str) -> tuple[Part, ...]:
    """The parts of a thing in the order of the document. `near` was asked `about` it and what is `below` it."""
    return _parts(near, whole, frozenset({whole}))


def every(parts: Iterable[Part]) -> Iterator[Part]:
    """These parts and all within them, as a reader meets them."""
    for part in parts:
        yield part
        yield from every(part.parts)


def counts(parts: Iterable[Part]) -> tuple[Count, ...]:
    """How many of each kind these are."""
    kinds = Counter(part.kind for part in parts)
    return tuple(
        Count(kinds[kind], one if kinds[kind] == 1 else many) for kind, (one, many) in _COUNTED.items() if kinds[kind]
    )


def _parts(near: Nearby, whole: str, above: frozenset[str]) -> tuple[Part, ...]:
    """`above` keeps what is by mistake a part of itself from going on for ever."""
    return tuple(
        Part(
            iri=part,
            name=near.label(part),
            number=number.text if (number := near.text(part, "vg:nummer")) else "",
            kind=kind_of(value.text for value in near.values(part, "rdf:type")) or KINDS["vg:Taak"],
            parts=_parts(near, part, above | {part}),
        )
        for part in near.things(whole, *PARTS)
        if part not in above
    )
