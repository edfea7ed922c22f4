"""Whether an answer that is passed on as it comes is whole, told by its last bytes.

An engine that fails after its 200 can only break off. Some then end the transfer properly, after a cut or a message
in plain text; in CSV that looks like one more row.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from vakgraaf.engine.remote.failures import incomplete
from vakgraaf.rdf.formats import (
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    RESULTS_CSV,
    RESULTS_JSON,
    RESULTS_TSV,
    RESULTS_XML,
    TURTLE,
    Format,
)

_LENGTH = 256
_LINES = re.compile(rb"(?:^|\n)$|^(?:true|false)$")
_ENDS = {
    RESULTS_JSON: re.compile(rb"\}\s*$"),
    RESULTS_XML: re.compile(rb"</(?:\w+:)?sparql>\s*$"),
    RDF_XML: re.compile(rb"</(?:\w+:)?RDF>\s*$|<(?:\w+:)?RDF\b[^>]*/>\s*$"),
    JSON_LD: re.compile(rb"[\]}]\s*$"),
    TURTLE: re.compile(rb"^$|\.\s*$|(?:^|\n)\s*(?:@|#|PREFIX\b)[^\n]*\n?\s*$", re.IGNORECASE),
    N_TRIPLES: re.compile(rb"^$|\.\s*$|(?:^|\n)#[^\n]*\s*$"),
}


async def whole(chunks: AsyncIterator[bytes], form: Format, *, ends_lines: bool, name: str) -> AsyncIterator[bytes]:
    """The chunks as they come. Raises `RemoteFailure` after the last where that cannot have been the end.

    `ends_lines`: the engine ends every line of CSV and TSV; where it may leave out the last newline nothing is told.
    """
    tail = b""
    async for chunk in chunks:
        yield chunk
        tail = (tail + chunk)[-_LENGTH:]
    lines = _LINES if ends_lines and form in (RESULTS_CSV, RESULTS_TSV) else None
    pattern = _ENDS.get(form, lines)
    if pattern is not None and pattern.search(tail) is None:
        raise incomplete(name)
