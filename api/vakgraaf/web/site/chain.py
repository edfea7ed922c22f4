"""Why a profile is at a level: the steps from the profile to a framework, read from the derived claims around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from vakgraaf.engine import Value
from vakgraaf.rdf.iris import slug
from vakgraaf.web.site.links import values
from vakgraaf.web.site.names import Named
from vakgraaf.web.site.nearby import Nearby, Source, Triple, full, of

CLAIM = ("rdf:type", "rdfs:label", "vg:niveau", "vg:status", "vg:methode", "vg:afgeleidVia", "dct:source")
_LEVEL = ("rdf:type", "rdfs:label", "skos:notation", "skos:inScheme", "skos:definition", "dct:source")
_REFERENCE = ("rdfs:label", "foaf:page", "dct:bibliographicCitation")
_ONWARD_BY = ("vg:niveau", "vg:afgeleidVia", "dct:source", "prov:wasDerivedFrom", "skos:closeMatch", "skos:broadMatch")
_ONWARD = 6
"""More steps than any chain has: a chain that is a circle ends."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source outside the documents: what it is called, where it is, and the whole reference."""

    iri: str
    name: Value
    page: str
    citation: Value | None


class Place(NamedTuple):
    """Where a document says something."""

    document: Named
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """A level as a page shows it: `framework` is the end of the address of the page of its framework, or ""."""

    iri: str
    name: Value
    code: str
    framework: str
    definition: Value | None

    @property
    def anchor(self) -> str:
        """Where the level is on the page of its framework."""
        return "niveau-" + slug(self.code.replace("+", " plus"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `kind` is "kwalificatie", "mbo", "vastgesteld" or "raamwerk"; what it leads to, and its sources."""

    kind: str
    thing: Named | None
    rung: Rung | None
    before: Rung | None
    crebo: Value | None
    claim: str | None
    references: tuple[Reference, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps along one qualification, and the levels in frameworks they lead to."""

    qualification: Named
    steps: tuple[Step, ...]
    rungs: tuple[Rung, ...]


def edges(name: str) -> tuple[str, ...]:
    """What leads from the profile called `name` along claims; what these are called `details` asks for."""
    here = f"{{{name}}}"
    own = ("rdfs:label", "vg:isBasisVoor", "vg:heeftInschaling", "dct:source")
    qualification = ("rdfs:label", "vg:creboCode", "vg:heeftInschaling", "dct:source", "prov:wasDerivedFrom")
    return (
        of(f"VALUES ?s {{ {here} }}", *own),
        of(f"{here} vg:isBasisVoor ?s .", *qualification),
        of(f"{here} vg:heeftInschaling ?s .", *CLAIM),
        of(f"{here} vg:isBasisVoor/vg:heeftInschaling/vg:afgeleidVia* ?s .", *CLAIM),
    )


def details(found: Iterable[Triple]) -> tuple[str, ...]:
    """What the levels, sources and passages are called that were found, and where they are from."""
    onward = {full(name) for name in _ONWARD_BY}
    there = {value.text for _, name, value in found if name in onward and value.kind == "uri"}
    if not (listed := values(there)):
        return ()
    passage = ("vg:brondocument", "vg:beginRegel", "vg:eindRegel")
    return (
        of(f"VALUES ?s {{ {listed} }}", *_LEVEL, *_REFERENCE[1:], *passage),
        of(f"VALUES ?x {{ {listed} }} ?x skos:inScheme ?s .", "skos:notation"),
        of(f"VALUES ?x {{ {listed} }} ?x vg:brondocument ?s .", "rdfs:label"),
    )


def chains(near: Nearby, profile: str) -> tuple[Chain, ...]:
    """The chain along each qualification that the profile is the basis for and that leads somewhere."""
    things = near.things(profile, "vg:isBasisVoor")
    found = (_chain(near, Named(thing, near.label(thing))) for thing in things)
    # A qualification that has a code first, then those that are known by name only.
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.steps[0].crebo is None))


def rung(near: Nearby, level: str) -> Rung:
    """A level of a framework."""
    code, scheme = near.text(level, "skos:notation"), near.thing(level, "skos:inScheme")
    notation = near.text(scheme, "skos:notation") if scheme else None
    name, definition = near.label(level), near.text(level, "skos:definition")
    return Rung(level, name, code.text if code else "", slug(notation.text) if notation else "", definition)


def references(near: Nearby, thing: str) -> tuple[Reference, ...]:
    """The sources that are stated of a thing."""
    found = []
    for iri in near.things(thing, "dct:source"):
        page = near.values(iri, "foaf:page")
        found.append(
            Reference(iri, near.label(iri), page[0].text if page else "", near.text(iri, "dct:bibliographicCitation"))
        )
    return tuple(found)


def _chain(near: Nearby, qualification: Named) -> Chain | None:
    claims = near.things(qualification.iri, "vg:heeftInschaling")
    ways = [_steps(near, claim) for claim in claims]
    longest = max(ways, key=len, default=())
    if not longest:
        return None
    places = _places(near, qualification.iri)
    said = references(near, qualification.iri)
    crebo = near.text(qualification.iri, "vg:creboCode")
    first = Step("kwalificatie", qualification, None, None, crebo, None, said, places)
    steps = (first, *(_with_grounds(step, said, places) for step in longest))
    return Chain(
        qualification, steps, tuple(step.rung for step in steps if step.rung is not None and step.kind != "mbo")
    )


def _places(near: Nearby, thing: str) -> tuple[Place, ...]:
    found: dict[str, list[Source]] = {}
    for source in near.sources(thing):
        found.setdefault(source.document, []).append(source)
    return tuple(Place(Named(one, near.label(one)), tuple(sources)) for one, sources in found.items())


def _with_grounds(step: Step, said: tuple[Reference, ...], places: tuple[Place, ...]) -> Step:
    """The mbo level of a qualification is where the qualification itself is described."""
    if step.kind != "mbo":
        return step
    return Step("mbo", step.thing, step.rung, None, step.crebo, None, said + step.references, places)


def _steps(near: Nearby, claim: str, depth: int = 0) -> tuple[Step, ...]:
    """The steps that lead to a claim, the last one to its level."""
    level = near.thing(claim, "vg:niveau")
    if level is None or depth > _ONWARD:
        return ()
    via = near.things(claim, "vg:afgeleidVia")
    status = near.text(claim, "vg:status")
    if not via:
        if status is None or status.text != "vastgesteld":
            return ()
        return (Step("vastgesteld", None, rung(near, level), None, None, claim, references(near, claim), ()),)
    relation = next((one for one in via if _is(near, one, "vastgesteld")), None)
    before = next((one for one in via if one != relation), None)
    if before is None:
        return ()
    if near.thing(before, "vg:niveau"):
        earlier = _steps(near, before, depth + 1)
    else:
        earlier = (Step("mbo", None, rung(near, before), None, None, None, (), ()),)
    last = earlier[-1].rung if earlier else None
    said = references(near, relation) if relation else ()
    return (*earlier, Step("raamwerk", None, rung(near, level), last, None, relation, said, ()))


def _is(near: Nearby, claim: str, status: str) -> bool:
    found = near.text(claim, "vg:status")
    return found is not None and found.text == status
