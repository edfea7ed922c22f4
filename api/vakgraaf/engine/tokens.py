"""SPARQL text in steps from token to token, the way the engine's grammar sees it (SPARQL 1.2 §19.8, terminals)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import islice
from operator import methodcaller

from vakgraaf.errors import SyntaxProblem

_START = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F" + (
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_VARNAME = rf"_{_START}0-9\u00B7\u0300-\u036F\u203F\u2040"
_NAME = rf"{_VARNAME}\-"
_ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"
_HEX = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

# Possessive quantifiers keep this linear in the length of the text: it runs in the web process, on anybody's input.
_BLANK = r"\s|\#[^\n\r]*+"
_IRI = rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_HEX})*+>"
_STRING = r"""\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}""" + (
    r"""|\"(?!\"\")(?:[^"\\\n\r]|\\.)*+\"|'(?!'')(?:[^'\\\n\r]|\\.)*+'"""
)
_LANGUAGE = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+"
_VARIABLE = rf"[?$][_{_START}0-9][{_VARNAME}]*+"
_PREFIXED = rf"(?:[_{_START}][{_NAME}.]*+)?+:(?:(?:[_{_START}0-9:]|{_ESCAPE})(?:[{_NAME}.:]|{_ESCAPE})*+)?+"
# A word may hold dots ("true.SERVICE"): the engine would end it earlier, the guard looks inside it.
_WORD = rf"[_{_START}][{_NAME}.]*+"
_NUMBER = r"[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+"
_OTHER = rf"(?!<<|>>)[^_{_START}:{{}}()\[\]\"']"

# What the guard never looks at is stepped over inside the expression, much faster than in a loop of Python. Every
# text is a row of such steps up to its end: nowhere does a search fail and begin again one character further.
_STEP = (
    rf"(?:{_BLANK}|{_IRI}|{_STRING}|{_LANGUAGE}|{_VARIABLE}|{_NUMBER}|{_OTHER})*+"
    rf"(?:(?P<name>{_PREFIXED})|(?P<word>{_WORD})|(?P<open>[{{(\[]|<<)|(?P<close>[}})\]]|>>)|(?P<quote>[\"'])|\Z)"
)
_TOKEN = (
    rf"(?:{_BLANK})*+(?:(?P<iri>{_IRI})|(?P<string>{_STRING})|(?P<language>{_LANGUAGE})|(?P<variable>{_VARIABLE})"
    rf"|(?P<name>{_PREFIXED})|(?P<word>{_WORD})|(?P<number>{_NUMBER})|(?P<open>[{{(\[]|<<)|(?P<close>[}})\]]|>>)"
    rf"|(?P<quote>[\"'])|(?P<other>.)|\Z)"
)
_BRACE = re.compile(rf"(?:{_BLANK})*+\{{")
_NOTHING = re.compile(rf"(?:{_BLANK})*+")
_texts = methodcaller("groups", "")
_STRETCH = (
    rf"(?P<kept>(?:{_BLANK}|{_IRI}|{_STRING})++)|(?P<quote>[\"'])"
    rf"|(?P<code>(?:{_LANGUAGE}|{_VARIABLE}|{_PREFIXED}|{_WORD}|{_NUMBER}|[^\s\#<\"'])++|<<|<)"
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Each of the long ones takes 20 ms, and most processes never need most of them."""
    return re.compile(pattern, re.DOTALL)


Token = re.Match[str]
"""`lastgroup` says what it is, and the group of that name what it says."""

Step = tuple[str, str, str, str, str]
"""A name with its prefix, a bare word, what opens, what closes, or the quote of a string that does not end; all other
parts are empty, and all of them at the end of the text."""


def steps(text: str) -> Iterator[Step]:
    """The names, words and brackets of `text`, and the quotes from which on nobody knows what is text and what is code.

    All else is passed over.
    """
    return map(_texts, _compiled(_STEP).finditer(text))


def all_steps(text: str) -> tuple[Step, ...]:
    """The same, of a short text: as one thing that texts have in common which differ in what is passed over."""
    return tuple(_compiled(_STEP).findall(text))


def places_of(text: str, numbers: Set[int]) -> dict[int, tuple[int, int]]:
    """Where in `text` the steps with these numbers begin and end."""
    found = islice(_compiled(_STEP).finditer(text), max(numbers) + 1)
    return {number: match.span(match.lastgroup or 0) for number, match in enumerate(found) if number in numbers}


def tokens(text: str) -> Iterator[Token]:
    """Every token of `text`; `lastgroup` says what it is, None at the end. Slower than `steps`, which skips most.

    Raises `SyntaxProblem` at a string that does not end.
    """
    for match in _compiled(_TOKEN).finditer(text):
        if match.lastgroup == "quote":
            raise endless(text, match.start("quote"))
        yield match


def word_of(token: Token) -> str:
    """A bare word in capitals; empty for every other token."""
    return (token["word"] or "").upper()


def shown(token: Token) -> str:
    """A token as written."""
    return token[token.lastgroup or 0]


def start_of(token: Token) -> int:
    """Where it begins, behind the white space and comments that it was found after."""
    return token.start(token.lastgroup or 0)


def between(text: str, part: Sequence[Token]) -> str:
    """The text from the first to the last of these tokens, with its line ended; empty for none."""
    return text[start_of(part[0]) : part[-1].end()] + "\n" if part else ""


def adjoining(text: str, end: int, start: int) -> bool:
    """Whether nothing but white space and comments stands between two places."""
    return _NOTHING.fullmatch(text, end, start) is not None


def before_brace(text: str, offset: int) -> bool:
    """Whether the first token from `offset` is an opening brace."""
    return _BRACE.match(text, offset) is not None


def decoded(text: str) -> str:
    """`text` with codepoint escapes outside strings, IRIs and comments replaced by their characters.

    SPARQL 1.1 §19.2 allows such escapes anywhere; the engine itself understands them in strings and IRIs only, and
    there it must do the work: a decoded quote would end the string. Raises `SyntaxProblem` as `tokens` does.
    """
    if "\\u" not in text and "\\U" not in text:
        return text
    parts = []
    for match in _compiled(_STRETCH).finditer(text):
        if match.lastgroup == "quote":
            raise endless(text, match.start())
        parts.append(_CODEPOINT.sub(_character, match[0]) if match.lastgroup == "code" else match[0])
    return "".join(parts)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of `offset` in `text`."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def endless(text: str, start: int) -> SyntaxProblem:
    """What is wrong with a text in which a string begins there that does not end."""
    line, column = position(text, start)
    return SyntaxProblem(
        f"Regel {line}, kolom {column}: deze tekenreeks wordt niet afgesloten.",
        f"Line {line}, column {column}: this string does not end.",
        line,
        column,
    )


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]
