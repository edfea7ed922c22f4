"""Documents that somebody sent, read in a process of their own: one may take down the process that reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.engine.apart import Fell, apart, work
from vakgraaf.engine.deadline import within
from vakgraaf.engine.endings import change_crashed, change_out_of_memory, change_too_late
from vakgraaf.engine.reading import parsed, to_ntriples
from vakgraaf.errors import QueryTooLong
from vakgraaf.rdf.formats import RDF_FORMATS, Format, named


class Document(NamedTuple):
    """What to read: in which format, what relative IRIs in it are relative to, and its name in messages."""

    content: bytes
    form: Format
    base: str
    name: str = ""


async def read_apart(
    documents: Sequence[Document],
    seconds: float = 60,
    *,
    memory_mb: int,
    graphs: bool = False,
    most: int | None = None,
) -> bytes:
    """All of the documents as N-Triples, or with their `graphs` as N-Quads; a blank node is only in its own document.

    Raises what `parsed` does, `QueryTooLong` where one would be longer than `most` bytes, and QueryTimeout,
    QueryOutOfMemory or QueryCrashed.
    """
    told = [(one.content, one.form.name, one.base, one.name) for one in documents]
    try:
        async with within(seconds, change_too_late(seconds)):
            return await apart("documents", (graphs, most, told), seconds, memory_mb)
    except Fell as error:
        raise change_out_of_memory(memory_mb) if error.of_memory else change_crashed() from error


def main() -> None:
    """Read them, in that process."""
    work(_read_all)


def _read_all(graphs: bool, most: int | None, documents: Sequence[tuple[bytes, str, str, str]]) -> bytes:
    """What they are together. How long one becomes is looked at here: it may be gigabytes, which nobody else holds."""
    found = []
    for document in documents:
        found.append(_read(graphs, *document))
        if most is not None and len(found[-1]) > most:
            raise _too_long(document[-1], len(found[-1]), most)
    return b"".join(found)


def _read(graphs: bool, content: bytes, form_name: str, base: str, name: str) -> bytes:
    form = named(form_name, RDF_FORMATS)
    assert form is not None, "it is the name of a format"
    if not graphs:
        return to_ntriples(content, form, base, name, rename_blank_nodes=True)
    quads = parsed(content, form, base, name, rename_blank_nodes=True)
    return bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def _too_long(name: str, length: int, most: int) -> QueryTooLong:
    return QueryTooLong(
        f"{name} is uitgeschreven als N-Triples {length} bytes, en een wijziging mag er {most} zijn"
        " (VAKGRAAF_MAX_UPDATE_BYTES). Haal het op en stuur het naar /store, of laad het met 'vakgraaf load'.",
        f"{name} written out as N-Triples is {length} bytes, and an update may be {most} here"
        " (VAKGRAAF_MAX_UPDATE_BYTES). Get it and send it to /store, or load it with 'vakgraaf load'.",
    )
