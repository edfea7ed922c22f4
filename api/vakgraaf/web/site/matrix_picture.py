"""The competence matrix as a picture: a line for each competence, a column for each core task."""

from __future__ import annotations

from dataclasses import dataclass

from vakgraaf.web.site.lettering import lines
from vakgraaf.web.site.matrix import Column, Line, Matrix

SIZE = 13
LEADING = 17
_LABELS, _COLUMN, _ROW, _PAD = 390, 66, 24, 12


@dataclass(frozen=True, slots=True)
class Head:
    """A column: where it is, and where the lines of its name in the legend begin."""

    column: Column
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the matrix at `y`, with its name as far as there is room, and the places (x, code) of its marks."""

    line: Line
    name: str
    y: int
    marks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole of it; the legend begins at `legend`."""

    width: int
    height: int
    top: int
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


def picture(matrix: Matrix) -> Picture:
    """Where everything is drawn."""
    width = max(560, _LABELS + _COLUMN * len(matrix.columns) + _PAD)
    top = _PAD + LEADING * 3
    y = top + _ROW * len(matrix.lines) + 2 * _PAD + LEADING
    heads = []
    for number, column in enumerate(matrix.columns):
        text = lines(f"{column.number} {column.name.text}".lstrip(), width - 130, SIZE, 2)
        heads.append(Head(column, _LABELS + _COLUMN * number + _COLUMN // 2, y, text))
        y += LEADING * len(text)
    rows = []
    for number, line in enumerate(matrix.lines):
        places = zip(heads, line.cells, strict=True)
        marks = tuple((head.x, cell.code) for head, cell in places if cell.code)
        name = lines(line.competence.coded, _LABELS - 3 * _PAD, SIZE, 1)[0]
        rows.append(Row(line, name, top + _ROW * number + 16, marks))
    return Picture(width, y + _PAD, top, tuple(heads), tuple(rows))
