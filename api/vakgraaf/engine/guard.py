"""The guard before the engine: what a query may not ask, refused before anything is evaluated.

The engine dials any host that SERVICE names and has no switch for it, and it falls over on deep nesting. The guard
reads tokens, so that it sees the keyword wherever it stands: in EXISTS, BIND, ORDER BY or an aggregate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from vakgraaf.engine.tokens import Token, decoded, position, tokens
from vakgraaf.errors import QueryRefused, SyntaxProblem

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "MODIFY", "WITH"})
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


@dataclass(frozen=True, slots=True)
class GuardLimits:
    """The longest text, in bytes of UTF-8, and the deepest nesting of brackets that pass."""

    max_bytes: int = 256 * 1024
    max_nesting: int = 100


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query that passed the guard; only `check` makes one. `has_dataset` tells that it has FROM clauses."""

    text: str
    form: Form
    has_dataset: bool


def check(text: str, limits: GuardLimits) -> CheckedQuery:
    """Let a query through, with its codepoint escapes resolved, or refuse it.

    Raises `QueryRefused` (SERVICE, update, too long, too deep) and `SyntaxProblem` (no query form, a string that does
    not end). Everything else about syntax is left to the engine.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.max_bytes:
        raise QueryRefused(
            f"De vraag is {size} bytes lang; hier mogen het er hoogstens {limits.max_bytes} zijn.",
            f"The query is {size} bytes long; at most {limits.max_bytes} are allowed here.",
        )
    text = decoded(text)
    found = list(tokens(text))
    form = _form(text, found)
    _refuse_service(text, found)
    _refuse_depth(text, found, limits.max_nesting)
    words = {word for token in found if token.kind == "word" for word in token.text.upper().split(".")}
    return CheckedQuery(text, form, "FROM" in words)


def _form(text: str, found: list[Token]) -> Form:
    """The first keyword after the prologue; names and IRIs of the prologue are no words."""
    for token in found:
        keyword = token.text.upper()
        if token.kind != "word" or keyword in ("BASE", "PREFIX", "VERSION"):
            continue
        for form in Form:
            if keyword == form.value:
                return form
        if keyword in _UPDATES:
            raise _refused(
                text,
                token,
                f"{keyword} wijzigt gegevens; dit adres beantwoordt alleen vragen.",
                f"{keyword} changes data; this address only answers queries.",
            )
        break
    line, column = position(text, found[0].start) if found else (1, 1)
    raise SyntaxProblem(
        "Dit is geen SPARQL-vraag: na de prefixen hoort SELECT, ASK, CONSTRUCT of DESCRIBE te staan.",
        "This is not a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE should follow the prefixes.",
        line,
        column,
    )


def _refuse_service(text: str, found: list[Token]) -> None:
    """Refuse SERVICE as a keyword.

    The engine's grammar wants no space around keywords: it reads `trueSERVICE<x>{}` and, where the default prefix
    is declared, even `SERVICE:x {}` as a call. So no bare word may contain it, and no name with such a prefix may
    stand before a brace, unless it is the name of a graph.
    """
    before = ""
    for token, following in pairwise([*found, Token("end", "", len(text))]):
        if token.kind == "word":
            hit = "SERVICE" in token.text.upper()
        elif token.kind == "name":
            prefix = token.text.partition(":")[0].upper()
            hit = "SERVICE" in prefix and following.text == "{" and before not in _BEFORE_GRAPH_NAME
        else:
            hit = False
        if hit:
            raise _refused(
                text,
                token,
                "SERVICE is hier niet toegestaan: deze server haalt niets van andere servers.",
                "SERVICE is not allowed here: this server fetches nothing from other servers.",
            )
        before = token.text.upper()


def _refuse_depth(text: str, found: list[Token], deepest: int) -> None:
    depth = 0
    for token in found:
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth = max(0, depth - 1)
        if depth > deepest:
            raise _refused(
                text,
                token,
                f"de haakjes zijn hier meer dan {deepest} diep genest; meer mag niet.",
                f"brackets are nested more than {deepest} deep here; that is the limit.",
            )


def _refused(text: str, token: Token, nl: str, en: str) -> QueryRefused:
    line, column = position(text, token.start)
    return QueryRefused(f"Regel {line}, kolom {column}: {nl}", f"Line {line}, column {column}: {en}")
