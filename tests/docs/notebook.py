"""Run a notebook as Jupyter would, cell by cell, without Jupyter: `python tests/docs/notebook.py FILE ADDRESS`.

The outputs are written into the file: what the last line of a cell is, as text and as HTML. A kernel would do the same
with forty packages more.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from pathlib import Path
from typing import Any

Cell = dict[str, Any]


def cells_of(path: Path) -> list[Cell]:
    """The cells of a notebook (nbformat 4.5)."""
    notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    return list(notebook["cells"])


def outputs(cells: list[Cell], server: str) -> list[list[Cell]]:
    """What each cell gives when it is run against `server`, after those before it. Raises what a cell raises."""
    os.environ["VAKGRAAF_SERVER"] = server
    room: dict[str, Any] = {"__name__": "__main__"}
    found = []
    number = 0
    for cell in cells:
        if cell["cell_type"] != "code":
            found.append([])
            continue
        number += 1
        value = _run("".join(cell["source"]), room, f"cell {number}")
        found.append([] if value is None else [_shown(value, number)])
    return found


def _run(source: str, room: dict[str, Any], name: str) -> object:
    """Run a cell; its value is that of its last line, where that is an expression."""
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), room)
    return None if last is None else eval(compile(ast.Expression(last.value), name, "eval"), room)


def _shown(value: object, number: int) -> Cell:
    data = {"text/plain": repr(value).splitlines(keepends=True)}
    if hasattr(value, "_repr_html_"):
        html = str(value._repr_html_())
        # pandas puts a style sheet before each table, which forges leave out anyhow.
        table = html[html.index("<table") : html.rindex("</table>")] + "</table>"
        data["text/html"] = table.splitlines(keepends=True)
    return {"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"}


def main(path: Path, server: str) -> None:
    """Write the outputs into the notebook."""
    notebook = json.loads(path.read_text("utf-8"))
    number = 0
    for cell, shown in zip(notebook["cells"], outputs(notebook["cells"], server), strict=True):
        if cell["cell_type"] == "code":
            number += 1
            cell["outputs"], cell["execution_count"] = shown, number
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
