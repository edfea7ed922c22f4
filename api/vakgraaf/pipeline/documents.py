"""Documents in, judged graphs out.

One document goes through once: read → lay out → extract → build → validate. Nothing is written unless it conforms.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from vakgraaf.ingest.document import Understood, understand
from vakgraaf.ingest.read import READERS
from vakgraaf.ingest.skills import CURATED_FILE, SkillRegister
from vakgraaf.rdf.turtle import to_turtle
from vakgraaf.resources import folder
from vakgraaf.validation.report import Report
from vakgraaf.validation.validate import validate

MANIFEST = "manifest.ttl"
_HEAD = "Made from {file} by Vakgraaf ('vakgraaf build' or 'vakgraaf ingest'). Not edited by hand."


@dataclass(frozen=True)
class Draft:
    """A document understood, its graph as Turtle, and the judgement of the shapes on it."""

    document: Understood
    turtle: str
    report: Report


def sources(where: Path) -> list[Path]:
    """The source documents in a folder, oldest first by the year in their names, then by name."""
    found = (path for path in where.iterdir() if path.suffix.lower() in READERS)
    return sorted(found, key=lambda path: (re.findall(r"\d{4}", path.stem)[-1:], path.name))


def register_of(known: Path | None = None) -> SkillRegister:
    """A register with the curated table, and with the skills of the graphs in the folder `known`."""
    register = SkillRegister(folder("data/reference") / CURATED_FILE)
    for path in sorted(known.glob("*.ttl")) if known else ():
        register.learn(Graph().parse(path, format="turtle"))
    return register


def ingest(path: Path, register: SkillRegister) -> Draft:
    """The document at `path`, from file to judged graph; its new skills go into `register`.

    Raises what `understand` raises. That the graph does not conform is no error: the report says so.
    """
    document = understand(path, register, path.parent / MANIFEST)
    return Draft(document, turtle_of(document, path.name), validate(document.built.graph))


def build(where: Path) -> Iterator[tuple[Path, Understood, str]]:
    """Every document in the folder `where` in order, with one register of skills: its path, itself, its Turtle."""
    register = register_of()
    for path in sources(where):
        document = understand(path, register, where / MANIFEST)
        yield path, document, turtle_of(document, path.name)


def turtle_of(document: Understood, file: str) -> str:
    """The graph of a document as it is written: the same document gives the same bytes."""
    return to_turtle(document.built.graph, _HEAD.format(file=file))
