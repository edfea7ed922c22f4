"""Levels that follow along a chain: profile → qualification → its mbo level → NLQF → EQF.

A qualification is at the levels that somebody established for it, else at those of its mbo level; a profile is at the
levels of the qualifications that it is the basis for. What follows is a claim (vg:Inschaling) in the derived graph, of
status "afgeleid", with what it rests on (vg:afgeleidVia). A level that somebody rejected for a thing is not derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.engine.packaged import DERIVED_GRAPH
from vakgraaf.rdf.names import BASE, slug
from vakgraaf.rdf.prefixes import PREFIXES

_DERIVED = ox.NamedNode(DERIVED_GRAPH)
_MBO = f"{BASE}id/niveau/mbo-"
_CHAIN = ox.Literal("keten")
_MOST_STEPS = 4
"""A chain along frameworks ends: mbo to NLQF to EQF are two steps."""


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


_TYPE, _LABEL, _NOTATION, _SCHEME = (
    _term(name) for name in ("rdf:type", "rdfs:label", "skos:notation", "skos:inScheme")
)
_CLAIM, _HAS, _LEVEL, _STATUS, _METHOD, _VIA = (
    _term(f"vg:{name}") for name in ("Inschaling", "heeftInschaling", "niveau", "status", "methode", "afgeleidVia")
)
_BASIS, _BASED, _MBO_LEVEL = (_term(f"vg:{name}") for name in ("isBasisVoor", "gebaseerdOp", "mboNiveau"))
_CAUSES = frozenset({_HAS, _LEVEL, _STATUS, _BASIS, _BASED, _MBO_LEVEL, _NOTATION, _SCHEME})
_WORDS = (("Afgeleid", "nl"), ("Derived", "en"))


class _Step(NamedTuple):
    """A level that something is at, and the claim that says so (None: it is its mbo level)."""

    level: ox.NamedNode
    claim: ox.NamedNode | None


def concerned(store: ox.Store, changed: Iterable[ox.Quad]) -> bool:
    """Whether levels may follow from the change that did not before, or the other way about."""
    return any(
        quad.predicate in _CAUSES or (quad.predicate == _LABEL and _is_level(store, quad.subject)) for quad in changed
    )


def level_claims(store: ox.Store) -> set[ox.Quad]:
    """All that follows about levels from the other graphs, as quads of the derived graph."""
    found: set[ox.Quad] = set()
    reached: dict[ox.NamedNode, list[_Step]] = {}
    qualifications: set[object] = {quad.subject for quad in store.quads_for_pattern(None, _MBO_LEVEL, None, None)}
    qualifications |= {quad.object for quad in store.quads_for_pattern(None, _BASIS, None, None)}
    for thing in qualifications:
        if isinstance(thing, ox.NamedNode):
            reached[thing] = list(_of_qualification(store, thing, found))
    for quad in store.quads_for_pattern(None, _BASIS, None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            for step in reached.get(quad.object, ()):
                via = [quad.object, *([step.claim] if step.claim is not None else [])]
                _claim(store, quad.subject, step.level, via, found)
    return found


def known_claims(store: ox.Store) -> set[ox.Quad]:
    """What of this is in the derived graph of the store."""
    claims = {quad.subject for quad in store.quads_for_pattern(None, _METHOD, _CHAIN, _DERIVED)}
    found: set[ox.Quad] = set()
    for claim in claims:
        if isinstance(claim, ox.NamedNode):
            found.update(store.quads_for_pattern(claim, None, None, _DERIVED))
            found.update(store.quads_for_pattern(None, _HAS, claim, _DERIVED))
    return found


def _of_qualification(store: ox.Store, thing: ox.NamedNode, found: set[ox.Quad]) -> Iterator[_Step]:
    """The levels of a qualification, each with its claim; new claims are added to `found`."""
    todo = [_Step(level, claim) for level, claim in _established(store, thing)]
    if not todo:
        levels = {
            quad.object.value
            for quad in store.quads_for_pattern(thing, _MBO_LEVEL, None, None)
            if isinstance(quad.object, ox.Literal)
        }
        # Two mbo levels are a mistake in the data, which the shapes report; nothing follows from it.
        todo = [_Step(ox.NamedNode(_MBO + level), None) for level in levels if len(levels) == 1 and level.isdigit()]
    else:
        yield from todo
    for _ in range(_MOST_STEPS):
        following = []
        for step in todo:
            for level, relation in _established(store, step.level):
                via = [relation, step.claim if step.claim is not None else step.level]
                claim = _claim(store, thing, level, via, found)
                if claim is not None:
                    following.append(_Step(level, claim))
        yield from following
        todo = following


def _established(store: ox.Store, thing: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    """The levels that a thing is at by what somebody established, with the claim."""
    for quad in store.quads_for_pattern(thing, _HAS, None, None):
        claim = quad.object
        if quad.graph_name == _DERIVED or not isinstance(claim, ox.NamedNode):
            continue
        if _text(store, claim, _STATUS) == "vastgesteld":
            for said in store.quads_for_pattern(claim, _LEVEL, None, None):
                if isinstance(said.object, ox.NamedNode):
                    yield said.object, claim


def _claim(
    store: ox.Store, thing: ox.NamedNode, level: ox.NamedNode, via: Iterable[ox.NamedNode], found: set[ox.Quad]
) -> ox.NamedNode | None:
    """The derived claim that a thing is at a level, added to `found`; None where that was rejected or has no name."""
    if _rejected(store, thing, level) or not thing.value.startswith(f"{BASE}id/"):
        return None
    scheme = next((q.object for q in store.quads_for_pattern(level, _SCHEME, None, None)), None)
    codes = [_text(store, one, _NOTATION) for one in (scheme, level) if isinstance(one, ox.NamedNode)]
    if len(codes) != 2 or not all(codes):
        return None
    reference = thing.value.removeprefix(f"{BASE}id/").removeprefix("profiel/").replace("/", "-")
    code = slug(" ".join(codes).replace("+", " plus"))
    claim = ox.NamedNode(f"{BASE}id/inschaling/{reference}-{code}")
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (_TYPE, _CLAIM),
        (_LEVEL, level),
        (_STATUS, ox.Literal("afgeleid")),
        (_METHOD, _CHAIN),
        *((_VIA, one) for one in via),
        *((_LABEL, label) for label in _labels(store, level)),
    ]
    found.add(ox.Quad(thing, _HAS, claim, _DERIVED))
    found.update(ox.Quad(claim, predicate, value, _DERIVED) for predicate, value in said)
    return claim


def _labels(store: ox.Store, level: ox.NamedNode) -> Iterator[ox.Literal]:
    names = {
        q.object.language: q.object.value
        for q in store.quads_for_pattern(level, _LABEL, None, None)
        if isinstance(q.object, ox.Literal)
    }
    for word, language in _WORDS:
        if language in names:
            yield ox.Literal(f"{word}: {names[language]}", language=language)


def _rejected(store: ox.Store, thing: ox.NamedNode, level: ox.NamedNode) -> bool:
    return any(
        isinstance(quad.object, ox.NamedNode)
        and quad.graph_name != _DERIVED
        and _text(store, quad.object, _STATUS) == "afgewezen"
        and next(store.quads_for_pattern(quad.object, _LEVEL, level, None), None) is not None
        for quad in store.quads_for_pattern(thing, _HAS, None, None)
    )


def _text(store: ox.Store, thing: ox.NamedNode, predicate: ox.NamedNode) -> str:
    values = (quad.object for quad in store.quads_for_pattern(thing, predicate, None, None))
    return min((value.value for value in values if isinstance(value, ox.Literal)), default="")


def _is_level(store: ox.Store, thing: ox.NamedNode | ox.BlankNode | ox.Triple) -> bool:
    return (
        isinstance(thing, ox.NamedNode) and next(store.quads_for_pattern(None, _LEVEL, thing, None), None) is not None
    )
