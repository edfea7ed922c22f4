"""The guard before the engine: what a query may not ask, refused before anything is evaluated.

The engine dials any host that SERVICE names and has no switch for it, and it falls over on deep nesting. The guard
reads tokens, so that it sees the keyword wherever it stands: in EXISTS, BIND, ORDER BY or an aggregate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from vakgraaf.engine.misspelt import declaration_before
from vakgraaf.engine.tokens import (
    Step,
    adjoining,
    all_steps,
    before_brace,
    decoded,
    endless,
    places_of,
    position,
    steps,
)
from vakgraaf.errors import QueryRefused, QueryTooLong, SyntaxProblem
from vakgraaf.sparql.rewriting.chance import CHANGING

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "MODIFY", "WITH"})
_UNREPEATABLE = CHANGING | {"NOW"}
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_BEFORE_GRAPH_NAME = frozenset({"GRAPH", "FROM", "NAMED"})
_SHORT, _FEW = 4096, 64
"""Up to so many characters and steps what a text is read as is remembered: half a thousand of these stay small."""


class Form(Enum):
    """The four query forms (SPARQL 1.1 §16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is a graph rather than a table of results."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


_FORMS = {form.value: form for form in Form}


@dataclass(frozen=True, slots=True)
class GuardLimits:
    """The longest text of a query and of an update, in bytes of UTF-8, and the deepest nesting that pass."""

    max_bytes: int = 256 * 1024
    max_nesting: int = 100
    max_update_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query that passed the guard; only `check` makes one.

    `has_dataset` tells that it has FROM clauses, `repeatable` that the same data always gives the same answer: it has
    no clock and no dice. Where `names_graphs` is false it has neither GRAPH nor FROM: the default graph is all it sees.
    """

    text: str
    form: Form
    has_dataset: bool
    repeatable: bool = True
    names_graphs: bool = True


def check(text: str, limits: GuardLimits) -> CheckedQuery:
    """Let a query through, with its codepoint escapes resolved, or refuse it.

    Raises `QueryTooLong`, `QueryRefused` (SERVICE, update, too deep) and `SyntaxProblem` (no query form, a string that
    does not end). Everything else about syntax is left to the engine.
    """
    size = _bytes_of(text)
    if size > limits.max_bytes:
        raise QueryTooLong(
            f"De vraag is {size} bytes lang; hier mogen het er hoogstens {limits.max_bytes} zijn"
            " (VAKGRAAF_MAX_QUERY_BYTES).",
            f"The query is {size} bytes long; at most {limits.max_bytes} are allowed here (VAKGRAAF_MAX_QUERY_BYTES).",
        )
    text = decoded(text)
    found = _reading(text, limits.max_nesting)
    if found.form is None:
        raise _no_query(text)
    return CheckedQuery(text, found.form, found.has_dataset, found.repeatable, found.names_graphs)


def check_update(text: str, limits: GuardLimits) -> str:
    """Let an update through, with its codepoint escapes resolved, or refuse it.

    Raises `QueryTooLong`, `QueryRefused` (SERVICE or LOAD, also SILENT; too deep) and `SyntaxProblem` (a string that
    does not end). Everything else about syntax is left to the engine.
    """
    size = _bytes_of(text)
    if size > limits.max_update_bytes:
        raise QueryTooLong(
            f"De wijziging is {size} bytes lang; hier mogen het er hoogstens {limits.max_update_bytes} zijn"
            " (VAKGRAAF_MAX_UPDATE_BYTES).",
            f"The update is {size} bytes long; at most {limits.max_update_bytes} are allowed here"
            " (VAKGRAAF_MAX_UPDATE_BYTES).",
        )
    text = decoded(text)
    if _reading(text, limits.max_nesting, is_query=False).loads:
        raise QueryRefused(
            "LOAD is hier niet toegestaan: deze server haalt niets van andere servers. Stuur de gegevens zelf mee.",
            "LOAD is not allowed here: this server fetches nothing from other servers. Send the data along.",
        )
    return text


def _bytes_of(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


class _Wrong(Enum):
    """What a text is refused for, at one of its steps."""

    DEEP = auto()
    SERVICE = auto()
    FORM = auto()
    QUOTE = auto()


class _Reading(NamedTuple):
    """What a text is, by its words, names and brackets: the first four as `CheckedQuery` has them.

    `calls` are the steps with a name that is a call of SERVICE where a brace follows, but not where it is that of a
    graph, behind one of the words that `True` goes along with. `wrong` is where the reading ended early, and why.
    """

    form: Form | None = None
    has_dataset: bool = False
    repeatable: bool = True
    names_graphs: bool = True
    loads: bool = False
    calls: tuple[tuple[int, bool], ...] = ()
    wrong: tuple[int, _Wrong] | None = None


def _reading(text: str, deepest: int, *, is_query: bool = True) -> _Reading:
    """What a text is. Raises for what is refused: a word of an update in the place of the form, SERVICE, deep nesting.

    Most queries differ from an earlier one in nothing but what the guard never looks at, so what it thinks of a short
    row of steps is remembered.
    """
    row = all_steps(text) if len(text) <= _SHORT else ()
    found = _known(row, deepest, is_query) if 0 < len(row) <= _FEW else _read(row or steps(text), deepest, is_query)
    if found.calls or found.wrong is not None:
        _refuse(text, found, deepest)
    return found


def _refuse(text: str, found: _Reading, deepest: int) -> None:
    """Raise for the first thing that is wrong, if there is one."""
    calls = dict(found.calls)
    numbers = calls.keys() | {number - 1 for number, after in found.calls if after}
    places = places_of(text, numbers | ({found.wrong[0]} if found.wrong is not None else set()))
    for number, after_graph in calls.items():
        start, end = places[number]
        names_graph = after_graph and adjoining(text, places[number - 1][1], start)
        if not names_graph and before_brace(text, end):
            raise _service(text, (start, end))
    if found.wrong is not None:
        number, wrong = found.wrong
        raise _fault(text, places[number], wrong, deepest)


def _read(row: Iterable[Step], deepest: int, is_query: bool) -> _Reading:
    """Read a row of steps, up to the first that is refused.

    The form of a query is its first word after the prologue. Words count in capitals, and prefixes with their colon
    among them. The engine's grammar wants no space around keywords: it reads `trueSERVICE<x>{}` and, where the default
    prefix is declared, even `SERVICE:x {}` as a call. So no bare word may contain it, and no name with such a prefix
    may stand before a brace, unless it is the name of a graph.
    """
    form: Form | None = None
    words: set[str] = set()
    calls: list[tuple[int, bool]] = []
    wrong: _Wrong | None = None
    number = depth = 0
    before = ""  # the word that was the step before
    looking = is_query
    for number, (name, bare, opening, closing, quote) in enumerate(row):
        word = bare.upper()
        if word:
            words.add(word)
            if "SERVICE" in word:
                wrong = _Wrong.SERVICE
            elif looking and word not in _PROLOGUE:
                looking = False
                form = _FORMS.get(word)
                wrong = None if form is not None else _Wrong.FORM
        elif opening:
            depth += 1
            wrong = None if depth <= deepest else _Wrong.DEEP
        elif closing:
            depth = max(0, depth - 1)
        elif name:
            prefix = name.partition(":")[0].upper()
            words.add(prefix + ":")
            if "SERVICE" in prefix:
                calls.append((number, before in _BEFORE_GRAPH_NAME))
        elif quote:
            wrong = _Wrong.QUOTE
        if wrong is not None:
            break
        before = word
    together = " ".join(words)
    parts = words if "." not in together else {part for word in words for part in word.split(".")}
    return _Reading(
        form,
        has_dataset="FROM" in parts,
        repeatable=parts.isdisjoint(_UNREPEATABLE),
        names_graphs="GRAPH" in together or "FROM" in together,
        # The grammar wants no space here either (LOADSILENT<x>).
        loads="LOAD" in together,
        calls=tuple(calls),
        wrong=None if wrong is None else (number, wrong),
    )


_known = lru_cache(maxsize=512)(_read)


def _fault(text: str, place: tuple[int, int], wrong: _Wrong, deepest: int) -> SyntaxProblem | QueryRefused:
    if wrong is _Wrong.SERVICE:
        return _service(text, place)
    if wrong is _Wrong.DEEP:
        return _too_deep(text, place, deepest)
    return endless(text, place[0]) if wrong is _Wrong.QUOTE else _no_query(text, place)


def _no_query(text: str, place: tuple[int, int] | None = None) -> SyntaxProblem | QueryRefused:
    """What is wrong with a text that has another word than a query form there, or none."""
    start, end = place or (len(text), len(text))
    word = text[start:end].upper()
    if word in _UPDATES:
        return _refused(
            text,
            (start, end),
            f"{word} wijzigt gegevens; dit adres beantwoordt alleen vragen.",
            f"{word} changes data; this address only answers queries.",
        )
    if (declared := declaration_before(text, start)) is not None:
        line, column = position(text, declared[0])
        nl, en = declared[1]
        return SyntaxProblem(
            f"Regel {line}, kolom {column}: {nl}.", f"Line {line}, column {column}: {en}.", line, column
        )
    line, column = position(text, start)
    return SyntaxProblem(
        "Dit is geen SPARQL-vraag: na de prefixen hoort SELECT, ASK, CONSTRUCT of DESCRIBE te staan.",
        "This is not a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE should follow the prefixes.",
        line,
        column,
        text[start:end] or None,
    )


def _service(text: str, place: tuple[int, int]) -> QueryRefused:
    return _refused(
        text,
        place,
        "SERVICE is hier niet toegestaan: deze server haalt niets van andere servers.",
        "SERVICE is not allowed here: this server fetches nothing from other servers.",
    )


def _too_deep(text: str, place: tuple[int, int], deepest: int) -> QueryRefused:
    return _refused(
        text,
        place,
        f"de haakjes zijn hier meer dan {deepest} diep genest; meer mag niet.",
        f"brackets are nested more than {deepest} deep here; that is the limit.",
    )


def _refused(text: str, place: tuple[int, int], nl: str, en: str) -> QueryRefused:
    start, end = place
    line, column = position(text, start)
    return QueryRefused(
        f"Regel {line}, kolom {column}: {nl}", f"Line {line}, column {column}: {en}", line, column, text[start:end]
    )
