"""Who was involved in a profile: who legitimated and validated it, and whose people worked on it."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.engine import Value
from vakgraaf.web.site.citing import spoken
from vakgraaf.web.site.names import Named, named
from vakgraaf.web.site.nearby import Nearby, Source, of
from vakgraaf.web.wording import marked

_GROUPS = {
    "stuurgroep": marked("Stuurgroep"),
    "klankbordgroep": marked("Klankbordgroep"),
    "validering": marked("Validering"),
}
_ACTS = "(vg:heeftLegitimering|vg:heeftValidering)"


@dataclass(frozen=True, slots=True)
class Act:
    """A legitimation or validation: by whom, when (empty: not said), and where that stands."""

    iri: str
    bodies: tuple[Named, ...]
    date: str
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in a group: the organisation and the function, never the person."""

    iri: str
    organisations: tuple[Named, ...]
    function: Value | None
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its seats; `name` is a word of the catalogue where `known`, else what the data call it."""

    name: str
    known: bool
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Involved:
    """All of it."""

    legitimations: tuple[Act, ...]
    validations: tuple[Act, ...]
    groups: tuple[Group, ...]

    def __bool__(self) -> bool:
        return bool(self.legitimations or self.validations or self.groups)


def patterns(name: str) -> tuple[str, ...]:
    """What `involved` needs to know of the profile called `name`; its own properties are asked for elsewhere."""
    here = f"{{{name}}}"
    seat = ("vg:groep", "vg:organisatie", "vg:functie", "vg:gremium", "vg:volgorde", "prov:wasDerivedFrom")
    return (
        of(f"{here} {_ACTS} ?s .", "dct:date", "vg:orgaan", "prov:wasDerivedFrom"),
        of(f"{here} vg:heeftDeelname ?s .", *seat),
        of(f"{here} ({_ACTS}/vg:orgaan)|(vg:heeftDeelname/vg:organisatie) ?s .", "rdfs:label"),
    )


def involved(near: Nearby, profile: str) -> Involved:
    """Who was involved in a profile."""
    seats: dict[str, list[str]] = {}
    for seat in near.things(profile, "vg:heeftDeelname"):
        group = near.text(seat, "vg:groep")
        seats.setdefault(group.text if group else "", []).append(seat)
    order = [*_GROUPS, *sorted(seats.keys() - _GROUPS.keys())]
    return Involved(
        legitimations=_acts(near, profile, "vg:heeftLegitimering"),
        validations=_acts(near, profile, "vg:heeftValidering"),
        groups=tuple(
            Group(_GROUPS.get(name, name), name in _GROUPS, tuple(_seat(near, seat) for seat in seats[name]))
            for name in order
            if name in seats
        ),
    )


def _acts(near: Nearby, profile: str, kind: str) -> tuple[Act, ...]:
    dates = {act: near.text(act, "dct:date") for act in near.things(profile, kind)}
    by_date = sorted(dates.items(), key=lambda one: one[1].text if one[1] else "")
    return tuple(
        Act(act, named(near, *near.things(act, "vg:orgaan")), spoken(date, near.language), near.sources(act))
        for act, date in by_date
    )


def _seat(near: Nearby, seat: str) -> Seat:
    function = near.text(seat, "vg:functie") or near.text(seat, "vg:gremium")
    return Seat(seat, named(near, *near.things(seat, "vg:organisatie")), function, near.sources(seat))
