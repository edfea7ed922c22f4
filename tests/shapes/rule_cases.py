"""Which case shows which rule, from the approved reports: what `shapes/examples/rules.json` says."""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import RDF, Graph, URIRef

from vakgraaf.rdf.iris import BASE, VG, VGS

HERE = Path(__file__).parent
ID = f"{BASE}id/"
_ABOUT = re.compile(r"(?:\(|^  )id:([^\s)]+)")
_RULE = re.compile(r"^  Regel: (\S+)$")
Shown = dict[str, str]


def shown_rules(examples: Path) -> dict[str, dict[str, Shown]]:
    """Per rule (its local name) a bad example, and a good one of the same kind of thing: file and focus."""
    found: dict[str, dict[str, Shown]] = {}
    good = {path: Graph().parse(path) for path in [*sorted(examples.glob("*/valid.*.ttl")), examples / "voorbeeld.ttl"]}
    for report in sorted(HERE.glob("*/*.nl.txt"), key=lambda path: (path.parent.name not in path.name, path)):
        case = examples / report.parent.name / f"{report.name.removesuffix('.nl.txt')}.ttl"
        for rule, focus in _results(report.read_text("utf-8")):
            name = rule.removeprefix(str(VGS))
            own = name.lower().startswith(report.parent.name)
            if name not in found or (own and not found[name]["bad"]["file"].startswith(f"{report.parent.name}/")):
                pair = {"bad": {"file": _name(case, examples), "focus": focus}}
                better = _better(Graph().parse(case), focus, good, report.parent.name)
                found[name] = pair | ({"good": _shown(*better, examples)} if better else {})
    return dict(sorted(found.items()))


def _results(text: str) -> list[tuple[str, str]]:
    """Rule and focus of each result of a report; a focus without an IRI as ""."""
    found = []
    for block in text.split("\n\n"):
        lines = block.splitlines()
        rules = [match[1] for line in lines if (match := _RULE.match(line))]
        if rules:
            about = _ABOUT.search("\n".join(lines[1:3]))
            found.append((rules[0], about[1] if about else ""))
    return found


def _better(bad: Graph, focus: str, good: dict[Path, Graph], folder: str) -> tuple[Path, str] | None:
    """Something of the same class in a case without fault, the nearest first."""
    kinds = {kind for kind in bad.objects(URIRef(ID + focus), RDF.type) if str(kind).startswith(str(VG))}
    kinds -= {VG.Taak, VG.Vereiste, VG.Skill, VG.Profiel} if len(kinds) > 1 else set()
    for path, graph in sorted(good.items(), key=lambda item: (item[0].parent.name != folder, item[0])):
        subjects = {subject for kind in kinds for subject in graph.subjects(RDF.type, kind)}
        if not kinds and path.parent.name == folder:
            subjects = {subject for subject in graph.subjects(RDF.type) if str(subject).startswith(ID)}
        for subject in sorted(map(str, subjects)):
            if subject.startswith(ID):
                return path, subject.removeprefix(ID)
    return None


def _shown(path: Path, focus: str, examples: Path) -> Shown:
    return {"file": _name(path, examples), "focus": focus}


def _name(path: Path, examples: Path) -> str:
    return path.relative_to(examples).as_posix()
