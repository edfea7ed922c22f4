"""What one part of a profile asks for, requirement by requirement: in which words, explained how, and where."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Value
from vakgraaf.web.site.demands import KINDS, Demand, demand
from vakgraaf.web.site.nearby import Nearby, Source, of

_OF = "vg:heeftVereiste"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement: the competence or skill (None: not said), the wording where it is another than the name, why.

    `anchor` is where a page has it; empty for all but the first for the same thing.
    """

    iri: str
    name: Value
    demand: Demand | None
    anchor: str
    wording: Value | None
    explanation: Value | None
    sources: list[Source]


def patterns(name: str) -> tuple[str, ...]:
    """What `requirements` needs to know of the part called `name`."""
    here = f"{{{name}}}"
    said = ("rdf:type", "rdfs:label", "vg:betreft", "vg:formulering", "vg:toelichting", "vg:volgorde")
    return (
        of(f"{here} {_OF} ?s .", *said, "prov:wasDerivedFrom"),
        of(f"{here} {_OF}/vg:betreft ?s .", "rdfs:label", "skos:notation"),
        f"{here} {_OF}/vg:betreft ?s . VALUES ?o {{ {' '.join(KINDS)} }} BIND (rdf:type AS ?p) ?s a ?o",
        of(f"{here} {_OF}/prov:wasDerivedFrom ?s .", "vg:brondocument", "vg:beginRegel", "vg:eindRegel", "vg:pagina"),
    )


def requirements(near: Nearby, part: str) -> tuple[Requirement, ...]:
    """The requirements of a part: competences by letter, then the others as the document has them."""
    found, known = [], set()
    for thing in near.things(part, _OF):
        target = near.thing(thing, "vg:betreft")
        found.append(_requirement(near, thing, target, first=target not in known))
        known.add(target)
    codes = [(one, one.demand.code if one.demand else "") for one in found]
    return tuple(one for one, _ in sorted(codes, key=lambda pair: (pair[1] == "", pair[1])))


def of_kind(found: tuple[Requirement, ...], *kinds: str) -> tuple[Requirement, ...]:
    """Those for things of these kinds (`KINDS`, or "" where the kind is not known)."""
    return tuple(one for one in found if (one.demand.kind if one.demand else "") in kinds)


def _requirement(near: Nearby, thing: str, target: str | None, *, first: bool) -> Requirement:
    asked = demand(near, target) if target else None
    wording = near.text(thing, "vg:formulering")
    same = asked is not None and wording is not None and wording.text.casefold() == asked.name.text.casefold()
    return Requirement(
        iri=thing,
        name=near.label(thing),
        demand=asked,
        anchor=asked.anchor if asked and first else "",
        wording=None if same else wording,
        explanation=near.text(thing, "vg:toelichting"),
        sources=near.sources(thing),
    )
