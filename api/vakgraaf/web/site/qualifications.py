"""The qualifications that rest on a profile, with their crebo codes and levels."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Value
from vakgraaf.web.site.codes import spelled_out
from vakgraaf.web.site.names import Named, named
from vakgraaf.web.site.nearby import Nearby, of


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a framework that somebody says a thing has, and with what authority (None: not said)."""

    level: Named
    status: Value | None


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification: the crebo code and mbo level where known, the file it is in, levels in frameworks."""

    iri: str
    name: Value
    crebo: Value | None
    mbo_level: Value | None
    files: tuple[Named, ...]
    levels: tuple[Level, ...]


def patterns(name: str) -> tuple[str, ...]:
    """What this module needs to know of the profile called `name`; its own properties are asked for elsewhere."""
    here = f"{{{name}}}"
    said = ("rdfs:label", "vg:creboCode", "vg:mboNiveau", "vg:isOnderdeelVan", "vg:heeftInschaling")
    return (
        of(f"{here} vg:isBasisVoor ?s .", *said),
        of(f"{here} vg:isBasisVoor/vg:isOnderdeelVan ?s .", "rdfs:label"),
        of(f"{here} vg:isBasisVoor?/vg:heeftInschaling ?s .", "vg:niveau", "vg:status"),
        of(f"{here} vg:isBasisVoor?/vg:heeftInschaling/vg:niveau ?s .", "rdfs:label"),
    )


def qualifications(near: Nearby, profile: str) -> tuple[Qualification, ...]:
    """The qualifications that a profile is the basis for."""
    return tuple(
        Qualification(
            iri=thing,
            name=near.label(thing),
            crebo=near.text(thing, "vg:creboCode"),
            mbo_level=near.text(thing, "vg:mboNiveau"),
            files=named(near, *near.things(thing, "vg:isOnderdeelVan")),
            levels=levels(near, thing),
        )
        for thing in near.things(profile, "vg:isBasisVoor")
    )


def levels(near: Nearby, thing: str) -> tuple[Level, ...]:
    """The levels that a thing is said to have."""
    claims = near.things(thing, "vg:heeftInschaling")
    return tuple(
        Level(Named(level, near.label(level)), _status(near, claim))
        for claim in claims
        for level in near.things(claim, "vg:niveau")
    )


def _status(near: Nearby, claim: str) -> Value | None:
    status = near.text(claim, "vg:status")
    return spelled_out("vg:status", status, near.language) if status else None
