"""What another server answered, read beside the process that serves everybody: in a thread, or where it is long apart.

A thread would not do for megabytes: the JSON and XML parsers let no other thread go on until they are done.
"""

from __future__ import annotations

import asyncio
import marshal

from vakgraaf.engine.apart import Fell, apart, work
from vakgraaf.engine.federation.tables import NotATable, Table, read

_LONG = 256 * 1024  # bytes, read within some milliseconds; a process of its own takes a quarter of a second to start
_SECONDS = 60
_MEMORY_MB = 1024


async def read_beside(body: bytes, media_type: str, blank: str) -> Table:
    """What `read` makes of it, and `NotATable` as that raises it."""
    if len(body) <= _LONG:
        return await asyncio.to_thread(read, body, media_type, blank)
    try:
        said = await apart("table", (body, media_type, blank), _SECONDS, _MEMORY_MB)
    except Fell as error:
        raise NotATable(str(error)) from error
    complaint, variables, rows = marshal.loads(said)
    if complaint is not None:
        raise NotATable(complaint)
    return Table(variables, rows)


def main() -> None:
    """Read one, in the process of its own."""
    work(_read)


def _read(body: bytes, media_type: str, blank: str) -> bytes:
    try:
        table = read(body, media_type, blank)
    except NotATable as error:
        return marshal.dumps((str(error), (), ()))
    return marshal.dumps((None, list(table.variables), [dict(row) for row in table.rows]))
