"""Vocabularies of others as the user has them on disk: ESCO as CSV, and any SKOS vocabulary in a format of RDF."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.engine.scratch import graph_of
from vakgraaf.errors import UnreadableInput
from vakgraaf.linking.matching.reading import things_of
from vakgraaf.linking.matching.thing import Kind, Thing
from vakgraaf.rdf.formats import GRAPH_FORMATS, by_extension
from vakgraaf.rdf.sniffing import sniff

_LONGEST_FIELD = 1_000_000
_NEEDED = ("conceptUri", "preferredLabel")
_KINDS = {"Occupation": Kind.OCCUPATION}
_SEVERAL = re.compile(r"\s*[\n|]\s*")


def vocabulary(path: Path, language: str = "nl") -> list[Thing]:
    """The concepts in the file `path`: a CSV of ESCO's download (`occupations_nl.csv`, `skillGroups_nl.csv`,
    `skills_nl.csv`, `ISCOGroups_nl.csv`), or SKOS in a format of RDF. Nothing is fetched from the network.

    Raises `UnreadableInput` where it is neither, `SyntaxProblem` with the line where the RDF does not parse.
    """
    try:
        if path.suffix.lower() == ".csv":
            return list(_esco(path))
        content = path.read_bytes()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, str(error)) from error
    form = sniff(content) or by_extension(path.name, GRAPH_FORMATS)
    if form is None:
        raise UnreadableInput(
            f"{path.name} is geen CSV van ESCO en geen RDF. Geef Turtle, RDF/XML, JSON-LD of N-Triples.",
            f"{path.name} is no CSV of ESCO and no RDF. Give Turtle, RDF/XML, JSON-LD or N-Triples.",
        )
    return things_of(graph_of(to_ntriples(content, form, "", path.name)), language=language)


def _esco(path: Path) -> Iterator[Thing]:
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
        if missing:
            raise UnreadableInput(
                f"{path.name}: de kolom {missing[0]} ontbreekt. Verwacht wordt een CSV uit de download van ESCO.",
                f"{path.name}: there is no column {missing[0]}. A CSV from the download of ESCO is expected.",
            )
        seen = set()
        for row in rows:
            if row["conceptUri"] and row["preferredLabel"] and row["conceptUri"] not in seen:
                seen.add(row["conceptUri"])
                yield _concept(row)


def _concept(row: dict[str, str]) -> Thing:
    others = [*_SEVERAL.split(row.get("altLabels") or ""), *_SEVERAL.split(row.get("hiddenLabels") or "")]
    kind = _KINDS.get(row.get("conceptType") or "", Kind.CONCEPT)
    texts = (row.get("description") or "", row.get("scopeNote") or "")
    names = tuple(name for name in others if name)
    return Thing(row["conceptUri"], kind, row["preferredLabel"], names, " ".join(filter(None, texts)))


def _unreadable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} kan niet als vocabulaire worden gelezen: {why}",
        f"{path.name} cannot be read as a vocabulary: {why}",
    )
