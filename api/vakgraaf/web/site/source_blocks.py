"""The lines of a source document, cut where something begins or ends that was made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from vakgraaf.engine import Value
from vakgraaf.web.site.source_text import SourceText

State = Literal["made", "furniture", "structure", "nothing"]


class Made(NamedTuple):
    """Something that was made of a passage; `kind` is a word of the catalogue, `severity` that of a finding."""

    iri: str
    name: Value
    kind: str | None
    severity: Value | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage: its lines, its page, and what was made of it, with the findings about it."""

    iri: str
    first: int
    last: int
    page: int | None
    made: tuple[Made, ...]
    findings: tuple[Made, ...]


class Line(NamedTuple):
    """A printed line."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines in a row about which the same can be said.

    `begins` are the passages whose first line is the first here, `goes_on` those that began before; `page` is the page
    that begins here; `missing` the first and last of the lines before it that are not here.
    """

    lines: tuple[Line, ...]
    state: State
    begins: tuple[Stretch, ...]
    goes_on: tuple[Stretch, ...]
    page: int | None
    missing: tuple[int, int] | None

    @property
    def blank(self) -> bool:
        """Whether nothing is printed here."""
        return all(line.blank for line in self.lines)


def blocks(text: SourceText, stretches: Sequence[Stretch]) -> tuple[Block, ...]:
    """A whole text."""
    lines = [Line(number, line) for number, line in enumerate(text.lines, 1)]
    kinds: dict[int, State] = dict.fromkeys(text.structure, "structure")
    kinds |= dict.fromkeys(text.furniture, "furniture")
    return tuple(_cut(lines, stretches, kinds, text.pages))


def quoted_blocks(quotes: Mapping[str, str], stretches: Sequence[Stretch]) -> tuple[Block, ...]:
    """What passages quote of a text that is not here; `quotes` by the IRI of the passage."""
    texts: dict[int, str] = {}
    for stretch in stretches:
        quote = quotes.get(stretch.iri, "").split("\n")
        if len(quote) == stretch.last - stretch.first + 1:
            texts |= {number: line for number, line in enumerate(quote, stretch.first) if number not in texts}
    lines = [Line(number, texts[number]) for number in sorted(texts)]
    return tuple(_cut(lines, stretches, {}, {s.first: s.page for s in stretches if s.page is not None}))


def _cut(
    lines: Sequence[Line], stretches: Sequence[Stretch], kinds: Mapping[int, State], pages: Mapping[int, int]
) -> Iterator[Block]:
    """A block ends where a passage begins or ends, a page begins, lines are missing, or lines are of another sort."""
    covering = _covering(stretches, lines[-1].number if lines else 0)
    run: list[Line] = []
    key: _Key = (_NOTHING, None)
    before = key
    last = 0
    for line in lines:
        page = pages.get(line.number, key[1])
        here = (_about(line, covering, kinds, key[0] if run else None), page)
        if run and (here != key or line.number != run[-1].number + 1):
            yield _block(run, key, before, last)
            before, last, run = key, run[-1].number, []
        run.append(line)
        key = here
    if run:
        yield _block(run, key, before, last)


def _about(
    line: Line, covering: Mapping[int, tuple[Stretch, ...]], kinds: Mapping[int, State], previous: _Said | None
) -> _Said:
    """The passages that a line lies in, and its sort. What is blank between two blocks goes with the first."""
    here = covering.get(line.number, ())
    if line.blank and not here and previous is not None:
        return previous
    return here, "made" if any(stretch.made for stretch in here) else kinds.get(line.number, "nothing")


def _block(run: Sequence[Line], key: _Key, before: _Key, last: int) -> Block:
    (here, state), page = key
    first = run[0].number
    return Block(
        lines=tuple(run),
        state=state,
        begins=tuple(stretch for stretch in here if stretch.first == first),
        goes_on=tuple(stretch for stretch in here if stretch.first < first <= stretch.last),
        page=page if page != before[1] else None,
        missing=(last + 1, first - 1) if first > last + 1 else None,
    )


def _covering(stretches: Iterable[Stretch], end: int) -> dict[int, tuple[Stretch, ...]]:
    """For each line up to `end` the passages that it lies in, the longest first."""
    found: dict[int, list[Stretch]] = {}
    for stretch in sorted(stretches, key=lambda s: (s.first - s.last, s.first, s.iri)):
        for number in range(stretch.first, min(stretch.last, end) + 1):
            found.setdefault(number, []).append(stretch)
    return {number: tuple(there) for number, there in found.items()}


_Said = tuple[tuple[Stretch, ...], State]
_Key = tuple[_Said, int | None]
_NOTHING: _Said = ((), "nothing")
