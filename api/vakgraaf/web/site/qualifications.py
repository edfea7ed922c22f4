"""The qualifications that rest on a profile, with their crebo codes and levels."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Value
from vakgraaf.web.site.chain import Rung, rung
from vakgraaf.web.site.codes import spelled_out
from vakgraaf.web.site.names import Named, named
from vakgraaf.web.site.nearby import Nearby, of


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a framework that somebody says a thing has, and with what authority (None: not said)."""

    level: Named
    status: Value | None
    rung: Rung


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification: the crebo code and mbo level where known, the file it is in, levels in frameworks."""

    iri: str
    name: Value
    crebo: Value | None
    mbo_level: Value | None
    files: tuple[Named, ...]
    levels: tuple[Level, ...]
    stub: bool
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    """Under which codes it was listed before, and is now; the codes are the names."""


def patterns(name: str) -> tuple[str, ...]:
    """What this module needs to know of the profile called `name`; its own properties are asked for elsewhere."""
    here = f"{{{name}}}"
    said = (
        "rdf:type",
        "dct:isReplacedBy",
        "rdfs:label",
        "vg:creboCode",
        "vg:mboNiveau",
        "vg:isOnderdeelVan",
        "vg:heeftInschaling",
    )
    return (
        of(f"{here} vg:isBasisVoor ?s .", *said),
        of(f"{here} vg:isBasisVoor/vg:isOnderdeelVan ?s .", "rdfs:label"),
        of(f"{here} vg:isBasisVoor/^dct:isReplacedBy ?s .", "vg:creboCode", "rdfs:label", "dct:isReplacedBy"),
        of(f"{here} vg:isBasisVoor/dct:isReplacedBy ?s .", "vg:creboCode", "rdfs:label"),
        of(f"{here} vg:isBasisVoor?/vg:heeftInschaling ?s .", "vg:niveau", "vg:status"),
        of(f"{here} vg:isBasisVoor?/vg:heeftInschaling/vg:niveau ?s .", "rdfs:label", "skos:notation", "skos:inScheme"),
        of(f"{here} vg:isBasisVoor?/vg:heeftInschaling/vg:niveau/skos:inScheme ?s .", "skos:notation"),
    )


def qualifications(near: Nearby, profile: str) -> tuple[Qualification, ...]:
    """The qualifications that a profile is the basis for, those that are known by name only last."""
    found = (
        Qualification(
            iri=thing,
            name=near.label(thing),
            crebo=near.text(thing, "vg:creboCode"),
            mbo_level=near.text(thing, "vg:mboNiveau"),
            files=named(near, *near.things(thing, "vg:isOnderdeelVan")),
            levels=levels(near, thing),
            stub=near.is_a(thing, "vg:Stub"),
            before=_codes(near, near.pointing(thing, "dct:isReplacedBy")),
            after=_codes(near, near.things(thing, "dct:isReplacedBy")),
        )
        for thing in near.things(profile, "vg:isBasisVoor")
    )
    return tuple(sorted(found, key=lambda one: one.stub))


def _codes(near: Nearby, things: list[str]) -> tuple[Named, ...]:
    return tuple(Named(thing, near.text(thing, "vg:creboCode") or near.label(thing)) for thing in things)


def levels(near: Nearby, thing: str) -> tuple[Level, ...]:
    """The levels that a thing is said to have."""
    claims = near.things(thing, "vg:heeftInschaling")
    found = (
        Level(Named(level, near.label(level)), _status(near, claim), rung(near, level))
        for claim in claims
        for level in near.things(claim, "vg:niveau")
    )
    # What a country says goes before what Europe makes of it.
    return tuple(sorted(found, key=lambda one: one.rung.framework == "eqf"))


def _status(near: Nearby, claim: str) -> Value | None:
    status = near.text(claim, "vg:status")
    return spelled_out("vg:status", status, near.language) if status else None
