"""The rows of a table as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vakgraaf.ingest.readers.blocks import Block

_ONE_LINE = 110


def set_row(cells: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """A row on one line where every cell is a short paragraph; else its cells, one below the other."""
    filled = [[block for block in cell if block.text.strip()] for cell in cells]
    filled = [cell for cell in filled if cell]
    short = all(len(cell) == 1 and "\n" not in cell[0].text for cell in filled)
    if short and sum(len(cell[0].text) + 1 for cell in filled) <= _ONE_LINE:
        if filled:
            yield Block(" ".join(cell[0].text.strip() for cell in filled), "row")
        return
    for cell in filled:
        first, *rest = cell
        yield replace(first, kind="row") if first.kind == "text" else first
        yield from rest
