"""`scripts/bench validate`: judging beside plain pySHACL and two fast engines, and what each finds compared one by one.

All engines get the same triples, ontology and reference data included, and the packaged shapes; nothing is context.
The fast engines are no part of this project's requirements: `pip install shacl==0.3.4 pyshifty==0.5.1` brings them in,
and without them their rows say so. Read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rdflib import SH, BNode, Graph
from rdflib.term import Node

from bench.contest.table import short, show, times
from bench.registry import statements
from bench.validation_quality import report
from bench.waiting import waiting
from vakgraaf.engine.scratch import graph_of
from vakgraaf.resources import folder
from vakgraaf.validation import Report
from vakgraaf.validation.registry import validate_registry
from vakgraaf.validation.shapes import packaged_context, packaged_shapes
from vakgraaf.validation.validate import packaged_roots, validate, validate_by_reference

Finding = tuple[str, ...]
Findings = Counter[Finding]
Section = Callable[[argparse.Namespace], None]
_PARTS = (SH.focusNode, SH.value, SH.sourceConstraintComponent, SH.sourceShape)
_ADDENDUM = "addendum-persoonlijk-begeleider-specifieke-doelgroepen-2013"
# From here on pySHACL takes minutes; from the second on, as cached here, too.
_MOST_FOR_PLAIN, _MOST_FOR_CACHED = 20_000, 100_000


def main() -> None:
    """Run the sections that are asked for."""
    parser = argparse.ArgumentParser(prog="scripts/bench validate", description=__doc__)
    parser.add_argument("--sections", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="what to measure")
    parser.add_argument(
        "--statements", type=int, nargs="+", default=[5_800, 50_000, 500_000, 1_000_000], help="sizes of the registry"
    )
    asked = parser.parse_args()
    packaged_roots(), packaged_context()
    for section in asked.sections:
        SECTIONS[section](asked)


def addendum(asked: argparse.Namespace) -> None:
    """One addendum in its context, as an author waits for it."""
    content = Graph().parse(folder("data/graphs") / f"{_ADDENDUM}.ttl").serialize(format="nt", encoding="utf-8")
    row("one addendum", content + _context())


def registry(asked: argparse.Namespace) -> None:
    """Registries that were made up."""
    for size in asked.statements:
        content = "".join(f"{line}\n" for line in statements(size)).encode()
        row(f"{size} statements", content + _context())


def waits(asked: argparse.Namespace) -> None:
    """How long somebody waits for one judgement, in a registry of the largest size too."""
    waiting(_ADDENDUM, [max(asked.statements)])


def faults(asked: argparse.Namespace) -> None:
    """Documents and graphs with a fault put into each: is it found at its place, and is nothing else said?"""
    for line in report():
        print(line, flush=True)


SECTIONS: dict[str, Section] = {"waits": waits, "addendum": addendum, "registry": registry, "faults": faults}
"""What can be measured, by name."""


def row(title: str, content: bytes) -> None:
    """Print what each engine takes for `content` (N-Quads), and whether it finds what the first one does."""
    rows: list[tuple[str, ...]] = []
    first: tuple[float, Findings] | None = None
    with tempfile.TemporaryDirectory(prefix="vakgraaf-validate-") as where:
        for name, judge in _engines(content, Path(where)):
            if isinstance(judge, str):
                rows.append((name, judge, "", ""))
                continue
            start = time.perf_counter()
            found = judge()
            took = time.perf_counter() - start
            first = first or (took, found)
            missing, extra = (first[1] - found).total(), (found - first[1]).total()
            same = "the same" if not missing and not extra else f"{missing} missing, {extra} more"
            rows.append((name, f"{short(took)} s{times(took, first[0])}", str(found.total()), same))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    show(f"{title} (at most {peak} MB until here)", ("engine", "time", "findings", "compared"), rows)


def _engines(content: bytes, where: Path) -> Iterator[tuple[str, Callable[[], Findings] | str]]:
    size = content.count(b"\n")
    yield "queries, from N-Quads", lambda: _of_report(validate_registry([content], Graph()))
    if size > _MOST_FOR_CACHED:
        yield "pySHACL, as used here", "too large to wait for"
    else:
        graph = graph_of(content)
        yield "as everyone calls it", lambda: _of_report(validate(graph, packaged_shapes()))
        yield "pySHACL, as used here", lambda: _of_report(validate_by_reference(graph, packaged_shapes()))
        usual = Graph()  # it takes no graph whose store knows of no others
        usual += graph
        yield "pySHACL, plain", (lambda: _plain(usual)) if size <= _MOST_FOR_PLAIN else "too large to wait for"
    data, shapes = where / "data.nt", where / "shapes.ttl"
    data.write_bytes(_as_triples(content))
    packaged_shapes().serialize(shapes, format="turtle")
    for name, module, judge in (("shacl 0.3.4", "shacl", _shacl), ("pyshifty 0.5.1", "shifty", _shifty)):
        try:
            peer = importlib.import_module(module)
        except ImportError:
            yield name, "not installed"
            continue
        yield name, lambda peer=peer, judge=judge: judge(peer, data, shapes)  # type: ignore[misc]  # bound at once


def _context() -> bytes:
    return packaged_context().serialize(format="nt", encoding="utf-8")


def _as_triples(content: bytes) -> bytes:
    """The peers read files, of which the larger ones should be N-Triples."""
    return graph_of(content).serialize(format="nt", encoding="utf-8")


def _of_report(report: Report) -> Findings:
    return _of_graph(report.graph)


def _of_graph(graph: Graph) -> Findings:
    return Counter(
        tuple(_said(graph.value(result, part)) for part in _PARTS)
        for report in graph.subjects(SH.conforms)
        for result in graph.objects(report, SH.result)
    )


def _said(term: Node | None) -> str:
    return "" if term is None else "[]" if isinstance(term, BNode) else term.n3()


def _plain(graph: Graph) -> Findings:
    import pyshacl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(graph, shacl_graph=packaged_shapes())
    return _of_graph(report)


def _shacl(peer: Any, data: Path, shapes: Path) -> Findings:
    report = peer.validate(str(data), str(shapes))
    return _of_graph(Graph().parse(data=report.turtle, format="turtle"))


def _shifty(peer: Any, data: Path, shapes: Path) -> Findings:
    _, report, _ = peer.validate(str(data), shacl_graph=str(shapes), infer=False, sort_results=False)
    return _of_graph(report)


if __name__ == "__main__":
    main()
