"""When a value breaks a constraint (SHACL §4), as a SPARQL expression on `?v` that is never an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rdflib import RDF, SH, XSD, Literal, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.regular import translated
from vakgraaf.validation.compiled.rules import Reading, class_test
from vakgraaf.validation.compiled.terms import members, written

Condition = tuple[URIRef, str]
_KINDS = {
    SH.IRI: "isIRI(?{v})",
    SH.BlankNode: "isBlank(?{v})",
    SH.Literal: "isLiteral(?{v})",
    SH.BlankNodeOrIRI: "!isLiteral(?{v})",
    SH.BlankNodeOrLiteral: "!isIRI(?{v})",
    SH.IRIOrLiteral: "!isBlank(?{v})",
}
_RANGES = {
    SH.minInclusive: (">=", SH.MinInclusiveConstraintComponent),
    SH.minExclusive: (">", SH.MinExclusiveConstraintComponent),
    SH.maxInclusive: ("<=", SH.MaxInclusiveConstraintComponent),
    SH.maxExclusive: ("<", SH.MaxExclusiveConstraintComponent),
}
_LENGTHS = {
    SH.minLength: (">=", SH.MinLengthConstraintComponent),
    SH.maxLength: ("<=", SH.MaxLengthConstraintComponent),
}


def of_values(reading: Reading, shape: Node, v: str) -> Iterator[Condition]:
    """A component and its condition for each constraint that looks at one value at a time. Raises `Refused`."""
    for parameter, make in _MAKERS.items():
        for given in reading.values(shape, parameter):
            yield make(reading, shape, given, v)


def _class(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
    reading.reads.add(RDF.type)
    if not isinstance(given, URIRef):
        raise Refused("a class without a name")
    return SH.ClassConstraintComponent, f"!{class_test(v, written(given))}"


def _datatype(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
    """Ill-typed literals are told apart by `«ill»`, filled in with those that there are."""
    reading.one(shape, SH.datatype)
    if not isinstance(given, URIRef) or not (str(given).startswith(str(XSD)) or given == RDF.langString):
        raise Refused(f"an unusual datatype: {given}")
    wanted = written(given)
    return SH.DatatypeConstraintComponent, f"(!(isLiteral(?{v}) && DATATYPE(?{v}) = {wanted}) || «ill {v} {wanted}»)"


def _kind(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
    reading.one(shape, SH.nodeKind)
    if not isinstance(given, URIRef) or given not in _KINDS:
        raise Refused(f"an unknown kind of node: {given}")
    return SH.NodeKindConstraintComponent, f"!({_KINDS[given].format(v=v)})"


def _range(parameter: URIRef) -> Callable[[Reading, Node, Node, str], Condition]:
    sign, component = _RANGES[parameter]

    def make(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
        if not isinstance(given, Literal) or given.datatype not in (XSD.integer, XSD.decimal):
            raise Refused(f"a bound that is no number: {given!r}")
        return component, f"!(isNumeric(?{v}) && ?{v} {sign} {written(given)})"

    return make


def _length(parameter: URIRef) -> Callable[[Reading, Node, Node, str], Condition]:
    sign, component = _LENGTHS[parameter]

    def make(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
        number = reading.number(shape, parameter)
        return component, f"(isBlank(?{v}) || !(STRLEN(STR(?{v})) {sign} {number}))"

    return make


def _pattern(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
    flags = reading.one(shape, SH.flags)
    if not isinstance(given, Literal) or str(flags or "") not in ("", "i"):
        raise Refused(f"an unusual pattern: {given!r} {flags!r}")
    text = translated(str(given))
    case = ', "i"' if flags else ""
    return SH.PatternConstraintComponent, f"(isBlank(?{v}) || !REGEX(STR(?{v}), {written(Literal(text))}{case}))"


def _languages(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
    reading.one(shape, SH.languageIn)
    tags = [str(tag).lower() for tag in members(reading.shapes, given)]
    if not all(re.fullmatch(r"[a-z]+", tag) for tag in tags):
        raise Refused(f"unusual language ranges: {tags}")
    tests = " || ".join(f'LANGMATCHES(LANG(?{v}), "{tag}")' for tag in tags)
    return SH.LanguageInConstraintComponent, f"!(isLiteral(?{v}) && ({tests or 'false'}))"


def _in(reading: Reading, shape: Node, given: Node, v: str) -> Condition:
    reading.one(shape, SH["in"])
    tests = " || ".join(f"sameTerm(?{v}, {written(term)})" for term in members(reading.shapes, given))
    return SH.InConstraintComponent, f"!({tests or 'false'})"


_MAKERS: dict[URIRef, Callable[[Reading, Node, Node, str], Condition]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _kind,
    **{parameter: _range(parameter) for parameter in _RANGES},
    **{parameter: _length(parameter) for parameter in _LENGTHS},
    SH.pattern: _pattern,
    SH.languageIn: _languages,
    SH["in"]: _in,
}
VALUE_PARAMETERS = frozenset(_MAKERS) | {SH.flags}
