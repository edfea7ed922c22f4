"""What a proposal or a decision changes in the store: each one change, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from vakgraaf.engine import GraphChange, Replacing, Update
from vakgraaf.errors import InputError, UnknownThing
from vakgraaf.linking.mappings.decisions import Decision, Verdict, decided, log, undone
from vakgraaf.linking.mappings.mapping import Mapping, Status
from vakgraaf.linking.mappings.statements import STATUS, iri, literal, record, statement
from vakgraaf.pipeline.linking.records import LINKS, LOG, PROPOSALS, Asking, decisions, of
from vakgraaf.rdf.formats import N_QUADS


class Wish(NamedTuple):
    """What somebody wants of one mapping (its IRI); `predicate` is "" for the one that was proposed."""

    mapping: str
    verdict: Verdict
    predicate: str = ""
    reason: str = ""


class Step(NamedTuple):
    """A mapping before and after a decision, and that decision."""

    before: Mapping
    after: Mapping
    decision: Decision


async def steps(ask: Asking, wishes: Sequence[Wish], role: str, at: datetime) -> list[Step]:
    """What these wishes come to. Raises `UnknownThing`, and `InputError` for what cannot be decided."""
    there = await of(ask, [wish.mapping for wish in wishes])
    taken_back = [wish.mapping for wish in wishes if wish.verdict is Verdict.UNDO]
    last: dict[str, Decision] = {}
    for decision in await decisions(ask, taken_back) if taken_back else ():
        last.setdefault(decision.mapping, decision)
    found = []
    for wish in wishes:
        mapping = there.get(wish.mapping)
        if mapping is None:
            raise UnknownThing(f"Er is geen koppeling {wish.mapping}.", f"There is no mapping {wish.mapping}.")
        if wish.verdict is not Verdict.UNDO:
            made = decided(mapping, wish.verdict, role, at, predicate=wish.predicate, reason=wish.reason)
        elif wish.mapping in last:
            made = undone(mapping, last[wish.mapping], role, at, wish.reason)
        else:
            raise InputError(f"Over {mapping.iri} is nog niet besloten.", f"Nothing was decided on {mapping.iri} yet.")
        found.append(Step(mapping, *made))
    return found


def as_update(made: Iterable[Step]) -> Update:
    """These decisions as one change. One on a mapping that somebody else has decided on meanwhile does nothing."""
    return Update(";\n".join(map(_operation, made)))


def as_addition(new: Iterable[Mapping]) -> GraphChange:
    """Mappings that are not there yet, with what accepted ones state, as one change."""
    lines = []
    for mapping in new:
        lines += [f"{one} {iri(_home(mapping))} ." for one in record(mapping)]
        if mapping.status is Status.ACCEPTED:
            lines.append(f"{statement(mapping)} {iri(LINKS)} .")
    return GraphChange(None, "\n".join(lines).encode(), N_QUADS, Replacing.NOTHING)


def _operation(step: Step) -> str:
    old, new = step.before, step.after
    here, there = iri(_home(old)), iri(_home(new))
    gone = f" GRAPH <{LINKS}> {{ {statement(old)} }}" if old.status is Status.ACCEPTED else ""
    stated = f" GRAPH <{LINKS}> {{ {statement(new)} }}" if new.status is Status.ACCEPTED else ""
    return (
        f"DELETE {{ GRAPH {here} {{ {iri(old.iri)} ?p ?o }}{gone} }}\n"
        f"INSERT {{ GRAPH {there} {{ {' . '.join(record(new))} }}{stated}\n"
        f"  GRAPH <{LOG}> {{ {' . '.join(log(step.decision))} }} }}\n"
        f"WHERE {{ GRAPH {here} {{ {iri(old.iri)} {iri(STATUS)} {literal(old.status)} ; ?p ?o }} }}"
    )


def _home(mapping: Mapping) -> str:
    return LINKS if mapping.status is Status.ACCEPTED else PROPOSALS
