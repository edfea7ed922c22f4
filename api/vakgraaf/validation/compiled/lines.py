"""Lines of N-Triples and N-Quads by regular expressions: a million are looked at, and nearly all are written alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ANY_IRI = rb"<[^<>\\]*>"
_ANY_BLANK = rb"_:[^ ]+"
# What no reader of N-Quads finds fault with, though it is not all that they take.
_PLAIN_IRI = (
    rb"<(?:https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._~/-]*)?|urn:[a-z][a-z0-9-]+:[A-Za-z0-9._~:/-]+)>"
)
_PLAIN_BLANK = rb"_:[A-Za-z0-9]+"


def _line(iri: bytes, blank: bytes, text: bytes, language: bytes) -> re.Pattern[bytes]:
    inner = iri[1:-1]
    return re.compile(
        rb"^(" + iri + rb"|" + blank + rb") <(" + inner + rb")> "
        rb"(?:(" + iri + rb"|" + blank + rb')|"(' + text + rb')"(?:@(' + language + rb")|\^\^<(" + inner + rb")>)?)"
        rb" (?:(?:" + iri + rb"|" + blank + rb") )?\.$",
        re.MULTILINE,
    )


LINE = _line(_ANY_IRI, _ANY_BLANK, rb'[^"\\\n]*(?:\\.[^"\\\n]*)*', rb"[A-Za-z0-9-]+")
"""Subject, predicate (without brackets), IRI or blank node, or else text, language and datatype of a well-formed line."""

PLAIN_LINE = _line(
    _PLAIN_IRI, _PLAIN_BLANK, rb'[^"\\\n\r]*(?:\\["\\nrtbf\'][^"\\\n\r]*)*', rb"[a-z]{2,3}(?:-[A-Za-z]{2})?"
)
"""As `LINE`; and what it matches is well-formed, if it is UTF-8."""

_TERM = (
    rb"(?:" + _ANY_IRI + rb"|" + _ANY_BLANK + rb'|"[^"\\]*(?:\\.[^"\\]*)*"(?:@[A-Za-z0-9-]+|\^\^' + _ANY_IRI + rb")?)"
)


def chosen(predicates: Iterable[bytes], type_: bytes, classes: Iterable[bytes] | None) -> re.Pattern[bytes]:
    """Finds the triples with one of these properties, without their graph; of `type_` (an IRI without brackets) only
    those with one of these `classes`, or with any where that is None."""
    names = sorted(re.escape(one) for one in predicates if one != type_)
    wanted = [rb"<(?:" + rb"|".join(names) + rb")> " + _TERM] if names else []
    if classes is None:
        wanted.append(b"<" + re.escape(type_) + b"> " + _TERM)
    elif kinds := sorted(re.escape(one) for one in classes):
        wanted.append(b"<" + re.escape(type_) + b"> <(?:" + b"|".join(kinds) + b")>")
    return re.compile(rb"^((?:<[^<>]*>|_:[^ ]+) (?:" + rb"|".join(wanted) + rb")) ", re.MULTILINE)


BLANK = re.compile(rb"^((?:_:[^ ]+ <[^<>]*> " + _TERM + rb"|<[^<>]*> <[^<>]*> _:[^ ]+)) ", re.MULTILINE)
"""Finds the triples that have a blank node, without their graph."""


def links(predicates: Iterable[bytes]) -> re.Pattern[bytes]:
    """Finds subject, property and value of the triples with one of these properties, or with a blank node as value."""
    names = rb"|".join(sorted(re.escape(one) for one in predicates))
    return re.compile(
        rb"^(" + _ANY_IRI + rb"|" + _ANY_BLANK + rb") (?:(<(?:" + names + rb")>) (" + _ANY_IRI + rb")|"
        rb"(" + _ANY_IRI + rb") (" + _ANY_BLANK + rb")) ",
        re.MULTILINE,
    )


def about(content: bytes, subject: bytes) -> Iterator[bytes]:
    """The lines of `content` that begin with a subject, as it is written."""
    start = subject + b" "
    place = 0 if content.startswith(start) else content.find(b"\n" + start) + 1
    while place > 0 or (place == 0 and content.startswith(start)):
        end = content.find(b"\n", place)
        end = len(content) if end < 0 else end
        yield content[place:end]
        place = end + 1 if content.startswith(start, end + 1) else content.find(b"\n" + start, end) + 1
        if place == 0:
            return
