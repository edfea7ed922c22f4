"""Whether a node conforms to a shape (SHACL §3.5), as one SPARQL expression: for sh:node, sh:not, sh:or and kin."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import SH, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.conditions import of_values
from vakgraaf.validation.compiled.parameters import check_parameters
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import Reading
from vakgraaf.validation.compiled.terms import members, written

_AT_MOST = 3


def fails(reading: Reading, shape: Node, v: str, above: tuple[Node, ...]) -> str:
    """When `?v` does not conform to `shape`; `above` are the shapes that this one stands in.

    Raises `Refused`, also for a shape that stands in itself.
    """
    if shape in above:
        raise Refused("a shape that stands in itself")
    check_parameters(reading, shape)
    if reading.switch(shape, SH.deactivated):
        return "false"
    if reading.values(shape, SH.sparql):
        raise Refused("a SPARQL constraint within another shape")
    above = (*above, shape)
    path, text = reading.path(shape)
    x = reading.fresh("x") if path is not None else v
    tests = [test for _, test in of_values(reading, shape, x)]
    tests += [test for _, test in of_shapes(reading, shape, x, above)]
    tests += [fails(reading, inner, x, above) for inner in reading.values(shape, SH.property)]
    if reading.switch(shape, SH.closed):
        tests.append(unknown_property(reading, shape, x))
    if path is None:
        tests += [f"!sameTerm(?{x}, {written(term)})" for term in reading.values(shape, SH.hasValue)]
        return _any(tests)
    found = [f"EXISTS {{ ?{v} {text} ?{x} FILTER({_any(tests)}) }}"] if tests else []
    found += [test for _, test in of_path(reading, shape, text, v, above)]
    if reading.switch(shape, SH.uniqueLang):
        other = reading.fresh("other")
        found.append(f"EXISTS {{ ?{v} {text} ?{x} . ?{v} {text} ?{other} FILTER({same_language(x, other)}) }}")
    return _any(found)


def of_shapes(reading: Reading, shape: Node, v: str, above: tuple[Node, ...]) -> Iterator[tuple[URIRef, str]]:
    """Component and condition for each constraint on one value that leans on other shapes. Raises `Refused`."""
    for inner in reading.values(shape, SH.node):
        if reading.values(inner, SH.path):
            raise Refused("sh:node that points to a property shape")
        yield SH.NodeConstraintComponent, fails(reading, inner, v, above)
    for inner in reading.values(shape, SH["not"]):
        yield SH.NotConstraintComponent, f"!({fails(reading, inner, v, above)})"
    for parameter, component in (
        (SH["and"], SH.AndConstraintComponent),
        (SH["or"], SH.OrConstraintComponent),
        (SH.xone, SH.XoneConstraintComponent),
    ):
        for head in reading.values(shape, parameter):
            inners = members(reading.shapes, head)
            if not inners:
                raise Refused("an empty list of shapes")
            tests = [fails(reading, inner, v, above) for inner in inners]
            yield component, _combined(parameter, tests)


def of_path(reading: Reading, shape: Node, path: str, f: str, above: tuple[Node, ...]) -> Iterator[tuple[URIRef, str]]:
    """Component and condition on `?f` for each constraint on all values of a path together. Raises `Refused`."""
    least, most = reading.number(shape, SH.minCount), reading.number(shape, SH.maxCount)
    if least:
        yield SH.MinCountConstraintComponent, f"!{_so_many(reading, f, path, least)}"
    if most is not None:
        yield SH.MaxCountConstraintComponent, _so_many(reading, f, path, most + 1)
    for term in reading.values(shape, SH.hasValue):
        yield SH.HasValueConstraintComponent, f"!EXISTS {{ ?{f} {path} {written(term)} }}"
    qualified = reading.values(shape, SH.qualifiedValueShape)
    if qualified and reading.switch(shape, SH.qualifiedValueShapesDisjoint):
        raise Refused("qualified value shapes that are disjoint")
    least, most = reading.number(shape, SH.qualifiedMinCount), reading.number(shape, SH.qualifiedMaxCount)
    if qualified and least is None and most is None:
        raise Refused("a qualified value shape without a count")
    for inner in qualified:
        if least:
            yield (
                SH.QualifiedMinCountConstraintComponent,
                f"!{_so_many(reading, f, path, least, inner, above)}",
            )
        if most is not None:
            yield SH.QualifiedMaxCountConstraintComponent, _so_many(reading, f, path, most + 1, inner, above)


def unknown_property(reading: Reading, shape: Node, v: str) -> str:
    """sh:closed (§4.8.1) as a condition: `?v` has a property that the shape does not name."""
    reading.everything()
    p, o = reading.fresh("p"), reading.fresh("o")
    return f"EXISTS {{ ?{v} ?{p} ?{o} FILTER({not_named(reading, shape, p, o)}) }}"


def not_named(reading: Reading, shape: Node, p: str, o: str) -> str:
    """When the property `?p` with value `?o` is not among those of a closed shape."""
    named = {path for inner in reading.values(shape, SH.property) for path in reading.values(inner, SH.path)}
    for head in reading.values(shape, SH.ignoredProperties):
        named.update(members(reading.shapes, head))
    iris = ", ".join(sorted(written(path) for path in named if isinstance(path, URIRef)))
    resource = (
        f"(?{p} = <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        f" && sameTerm(?{o}, <http://www.w3.org/2000/01/rdf-schema#Resource>))"
    )
    return f"?{p} NOT IN ({iris}) && !{resource}"


def same_language(one: str, other: str) -> str:
    """When two values have a language, and the same one: true for one order of the two only."""
    return f"LANG(?{one}) != '' && LANG(?{one}) = LANG(?{other}) && STR(?{one}) < STR(?{other})"


def _so_many(
    reading: Reading, f: str, path: str, number: int, inner: Node | None = None, above: tuple[Node, ...] = ()
) -> str:
    """That `?f` has at least so many different values, which conform to `inner`."""
    if number > _AT_MOST:
        raise Refused(f"a count of {number}")
    names = [reading.fresh("n") for _ in range(number)]
    parts = []
    for place, name in enumerate(names):
        parts.append(f"?{f} {path} ?{name}")
        tests = [f"!sameTerm(?{other}, ?{name})" for other in names[:place]]
        if inner is not None:
            tests.append(f"!({fails(reading, inner, name, above)})")
        if tests:
            parts.append(f"FILTER({' && '.join(tests)})")
    return f"EXISTS {{ {' . '.join(parts).replace(' . FILTER', ' FILTER').replace(') . ', ') ')} }}"


def _combined(parameter: URIRef, tests: list[str]) -> str:
    if parameter == SH["and"]:
        return _any(tests)
    if parameter == SH["or"]:
        return "(" + " && ".join(f"({test})" for test in tests) + ")"
    ones = " + ".join(f"IF({test}, 0, 1)" for test in tests)
    return f"(({ones}) != 1)"


def _any(tests: list[str]) -> str:
    return "(" + " || ".join(tests) + ")" if tests else "false"
