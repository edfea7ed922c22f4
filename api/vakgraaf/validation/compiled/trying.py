"""What shapes ask of a value by itself, tried on each value while the data is read: what is known of it afterwards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from operator import ge, gt, le, lt
from typing import NamedTuple

from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from vakgraaf.validation.compiled.lines import Form
from vakgraaf.validation.compiled.refusal import Refused
from vakgraaf.validation.compiled.scanning import unescaped
from vakgraaf.validation.compiled.terms import members

_INNER = (SH.node, SH["not"], SH.qualifiedValueShape)
_INNER_LISTS = (SH["and"], SH["or"], SH.xone)
_TRIED = (SH.pattern, SH["in"], SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)
_WHOLE = re.compile(r"-?\d{1,18}\Z")
TYPE, _INTEGER = str(RDF.type).encode(), str(XSD.integer).encode()


class Trial(NamedTuple):
    """One constraint on a value: the parameter, what was given for it, and the flags of a pattern."""

    parameter: URIRef
    given: Node
    flags: str


Attempt = Callable[[Sequence[str], Form], Sequence[bool | None]]
"""Whether values of some form fit, as SHACL §4 has it, by what they say; None where that is better asked."""
Ends = tuple[bool | bytes | None, ...]
"""How each trial of a value ended; for a class, its name."""


class Value(NamedTuple):
    """A kind of value: "iri", "blank" or "literal" with its language or datatype; `iri` only for a class.

    `passed` and `failed` are the trials of which it is certain how they end, `classes` those that it is of where that
    is known.
    """

    sort: str
    language: str = ""
    datatype: str = ""
    iri: str = ""
    passed: frozenset[Trial] = frozenset()
    failed: frozenset[Trial] = frozenset()
    classes: frozenset[str] | None = None


@dataclass(frozen=True)
class Trials:
    """What is to be tried on the values of which property, by its IRI.

    `classed`: those of which the class of the values is asked; `followed_back`: those that are followed backwards.
    """

    tried: dict[bytes, tuple[tuple[Trial, Attempt], ...]]
    classed: frozenset[URIRef]
    followed_back: frozenset[URIRef]

    def ends(self, form: Form, values: Sequence[bytes]) -> Iterable[Ends]:
        """How the trials of a property end for each of some values: IRIs with their brackets, or the texts of literals
        as they are written."""
        predicate, first, _, _ = form
        if predicate == TYPE:
            return [(value if first else b"",) for value in values]
        if first == b"_" or not self.tried.get(predicate):
            return [()] * len(values)
        texts = [value[1:-1].decode() for value in values] if first else [unescaped(value) for value in values]
        return zip(*[attempt(texts, form) for _, attempt in self.tried[predicate]], strict=True)

    def value(self, form: Form, ends: Ends) -> Value:
        """The kind of a value, once the ends of its trials are known."""
        predicate, first, language, datatype = form
        sort = "literal" if not first else "blank" if first == b"_" else "iri"
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
    tried[TYPE] = {}
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
            if trial.flags not in ("", "i"):
                return None
            search = re.compile(str(given), re.IGNORECASE if trial.flags else 0).search
            return lambda texts, _: [search(text) is not None for text in texts]
        if trial.parameter == SH["in"]:
            known = frozenset(_as_written(term) for term in members(shapes, given))
            return lambda texts, form: [(text, *form[1:]) in known for text in texts]
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


def _in_range(fits: Callable[[int, int], bool], bound: int, texts: Sequence[str], form: Form) -> list[bool | None]:
    if form.datatype != _INTEGER:
        return [None] * len(texts)
    return [fits(int(text), bound) if _WHOLE.match(text) else None for text in texts]


def _as_written(term: Node) -> tuple[str, bytes, bytes, bytes]:
    """What a term says, and of its form what is not the property."""
    if not isinstance(term, Literal):
        return str(term), b"<", b"", b""
    return str(term), b"", (term.language or "").encode(), str(term.datatype or "").encode()
