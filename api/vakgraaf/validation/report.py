"""A validation report as data, and its three faces: text for people, JSON for programs, RDF for the world."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Literal as Choice

from rdflib import Graph

from vakgraaf.rdf.prefixes import PREFIXES

Language = Choice["nl", "en"]

# Worst first: the order in which an author should read.
SEVERITIES = ("Violation", "Warning", "Info")

_HEADINGS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "Violation": "OVERTREDINGEN: zo kan het niet gepubliceerd worden",
        "Warning": "WAARSCHUWINGEN: dit hoort anders",
        "Info": "TIPS: dit kan beter",
    },
    "en": {
        "Violation": "VIOLATIONS: this cannot be published as it is",
        "Warning": "WARNINGS: this should be different",
        "Info": "TIPS: this could be better",
    },
}
_OTHER = {"nl": "OVERIG", "en": "OTHER"}
_COUNTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "nl": {
        "Violation": ("overtreding", "overtredingen"),
        "Warning": ("waarschuwing", "waarschuwingen"),
        "Info": ("tip", "tips"),
    },
    "en": {
        "Violation": ("violation", "violations"),
        "Warning": ("warning", "warnings"),
        "Info": ("tip", "tips"),
    },
}


@dataclass(frozen=True, slots=True)
class Lines:
    """Where in a source document something stands; lines count from 1, `page` is None where not certain."""

    document: str
    first: int
    last: int
    page: int | None = None

    def text(self, language: Language = "nl") -> str:
        """As a person says it: "bcp.txt, regels 351–360 (bladzijde 13)"."""
        one, more, page = ("regel", "regels", "bladzijde") if language == "nl" else ("line", "lines", "page")
        span = f"{one} {self.first}" if self.first == self.last else f"{more} {self.first}–{self.last}"
        return f"{self.document}, {span}" + (f" ({page} {self.page})" if self.page is not None else "")


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that the shapes have to say about one focus node (SHACL §3.6.2).

    `focus`, `source_shape` and `component` are IRIs ("_:…" for a blank node); `path` is a SPARQL property
    path with prefixes, None for a rule about the node as a whole; `value` is readable text; `severity` is
    one of `SEVERITIES` or the IRI of a severity of one's own; `messages` has a text per language tag (""
    for none).
    """

    focus: str
    label: str
    path: str | None
    value: str | None
    severity: str
    messages: Mapping[str, str]
    source_shape: str
    component: str
    lines: tuple[Lines, ...] = ()

    def message(self, language: Language = "nl") -> str:
        """The text in `language`, else the untagged one, else any."""
        for tag in (language, "", "en", "nl", *sorted(self.messages)):
            if tag in self.messages:
                return self.messages[tag]
        return ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes have to say about a graph, worst first, in a fixed order.

    `graph` holds the same as a sh:ValidationReport. There sh:conforms follows the letter of SHACL §3.6.1
    (false as soon as there is any result); `conforms` answers the question that is asked here: can it be
    published?
    """

    results: tuple[Result, ...]
    graph: Graph = field(compare=False, repr=False)

    @property
    def conforms(self) -> bool:
        """Whether nothing stands in the way of publishing: no result but warnings and tips."""
        return all(result.severity in ("Warning", "Info") for result in self.results)

    def count(self, severity: str) -> int:
        """How many results have this severity."""
        return sum(result.severity == severity for result in self.results)


def shortened(identifier: str) -> str:
    """An IRI with the prefix of our table where one fits: `id:kerntaak/…`, `vg:resultaat`; else in `<…>`."""
    for prefix, namespace in PREFIXES.items():
        if identifier.startswith(namespace) and len(identifier) > len(namespace):
            return f"{prefix}:{identifier[len(namespace) :]}"
    return f"<{identifier}>" if identifier and not identifier.startswith("_:") else identifier


def render_text(report: Report, language: Language = "nl") -> str:
    """The report for people, grouped by severity and then by the thing it is about; ends with a newline."""
    parts = [_verdict(report, language)]
    for severity, of_severity in groupby(report.results, key=lambda result: result.severity):
        parts.append("\n" + _HEADINGS[language].get(severity, f"{_OTHER[language]} ({severity})"))
        for _, of_focus in groupby(of_severity, key=lambda result: result.focus):
            parts.append("\n" + _about(tuple(of_focus), language))
    return "\n".join(parts) + "\n"


def _verdict(report: Report, language: Language) -> str:
    counts = []
    for severity in SEVERITIES:
        number = report.count(severity)
        if number:
            counts.append(f"{number} {_COUNTED[language][severity][number != 1]}")
    other = len(report.results) - sum(map(report.count, SEVERITIES))
    if other:
        counts.append(f"{other} {_OTHER[language].lower()}")
    if language == "nl":
        verdict, nothing = ("Voldoet" if report.conforms else "Voldoet niet"), "niets aan te merken"
    else:
        verdict, nothing = ("Conforms" if report.conforms else "Does not conform"), "nothing to remark"
    return f"{verdict}: {', '.join(counts) or nothing}."


def _about(results: tuple[Result, ...], language: Language) -> str:
    first = results[0]
    name = shortened(first.focus)
    if first.focus.startswith("_:"):
        name = "blanke knoop" if language == "nl" else "blank node"
    lines = [f"{first.label} ({name})" if first.label else name]
    lines += [f"  {place.text(language)}" for place in first.lines]
    for result in results:
        lines.append(f"  - {result.message(language)}")
        if result.path is not None:
            lines.append(f"    {'bij' if language == 'nl' else 'at'} {result.path}")
        if result.value is not None:
            lines.append(f"    {'waarde' if language == 'nl' else 'value'}: {result.value}")
        lines.append(f"    {'regel' if language == 'nl' else 'rule'} {shortened(result.source_shape)}")
    return "\n".join(lines)


def render_json(report: Report) -> str:
    """The report for programs: conforms, counts and results; the same report gives the same text."""
    document = {
        "conforms": report.conforms,
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "results": [asdict(result) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_turtle(report: Report) -> str:
    """The report as a sh:ValidationReport (SHACL §3.6) in Turtle."""
    return report.graph.serialize(format="turtle")
