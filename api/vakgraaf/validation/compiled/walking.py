"""From a shape with targets to its rules: each constraint of the shape, and of the shapes in its sh:property."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rdflib import SH, XSD, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.conditions import of_values
from vakgraaf.validation.compiled.conformance import not_named, of_path, of_shapes, same_language
from vakgraaf.validation.compiled.joining import joined
from vakgraaf.validation.compiled.parameters import check_parameters
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.rules import TARGET, Reading, Rule
from vakgraaf.validation.compiled.terms import written

_NUMBERS = f"<{XSD.integer}>, <{XSD.decimal}>"


@dataclass(frozen=True, slots=True)
class _Place:
    """A shape as it is met: `pattern` binds the focus nodes to `?focus` and the nodes on the way to all `keys`."""

    shape: Node
    severity: Node
    path: Node | None
    text: str
    focus: str
    value: str
    keys: tuple[str, ...]
    pattern: str
    above: tuple[Node, ...]

    @property
    def values(self) -> str:
        """The pattern that binds the value nodes too."""
        return f"{self.pattern} ?{self.focus} {self.text} ?{self.value} ." if self.path is not None else self.pattern

    @property
    def value_keys(self) -> tuple[str, ...]:
        return (*self.keys, self.value) if self.path is not None else self.keys


def rules_of(reading: Reading, shape: Node) -> list[Rule]:
    """The rules of a shape that has targets. Raises `Refused`."""
    return list(_rules(reading, shape, "this", ("this",), TARGET, ()))


def _rules(
    reading: Reading, shape: Node, focus: str, keys: tuple[str, ...], pattern: str, above: tuple[Node, ...]
) -> Iterator[Rule]:
    if shape in above:
        raise Refused("a shape that stands in itself")
    check_parameters(reading, shape, on_top=True)
    if reading.switch(shape, SH.deactivated):
        return
    path, text = reading.path(shape)
    value = reading.fresh("value") if path is not None else focus
    place = _Place(shape, reading.severity(shape), path, text, focus, value, keys, pattern, (*above, shape))
    for component, test in (*of_values(reading, shape, value), *of_shapes(reading, shape, value, place.above)):
        yield _asking(place, component, place.value_keys, f"{place.values} FILTER({test})", value)
    if path is not None:
        for component, test in of_path(reading, shape, text, focus, place.above):
            yield _asking(place, component, keys, f"{pattern} FILTER({test})", None)
    else:
        for term in reading.values(shape, SH.hasValue):
            test = f"!sameTerm(?{focus}, {written(term)})"
            yield _asking(place, SH.HasValueConstraintComponent, keys, f"{pattern} FILTER({test})", None)
    yield from _closed(reading, place)
    yield from _languages(reading, place)
    yield from _pairs(reading, place)
    for constraint in reading.values(shape, SH.sparql):
        yield from _sparql(reading, place, constraint)
    for inner in reading.values(shape, SH.property):
        if not reading.values(inner, SH.path):
            raise Refused("sh:property that points to no property shape")
        yield from _rules(reading, inner, value, place.value_keys, place.values, place.above)


def _asking(place: _Place, component: URIRef, keys: tuple[str, ...], where: str, value: str | None) -> Rule:
    variables = " ".join(f"?{key}" for key in keys)
    text = f"SELECT DISTINCT {variables} WHERE {{ {where} }}"
    return Rule(text, keys, place.focus, value, place.shape, place.severity, component, place.path)


def _closed(reading: Reading, place: _Place) -> Iterator[Rule]:
    """Each property of a value node that a closed shape does not name (§4.8.1)."""
    if not reading.switch(place.shape, SH.closed):
        return
    reading.everything()
    p, o = reading.fresh("p"), reading.fresh("o")
    where = f"{place.values} ?{place.value} ?{p} ?{o} FILTER({not_named(reading, place.shape, p, o)})"
    rule = _asking(place, SH.ClosedConstraintComponent, (*place.value_keys, p, o), where, o)
    yield replace(rule, path=f"?{p}")


def _languages(reading: Reading, place: _Place) -> Iterator[Rule]:
    """Each language that two values share (§4.4.5)."""
    if not reading.switch(place.shape, SH.uniqueLang):
        return
    other, tag = reading.fresh("other"), reading.fresh("tag")
    where = (
        f"{place.values} ?{place.focus} {place.text} ?{other}"
        f" FILTER({same_language(place.value, other)}) BIND(LANG(?{other}) AS ?{tag})"
    )
    yield _asking(place, SH.UniqueLangConstraintComponent, (*place.keys, tag), where, None)


def _pairs(reading: Reading, place: _Place) -> Iterator[Rule]:
    """Values against those of another property (§4.5)."""
    for parameter, make in ((SH.equals, _equals), (SH.disjoint, _disjoint)):
        for other in reading.values(place.shape, parameter):
            reading.reads.add(other)
            yield from make(reading, place, written(other))
    if reading.values(place.shape, SH.lessThan):
        raise Refused("sh:lessThan")
    for other in reading.values(place.shape, SH.lessThanOrEquals):
        reading.reads.add(other)
        yield _at_most(reading, place, written(other))


def _equals(reading: Reading, place: _Place, other: str) -> Iterator[Rule]:
    x = reading.fresh("x")
    where = f"{place.values} FILTER NOT EXISTS {{ ?{place.focus} {other} ?{place.value} }}"
    yield _asking(place, SH.EqualsConstraintComponent, place.value_keys, where, place.value)
    there = (
        f"NOT EXISTS {{ ?{place.focus} {place.text} ?{x} }}"
        if place.path is not None
        else f"(!sameTerm(?{place.focus}, ?{x}))"
    )
    where = f"{place.pattern} ?{place.focus} {other} ?{x} FILTER {there}"
    yield _asking(place, SH.EqualsConstraintComponent, (*place.keys, x), where, x)


def _disjoint(reading: Reading, place: _Place, other: str) -> Iterator[Rule]:
    where = f"{place.values} FILTER EXISTS {{ ?{place.focus} {other} ?{place.value} }}"
    yield _asking(place, SH.DisjointConstraintComponent, place.value_keys, where, place.value)


def _at_most(reading: Reading, place: _Place, other: str) -> Rule:
    """Numbers; and blank nodes, which compare with nothing. Of anything else pySHACL has ideas of its own."""
    x = reading.fresh("x")
    both = f"{place.values} ?{place.focus} {other} ?{x}"
    blank = f"isBlank(?{place.value}) || isBlank(?{x})"
    where = f"{both} FILTER({blank} || ?{place.value} > ?{x})"
    rule = _asking(place, SH.LessThanOrEqualsConstraintComponent, (*place.value_keys, x), where, place.value)
    numeric = " && ".join(f"DATATYPE(?{name}) IN ({_NUMBERS}) && isNumeric(?{name})" for name in (place.value, x))
    return replace(rule, doubt=f"ASK {{ {both} FILTER(!({blank}) && !COALESCE({numeric}, false)) }}")


def _sparql(reading: Reading, place: _Place, constraint: Node) -> Iterator[Rule]:
    if place.focus != "this":
        raise Refused("a SPARQL constraint on the values of another shape")
    if reading.switch(constraint, SH.deactivated):
        return
    query = joined(reading, constraint, place.text)
    names = query.names
    value = "value" if "value" in names else None if place.path is not None else "this"
    yield Rule(
        query.text,
        names,
        "this",
        value,
        place.shape,
        place.severity,
        SH.SPARQLConstraintComponent,
        "?path" if "path" in names else place.path,
        constraint,
        query.doubt,
        query.by_property,
        query.opening,
        query.suspects,
        query.names_all,
        query.needs,
    )
