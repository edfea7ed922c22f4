"""One index, open for reading."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from vakgraaf.errors import QueryTimeout
from vakgraaf.search.answers import DEEPEST, FACETS, PAGE, Choice, Found, Hit, Label, Marked, Sought, Suggestion
from vakgraaf.search.expressions import anywhere
from vakgraaf.search.facets import Facets
from vakgraaf.search.fields import Role
from vakgraaf.search.ranking import Ranked, all_of, best, called, fitting_part
from vakgraaf.search.schema import about, open_read_only
from vakgraaf.search.snippets import Marker
from vakgraaf.search.spelling import Vocabulary
from vakgraaf.search.suggesting import suggested
from vakgraaf.search.terms import Reader, Term, Terms

_STEPS = 20_000
_FEW = 3
_MUCH_COMMONER = 20


class Index:
    """The index in a file. `timeout_s` is how long each answer may take. Raises `sqlite3.Error` where it is none."""

    def __init__(self, path: Path, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._connection = connection = open_read_only(path)
        facts = about(connection)
        self.tag = str(facts["tag"])
        self.version = int(str(facts["version"]))
        self.things = int(str(facts["things"]))
        self._properties: list[str] = json.loads(str(facts["properties"]))
        self._points: bytes = connection.execute("SELECT of FROM held WHERE name = 'points'").fetchone()[0]
        self._facets = Facets(connection)
        self._vocabulary = Vocabulary(connection.execute("SELECT word, count FROM word"))
        self._reader = Reader(self._vocabulary, self._occurs)

    def search(self, sought: Sought) -> Found:
        """What fits, the first page or another of it. Raises `QueryTimeout`."""
        with self._in_time() as connection:
            read = self._reader.read(sought.text)
            marks = {kind: self._facets.mark(kind, iri) for kind, iri in sought.chosen.items()}
            terms, things = self._fitting(connection, sought.text, read, list(marks.values()))
            ranked = self._page(connection, sought, terms, things, list(marks.values()))
            stems = frozenset(stem for term in terms for stem in term.stems)
            marker = Marker(stems)
            return Found(
                total=len(things),
                hits=tuple(self._hit(connection, one, marker, sought.language) for one in ranked),
                facets=self._choices(connection, sought, terms, things, marks),
                meant=read.meant,
                left_out=tuple(read.unknown) + tuple(t.word for t in read.terms if t not in terms),
                suggested=self._suggested(terms, len(things)),
                stems=stems,
            )

    def suggest(self, text: str, most: int) -> list[Suggestion]:
        """What is called as `text` begins, at most so many. Raises `QueryTimeout`."""
        with self._in_time() as connection:
            found = []
            for thing in suggested(connection, self._points, self._vocabulary, text, most):
                iri, _, literals = self._thing(connection, thing.thing)
                labels = [value for role, _, value in literals if role is Role.LABEL and value.text in thing.names]
                found.append(Suggestion(iri, tuple(labels), self._facets.class_of(thing.thing)))
            return found

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _occurs(self, stems: tuple[str, ...]) -> bool:
        question = "SELECT 1 FROM found WHERE found MATCH ? LIMIT 1"
        return self._connection.execute(question, (anywhere(stems),)).fetchone() is not None

    def _fitting(
        self, connection: sqlite3.Connection, text: str, read: Terms, marks: list[str]
    ) -> tuple[list[Term], list[int]]:
        """The words to go by, and what fits them: all words, or as many as there are together anywhere."""
        if not read.terms and (read.unknown or not marks):
            return [], []
        things = all_of(connection, read.terms, marks)
        if not marks and (named := set(called(connection, text)).difference(things)):
            things = sorted(named.union(things))  # "e mail" is no part of "Email", and yet what it is called
        if things or len(read.terms) < 2:
            return read.terms, things
        kept = fitting_part(connection, read.terms, marks)
        return kept, all_of(connection, kept, marks) if kept else []

    def _page(
        self, connection: sqlite3.Connection, sought: Sought, terms: list[Term], things: list[int], marks: list[str]
    ) -> list[Ranked]:
        start = (sought.page - 1) * PAGE
        if start >= min(len(things), DEEPEST * PAGE):
            return []
        if not terms:
            return [Ranked(thing, "class") for thing in things[start : start + PAGE]]
        return best(connection, self._points, sought.text, terms, marks, things, start + PAGE)[start:]

    def _choices(
        self,
        connection: sqlite3.Connection,
        sought: Sought,
        terms: list[Term],
        things: list[int],
        marks: dict[str, str],
    ) -> dict[str, tuple[Choice, ...]]:
        """For each facet what could be chosen instead, the others being chosen as they are."""
        counts = self._facets.counts(things)
        for kind in marks:
            others = [mark for name, mark in marks.items() if name != kind]
            fitting = all_of(connection, terms, others) if terms or others else range(1, self.things + 1)
            counts[kind] = self._facets.counts(fitting)[kind]
        return {kind: self._facets.choices(kind, counts[kind], sought.chosen.get(kind, "")) for kind in FACETS}

    def _hit(self, connection: sqlite3.Connection, ranked: Ranked, marker: Marker, language: str) -> Hit:
        iri, number, literals = self._thing(connection, ranked.thing)
        name = next((property_ for role, property_, _ in literals if role is Role.LABEL), "")
        labels = tuple(value for _, property_, value in literals if property_ == name)
        shown = {value.text for value in labels}
        texts = [
            Marked(value.text, value.language, (), property_)
            for role, property_, value in literals
            if role is not Role.NUMBER and value.text not in shown
        ]
        profiles = [named for named in self._facets.profiles_of(ranked.thing) if named.iri != iri]
        return Hit(
            iri=iri,
            labels=labels,
            number=number,
            of=self._facets.class_of(ranked.thing),
            by=ranked.by,
            snippet=marker.snippet(texts, language),
            profiles=tuple(profiles[:_FEW]),
            in_profiles=len(profiles),
        )

    def _thing(self, connection: sqlite3.Connection, thing: int) -> tuple[str, str, list[tuple[Role, str, Label]]]:
        """The IRI, the number and the texts of a thing."""
        iri, number = connection.execute("SELECT iri, number FROM thing WHERE id = ?", (thing,)).fetchone()
        rows = connection.execute(
            "SELECT role, property, language, text FROM literal WHERE thing = ? ORDER BY place", (thing,)
        )
        literals = [
            (Role(role), self._properties[property_], Label(text, language)) for role, property_, language, text in rows
        ]
        return iri, number, literals

    def _suggested(self, terms: list[Term], total: int) -> dict[str, str]:
        """Where next to nothing was found: words that are much commoner and look like those that were looked for."""
        if total >= _FEW:
            return {}
        known = ((term.word, self._vocabulary.commoner(term.word, _MUCH_COMMONER)) for term in islice(terms, _FEW))
        return {word: other for word, other in known if other}

    @contextmanager
    def _in_time(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.set_progress_handler(_until(time.monotonic() + self._timeout_s), _STEPS)
        try:
            yield connection
        except sqlite3.OperationalError as error:
            if "interrupt" not in str(error):
                raise
            raise QueryTimeout("Zoeken duurde te lang.", "Searching took too long.") from error
        finally:
            connection.set_progress_handler(None, 0)


def _until(deadline: float) -> Callable[[], bool]:
    return lambda: time.monotonic() > deadline
