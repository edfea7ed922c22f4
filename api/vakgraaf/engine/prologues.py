"""The prologues of an update request: declarations may stand before any operation, and count for all that follow.

So SPARQL 1.1 §19.8 [29] has it; the grammar of the engine has them before the first operation only. A request in which
they stand elsewhere is read here in stretches, each with one prologue before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from vakgraaf.engine.tokens import Token, between, shown, start_of, tokens, word_of

_KINDS = {"PREFIX": ("name", "iri"), "BASE": ("iri",), "VERSION": ("string",)}
_LONGEST = 3
_LATER = re.compile(r";(?:\s|\#[^\n\r]*+)*+(?:PREFIX|BASE|VERSION)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(slots=True)
class Prologue:
    """Declarations that count together, of one prefix the last; `text` has them in an order that works."""

    text: str = ""
    _lines: dict[str, str] = field(default_factory=dict)
    _base: str = ""

    def add(self, text: str, declared: Sequence[Token]) -> None:
        """Take in what stands in `text` before an operation."""
        for one in _declarations(declared):
            self._declare(between(text, one), one)
        together = "".join(self._lines.values())
        if together != self.text:  # else all that have it share it
            self.text = together

    def _declare(self, line: str, declared: Sequence[Token]) -> None:
        kind = word_of(declared[0])
        if kind == "BASE":  # what was declared before stays relative to the one before
            if line == self._base and _ABSOLUTE.match(shown(declared[1])):
                return
            self._base, kind = line, f"BASE {len(self._lines)}"
            while kind in self._lines:
                kind += "+"
        key = shown(declared[1]) if kind == "PREFIX" else kind
        self._lines.pop(key, None)
        self._lines[key] = line


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a request that is one by itself, from `begin` to `end`; `before` are the declarations that count."""

    whole: str
    before: str
    begin: int
    end: int
    _declared: Sequence[tuple[int, int]]

    @property
    def text(self) -> str:
        """The request."""
        return self.before + self.whole[self.begin : self.end]

    @property
    def in_place(self) -> str:
        """The same with every line and column as it is in the whole: blank where other operations stood."""
        kept, place = [], 0
        for begin, end in (*(span for span in self._declared if span[1] <= self.begin), (self.begin, self.end)):
            kept += [_blank(self.whole[place:begin]), self.whole[begin:end]]
            place = end
        return "".join(kept)


def parts(text: str) -> Iterator[tuple[list[Token], list[Token]]]:
    """What stands between the semicolons that are in no bracket: the declarations, and the operation, if any.

    Raises `SyntaxProblem` at a string that does not end.
    """
    part: list[Token] = []
    depth = 0
    for token in tokens(text):
        if token.lastgroup is None:
            continue
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if depth == 0 and token["other"] == ";":
            yield _divided(part)
            part = []
        else:
            part.append(token)
    yield _divided(part)


def stretches(text: str) -> Iterator[Stretch]:
    """A request as the engine's grammar has it, one after the other. Raises as `parts` does."""
    prologue, before, begin, busy = Prologue(), "", 0, False
    spans: list[tuple[int, int]] = []
    for declared, operation in parts(text) if _LATER.search(text) else ():
        first = (declared or operation)[:1]
        if busy and first and word_of(first[0]) in _KINDS:
            yield Stretch(text, before, begin, start_of(first[0]), spans)
            before, begin, busy = prologue.text, start_of(first[0]), False
        prologue.add(text, declared)
        spans += [(start_of(token), token.end()) for token in declared]
        busy = busy or bool(operation)
    yield Stretch(text, before, begin, len(text), spans)


def gathered(text: str) -> str:
    """A request with all its declarations before the first operation, where it says the same so; else as it is.

    Not so where a BASE stands later, or a prefix comes to be another. Raises as `parts` does.
    """
    if not _LATER.search(text):
        return text
    known: dict[str, str] = {}
    moved: list[Sequence[Token]] = []
    for number, (declared, _) in enumerate(parts(text)):
        for one in _declarations(declared):
            key, line = shown(one[1]), shown(one[-1])
            if number and (word_of(one[0]) != "PREFIX" or known.get(key, line) != line):
                return text
            known[key] = line
            if number:
                moved.append(one)
    begin = first_operation(text) or 0
    there = "".join(f" {between(text, one).strip()}" for one in moved)
    kept, place = [text[:begin], there], begin
    for one in moved:
        kept += [text[place : start_of(one[0])], _blank(text[start_of(one[0]) : one[-1].end()])]
        place = one[-1].end()
    return "".join([*kept, text[place:]])


def first_operation(text: str) -> int | None:
    """Where the declarations at the beginning have ended; None where a text is nothing but those, or a part of one."""
    end, found = 0, (token for token in tokens(text) if token.lastgroup is not None)
    row = list(islice(found, _LONGEST))
    while length := _declaration(row):
        end = row[length - 1].end()
        row = [*row[length:], *islice(found, length)]
    return None if not row or (len(row) < _LONGEST and word_of(row[0]) in _KINDS) else end


def _divided(part: list[Token]) -> tuple[list[Token], list[Token]]:
    place = sum(map(len, _declarations(part)))
    return part[:place], part[place:]


def _declarations(declared: Sequence[Token]) -> Iterator[Sequence[Token]]:
    place = 0
    while length := _declaration(declared[place : place + _LONGEST]):
        yield declared[place : place + length]
        place += length


def _blank(text: str) -> str:
    return re.sub(r"[^\n\r]", " ", text)


def _declaration(row: Sequence[Token]) -> int:
    """Of how many tokens a declaration is that a row begins with; 0 where it begins with none."""
    kinds = _KINDS.get(word_of(row[0])) if row else None
    length = 1 + len(kinds or ())
    return length if kinds and tuple(token.lastgroup for token in row[1:length]) == kinds else 0
