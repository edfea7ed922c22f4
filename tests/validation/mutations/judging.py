"""What is said of a broken text or graph, less what is said of the original: the fault, and nothing but the fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from rdflib import Graph

from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.judging import judge
from vakgraaf.rdf.iris import VGS
from vakgraaf.resources import folder
from vakgraaf.validation import Report, Result, validate
from validation.mutations.fault import GraphFault, TextFault
from validation.mutations.manuscript import Manuscript

FILES = {
    "addendum": "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013",
    "profile": "bcp-thuisbegeleider-2011",
}


@dataclass(frozen=True)
class Verdict:
    """What became of one fault: whether it was found at its place, what else was said, what is said no more."""

    name: str
    found: bool
    strange: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Found where it is, and nothing else said."""
        return self.found and not self.strange and not self.gone


@cache
def text_of(source: str) -> str:
    """The real text."""
    return (folder("data/sources") / f"{FILES[source]}.txt").read_text("utf-8")


@cache
def graph_of(source: str) -> Graph:
    """The real graph; not to be changed."""
    return Graph().parse(folder("data/graphs") / f"{FILES[source]}.ttl")


@cache
def said_of_text(source: str) -> Report:
    """The report on the real text."""
    return report_on(text_of(source), source)


@cache
def said_of_graph(source: str) -> Report:
    """The report on the real graph."""
    return validate(graph_of(source))


def report_on(text: str, source: str) -> Report:
    """The report on a text under the name of the real one."""
    return judge([Input(f"{FILES[source]}.txt", text.encode())]).report


def judge_text(fault: TextFault, seed: int) -> Verdict:
    """Break the real text and see what is said."""
    manuscript = Manuscript.of(text_of(fault.source), seed)
    fault.broken(manuscript)
    places = manuscript.places
    assert places, f"{fault.name}: where is it?"

    def here(result: Result) -> bool:
        return any(places & set(range(at.first, at.last + 1)) for at in result.lines)

    now = report_on(manuscript.text, fault.source)
    return _verdict(f"{fault.name} [{seed}]", fault, said_of_text(fault.source), now, here)


def judge_graph(fault: GraphFault) -> Verdict:
    """Break the real graph and see what is said."""
    graph = Graph() + graph_of(fault.source)
    fault.broken(graph)

    def here(result: Result) -> bool:
        return result.focus == fault.focus and result.path == fault.path

    return _verdict(fault.name, fault, said_of_graph(fault.source), validate(graph), here)


def _verdict(
    name: str, fault: TextFault | GraphFault, before: Report, now: Report, here: Callable[[Result], bool]
) -> Verdict:
    old, new = Counter(map(_key, before.results)), Counter(map(_key, now.results))
    fresh = [result for result in now.results if new[_key(result)] > old[_key(result)]]
    found = [result for result in fresh if _rule(result) == fault.rule and here(result)]
    allowed = {fault.rule, *fault.followers}
    strange = _shown(result for result in fresh if _rule(result) not in allowed)
    gone = _shown(r for r in before.results if old[_key(r)] > new[_key(r)] and _rule(r) not in fault.silences)
    return Verdict(name, bool(found), strange, gone)


def _rule(result: Result) -> str:
    return result.source_shape.removeprefix(VGS)


def _key(result: Result) -> tuple[str, ...]:
    """What makes a result the same in another version of a text: not its lines."""
    rule = _rule(result)
    if rule.startswith("Document-"):
        return (rule, result.problems.get("nl", ""))
    # The findings of a document are in its graph as well, and counted there in the order of their lines.
    focus = "bevinding" if "/bevinding/" in result.focus else result.focus
    return (rule, focus, result.path or "", result.value or "")


def _shown(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple(sorted({f"{_rule(r)} {r.label or r.focus} {r.problems.get('nl', '')}".strip() for r in results}))
