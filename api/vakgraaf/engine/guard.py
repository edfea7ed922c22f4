"""The guard before the engine: what a query may not ask, refused before anything is evaluated.

The engine dials any host that SERVICE names and has no switch for it, and it falls over on deep nesting. The guard
reads tokens, so that it sees the keyword wherever it stands: in EXISTS, BIND, ORDER BY or an aggregate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vakgraaf.engine.tokens import before_brace, decoded, position, steps
from vakgraaf.errors import QueryRefused, QueryTooLong, SyntaxProblem

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "MODIFY", "WITH"})
_UNREPEATABLE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_BEFORE_GRAPH_NAME = frozenset({"GRAPH", "FROM", "NAMED"})


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
    form, words = _read(text, limits.max_nesting)
    if form is None:
        raise _no_query(text)
    together = " ".join(words)
    parts = words if "." not in together else {part for word in words for part in word.split(".")}
    names_graphs = "GRAPH" in together or "FROM" in together
    return CheckedQuery(text, form, "FROM" in parts, parts.isdisjoint(_UNREPEATABLE), names_graphs)


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
    # The grammar wants no space around keywords (LOADSILENT<x>), so a word need only contain it.
    if any("LOAD" in word for word in _read(text, limits.max_nesting, is_query=False)[1]):
        raise QueryRefused(
            "LOAD is hier niet toegestaan: deze server haalt niets van andere servers. Stuur de gegevens zelf mee.",
            "LOAD is not allowed here: this server fetches nothing from other servers. Send the data along.",
        )
    return text


def _bytes_of(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _read(text: str, deepest: int, *, is_query: bool = True) -> tuple[Form | None, set[str]]:
    """The form of a query, which is its first word after the prologue, and all its bare words, in capitals.

    Prefixes are among the words, with their colon. Raises for what is refused: a word of an update in the place of the
    form, SERVICE, and deep nesting. The engine's grammar wants no space around keywords: it reads `trueSERVICE<x>{}`
    and, where the default prefix is declared, even `SERVICE:x {}` as a call. So no bare word may contain it, and no
    name with such a prefix may stand before a brace, unless it is the name of a graph.
    """
    form: Form | None = None
    words = set()
    depth = 0
    before = ""  # the word that stands directly before
    looking = is_query
    for match in steps(text):
        kind = match.lastgroup
        word = ""
        if kind == "open":
            depth += 1
            if depth > deepest:
                raise _too_deep(text, match.start(kind), deepest)
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "word":
            word = match[kind].upper()
            words.add(word)
            if "SERVICE" in word:
                raise _service(text, match.start(kind))
            if looking and word not in _PROLOGUE:
                looking = False
                form = _FORMS.get(word)
                if form is None:
                    raise _no_query(text, match.start(kind), word)
        elif kind == "name":
            prefix = match[kind].partition(":")[0].upper()
            words.add(prefix + ":")
            if "SERVICE" in prefix:
                names_graph = before in _BEFORE_GRAPH_NAME and not match["passed"]
                if not names_graph and before_brace(text, match.end()):
                    raise _service(text, match.start(kind))
        before = word
    return form, words


def _no_query(text: str, start: int | None = None, word: str = "") -> SyntaxProblem | QueryRefused:
    """What is wrong with a text that has another word than a query form there, or none."""
    start = len(text) if start is None else start
    if word in _UPDATES:
        return _refused(
            text,
            start,
            f"{word} wijzigt gegevens; dit adres beantwoordt alleen vragen.",
            f"{word} changes data; this address only answers queries.",
        )
    line, column = position(text, start)
    return SyntaxProblem(
        "Dit is geen SPARQL-vraag: na de prefixen hoort SELECT, ASK, CONSTRUCT of DESCRIBE te staan.",
        "This is not a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE should follow the prefixes.",
        line,
        column,
    )


def _service(text: str, start: int) -> QueryRefused:
    return _refused(
        text,
        start,
        "SERVICE is hier niet toegestaan: deze server haalt niets van andere servers.",
        "SERVICE is not allowed here: this server fetches nothing from other servers.",
    )


def _too_deep(text: str, start: int, deepest: int) -> QueryRefused:
    return _refused(
        text,
        start,
        f"de haakjes zijn hier meer dan {deepest} diep genest; meer mag niet.",
        f"brackets are nested more than {deepest} deep here; that is the limit.",
    )


def _refused(text: str, start: int, nl: str, en: str) -> QueryRefused:
    line, column = position(text, start)
    return QueryRefused(f"Regel {line}, kolom {column}: {nl}", f"Line {line}, column {column}: {en}")
