"""The report for build servers: JUnit XML. A violation is a failure; warnings and tips pass, and are told."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from vakgraaf.validation.report import Language, Report, Result
from vakgraaf.validation.reports.words import WORDS, about, severity_word

# What XML 1.0 §2.2 leaves out of its characters.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report, language: Language = "nl") -> str:
    """A test suite for each part of the document, a test case for each result; one that passes where there is none."""
    words = WORDS[language]
    suites = [(part or words["elsewhere"], results) for part, results in report.by_part()]
    failed = sum(_fails(result) for result in report.results)
    number = len(report.results) or 1
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="Vakgraaf" tests="{number}" failures="{failed}" errors="0">',
    ]
    for name, results in suites:
        failures = sum(map(_fails, results))
        tests = f'tests="{len(results)}" failures="{failures}" errors="0" skipped="0"'
        lines.append(f"  <testsuite name={_attribute(name)} {tests}>")
        for result in results:
            lines += _case(result, name, language)
        lines.append("  </testsuite>")
    if not suites:
        lines.append('  <testsuite name="Vakgraaf" tests="1" failures="0" errors="0" skipped="0">')
        lines.append(f'    <testcase classname="Vakgraaf" name={_attribute(words["conforms"])}/>')
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _fails(result: Result) -> bool:
    return result.severity not in ("Warning", "Info")


def _case(result: Result, suite: str, language: Language) -> list[str]:
    words = WORDS[language]
    name = f"{about(result, language)}: {result.title(language) or result.source_shape}"
    told = [
        *(place.text(language) + (f": {place.quote}" if place.quote else "") for place in result.lines),
        f"{words['problem']}: {result.problem(language)}",
        f"{words['todo']}: {result.message(language)}",
        f"{words['rule']}: {result.source_shape}",
    ]
    text = escape(_fit("\n".join(told)))
    opened = f"    <testcase classname={_attribute(suite)} name={_attribute(name)}>"
    if _fails(result):
        kind, problem = severity_word(result.severity, language), result.problem(language)
        said = f"      <failure type={_attribute(kind)} message={_attribute(problem)}>{text}</failure>"
    else:
        said = f"      <system-out>{escape(severity_word(result.severity, language))}\n{text}</system-out>"
    return [opened, said, "    </testcase>"]


def _attribute(text: str) -> str:
    return quoteattr(_fit(text), {"\n": " ", "\r": " ", "\t": " "})


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)
