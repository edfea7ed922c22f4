"""Media types of what can be judged, and the extensions by which files of those types are known."""

from __future__ import annotations

from collections.abc import Mapping

from vakgraaf.rdf.formats import RDF_FORMATS

_ALIASES = {alias: f.extension for f in RDF_FORMATS for alias in f.media_aliases}
DOCUMENTS: Mapping[str, str] = {
    "text/plain": "txt",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
}
"""Those of documents, and of files packed together."""
EXTENSIONS: Mapping[str, str] = {
    **_ALIASES,
    **{f.media_type: f.extension for f in RDF_FORMATS},
    **DOCUMENTS,
}
"""Media type → extension without a dot; `text/plain` is a document here, and not N-Triples."""
