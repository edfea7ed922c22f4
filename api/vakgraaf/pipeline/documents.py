"""Documents in, judged graphs out.

One document goes through once: read → lay out → extract → build → validate. Nothing is written unless it conforms.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, SKOS, Graph

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.ingest.document import Understood, understand
from vakgraaf.ingest.read import READERS
from vakgraaf.ingest.skills import CURATED_FILE, SkillRegister
from vakgraaf.rdf.formats import TURTLE
from vakgraaf.rdf.iris import VG
from vakgraaf.rdf.turtle import to_turtle
from vakgraaf.resources import folder
from vakgraaf.validation.report import Report
from vakgraaf.validation.validate import validate

MANIFEST = "manifest.ttl"
_OF_SKILLS = tuple(
    f"> <{predicate}> {value}".encode()
    for predicate, value in (
        (RDF.type, f"<{VG.Skill}>"),
        (RDF.type, f"<{VG.Vakkennis}>"),
        (SKOS.prefLabel, '"'),
        (SKOS.altLabel, '"'),
    )
)
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
        register.learn(Graph().parse(data=_skills_in(path), format="nt"))
    return register


def _skills_in(path: Path) -> bytes:
    """The types and names in a Turtle file, as N-Triples: what a register learns from, a tenth of the whole."""
    lines = to_ntriples(path.read_bytes(), TURTLE, path.as_uri(), path.name).splitlines(keepends=True)
    return b"".join(line for line in lines if any(wanted in line for wanted in _OF_SKILLS))


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
