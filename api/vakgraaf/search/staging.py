"""The rows as they come, kept until all are there: texts on disk, what things are and belong to in memory."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from vakgraaf.search.frames import Frames
from vakgraaf.search.rows import iri, text

_FOR_A_WHILE = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;
CREATE TABLE text(subject INTEGER, field INTEGER, language TEXT, text TEXT);
"""
_LONGEST = 200_000
"""So many characters of one text are searched."""


K = TypeVar("K")
V = TypeVar("V")


class Said(NamedTuple):
    """A text of a thing: the place of its property in the list of fields, its language or "", what it says."""

    field: int
    language: str
    text: str


class Staging:
    """Everything that the engine told. Things, classes, profiles and branches have numbers: places in `iris`."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(_FOR_A_WHILE)
        self._numbers: dict[str, int] = {}
        self._documents: dict[str, set[int]] = defaultdict(set)
        self._said: dict[int, set[str]] = defaultdict(set)
        self.fields: dict[int, tuple[int, str]] = {}
        """Role and property by the place of a field."""
        self.vg = ""
        self.classes: dict[int, set[int]] = defaultdict(set)
        self.wider: dict[int, set[int]] = defaultdict(set)
        self.branches: dict[int, set[int]] = defaultdict(set)
        self.profiles: dict[int, set[int]] = defaultdict(set)

    @property
    def iris(self) -> list[str]:
        """By number, what each is; nothing has number 0."""
        return ["", *self._numbers]

    def take(self, frames: Frames) -> None:
        """Read all answers. Raises `UnreadableInput` where they end too early."""
        for about in frames.headings():
            pairs = (line.partition("\t")[::2] for line in frames.lines())
            kind = about["kind"]
            if kind == "text":
                self._texts(about, pairs)
            elif kind == "document":
                self._fill(self._documents, pairs, str, self._number)
            elif kind == "said":
                self._fill(self._said, pairs, self._number, self._known_document)
            else:
                self.vg = about.get("vg", self.vg)
                self._fill(self._by_kind(kind), pairs, self._number, self._number)
        self._settle()

    def texts(self) -> Iterator[tuple[int, list[Said]]]:
        """Thing by thing, its texts in the order of the fields, each once."""
        rows = self._connection.execute(
            "SELECT DISTINCT subject, field, language, text FROM text ORDER BY subject, field, language, text"
        )
        for subject, group in groupby(rows, lambda row: row[0]):
            yield subject, [Said(*row[1:]) for row in group]

    def texts_in_order(self, subjects: Iterable[int]) -> Iterator[tuple[int, list[Said]]]:
        """The same in the order of `subjects`."""
        self._connection.execute("CREATE TABLE rank(subject INTEGER PRIMARY KEY, place INTEGER)")
        self._connection.executemany("INSERT INTO rank VALUES (?, ?)", ((s, n) for n, s in enumerate(subjects)))
        rows = self._connection.execute(
            "SELECT DISTINCT place, subject, field, language, text FROM text JOIN rank USING (subject)"
            " ORDER BY place, field, language, text"
        )
        for (_, subject), group in groupby(rows, lambda row: row[:2]):
            yield subject, [Said(*row[2:]) for row in group]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _by_kind(self, kind: str) -> dict[int, set[int]]:
        return {
            "class": self.classes,
            "wider": self.wider,
            "branche": self.branches,
            "profile": self.profiles,
        }[kind]

    def _texts(self, about: dict[str, Any], pairs: Iterable[tuple[str, str]]) -> None:
        field = about["field"]
        self.fields[field] = (about["role"], about["property"])

        def found() -> Iterator[tuple[int, int, str, str]]:
            for subject, term in pairs:
                number, value = self._number(subject), text(term)
                if number and value is not None and value.text.strip():
                    yield number, field, value.language, value.text[:_LONGEST].strip()

        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO text VALUES (?, ?, ?, ?)", found())
        self._connection.execute("COMMIT")

    def _number(self, term: str) -> int:
        """The number of the IRI that `term` is, from 1; 0 for what is no IRI."""
        name = iri(term)
        return self._numbers.setdefault(name, len(self._numbers) + 1) if name else 0

    def _known_document(self, term: str) -> str:
        """`term` where it is the graph of a document, else nothing."""
        return term if len(self._documents.get(term, ())) == 1 else ""

    @staticmethod
    def _fill(
        into: dict[K, set[V]],
        pairs: Iterable[tuple[str, str]],
        first: Callable[[str], K],
        second: Callable[[str], V],
    ) -> None:
        for one, other in pairs:
            key, value = first(one), second(other)
            if key and value:
                into[key].add(value)

    def _settle(self) -> None:
        """Know of each thing in which profiles it is, and for which branches they are."""
        for subject, graphs in self._said.items():
            for graph in graphs:
                self.profiles[subject] |= self._documents[graph]
        for subject, profiles in self.profiles.items():
            for profile in profiles:
                if profile in self.branches:
                    self.branches[subject] |= self.branches[profile]
