"""Terms as they stand in a row of SPARQL's TSV results (Query Results CSV and TSV Formats §4)."""

from __future__ import annotations

import re
from typing import NamedTuple

from vakgraaf.language.words import composed

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class Text(NamedTuple):
    """A literal: what it says, and its language or ""."""

    text: str
    language: str


def iri(term: str) -> str:
    """The IRI that `term` is; "" for anything else."""
    return term[1:-1] if term.startswith("<") else ""


def text(term: str) -> Text | None:
    """The text of the literal that `term` is; None where it is none."""
    if not term or term.startswith(("<", "_:")):
        return None
    if term[0] != '"':  # a number or a truth value stands there as it is
        return Text(term, "")
    end = term.rfind('"')
    kind = term[end + 1 :]
    value = term[1:end]
    if "\\" in value:
        value = _ESCAPE.sub(_unescaped, value)
    return Text(composed(value), kind[1:].lower() if kind.startswith("@") else "")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    return _SIGNS.get(code, code)
