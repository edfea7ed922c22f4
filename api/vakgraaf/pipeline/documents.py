"""Documents in, judged graphs out.

One document goes through once: read → lay out → extract → build → validate. Nothing is written unless it conforms.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.errors import unusable
from vakgraaf.ingest import report as of_document
from vakgraaf.ingest.document import Understood, understand
from vakgraaf.ingest.kwalificatie import report as of_dossier
from vakgraaf.ingest.kwalificatie.building import UnderstoodDossiers, understand_dossiers
from vakgraaf.ingest.kwalificatie.origins import KnownProfile, known_profiles
from vakgraaf.ingest.qualification import looks_like_dossier
from vakgraaf.ingest.read import READERS
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS
from vakgraaf.ingest.skills import CURATED_FILE, SkillRegister
from vakgraaf.rdf.formats import TURTLE
from vakgraaf.rdf.iris import VG, thing
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
_PROFILE = f"<{thing('profiel', 'x')}".removesuffix("x").encode()
_OF_PROFILES = frozenset(f"<{predicate}>".encode() for predicate in (RDF.type, RDFS.label, DCTERMS.issued))
_HEAD = "Made from {file} by Vakgraaf ('vakgraaf build' or 'vakgraaf ingest'). Not edited by hand."


@dataclass(frozen=True)
class Draft:
    """A document understood, its graph as Turtle, and the judgement of the shapes on it."""

    document: Understood | UnderstoodDossiers
    turtle: str
    report: Report

    @property
    def name(self) -> str:
        """The name of its graph."""
        return self.document.name if isinstance(self.document, UnderstoodDossiers) else self.document.text.name

    def as_text(self, language: str) -> str:
        """What was understood, for people."""
        document = self.document
        if isinstance(document, UnderstoodDossiers):
            return of_dossier.as_text(document, language)
        return of_document.as_text(document, language)

    def as_data(self) -> dict[str, Any]:
        """What was understood, for machines."""
        document = self.document
        return (
            of_dossier.as_data(document) if isinstance(document, UnderstoodDossiers) else of_document.as_data(document)
        )


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

    A qualification file of SBB is known by its content. Raises what `understand` and `understand_dossiers` raise. That
    the graph does not conform is no error: the report says so.
    """
    content = _qualification_file(path)
    if content is not None:
        dossiers = understand_dossiers(content, path.name, profiles_there_are())
        turtle = to_turtle(dossiers.graph, _HEAD.format(file=path.name))
        return Draft(dossiers, turtle, validate(dossiers.graph))
    document = understand(path, register, path.parent / MANIFEST)
    return Draft(document, turtle_of(document, path.name), validate(document.built.graph))


def _qualification_file(path: Path) -> bytes | None:
    """The content of a file that is XML of SBB; None for any other, and for one that is too large to look into."""
    try:
        if not path.is_file() or path.stat().st_size > DEFAULT_LIMITS.document_bytes:
            return None
        content = path.read_bytes()
    except OSError as error:
        raise unusable(path, error) from error
    return content if looks_like_dossier(content) else None


@cache
def profiles_there_are() -> tuple[KnownProfile, ...]:
    """The packaged profiles, and those that they name, so that a qualification file that names one means the same."""
    graph = Graph()
    for path in sorted(folder("data/graphs").glob("*.ttl")):
        lines = to_ntriples(path.read_bytes(), TURTLE, path.as_uri(), path.name).splitlines(keepends=True)
        graph.parse(data=b"".join(line for line in lines if line.startswith(_PROFILE) and _tells(line)), format="nt")
    return tuple(known_profiles(graph))


def _tells(line: bytes) -> bool:
    return line.split(b" ", 2)[1] in _OF_PROFILES


def build(where: Path) -> Iterator[tuple[Path, Understood, str]]:
    """Every document in the folder `where` in order, with one register of skills: its path, itself, its Turtle."""
    register = register_of()
    for path in sources(where):
        document = understand(path, register, where / MANIFEST)
        yield path, document, turtle_of(document, path.name)


def turtle_of(document: Understood, file: str) -> str:
    """The graph of a document as it is written: the same document gives the same bytes."""
    return to_turtle(document.built.graph, _HEAD.format(file=file))
