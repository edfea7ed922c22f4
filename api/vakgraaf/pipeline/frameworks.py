"""Lists of qualification frameworks to Turtle files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vakgraaf.errors import UnreadableInput, unusable
from vakgraaf.linking.frameworks import COMMENT, Listed, Table, graphs, listed, place
from vakgraaf.rdf.formats import RDF_FORMATS, Format, by_extension
from vakgraaf.rdf.turtle import to_turtle


@dataclass(frozen=True, slots=True)
class Made:
    """What the lists gave: Turtle by file name, how many frameworks and levels, and the rows without a place."""

    files: Mapping[str, str]
    frameworks: int
    levels: int
    left_over: tuple[Listed, ...]


def turtle_of(paths: Iterable[Path], table: Table) -> Made:
    """The frameworks in these files as Turtle; the same files give the same bytes, in whatever order.

    Raises `UnreadableInput` and `SyntaxProblem`.
    """
    rows = sorted({row for path in paths for row in _rows(path)})
    placed = place(rows, table)
    files = {f"{name}.ttl": to_turtle(graph, COMMENT) for name, graph in graphs(placed.frameworks, table).items()}
    levels = sum(len(one.levels) for one in placed.frameworks)
    return Made(files, len(placed.frameworks), levels, placed.left_over)


def _rows(path: Path) -> tuple[Listed, ...]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unusable(path, error) from error
    return listed(content, _format(path), path.name)


def _format(path: Path) -> Format | None:
    """The format of a file, by its extension; None for CSV. Raises `UnreadableInput` for any other."""
    if path.suffix.lower() == ".csv":
        return None
    form = by_extension(path.name, RDF_FORMATS)
    if form is None:
        raise UnreadableInput(
            f"{path}: de extensie zegt niet welk formaat dit is; geef CSV (.csv) of RDF (.ttl, .rdf, .jsonld, .nt).",
            f"{path}: the extension does not say which format; give CSV (.csv) or RDF (.ttl, .rdf, .jsonld, .nt).",
        )
    return form
