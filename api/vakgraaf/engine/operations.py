"""The operations of a SPARQL update request, in their order (SPARQL 1.1 Update §3): what each changes, and where.

The engine evaluates; this only takes the text apart, so that every operation can be carried out by itself and what it
changed be known exactly. That the text is valid has been found out before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vakgraaf.engine.prologues import Prologue, parts
from vakgraaf.engine.tokens import Token, between, position, shown, start_of, word_of
from vakgraaf.errors import SyntaxProblem

_MANAGING = frozenset({"CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "LOAD"})


_READING = frozenset({"ADD", "COPY"})  # the first of their two graphs is only read (§3.2.3, §3.2.5)
_WHOLE = frozenset({"DEFAULT", "NAMED", "ALL"})


Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Triples of a template in one graph: `graph` is an IRI or a variable as written, None what stands outside GRAPH.

    `labels` are the places of blank node labels in `triples`, and `variables` those of variables.
    """

    graph: str | None
    triples: str
    labels: Places = ()
    variables: Places = ()

    def mentioned(self) -> set[str]:
        """The variables in its triples, as written."""
        return {self.triples[start:end] for start, end in self.variables}


@dataclass(frozen=True, slots=True)
class Modification:
    """INSERT DATA, DELETE DATA, DELETE WHERE or DELETE/INSERT: templates, and the pattern that fills them.

    `where` is a group with its braces, None for data; `using` are the USING clauses as FROM clauses; `target` is the
    graph of WITH, as written.
    """

    prologue: str
    deleted: tuple[Segment, ...] = ()
    inserted: tuple[Segment, ...] = ()
    where: str | None = None
    using: str = ""
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Management:
    """CLEAR, DROP, CREATE, ADD, MOVE or COPY; `graphs` are those that it changes, as written, DEFAULT, NAMED or ALL.

    `source` is the graph that ADD, MOVE and COPY read.
    """

    prologue: str
    text: str
    word: str
    graphs: tuple[str, ...]
    source: str | None = None
    silent: bool = False


Operation = Modification | Management


def operations(text: str) -> Iterator[Operation]:
    """Take a valid update request apart; each operation has the whole prologue that counts for it (§19.8 [29]).

    Raises `SyntaxProblem` where it is not one after all, and where two INSERT DATA share a blank node (§19.6).
    """
    prologue = Prologue()
    labels: set[str] = set()
    for declared, part in parts(text):
        prologue.add(text, declared)
        if part:
            _refuse_again(text, part, labels)
            yield _operation(text, prologue.text, part)


def _refuse_again(text: str, part: list[Token], labels: set[str]) -> None:
    """Raises for a blank node of an INSERT DATA before; the engine only sees those that have one prologue."""
    if [word_of(token) for token in part[:2]] != ["INSERT", "DATA"]:
        return
    own = {shown(token): token for token in part if _is_label(token)}
    for name in own.keys() & labels:
        line, column = position(text, start_of(own[name]))
        raise SyntaxProblem(
            f"Regel {line}, kolom {column}: {name} staat ook in een INSERT DATA hiervoor. Een blanke knoop geldt binnen"
            " één INSERT DATA: voeg ze samen, of geef deze een andere naam.",
            f"Line {line}, column {column}: {name} is also in an INSERT DATA before this one. A blank node counts"
            " within one INSERT DATA: join the two, or give this one another name.",
            line,
            column,
            name,
        )
    labels.update(own)


def _operation(text: str, prologue: str, part: list[Token]) -> Operation:
    word = word_of(part[0])
    if word in _MANAGING:
        graphs = tuple(word_of(token) or shown(token) for token in part[1:] if _names_graphs(token))
        changed = graphs[-1:] if word in _READING else graphs
        source = graphs[0] if word in _READING | {"MOVE"} else None
        return Management(prologue, between(text, part), word, changed, source, word_of(part[1]) == "SILENT")
    return _modification(text, Modification(prologue), part)


def _modification(text: str, found: Modification, part: list[Token]) -> Modification:
    place = 0
    using: list[str] = []
    while place < len(part):
        word, place = word_of(part[place]), place + 1
        if place == len(part):
            raise _unclear(part[-1])
        if word == "WITH":
            found = replace(found, target=shown(part[place]))
            place += 1
        elif word == "USING":
            last = place + (word_of(part[place]) == "NAMED")
            using.append(f"FROM {between(text, part[place : last + 1])}")
            place = last + 1
        elif word in ("INSERT", "DELETE", "WHERE"):
            kind = word_of(part[place])
            place += kind in ("DATA", "WHERE")
            end = _closing(part, place)
            segments = tuple(_segments(text, part[place + 1 : end]))
            if word == "WHERE" or kind == "WHERE":
                found = replace(found, where=between(text, part[place : end + 1]))
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
        if word_of(inside[place]) == "GRAPH" and place + 2 < len(inside):
            yield from _segment(text, None, inside[start:place])
            end = _closing(inside, place + 2)
            yield from _segment(text, shown(inside[place + 1]), inside[place + 3 : end])
            place = start = end + 1
            if place < len(inside) and inside[place]["other"] == ".":
                place = start = place + 1
        else:
            place += 1
    yield from _segment(text, None, inside[start:])


def _segment(text: str, graph: str | None, inside: list[Token]) -> Iterator[Segment]:
    if inside:
        begin = start_of(inside[0])
        labels = (_span(token, begin) for token in inside if _is_label(token))
        variables = (_span(token, begin) for token in inside if token.lastgroup == "variable")
        yield Segment(graph, between(text, inside), tuple(labels), tuple(variables))


def _span(token: Token, begin: int) -> tuple[int, int]:
    """Where it stands behind `begin`, without the dots that end no name but a triple."""
    start = start_of(token)
    return start - begin, start - begin + len(shown(token).rstrip("."))


def _closing(part: list[Token], place: int) -> int:
    """The place of the bracket that closes the one at `place`."""
    depth = 0
    for number in range(place, len(part)):
        depth += (part[number].lastgroup == "open") - (part[number].lastgroup == "close")
        if depth == 0:
            return number
    raise _unclear(part[-1])


def _names_graphs(token: Token) -> bool:
    return token.lastgroup in ("iri", "name") or word_of(token) in _WHOLE


def _is_label(token: Token) -> bool:
    return token.lastgroup == "name" and token["name"].startswith("_:")


def _unclear(token: Token) -> SyntaxProblem:
    return SyntaxProblem(
        f"Deze wijziging is niet te volgen vanaf '{shown(token)}'.",
        f"This update cannot be followed from '{shown(token)}' on.",
    )
