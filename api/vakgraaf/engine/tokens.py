"""SPARQL text as tokens, the way the engine's grammar sees it (SPARQL 1.2 §19.8, terminals)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vakgraaf.errors import SyntaxProblem

_START = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F" + (
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_VARNAME = rf"_{_START}0-9\u00B7\u0300-\u036F\u203F\u2040"
_NAME = rf"{_VARNAME}\-"
_ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"
_HEX = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

# Possessive quantifiers keep this linear in the length of the text: it runs in the web process, on anybody's input.
# A word may hold dots ("true.SERVICE"): the engine would end it earlier, the guard looks inside it.
_TOKEN = re.compile(
    rf"""
      (?P<space>\s++)
    | (?P<comment>\#[^\n\r]*+)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_HEX})*+>)
    | (?P<string>\"{{3}}(?:\"{{0,2}}(?:[^"\\]|\\.))*+\"{{3}}
        | '''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
        | \"(?!\"\")(?:[^"\\\n\r]|\\.)*+\"
        | '(?!'')(?:[^'\\\n\r]|\\.)*+')
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)
    | (?P<variable>[?$][_{_START}0-9][{_VARNAME}]*+)
    | (?P<name>(?:[_{_START}][{_NAME}.]*+)?+:(?:(?:[_{_START}0-9:]|{_ESCAPE})(?:[{_NAME}.:]|{_ESCAPE})*+)?+)
    | (?P<word>[_{_START}][{_NAME}.]*+)
    | (?P<number>[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)
    | (?P<open>[{{(\[]|<<)
    | (?P<close>[}})\]]|>>)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """One terminal: its kind (a group of the expression above), its text and where it starts."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Every token of `text` but white space and comments.

    Raises `SyntaxProblem` at a string that does not end: from there on nobody knows what is text and what is code.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind == "other" and match[0] in "\"'":
            line, column = position(text, match.start())
            raise SyntaxProblem(
                f"Regel {line}, kolom {column}: deze tekenreeks wordt niet afgesloten.",
                f"Line {line}, column {column}: this string does not end.",
                line,
                column,
            )
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start())


def decoded(text: str) -> str:
    """`text` with codepoint escapes outside strings, IRIs and comments replaced by their characters.

    SPARQL 1.1 §19.2 allows such escapes anywhere; the engine itself understands them in strings and IRIs only, and
    there it must do the work: a decoded quote would end the string.
    """
    if "\\u" not in text and "\\U" not in text:
        return text
    result = []
    for match in _TOKEN.finditer(text):
        kept = match.lastgroup in ("string", "iri", "comment", "space")
        result.append((kept, match[0]))
    return "".join(_decoded_runs(result))


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of `offset` in `text`."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _decoded_runs(parts: list[tuple[bool, str]]) -> Iterator[str]:
    """Neighbouring parts that are not kept are joined first: an escape is several tokens."""
    run: list[str] = []
    for kept, part in [*parts, (True, "")]:
        if not kept:
            run.append(part)
            continue
        yield _CODEPOINT.sub(_character, "".join(run))
        run.clear()
        yield part


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]
