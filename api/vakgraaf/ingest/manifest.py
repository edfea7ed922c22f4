"""What is known of a source file beside its text: title, publisher, date, rights, sha256 (manifest.ttl)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, RDFS, Graph, Literal, URIRef

from vakgraaf.errors import NotConforming
from vakgraaf.ingest.read import Text
from vakgraaf.rdf.iris import VG, thing

UNKNOWN_RIGHTS = (
    Literal("Rechten onbekend; er is geen licentie verleend.", lang="nl"),
    Literal("Rights unknown; no licence has been granted.", lang="en"),
)


@dataclass(frozen=True)
class Entry:
    """A source document as the manifest describes it; `issued` is ISO 8601 text."""

    file: str
    title: str
    publisher: str | None
    issued: str | None
    rights: tuple[Literal, ...]
    sha256: str | None


def entry_for(text: Text, filename: str, title: str, manifest: Path | None) -> Entry:
    """What `manifest` says of `text`; a document that it does not list gets its own `title` and unknown rights.

    Raises `NotConforming` where the file is not the one that the manifest describes (other checksum).
    """
    graph = Graph()
    if manifest is not None and manifest.is_file():
        graph.parse(manifest, format="turtle")
    document = thing("brondocument", text.name)
    if (document, None, None) not in graph:
        return Entry(filename, title, None, None, UNKNOWN_RIGHTS, None)
    listed = str(graph.value(document, VG.sha256))
    if listed != text.sha256:
        raise NotConforming(
            f"{filename} is niet het bestand dat in het manifest staat: de sha256 is {text.sha256}, niet {listed}.",
            f"{filename} is not the file that the manifest lists: its sha256 is {text.sha256}, not {listed}.",
        )
    rights = tuple(sorted((o for o in graph.objects(document, DCTERMS.rights) if isinstance(o, Literal)), key=str))
    return Entry(
        filename,
        _text(graph, document, DCTERMS.title) or title,
        _publisher(graph, document),
        _text(graph, document, DCTERMS.issued),
        rights,
        listed,
    )


def _publisher(graph: Graph, document: URIRef) -> str | None:
    value = graph.value(document, DCTERMS.publisher)
    return str(graph.value(value, RDFS.label)) if isinstance(value, URIRef) else None


def _text(graph: Graph, subject: URIRef, predicate: URIRef) -> str | None:
    value = graph.value(subject, predicate)
    return None if value is None else str(value)
