"""The report for people, at a terminal or in a log."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from vakgraaf.validation.report import Language, Report, Result
from vakgraaf.validation.reports.words import WORDS, about, severity_word, verdict
from vakgraaf.validation.terms import clipped

_WIDTH = 100
_LONGEST_QUOTE = 300
_INDENT = "  "
_RESET = "\x1b[0m"
_COLOURS: Mapping[str, str] = {"Violation": "\x1b[1;31m", "Warning": "\x1b[1;33m", "Info": "\x1b[1;36m"}
_BOLD, _DIM = "\x1b[1m", "\x1b[2m"


def render_text(report: Report, language: Language = "nl", *, colour: bool = False) -> str:
    """The report by part of the document; ends with a newline. `colour` adds what only a terminal understands."""
    painted = _paint if colour else _leave
    lines = [painted(verdict(report, language), _BOLD)]
    for part, results in report.by_part():
        heading = part or WORDS[language]["elsewhere"]
        if part or len(report.by_part()) > 1:
            lines += ["", painted(heading, _BOLD), painted("─" * min(len(heading), _WIDTH), _DIM)]
        for result in results:
            lines += ["", *_told(result, language, colour)]
    return "\n".join(lines) + "\n"


def _told(result: Result, language: Language, colour: bool) -> list[str]:
    painted, words = _paint if colour else _leave, WORDS[language]
    word = severity_word(result.severity, language)
    severity = painted(word.upper() if result.severity in _COLOURS else word, _COLOURS.get(result.severity, _BOLD))
    title = result.title(language)
    lines = [f"{severity}  {painted(title, _BOLD)}".rstrip()]
    lines += _wrapped(about(result, language))
    for place in result.lines:
        lines += _wrapped(place.text(language))
        if place.quote:
            lines += [painted(line, _DIM) for line in _wrapped(clipped(place.quote, _LONGEST_QUOTE), f"{_INDENT}│ ")]
    if result.problem(language):
        lines += _wrapped(f"{words['problem']}: {result.problem(language)}")
    if result.message(language) != result.problem(language):
        lines += _wrapped(f"{words['todo']}: {result.message(language)}")
    return [*lines, f"{_INDENT}{words['rule']}: {result.source_shape}"]


def _wrapped(text: str, first: str = _INDENT) -> list[str]:
    """On lines of a readable width; an IRI is never broken."""
    following = first if "│" in first else f"{_INDENT}{_INDENT}"
    return [
        line
        for part in text.splitlines() or [""]
        for line in textwrap.wrap(
            part,
            _WIDTH,
            initial_indent=first,
            subsequent_indent=following,
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]


def _paint(text: str, code: str) -> str:
    return f"{code}{text}{_RESET}"


def _leave(text: str, _: str) -> str:
    return text
