"""A comparison as data: a tree for JSON, and a table with one line for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vakgraaf.web.site.comparison import Aligned, Comparison, Level, Pair, Side
from vakgraaf.web.site.demands import Demand
from vakgraaf.web.site.likeness import NEAR
from vakgraaf.web.site.outline import Part

HEAD = ("level", "relation", "code", "left", "left_iri", "right", "right_iri", "score")
"""The columns of `rows`: `level` is competence, skill or task; `relation` shared, near, aligned, left or right."""

Data = dict[str, object]
Row = tuple[object, ...]

_KINDS: Mapping[str, str] = {"vg:Vakkennis": "knowledge", "vg:Vaardigheid": "practice", "vg:Competentie": "competence"}


def as_data(found: Comparison) -> Data:
    """The whole comparison; scores are 0 to 100, and `null` where somebody said that two match."""
    return {
        "left": _side(found.left),
        "right": _side(found.right),
        "thresholds": {"near": NEAR, "aligned": found.aligned},
        "competences": _level(found.competences),
        "skills": _level(found.skills),
        "tasks": {
            "aligned": [_aligned(pair) for pair in found.tasks],
            "left": [_part(part) for part in found.tasks_left],
            "right": [_part(part) for part in found.tasks_right],
        },
    }


def rows(found: Comparison) -> Iterator[Row]:
    """A line for each thing that both have, is near, or only one has."""
    for level, of in (("competence", found.competences), ("skill", found.skills)):
        for relation, pairs in (("shared", of.shared), ("near", of.near)):
            for pair in pairs:
                score = 100 if relation == "shared" else pair.likeness.score if pair.likeness else ""
                left, right = pair.left, pair.right
                yield level, relation, left.code, left.name.text, left.iri, right.name.text, right.iri, score
        for one in of.left:
            yield level, "left", one.code, one.name.text, one.iri, "", "", ""
        for one in of.right:
            yield level, "right", one.code, "", "", one.name.text, one.iri, ""
    for task in found.tasks:
        name, iri = task.left.numbered, task.left.iri
        yield (
            "task",
            "aligned",
            "",
            name,
            iri,
            task.right.numbered,
            task.right.iri,
            "" if task.score is None else task.score,
        )
    for part in found.tasks_left:
        yield "task", "left", "", part.numbered, part.iri, "", "", ""
    for part in found.tasks_right:
        yield "task", "right", "", "", "", part.numbered, part.iri, ""


def _side(side: Side) -> Data:
    numbers = {"competences": len(side.competences), "skills": len(side.skills), "tasks": len(side.tasks)}
    return {"iri": side.iri, "name": side.name.text, "stub": side.choice.stub} | numbers


def _level(level: Level) -> Data:
    return {
        "shared": [_demand(pair.left) | {"times": [_times(pair.left), _times(pair.right)]} for pair in level.shared],
        "near": [_near(pair) for pair in level.near],
        "left": [_demand(one) | {"times": _times(one)} for one in level.left],
        "right": [_demand(one) | {"times": _times(one)} for one in level.right],
    }


def _near(pair: Pair) -> Data:
    found: Data = {"left": _demand(pair.left), "right": _demand(pair.right)}
    if pair.likeness is None:
        return found | {"score": None, "why": "match"}
    return found | {"score": pair.likeness.score, "why": "within" if pair.likeness.within else "wording"}


def _demand(one: Demand) -> Data:
    found: Data = {"iri": one.iri, "name": one.name.text, "kind": _KINDS.get(one.kind)}
    return found | {"code": one.code} if one.code else found


def _times(one: Demand) -> int:
    return len(one.places)


def _aligned(pair: Aligned) -> Data:
    skills = None if pair.skills is None else [_demand(one) for one in pair.skills]
    both = {"left": _part(pair.left), "right": _part(pair.right)}
    return both | {"score": pair.score, "wording": pair.wording, "skills": skills}


def _part(part: Part) -> Data:
    return {"iri": part.iri, "number": part.number, "name": part.name.text}
