"""Documents that somebody sent, read in a process of their own: what is in one may take down the process that reads it.

As `python -m vakgraaf.engine documents`, with what to read on standard input and what it came to on standard output.
"""

from __future__ import annotations

import asyncio
import marshal
import os
import resource
import sys
from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox

from vakgraaf.engine import failures
from vakgraaf.engine.deadline import within
from vakgraaf.engine.endings import change_crashed, change_out_of_memory, change_too_late
from vakgraaf.engine.frames import Kind
from vakgraaf.engine.parentage import die_with_parent
from vakgraaf.engine.reading import parsed, to_ntriples
from vakgraaf.engine.worker import cap_memory
from vakgraaf.errors import VakgraafError
from vakgraaf.rdf.formats import RDF_FORMATS, Format, named

_READ, _FAILED = Kind.LAST.value, Kind.FAILED.value


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
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "vakgraaf.engine", "documents"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with within(seconds, change_too_late(seconds)):
            said, last_words = await process.communicate(marshal.dumps((memory_mb, seconds, graphs, told)))
    finally:
        if process.returncode is None:
            process.kill()
    if said.startswith(_FAILED):
        raise failures.unpacked(said[len(_FAILED) :])
    if process.returncode == 0 and said.startswith(_READ):
        return said[len(_READ) :]
    raise change_out_of_memory(memory_mb) if failures.ran_out_of_memory(last_words) else change_crashed()


def main() -> None:
    """Read them, within the memory and the time that there is for it."""
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failures.leave_last_words(sys.stderr.fileno())
    memory_mb, seconds, graphs, documents = marshal.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    cap_memory(memory_mb)
    try:
        said = _READ + b"".join(_read(graphs, *document) for document in documents)
    except VakgraafError as error:
        said = _FAILED + failures.packed(error)
    except MemoryError:
        os.write(sys.stderr.fileno(), failures.NO_MEMORY)
        raise
    sys.stdout.buffer.write(said)


def _read(graphs: bool, content: bytes, form_name: str, base: str, name: str) -> bytes:
    form = named(form_name, RDF_FORMATS)
    assert form is not None, "it is the name of a format"
    if not graphs:
        return to_ntriples(content, form, base, name, rename_blank_nodes=True)
    quads = parsed(content, form, base, name, rename_blank_nodes=True)
    return bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
