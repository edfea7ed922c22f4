"""A validation report as data: what is wrong, how bad, where, and what to do. How it is written: see `reports`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal as Choice

from rdflib import Graph

from vakgraaf.rdf.prefixes import PREFIXES

Language = Choice["nl", "en"]
Words = Mapping[str, str]
"""A text per language tag ("" for none)."""

# Worst first: the order in which an author should read.
SEVERITIES = ("Violation", "Warning", "Info")


def said(words: Words, language: Language = "nl") -> str:
    """The text in `language`, else the untagged one, else any; "" where there is none."""
    for tag in (language, "", "en", "nl", *sorted(words)):
        if tag in words:
            return words[tag]
    return ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document or file something stands; lines and columns count from 1, columns in characters.

    `page` is None where not certain, `column` in a document (there a passage is whole lines), `quote` where the
    text is not at hand.
    """

    document: str
    first: int
    last: int
    page: int | None = None
    column: int | None = None
    quote: str | None = None

    def text(self, language: Language = "nl") -> str:
        """As a person says it: "bcp.txt, regels 351–360 (bladzijde 13)", "profiel.ttl, regel 12, kolom 5"."""
        words = ("regel", "regels", "kolom", "bladzijde") if language == "nl" else ("line", "lines", "column", "page")
        one, more, column, page = words
        span = f"{one} {self.first}" if self.first == self.last else f"{more} {self.first}–{self.last}"
        span += f", {column} {self.column}" if self.column is not None else ""
        return f"{self.document}, {span}" + (f" ({page} {self.page})" if self.page is not None else "")


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that there is to say about one focus node (SHACL §3.6.2) or about a passage of a document.

    `focus`, `source_shape` and `component` are IRIs ("_:…" for a blank node, "" for none); `label` is what the
    focus is called, by its place in the document where it has no name, and `names` the same in each language; `path`
    is a SPARQL property path with prefixes, None for a rule about the node as a whole; `value` is readable text;
    `severity` is one of `SEVERITIES` or the IRI of a severity of one's own. `titles` say what kind of thing is wrong,
    `problems` what is wrong here, `messages` what to do about it. `part` is the heading of the part of the document
    that it belongs to, "" where there is none. `lines` begin with the best place to look. `node` is the label of the
    blank node that stands for it in the graph of its report.
    """

    focus: str
    label: str
    path: str | None
    value: str | None
    severity: str
    messages: Words
    source_shape: str
    component: str
    lines: tuple[Place, ...] = ()
    titles: Words = field(default_factory=dict)
    problems: Words = field(default_factory=dict)
    part: str = ""
    names: Words = field(default_factory=dict)
    node: str = field(default="", compare=False)

    def name(self, language: Language = "nl") -> str:
        """What the focus is called; "" where nothing says."""
        return said(self.names, language) or self.label

    def title(self, language: Language = "nl") -> str:
        """What kind of thing is wrong, in a few words."""
        return said(self.titles, language)

    def problem(self, language: Language = "nl") -> str:
        """What is wrong here, as a sentence."""
        return said(self.problems, language)

    def message(self, language: Language = "nl") -> str:
        """What to do, as a sentence."""
        return said(self.messages, language)


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say about a graph or document, worst first, in a fixed order.

    `graph` holds the same as a sh:ValidationReport. There sh:conforms follows the letter of SHACL §3.6.1
    (false as soon as there is any result); `conforms` answers the question that is asked here: can it be
    published? `parts` are the headings of the parts of what was judged, in the order of the document.
    """

    results: tuple[Result, ...]
    graph: Graph = field(compare=False, repr=False)
    parts: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing stands in the way of publishing: no result but warnings and tips."""
        return all(result.severity in ("Warning", "Info") for result in self.results)

    def count(self, severity: str) -> int:
        """How many results have this severity."""
        return sum(result.severity == severity for result in self.results)

    def by_part(self) -> tuple[tuple[str, tuple[Result, ...]], ...]:
        """The results under the heading of the part they belong to: parts as in the document, those without last."""
        order = {part: number for number, part in enumerate(self.parts)}
        lines: dict[str, int] = {}
        found: dict[str, list[Result]] = {}
        for result in self.results:
            found.setdefault(result.part, []).append(result)
            for place in result.lines[:1]:
                lines[result.part] = min(place.first, lines.get(result.part, place.first))
        one_file = len({place.document for result in self.results for place in result.lines}) == 1
        by_line = one_file and all(part in lines for part in found if part)

        def rank(part: str) -> tuple[bool, int, int]:
            return (part == "", lines.get(part, 0) if by_line else 0, order.get(part, len(order)))

        return tuple((head, tuple(found[head])) for head in sorted(found, key=rank))


def severity_rank(severity: str) -> tuple[int, str]:
    """A key by which the worst comes first; severities of one's own come last, by name."""
    return (SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES), severity)


def shortened(identifier: str) -> str:
    """An IRI with the prefix of our table where one fits: `id:kerntaak/…`, `vg:resultaat`; else in `<…>`."""
    for prefix, namespace in PREFIXES.items():
        if identifier.startswith(namespace) and len(identifier) > len(namespace):
            return f"{prefix}:{identifier[len(namespace) :]}"
    return f"<{identifier}>" if identifier and not identifier.startswith("_:") else identifier


def counts(results: Iterable[Result]) -> dict[str, int]:
    """How many there are of each of `SEVERITIES`."""
    numbers = dict.fromkeys(SEVERITIES, 0)
    for result in results:
        if result.severity in numbers:
            numbers[result.severity] += 1
    return numbers
