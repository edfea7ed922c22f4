"""SPARQL 1.1 Query Results CSV, from the TSV that the engine writes.

Its own CSV has an IRI as it is, and so one with a comma as two fields.
"""

from __future__ import annotations

import re
from typing import IO

from vakgraaf.engine.tsv import unescaped

_SPECIAL = re.compile(rb'[",\r\n]')


class CsvTable:
    """A file that takes in TSV and hands it on as CSV, in pieces of whole rows."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._begun: list[bytes] = []  # what came of the next row
        self._named = False

    def write(self, data: bytes, /) -> int:
        """Take in some bytes."""
        whole, newline, rest = bytes(data).rpartition(b"\n")
        if not newline:
            self._begun.append(bytes(data))
            return len(data)
        rows = b"".join([*self._begun, whole]).split(b"\n")
        self._begun = [rest]
        written = [] if self._named else [b",".join(name[1:] for name in rows.pop(0).split(b"\t"))]
        self._named = True
        for row in rows:
            # Most are IRIs: without a call of a function those take half the time.
            plain = [
                c[1:-1] if c[:1] == b"<" and b"," not in c and c[1:2] != b"<" else _field(c) for c in row.split(b"\t")
            ]
            written.append(b",".join(plain))
        self._output.write(b"\r\n".join([*written, b""]))
        return len(data)

    def flush(self) -> None:
        """The engine calls this at its end."""
        self._output.flush()


def _field(cell: bytes) -> bytes:
    """A term as SPARQL 1.1 CSV §3.2 has it: what it says without what kind it is; quoted as in RFC 4180 §2."""
    text = cell
    if cell[:1] == b'"':
        text = cell[1 : cell.rindex(b'"')]
        if b"\\" in text:
            text = unescaped(text.decode()).encode()
        elif b"," not in text:
            return text
    elif cell[:1] == b"<" and cell[1:2] != b"<":
        text = cell[1:-1]
    return b'"%b"' % text.replace(b'"', b'""') if _SPECIAL.search(text) else text
