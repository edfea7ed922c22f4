"""Hold files against the shapes, whatever they are: RDF of any format, or a document that is ingested first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rdflib import Graph

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.errors import UnreadableInput, unusable
from vakgraaf.ingest.document import understand
from vakgraaf.ingest.read import READERS
from vakgraaf.pipeline.documents import MANIFEST, register_of
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS, by_extension
from vakgraaf.resources import folder
from vakgraaf.validation.report import Report
from vakgraaf.validation.validate import validate

RDF_FORMATS = (*GRAPH_FORMATS, *DATASET_FORMATS)


def validate_files(paths: Sequence[Path]) -> Report:
    """The judgement on all files together, with the packaged ontology and reference data as context.

    Raises `UnreadableInput`, `SyntaxProblem`, or what `understand` raises.
    """
    data = Graph()
    documents = [path for path in paths if path.suffix.lower() in READERS]
    # Knowing the skills that there are means reading every graph: only where a document is to be read.
    register = register_of(folder("data/graphs") if documents else None)
    for path in paths:
        if path in documents:
            data += understand(path, register, path.parent / MANIFEST).built.graph
        else:
            _add_rdf(data, path)
    return validate(data)


def _add_rdf(data: Graph, path: Path) -> None:
    form = by_extension(path.name, RDF_FORMATS)
    if form is None:
        known = ", ".join(sorted([f".{f.extension}" for f in RDF_FORMATS] + list(READERS)))
        raise UnreadableInput(
            f"{path}: aan de extensie is niet te zien wat voor bestand dit is. Bekend zijn {known}.",
            f"{path}: the extension does not tell what kind of file this is. Known are {known}.",
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unusable(path, error) from error
    data.parse(data=to_ntriples(content, form, path.resolve().as_uri(), str(path)), format="nt")
