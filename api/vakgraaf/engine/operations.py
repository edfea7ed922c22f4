"""The operations of a SPARQL update request, in their order (SPARQL 1.1 Update §3): what each changes, and where.

The engine evaluates; this only takes the text apart, so that every operation can be carried out by itself and what it
changed be known exactly. That the text is valid has been found out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vakgraaf.engine.tokens import tokens
from vakgraaf.errors import SyntaxProblem

Token = re.Match[str]
_MANAGING = frozenset({"CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "LOAD"})


@dataclass(frozen=True, slots=True)
class Segment:
    """Triples of a template in one graph: `graph` is an IRI or a variable as written, None what stands outside GRAPH.

    `labels` are the places of blank node labels in `triples`.
    """

    graph: str | None
    triples: str
    labels: tuple[tuple[int, int], ...] = ()

    def names(self) -> set[str]:
        """The blank node labels."""
        return {self.triples[start:end] for start, end in self.labels}


@dataclass(frozen=True, slots=True)
class Modification:
    """INSERT DATA, DELETE DATA, DELETE WHERE or DELETE/INSERT: templates, and the pattern that fills them.

    `where` is a group with its braces, None for data; `using` are the USING clauses as FROM clauses; `target` is the
    graph of WITH, as written.
    """

    prologue: str
    text: str
    deleted: tuple[Segment, ...] = ()
    inserted: tuple[Segment, ...] = ()
    where: str | None = None
    using: str = ""
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Management:
    """CLEAR, DROP, CREATE, ADD, MOVE or COPY; `graphs` as written, with the words DEFAULT, NAMED and ALL."""

    prologue: str
    text: str
    word: str
    graphs: tuple[str, ...]


Operation = Modification | Management


def operations(text: str) -> Iterator[Operation]:
    """Take a valid update request apart. Raises `SyntaxProblem` where it is not one after all."""
    prologue = ""
    for part in _parts(text):
        declarations, rest = _declared(part)
        prologue += _between(text, declarations)
        if rest:
            yield _operation(text, prologue, rest)


def _parts(text: str) -> Iterator[list[Token]]:
    """The tokens between the semicolons that stand in no bracket."""
    part: list[Token] = []
    depth = 0
    for token in tokens(text):
        if token.lastgroup is None:
            continue
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if depth == 0 and token["other"] == ";":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _declared(part: list[Token]) -> tuple[list[Token], list[Token]]:
    """The declarations that a part begins with, and the rest."""
    place = 0
    while place < len(part) and _word(part[place]) in ("PREFIX", "BASE", "VERSION"):
        place += 3 if _word(part[place]) == "PREFIX" else 2
    return part[:place], part[place:]


def _operation(text: str, prologue: str, part: list[Token]) -> Operation:
    word = _word(part[0])
    whole = _between(text, part)
    if word in _MANAGING:
        graphs = tuple(_shown(token) for token in part[1:] if token.lastgroup in ("iri", "name"))
        words = tuple(_word(token) for token in part[1:] if _word(token) in ("DEFAULT", "NAMED", "ALL"))
        return Management(prologue, whole, word, graphs + words)
    return _modification(text, Modification(prologue, whole), part)


def _modification(text: str, found: Modification, part: list[Token]) -> Modification:
    place = 0
    using: list[str] = []
    while place < len(part):
        word, place = _word(part[place]), place + 1
        if word == "WITH":
            found = replace(found, target=_shown(part[place]))
            place += 1
        elif word == "USING":
            last = place + (_word(part[place]) == "NAMED")
            using.append(f"FROM {_between(text, part[place : last + 1])}")
            place = last + 1
        elif word in ("INSERT", "DELETE", "WHERE"):
            kind = _word(part[place])
            place += kind in ("DATA", "WHERE")
            end = _closing(part, place)
            segments = tuple(_segments(text, part[place + 1 : end]))
            if word == "WHERE" or kind == "WHERE":
                found = replace(found, where=_between(text, part[place : end + 1]))
            if word == "INSERT":
                found = replace(found, inserted=segments)
            elif word == "DELETE":
                found = replace(found, deleted=segments)
            place = end + 1
        else:
            raise _unclear(part[place - 1])
    return replace(found, using=" ".join(using))


def _segments(text: str, inside: list[Token]) -> Iterator[Segment]:
    """A template, graph by graph."""
    place = start = 0
    while place < len(inside):
        if _word(inside[place]) == "GRAPH" and place + 2 < len(inside):
            yield from _segment(text, None, inside[start:place])
            end = _closing(inside, place + 2)
            yield from _segment(text, _shown(inside[place + 1]), inside[place + 3 : end])
            place = start = end + 1
            if place < len(inside) and inside[place]["other"] == ".":
                place = start = place + 1
        else:
            place += 1
    yield from _segment(text, None, inside[start:])


def _segment(text: str, graph: str | None, inside: list[Token]) -> Iterator[Segment]:
    if inside:
        begin = _start(inside[0])
        labels = tuple(
            (_start(token) - begin, token.end() - begin)
            for token in inside
            if token.lastgroup == "name" and token["name"].startswith("_:")
        )
        yield Segment(graph, _between(text, inside), labels)


def _closing(part: list[Token], place: int) -> int:
    """The place of the bracket that closes the one at `place`."""
    depth = 0
    for number in range(place, len(part)):
        depth += (part[number].lastgroup == "open") - (part[number].lastgroup == "close")
        if depth == 0:
            return number
    raise _unclear(part[-1])


def _word(token: Token) -> str:
    return (token["word"] or "").upper()


def _shown(token: Token) -> str:
    return token[token.lastgroup or 0]


def _start(token: Token) -> int:
    return token.start(token.lastgroup or 0)


def _between(text: str, part: list[Token]) -> str:
    return text[_start(part[0]) : part[-1].end()] + "\n" if part else ""


def _unclear(token: Token) -> SyntaxProblem:
    return SyntaxProblem(
        f"Deze wijziging is niet te volgen vanaf '{_shown(token)}'.",
        f"This update cannot be followed from '{_shown(token)}' on.",
    )
