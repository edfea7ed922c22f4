"""Faulty documents and graphs: each fault is found where it is, and nothing is said of what was left alone.

By default a few faults of each table are judged, and all of them with the slow tests; what they come to is printed by
`scripts/bench validate`.
"""

from __future__ import annotations

import pytest

from validation.mutations.fault import GraphFault, TextFault
from validation.mutations.faults import AROUND, GRAPHS, IN_TASKS, OF_PROFILES, TEXTS
from validation.mutations.judging import Verdict, judge_graph, judge_text


def explained(verdict: Verdict) -> str:
    said = [f"{verdict.name}: {'found' if verdict.found else 'not found'}"]
    said += [f"also said: {text}" for text in verdict.strange]
    said += [f"no longer said: {text}" for text in verdict.gone]
    return "\n".join(said)


def name(fault: TextFault | GraphFault) -> str:
    return fault.name.replace(" ", "-")


# One of the profile takes as long as three of the addendum.
SAMPLE = (*IN_TASKS[::7], *AROUND[::9], *OF_PROFILES[7::20])


@pytest.mark.parametrize("fault", SAMPLE, ids=name)
def test_a_fault_in_a_text_is_found_at_its_place_and_nothing_else(fault: TextFault) -> None:
    verdict = judge_text(fault, seed=0)
    assert verdict.good, explained(verdict)


@pytest.mark.parametrize("fault", [fault for fault in GRAPHS if fault.source == "addendum"][::9], ids=name)
def test_a_fault_in_a_graph_is_found_at_its_node_and_nothing_else(fault: GraphFault) -> None:
    verdict = judge_graph(fault)
    assert verdict.good, explained(verdict)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("fault", TEXTS, ids=name)
def test_every_fault_in_a_text_is_found_at_its_place_and_nothing_else(fault: TextFault, seed: int) -> None:
    verdict = judge_text(fault, seed)
    assert verdict.good, explained(verdict)


@pytest.mark.slow
@pytest.mark.parametrize("fault", GRAPHS, ids=name)
def test_every_fault_in_a_graph_is_found_at_its_node_and_nothing_else(fault: GraphFault) -> None:
    verdict = judge_graph(fault)
    assert verdict.good, explained(verdict)


def test_there_are_more_faults_than_anyone_asked_for() -> None:
    assert len(TEXTS) + len(GRAPHS) >= 150
    assert len({fault.name for fault in (*IN_TASKS, *AROUND)}) >= 60
