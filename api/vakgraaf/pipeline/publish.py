"""One way for every change to become public: propose, hold what it touches against the shapes, commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from vakgraaf.engine import Change, Engine, Proposal, StoreInfo
from vakgraaf.pipeline.contents import Contents
from vakgraaf.pipeline.referee import Referee
from vakgraaf.pipeline.remarks import reports
from vakgraaf.pipeline.targets import may_be_judged


@dataclass(frozen=True, slots=True)
class Published:
    """What has become public, and whether a graph came to be that was not there."""

    info: StoreInfo
    created: bool


Condition = Callable[[str, bool], None]
"""Is told the tag of the data that a change is made to, and whether it makes a graph that is not there. What it raises
keeps the change from being made."""


async def publish(
    engine: Engine, change: Change, referee: Referee | None, ident: str = "", condition: Condition | None = None
) -> Published:
    """Carry out `change` if every graph that it touches then conforms to the packaged shapes.

    Warnings and tips are kept with it. Without a `referee` nothing is judged, and nothing remarked. Up to where it
    counts it is among what runs by the name `ident`, and can be ended. Raises `NotConforming`, QueryCancelled, and what
    `condition`, proposing and committing raise; the store is then as it was.
    """
    proposal: Proposal | None = None
    try:
        async with engine.working_out(change, ident):
            proposal = await engine.propose(change)
            if condition is not None:  # what is newest stays that: nobody else writes while there is a proposal
                condition(engine.newest, proposal.created)
            remarks = b"" if referee is None else await _judge(proposal, engine, referee)
    except BaseException:
        if proposal is not None:
            await proposal.discard()
        raise
    return Published(await proposal.commit(remarks), proposal.created)


async def _judge(proposal: Proposal, engine: Engine, referee: Referee) -> bytes:
    """All touched graphs together, as one may speak of another; only those that the shapes may speak of.

    What is remarked on them, as N-Triples.
    """
    touched = {graph: await proposal.content(graph) for graph in proposal.touched}
    judged = {graph: content for graph, content in touched.items() if await asyncio.to_thread(may_be_judged, content)}
    if not judged:
        return b""
    contents = Contents.of(judged)
    replaced = [graph for graph in proposal.touched if graph is not None]
    return reports(await referee.judge(contents.whole[:], engine, replaced), contents)
