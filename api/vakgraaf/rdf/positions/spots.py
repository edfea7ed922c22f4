"""Where in a file each triple stands: by its object, its predicate, or the first mention of its subject."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from rdflib import Literal
from rdflib.term import Node

_LINE_END = re.compile(r"\r\n?|\n")

Spot = tuple[int, int]
"""A half-open stretch of the file, in characters from its beginning."""


@dataclass(slots=True)
class Spots:
    """What a pass over one file found. The first place counts where something stands in several."""

    text: str
    subjects: dict[Node, Spot] = field(default_factory=dict)
    predicates: dict[tuple[Node, Node], Spot] = field(default_factory=dict)
    triples: dict[tuple[Node, Node, Node], Spot] = field(default_factory=dict)
    objects: dict[Node, Spot] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def mention(self, subject: Node, spot: Spot) -> None:
        """`subject` stands at `spot`, as the subject of something."""
        self.subjects.setdefault(subject, spot)

    def triple(self, subject: Node, predicate: Node, value: Node, at: Spot, spot: Spot) -> None:
        """A triple, with its predicate `at` one place and its object at another."""
        self.predicates.setdefault((subject, predicate), at)
        self.triples.setdefault((subject, predicate, value), spot)
        self.objects.setdefault(value, spot)

    def find(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Spot | None:
        """The place of the triple, else of its predicate, else of its subject, else of the first that points to it.

        None where it is not in the file.
        """
        if predicate is not None and value is not None and (subject, predicate, value) in self.triples:
            return self.triples[subject, predicate, value]
        if predicate is not None and (subject, predicate) in self.predicates:
            return self.predicates[subject, predicate]
        return self.subjects.get(subject, self.objects.get(subject))

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Both counted from 1; a column is a character."""
        if not self._starts:
            self._starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        self.line_and_column(0)
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")


def literal(text: str, language: str | None = None, datatype: str | None = None) -> Literal:
    """As rdflib reads it, so that it equals what a graph holds."""
    if language:
        return Literal(text, lang=language)
    return Literal(text, datatype=datatype)
