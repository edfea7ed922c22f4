"""What a profile or qualification asks for: competences and skills, and which of its parts ask for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from vakgraaf.engine import Value
from vakgraaf.web.site.nearby import Nearby, of
from vakgraaf.web.site.outline import STEPS

KINDS = ("vg:Competentie", "vg:Vakkennis", "vg:Vaardigheid")


@dataclass(frozen=True, slots=True)
class Demand:
    """A competence or skill that is asked for, and the parts (or the whole) that ask for it.

    `kind` is one of `KINDS`, or empty for a skill of which is not known what sort it is; `code` a competence's letter.
    """

    iri: str
    name: Value
    kind: str
    code: str
    places: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Where a page that lists it has it."""
        return "eis-" + self.iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]

    @property
    def coded(self) -> str:
        """The name after the letter."""
        return f"{self.code} {self.name.text}".lstrip()


def asked(name: str, klasse: str = "") -> str:
    """A pattern: which part of the thing called `name`, itself among them, asks for what (of this class)."""
    of_class = f" . ?o a {klasse}" if klasse else ""
    return f"{{{name}}} {STEPS}* ?s . BIND (vg:vereist AS ?p) ?s vg:vereist ?o{of_class}"


def asked_things(name: str) -> str:
    """A pattern: what the things are, and are called, that the thing called `name` or a part of it asks for."""
    things = f"{{ SELECT DISTINCT ?s WHERE {{ {{{name}}} {STEPS}*/vg:vereist ?s }} }}"
    return of(things, "rdf:type", "rdfs:label", "skos:notation")


def demands(near: Nearby, parts: tuple[str, ...]) -> tuple[Demand, ...]:
    """What these parts ask for: competences by their letter, then skills by name."""
    places: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        for thing in near.things(part, "vg:vereist"):
            places[thing].append(part)
    found = (demand(near, thing, tuple(where)) for thing, where in places.items())
    return tuple(sorted(found, key=lambda one: (one.code == "", one.code, one.name.text.casefold(), one.iri)))


def demand(near: Nearby, thing: str, places: tuple[str, ...] = ()) -> Demand:
    """One competence or skill."""
    code = near.text(thing, "skos:notation")
    return Demand(
        iri=thing,
        name=near.label(thing),
        kind=next((klasse for klasse in KINDS if near.is_a(thing, klasse)), ""),
        code=code.text if code else "",
        places=places,
    )
