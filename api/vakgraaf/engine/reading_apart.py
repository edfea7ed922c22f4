"""Documents that somebody sent, read in a process of their own: one may take down the process that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.engine.apart import Fell, apart, work
from vakgraaf.engine.deadline import within
from vakgraaf.engine.endings import change_crashed, change_out_of_memory, change_too_late
from vakgraaf.engine.reading import parsed, to_ntriples
from vakgraaf.rdf.formats import RDF_FORMATS, Format, named


class Document(NamedTuple):
    """What to read: in which format, what relative IRIs in it are relative to, and its name in messages."""

    content: bytes
    form: Format
    base: str
    name: str = ""


async def read_apart(
    documents: Sequence[Document], seconds: float = 60, memory_mb: int = 4096, *, graphs: bool = False
) -> bytes:
    """All of the documents as N-Triples, or with their `graphs` as N-Quads; a blank node is only in its own document.

    Raises what `parsed` does, and QueryTimeout, QueryOutOfMemory or QueryCrashed.
    """
    told = [(one.content, one.form.name, one.base, one.name) for one in documents]
    try:
        async with within(seconds, change_too_late(seconds)):
            return await apart("documents", (graphs, told), seconds, memory_mb)
    except Fell as error:
        raise change_out_of_memory(memory_mb) if error.of_memory else change_crashed() from error


def main() -> None:
    """Read them, in that process."""
    work(_read_all)


def _read_all(graphs: bool, documents: Sequence[tuple[bytes, str, str, str]]) -> bytes:
    return b"".join(_read(graphs, *document) for document in documents)


def _read(graphs: bool, content: bytes, form_name: str, base: str, name: str) -> bytes:
    form = named(form_name, RDF_FORMATS)
    assert form is not None, "it is the name of a format"
    if not graphs:
        return to_ntriples(content, form, base, name, rename_blank_nodes=True)
    quads = parsed(content, form, base, name, rename_blank_nodes=True)
    return bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
