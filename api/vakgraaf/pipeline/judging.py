"""Judge what is handed in, whatever it is: RDF of any format, documents that are read first, or both together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, count
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from rdflib import Graph
from rdflib.graph import ReadOnlyGraphAggregate

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.engine.scratch import graph_of
from vakgraaf.errors import UnreadableInput, unusable
from vakgraaf.ingest import qualification
from vakgraaf.ingest.document import Understood, understand_text
from vakgraaf.ingest.kwalificatie.building import understand_dossiers
from vakgraaf.ingest.read import READERS, read_bytes
from vakgraaf.ingest.readers.reading import DEFAULT_LIMITS, ReadingLimits
from vakgraaf.ingest.skills import SkillRegister
from vakgraaf.pipeline.document_results import with_documents
from vakgraaf.pipeline.documents import profiles_there_are, register_of
from vakgraaf.pipeline.inputs import Input, expand
from vakgraaf.rdf.formats import RDF_FORMATS, Format, named
from vakgraaf.rdf.prefixes import empty_graph
from vakgraaf.resources import folder
from vakgraaf.validation.locating import File, located
from vakgraaf.validation.report import Report
from vakgraaf.validation.shapes import packaged_context, packaged_shapes
from vakgraaf.validation.validate import validate

ContextOf = Callable[[Graph], Graph]
"""What a graph is to be judged in: from the graph to what is known about what it speaks of."""


@dataclass(frozen=True)
class Judgement:
    """What there is to say of what was handed in, the documents among it, and the graph of all together."""

    report: Report
    documents: tuple[Understood, ...]
    graph: Graph


def judge(
    inputs: Iterable[Input],
    context: Graph | ContextOf | None = None,
    shapes: Graph | None = None,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Judgement:
    """The judgement on all inputs together, archives opened; an incomplete document is judged for what there is of it.

    Without `shapes` the packaged ones count, and without `context` what is packaged with them. A context that depends
    on what is judged is given as a function. Qualification files of SBB are graphs once they are read, and no documents
    line by line. Raises `UnreadableInput`, `NotAProfile`, `SyntaxProblem`, and what
    `validate` does.
    """
    opened = [one for given in inputs for one in expand(given.name, given.content, limits)]
    parts: list[Graph] = []
    documents: list[Understood] = []
    files: list[File] = []
    taken: set[str] = set()
    register: SkillRegister | None = None
    for given in opened:
        form = rdf_format(given)
        if form is not None:
            parts.append(_read_rdf(given, form, alone=len(opened) == 1))
            files.append(File(given.name, given.content, form, base_of(given)))
        elif given.form == qualification.FORM:
            name = PurePosixPath(given.name).name
            parts.append(understand_dossiers(given.content, name, profiles_there_are(), limits).graph)
        else:
            register = register or deepcopy(known_skills())
            documents.append(_understood(given, register, limits, taken))
            parts.append(documents[-1].built.graph)
    data = _together(parts)
    known = context(data) if callable(context) else context
    report = located(validate(data, shapes, known), data, files)
    if shapes is None and any(document.findings for document in documents):
        around = packaged_context() if known is None else known
        report = with_documents(report, documents, ReadOnlyGraphAggregate([data, around]), packaged_shapes())
    return Judgement(report, tuple(documents), data)


def _understood(given: Input, register: SkillRegister, limits: ReadingLimits, taken: set[str]) -> Understood:
    """A document, for as much of it as there is. Raises `UnreadableInput`, `NotAProfile`.

    Its name becomes part of IRIs, so one whose name is `taken` gets a number behind it.
    """
    name = Path(given.name).name
    file = name if Path(name).suffix.lower() in READERS else f"{name}.{given.form}"
    text = read_bytes(given.content, file, limits)
    own = next(one for one in chain((text.name,), (f"{text.name}-{n}" for n in count(2))) if one not in taken)
    taken.add(own)
    return understand_text(replace(text, name=own), file, register, whole=False)


def validate_files(paths: Iterable[Path]) -> Report:
    """The report on all files together, with the packaged ontology and reference data as context.

    Raises what `judge` does.
    """
    return judge([read_input(path) for path in paths]).report


def read_input(path: Path) -> Input:
    """A file as an input. Raises `UnreadableInput`."""
    try:
        return Input(str(path), path.read_bytes())
    except OSError as error:
        raise unusable(path, error) from error


def shapes_of(inputs: Iterable[Input]) -> Graph:
    """Shapes that were handed in; what they import stays where it is. Raises `SyntaxProblem`, `UnreadableInput`."""
    parts = []
    for given in (one for outer in inputs for one in expand(outer.name, outer.content)):
        form = rdf_format(given)
        if form is None:
            raise UnreadableInput(
                f"{given.name}: dit zijn geen shapes, want het is geen RDF. Stuur ze bijvoorbeeld als Turtle.",
                f"{given.name}: these are no shapes, as this is no RDF. Send them as Turtle, for instance.",
            )
        parts.append(_read_rdf(given, form, alone=False))
    return _together(parts)


def rdf_format(given: Input) -> Format | None:
    """The RDF format of an input that was opened; None for a document."""
    return named(given.form or "", RDF_FORMATS)


def base_of(given: Input) -> str:
    """What the relative IRIs of an RDF file are relative to: its name, and not where it happens to be."""
    return f"file:///{quote(given.name.lstrip('/'))}"


def _read_rdf(given: Input, form: Format, *, alone: bool) -> Graph:
    """The triples of an input. Not `alone`: its blank nodes get labels that no other input has.

    Raises `SyntaxProblem`.
    """
    return graph_of(to_ntriples(given.content, form, base_of(given), given.name, rename_blank_nodes=not alone))


def _together(parts: Sequence[Graph]) -> Graph:
    """All triples in one graph; one graph by itself is not copied."""
    if len(parts) == 1:
        return parts[0]
    whole = empty_graph()
    for part in parts:
        whole += part
    return whole


@cache
def known_skills() -> SkillRegister:
    """The skills that there are, so that a document that names one again gets the same; not to be added to."""
    return register_of(folder("data/graphs"))
