"""Aligned tables, and numbers in three digits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def show(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; the first column is aligned left, the others right."""
    lines = [list(header), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        first, *rest = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join((first, *rest)).rstrip(), flush=True)
        if number == 0:
            print("  ".join("-" * width for width in widths))


def short(value: float) -> str:
    """Three digits that count: 0.123, 12.3, 1234."""
    if value == 0:
        return "0"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def times(value: float, of: float | None) -> str:
    """`value` as a multiple of `of`, in brackets; nothing where that is not known."""
    return f" ({value / of:.2f}x)" if of else ""


def geometric_mean(values: Sequence[float]) -> float:
    """The mean that ratios have; `values` is not empty."""
    return math.exp(sum(map(math.log, values)) / len(values))
