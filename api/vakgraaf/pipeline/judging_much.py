"""Hold very many statements against the shapes: a registry in files of RDF, too much to make a graph of each."""

from __future__ import annotations

from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

from vakgraaf.engine.reading import to_ntriples, unreadable
from vakgraaf.errors import unusable
from vakgraaf.pipeline.judging import base_of, read_input
from vakgraaf.rdf.formats import N_QUADS, N_TRIPLES, RDF_FORMATS, Format, by_extension
from vakgraaf.rdf.screening import is_marked, screen
from vakgraaf.validation.registry import Progress, validate_registry
from vakgraaf.validation.report import Report

MUCH_BYTES = 16 * 1024 * 1024
"""From here on a file is judged as a registry: without the line of each result, in a fifth of the memory."""


def is_much(names: Sequence[str]) -> bool:
    """Whether these are files of RDF, and together much."""
    paths = [Path(name) for name in names]
    if not all(path.is_file() and _form(path) for path in paths):
        return False
    return sum(path.stat().st_size for path in paths) >= MUCH_BYTES


def judge_much(names: Sequence[str], progress: Progress | None = None) -> Report:
    """The judgement on all files together, in the packaged context; `progress` hears of each piece and each shape.

    Raises `UnreadableInput`, `SyntaxProblem`, and what `validate_registry` does.
    """
    path, form = Path(names[0]), _form(Path(names[0]))
    if len(names) > 1 or form is None or form not in (N_QUADS, N_TRIPLES):
        return validate_registry([_ntriples(Path(name), alone=len(names) == 1) for name in names], progress=progress)
    with _opened(path) as content:
        if is_marked(content):
            return validate_registry([_ntriples(path, alone=True)], progress=progress)
        screen(content, form, str(path))
        try:
            return validate_registry([content], progress=progress)
        except SyntaxError as error:
            raise unreadable(error, form, str(path)) from error


def _opened(path: Path) -> mmap:
    """A file of which only what is looked at is in memory. Raises `UnreadableInput`."""
    try:
        with path.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError) as error:
        raise unusable(path, error if isinstance(error, OSError) else OSError(str(error))) from error


def _ntriples(path: Path, *, alone: bool) -> bytes:
    form = _form(path)
    assert form is not None, "is_much said so"
    given = read_input(path)
    return to_ntriples(given.content, form, base_of(given), given.name, rename_blank_nodes=not alone)


def _form(path: Path) -> Format | None:
    return by_extension(path.name, RDF_FORMATS)
