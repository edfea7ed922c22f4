"""A text under an author's pen: lines that are changed, taken out and put in, and that know where they are now."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field


@dataclass(eq=False)
class Line:
    """One line; it stays itself however often its text changes."""

    text: str


@dataclass
class Manuscript:
    """A text as lines. `place` holds the lines at which a fault must be found."""

    lines: list[Line]
    rng: random.Random
    place: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, seed: int) -> Manuscript:
        """The lines of `text`; the same seed makes the same choices."""
        return cls([Line(line) for line in text.removesuffix("\n").split("\n")], random.Random(seed))

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @property
    def places(self) -> frozenset[int]:
        """The numbers, from 1, of the lines at which the fault must be found."""
        return frozenset(self.lines.index(line) + 1 for line in self.place)

    def all(self, pattern: str, start: str | None = None, end: str | None = None) -> list[Line]:
        """The lines in which `pattern` is found, between the first that holds `start` and the next that holds `end`."""
        first = self._at(start, 0) if start else 0
        last = self._at(end, first + 1) if end else len(self.lines)
        found = [line for line in self.lines[first:last] if re.search(pattern, line.text)]
        assert found, f"no line has {pattern!r}"
        return found

    def one(self, pattern: str, start: str | None = None, end: str | None = None) -> Line:
        """The first such line."""
        return self.all(pattern, start, end)[0]

    def any(self, pattern: str, start: str | None = None, end: str | None = None) -> Line:
        """One of such lines, as the seed has it."""
        return self.rng.choice(self.all(pattern, start, end))

    def edit(self, line: Line, pattern: str, by: str) -> Line:
        """Replace the first match of `pattern` in `line`; the line is the place of the fault."""
        changed = re.sub(pattern, by, line.text, count=1)
        assert changed != line.text, f"{line.text!r} has no {pattern!r}"
        line.text = changed
        self.place.append(line)
        return line

    def below(self, line: Line, until: str) -> list[Line]:
        """The lines after `line` up to the first that holds `until`."""
        first = self.lines.index(line) + 1
        return self.lines[first : self._at(until, first)]

    def next(self, line: Line, pattern: str = r"\S") -> Line:
        """The first line after `line` that has `pattern`."""
        return self.lines[self._at(pattern, self.lines.index(line) + 1)]

    def drop(self, *lines: Line) -> None:
        """Take lines out."""
        for line in lines:
            self.lines.remove(line)

    def put(self, after: Line, *texts: str) -> list[Line]:
        """Put lines in after `after`; they are the place of the fault."""
        new = [Line(text) for text in texts]
        at = self.lines.index(after) + 1
        self.lines[at:at] = new
        self.place.extend(line for line in new if line.text.strip())
        return new

    def _at(self, pattern: str, start: int) -> int:
        return next(i for i in range(start, len(self.lines)) if re.search(pattern, self.lines[i].text))
