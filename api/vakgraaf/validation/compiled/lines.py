"""Lines of N-Triples and N-Quads by regular expressions: a million are looked at, and nearly all are written alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

Line = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""What `LINE` finds: nothing (b"") where something is not there."""

_ANY_IRI = rb"<[^<>\\]*>"
_ANY_BLANK = rb'_:[^\s<>"]+'
# What no reader of N-Quads finds fault with, though it is not all that they take.
_PLAIN_IRI = (
    rb"<(?:https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~/-]*)?|urn:[a-z][a-z0-9-]+:[A-Za-z0-9._~:/-]+)>"
)
_PLAIN_BLANK = rb"_:[A-Za-z0-9]+"
# Of a graph the name is only looked at here.
_GRAPH_IRI = rb'<[A-Za-z][A-Za-z0-9+.-]*:[^<>\\\x00-\x20"{}|^`]*>'


def _line(iri: bytes, blank: bytes, text: bytes, language: bytes, graph: bytes) -> re.Pattern[bytes]:
    inner = iri[1:-1]
    return re.compile(
        rb"^((" + iri + rb"|" + blank + rb") <(" + inner + rb")> "
        rb"(?:(" + iri + rb"|" + blank + rb')|"(' + text + rb')"(?:@(' + language + rb")|\^\^<(" + inner + rb")>)?))"
        rb" (?:(?:" + graph + rb"|" + _PLAIN_BLANK + rb") )?\.$",
        re.MULTILINE,
    )


LINE = _line(_ANY_IRI, _ANY_BLANK, rb'[^"\\\n]*(?:\\.[^"\\\n]*)*', rb"[A-Za-z0-9-]+", _GRAPH_IRI)
"""Of a well-formed line the triple, its subject, predicate (no brackets), IRI or blank node, else text, language and
datatype."""

PLAIN_LINE = _line(
    _PLAIN_IRI,
    _PLAIN_BLANK,
    rb'[^"\\\n\r]*(?:\\["\\nrtbf\'][^"\\\n\r]*)*',
    rb"[a-z]{2,3}(?:-[A-Za-z]{2})?",
    _PLAIN_IRI,
)
"""As `LINE`; and what it matches is well-formed, if it is UTF-8."""

_AT_ONCE = 512 * 1024


def lines_in(content: bytes, line: re.Pattern[bytes]) -> list[Line]:
    """What `LINE` or `PLAIN_LINE` finds in `content`, bit by bit: nobody else has a turn while one of them looks."""
    found: list[Line] = []
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _AT_ONCE) + 1 or len(content)
        found += line.findall(content, start, end)
        start = end
    return found


_TERM = (
    rb"(?:" + _ANY_IRI + rb"|" + _ANY_BLANK + rb'|"[^"\\]*(?:\\.[^"\\]*)*"(?:@[A-Za-z0-9-]+|\^\^' + _ANY_IRI + rb")?)"
)


def _any_of(texts: set[bytes]) -> bytes:
    """An expression for some texts that looks at no byte twice."""
    first, last = min(texts), max(texts)
    head = first[
        : next((at for at, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1), len(first))
    ]
    rests = {text[len(head) :] for text in texts}
    if len(texts) == 1:
        return re.escape(head)
    by_first = groupby(sorted(rests - {b""}), key=lambda rest: rest[:1])
    inner = b"|".join(_any_of(set(group)) for _, group in by_first)
    return re.escape(head) + b"(?:" + inner + (b"|" if b"" in rests else b"") + b")"


_NEVER = re.compile(rb"(?!)")


def chosen(predicates: Iterable[bytes], type_: bytes, classes: Iterable[bytes] | None) -> re.Pattern[bytes]:
    """Finds the triples with one of these properties, without their graph; of `type_` (an IRI without brackets) only
    those with one of these `classes`, or with any where that is None."""
    names = {one for one in predicates if one != type_}
    wanted = [rb"<" + _any_of(names) + rb"> " + _TERM] if names else []
    if classes is None:
        wanted.append(b"<" + re.escape(type_) + b"> " + _TERM)
    elif kinds := set(classes):
        wanted.append(b"<" + re.escape(type_) + b"> <" + _any_of(kinds) + b">")
    if not wanted:
        return _NEVER
    return re.compile(rb"^((?:<[^<>]*>|_:[^ ]+) (?:" + rb"|".join(wanted) + rb")) ", re.MULTILINE)


BLANK = re.compile(rb"^((?:_:[^ ]+ <[^<>]*> " + _TERM + rb"|<[^<>]*> <[^<>]*> _:[^ ]+)) ", re.MULTILINE)
"""Finds the triples that have a blank node, without their graph."""


def links(predicates: Iterable[bytes]) -> re.Pattern[bytes]:
    """Finds subject, property and value of the triples with one of these properties, or with a blank node as value."""
    names = _any_of(set(predicates))
    return re.compile(
        rb"^(" + _ANY_IRI + rb"|" + _ANY_BLANK + rb") (?:(<" + names + rb">) (" + _ANY_IRI + rb")|"
        rb"(" + _ANY_IRI + rb") (" + _ANY_BLANK + rb")) ",
        re.MULTILINE,
    )


def about(content: bytes, subjects: frozenset[bytes]) -> list[bytes]:
    """The lines of `content` that begin with one of these, as they are written."""
    return [line for line in content.split(b"\n") if line.partition(b" ")[0] in subjects]


def ending(content: bytes, value: bytes) -> Iterator[bytes]:
    """The lines of `content` in which a value stands, as it is written; also those in which it is something else."""
    wanted = b" " + value + b" "
    place = content.find(wanted)
    while place >= 0:
        end = content.find(b"\n", place)
        end = len(content) if end < 0 else end
        yield content[content.rfind(b"\n", 0, place) + 1 : end]
        place = content.find(wanted, end)
