"""What shapes ask of a value by itself, tried on each value while the data is read: what is known of it afterwards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from operator import ge, gt, le, lt
from typing import NamedTuple

from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.scanning import unescaped
from vakgraaf.validation.compiled.terms import members

_INNER = (SH.node, SH["not"], SH.qualifiedValueShape)
_INNER_LISTS = (SH["and"], SH["or"], SH.xone)
_TRIED = (SH.pattern, SH["in"], SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)
_WHOLE = re.compile(r"-?\d{1,18}\Z")
_TYPE, _INTEGER = str(RDF.type).encode(), str(XSD.integer).encode()


class Trial(NamedTuple):
    """One constraint on a value: the parameter, what was given for it, and the flags of a pattern."""

    parameter: URIRef
    given: Node
    flags: str


class Given(NamedTuple):
    """A value that is tried: what it says, and whether that is an IRI or a literal with its language or datatype."""

    text: str
    is_iri: bool
    language: bytes
    datatype: bytes


Attempt = Callable[[Given], bool | None]
"""Whether a value fits, as SHACL §4 has it; None where that is better asked."""
Ends = tuple[bool | bytes | None, ...]
"""How each trial of a value ended; for a class, its name."""


class Value(NamedTuple):
    """A kind of value: "iri", "blank" or "literal" with its language or datatype; `iri` only for a class.

    `passed` and `failed` are the trials of which it is certain how they end.
    """

    sort: str
    language: str = ""
    datatype: str = ""
    iri: str = ""
    passed: frozenset[Trial] = frozenset()
    failed: frozenset[Trial] = frozenset()


@dataclass(frozen=True)
class Trials:
    """What is to be tried on the values of which property, by its IRI.

    `classed`: those of which the class of the values is asked; `followed_back`: those that are followed backwards.
    """

    tried: dict[bytes, tuple[tuple[Trial, Attempt], ...]]
    classed: frozenset[URIRef]
    followed_back: frozenset[URIRef]

    def ends(self, predicate: bytes, thing: bytes, text: bytes, language: bytes, datatype: bytes) -> Ends:
        """How the trials of a property end for a value: `thing` with its brackets, or the rest for a literal."""
        if predicate == _TYPE:
            return (thing,)
        if thing.startswith(b"_"):
            return ()
        said = thing[1:-1].decode() if thing else unescaped(text) if b"\\" in text else text.decode()
        given = Given(said, bool(thing), language, datatype)
        return tuple([attempt(given) for _, attempt in self.tried[predicate]])

    def value(self, predicate: bytes, thing: bytes, language: bytes, datatype: bytes, ends: Ends) -> Value:
        """The kind of a value of which only the beginning of `thing` counts, once the ends of its trials are known."""
        sort = "literal" if not thing else "blank" if thing.startswith(b"_") else "iri"
        of_text = str(RDF.langString) if language else datatype.decode() or str(XSD.string)
        named = ends[0][1:-1].decode() if sort == "iri" and ends and isinstance(ends[0], bytes) else ""
        trials = [trial for trial, _ in self.tried.get(predicate, ())]
        ended = list(zip(trials, ends, strict=False))
        return Value(
            sort,
            language.decode(),
            of_text if sort == "literal" else "",
            named,
            frozenset(trial for trial, end in ended if end is True),
            frozenset(trial for trial, end in ended if end is False),
        )


def trials_of(shapes: Graph) -> Trials:
    """All trials of the property shapes whose path is a property, one of some, or one that is followed backwards."""
    tried: dict[bytes, dict[Trial, Attempt]] = defaultdict(dict)
    classed, followed = set[URIRef](), set[URIRef]()
    for shape, path in sorted(shapes.subject_objects(SH.path), key=str):
        back = shapes.value(path, SH.inversePath)
        if isinstance(back, URIRef):
            followed.add(back)
        for predicate in properties(shapes, path):
            if any(True for _ in _given(shapes, shape, SH["class"])):
                classed.add(predicate)
            for parameter in _TRIED:
                for holder, given in _given(shapes, shape, parameter):
                    trial = trial_of(shapes, holder, parameter, given)
                    attempt = _attempt(shapes, trial)
                    if attempt is not None:
                        tried[str(predicate).encode()][trial] = attempt
    tried[_TYPE] = {}
    return Trials({one: tuple(all_.items()) for one, all_ in tried.items()}, frozenset(classed), frozenset(followed))


def trial_of(shapes: Graph, shape: Node, parameter: URIRef, given: Node) -> Trial:
    """The trial that a parameter of a shape is."""
    flags = shapes.value(shape, SH.flags) if parameter == SH.pattern else None
    return Trial(parameter, given, str(flags or ""))


def properties(shapes: Graph, path: Node) -> tuple[URIRef, ...]:
    """The properties of which a path follows one; nothing for any other path."""
    if isinstance(path, URIRef):
        return (path,)
    choices = shapes.value(path, SH.alternativePath)
    try:
        named = members(shapes, choices) if choices is not None else []
    except Refused:
        return ()
    return (
        tuple(one for one in named if isinstance(one, URIRef)) if all(isinstance(one, URIRef) for one in named) else ()
    )


def _given(shapes: Graph, shape: Node, parameter: URIRef, depth: int = 0) -> Iterator[tuple[Node, Node]]:
    """What a shape, and those that its values must fit, give for a parameter, with the shape that gives it."""
    for given in shapes.objects(shape, parameter):
        yield shape, given
    inner = [one for name in _INNER for one in shapes.objects(shape, name)]
    for name in _INNER_LISTS:
        for head in shapes.objects(shape, name):
            with suppress(Refused):
                inner += members(shapes, head)
    for one in inner:
        if depth < 5 and (one, SH.path, None) not in shapes:
            yield from _given(shapes, one, parameter, depth + 1)


def _attempt(shapes: Graph, trial: Trial) -> Attempt | None:
    """How to try it; None where the end cannot be certain."""
    given = trial.given
    try:
        if trial.parameter == SH.pattern:
            expression = (
                re.compile(str(given), re.IGNORECASE if trial.flags else 0) if trial.flags in ("", "i") else None
            )
            return None if expression is None else lambda value: expression.search(value.text) is not None
        if trial.parameter == SH["in"]:
            known = frozenset(_as_given(term) for term in members(shapes, given))
            return lambda value: value in known
    except (Refused, re.error):
        return None
    if not isinstance(given, Literal) or not _WHOLE.match(given):
        return None
    return partial(_in_range, _RANGES[trial.parameter], int(given))


_RANGES: dict[Node, Callable[[int, int], bool]] = {
    SH.minInclusive: ge,
    SH.minExclusive: gt,
    SH.maxInclusive: le,
    SH.maxExclusive: lt,
}


def _in_range(fits: Callable[[int, int], bool], bound: int, value: Given) -> bool | None:
    whole = value.datatype == _INTEGER and _WHOLE.match(value.text)
    return fits(int(value.text), bound) if whole else None


def _as_given(term: Node) -> Given:
    if not isinstance(term, Literal):
        return Given(str(term), True, b"", b"")
    return Given(str(term), False, (term.language or "").encode(), str(term.datatype or "").encode())
