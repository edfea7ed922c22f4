"""A judgement for a page: what there is to say, and each document beside what was understood of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vakgraaf.engine import Value
from vakgraaf.web.site.kinds import kind_of
from vakgraaf.web.site.source_blocks import Block, Made, Stretch, blocks
from vakgraaf.web.site.source_text import SourceText
from vakgraaf.web.wording import marked

SEVERITIES = {
    "Violation": marked("Overtreding"),
    "Warning": marked("Waarschuwing"),
    "Info": marked("Tip"),
}
"""Severity → word of the catalogue."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: its lines beside what was made of them and found at them."""

    file: str
    title: str
    anchor: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...]
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the template shows. `parts` are headings with results, as the courtroom tells them."""

    conforms: bool
    counts: Mapping[str, int]
    parts: tuple[Mapping[str, Any], ...]
    documents: tuple[Read, ...]
    triples: int
    severities: Mapping[str, str]

    @property
    def total(self) -> int:
        """How many results there are."""
        return sum(len(part["results"]) for part in self.parts)


def judged(told: Mapping[str, Any]) -> Judged:
    """The page of what the courtroom told."""
    results = [result for part in told["parts"] for result in part["results"]]
    documents = told["documents"]
    return Judged(
        conforms=told["conforms"],
        counts=told["counts"],
        parts=tuple(told["parts"]),
        documents=tuple(_read(document, number, results) for number, document in enumerate(documents, 1)),
        triples=told["triples"],
        severities=SEVERITIES,
    )


def _read(document: Mapping[str, Any], number: int, results: Iterable[Mapping[str, Any]]) -> Read:
    text = SourceText(
        Path(document["file"]),
        "",
        tuple(document["lines"]),
        dict(document["pages"]),
        frozenset(document["furniture"]),
        frozenset(document["structure"]),
    )
    stretches = [_stretch(told) for told in document["stretches"]]
    stretches += [found for result in results for found in _found(result, document["file"])]
    cut = blocks(text, sorted(stretches, key=lambda s: (s.first, -s.last, s.iri)))
    return Read(
        file=document["file"],
        title=document["title"],
        anchor="" if number == 1 else f"d{number}-",
        blocks=cut,
        pages=tuple(dict.fromkeys(block.page for block in cut if block.page is not None)),
        states=frozenset(block.state for block in cut if not block.blank),
    )


def _stretch(told: Mapping[str, Any]) -> Stretch:
    made = tuple(
        Made(thing["iri"], Value("literal", thing["name"], language=thing["language"]), kind_of(thing["classes"]))
        for thing in told["made"]
    )
    return Stretch(told["iri"], told["first"], told["last"], told["page"], made, ())


def _found(result: Mapping[str, Any], file: str) -> Iterable[Stretch]:
    """A result at the lines of this document that it is about; it links to itself among the results."""
    said = result["problem"] or result["message"]
    finding = Made(f"#b{result['number']}", Value("literal", said), result["severity"])
    for place in result["lines"]:
        if place["document"] == file:
            yield Stretch(finding.iri, place["first"], place["last"], None, (), (finding,))
