"""SPARQL text as a row of tokens (SPARQL 1.2 §19.8, terminals), in one pass and linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_START = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F" + (
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_VARNAME = rf"_{_START}0-9\u00B7\u0300-\u036F\u203F\u2040"
_ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"
_HEX = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

# Possessive quantifiers: no alternative is tried twice over the same text, so the time is linear in its length.
_TOKEN = re.compile(
    r"(?:\s|\#[^\n\r]*+)*+(?:"
    rf"(?P<var>[?$][_{_START}0-9][{_VARNAME}]*+)"
    rf"|(?P<word>[_{_START}][{_VARNAME}\-.]*+)"
    rf"(?P<local>:(?:(?:[_{_START}0-9:]|{_ESCAPE})(?:[{_VARNAME}\-.:]|{_ESCAPE})*+)?+)?+"
    rf"|(?P<bare>:(?:(?:[_{_START}0-9:]|{_ESCAPE})(?:[{_VARNAME}\-.:]|{_ESCAPE})*+)?+)"
    rf"|(?P<iri><(?:[^<>\"{{}}|^`\\\x00-\x20]|{_HEX})*+>)"
    r"|(?P<string>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*+\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}"
    r"|\"(?:[^\"\\\n\r]|\\.)*+\"|'(?:[^'\\\n\r]|\\.)*+')"
    r"|(?P<number>[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+|\.[0-9]++(?:[eE][+-]?[0-9]++)?+)"
    r"|(?P<lang>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)"
    r"|(?P<mark>\^\^|&&|\|\||!=|<=|>=|<<\(|\)>>|<<|>>|\{\||\|\}|[{}()\[\].,;|/^*+?!=<>~\-])"
    r"|(?P<end>\Z)"
    r"|(?P<other>.))",
    re.DOTALL,
)


class NotUnderstood(Exception):
    """This text is outside what the parser knows; whoever asked goes on without a tree."""


@dataclass(slots=True)
class Tokens:
    """All tokens of `text`; token `i` is `text[starts[i]:ends[i]]`, and the last one is the empty end.

    `kinds[i]` is, for a bare word, the word in capitals; for a mark, the mark; else one of "var", "name" (prefixed),
    "blank" (`_:x`), "iri", "string", "number", "lang", "end".
    """

    text: str
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def slice(self, first: int, last: int) -> str:
        """The text from token `first` up to and including token `last - 1`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    def at(self, index: int) -> str:
        """The text of one token."""
        return self.text[self.starts[index] : self.ends[index]]

    def variables(self, first: int, last: int) -> frozenset[str]:
        """The names, without sigil, of the variables that the tokens from `first` up to `last` mention."""
        text, starts, ends = self.text, self.starts, self.ends
        return frozenset(
            [text[starts[i] + 1 : ends[i]] for i, kind in enumerate(self.kinds[first:last], first) if kind == "var"]
        )


def tokens(text: str) -> Tokens:
    """Cut `text` into tokens. Raises `NotUnderstood` at what no token of SPARQL begins with."""
    result = Tokens(text)
    kinds, starts, ends = result.kinds, result.starts, result.ends
    for match in _TOKEN.finditer(text):
        group = match.lastgroup or "other"
        if group in ("word", "local", "bare"):
            _name(result, match, group)
            continue
        if group == "other":
            raise NotUnderstood(f"no token at {match.start(group)}")
        kinds.append(match[group] if group == "mark" else group)
        starts.append(match.start(group))
        ends.append(match.end(group))
        if group == "end":
            break
    return result


def _name(result: Tokens, match: re.Match[str], group: str) -> None:
    """A word or prefixed name; the dots it ends with are marks of their own (`?s a ex:C.`)."""
    start = match.start("bare" if group == "bare" else "word")
    end = stop = match.end(group)
    text = result.text
    while text[end - 1] == "." and text[end - 2] != "\\":
        end -= 1
    if group == "word":
        word = text[start:end]
        if "." in word:
            raise NotUnderstood(f"a word with dots at {start}")
        kind = word.upper()
    else:
        kind = "blank" if text.startswith("_:", start) else "name"
    result.kinds.append(kind)
    result.starts.append(start)
    result.ends.append(end)
    for dot in range(end, stop):
        result.kinds.append(".")
        result.starts.append(dot)
        result.ends.append(dot + 1)
