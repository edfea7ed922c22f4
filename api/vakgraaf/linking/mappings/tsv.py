"""SSSOM/TSV in and out (SSSOM 1.0, "The SSSOM/TSV serialisation format"), without loss."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vakgraaf.errors import SyntaxProblem
from vakgraaf.linking.mappings import curies, grounds, metadata, slots, statements
from vakgraaf.linking.mappings.mapping import JUSTIFICATIONS, Mapping, Status
from vakgraaf.linking.mappings.metadata import Metadata

_LARGEST_CELL = 1_000_000
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML can hold: one such sign, and the graph could not be had as RDF/XML any more."""
_UNREADABLE = (
    'geen geldige TSV: een cel die met " begint, hoort ermee te eindigen, met elke " daarin dubbel, en een cel heeft'
    f" hoogstens {_LARGEST_CELL} tekens",
    'not valid TSV: a cell that begins with " has to end with it, with every " in it doubled, and a cell has'
    f" {_LARGEST_CELL} characters at most",
)
"""What a strict reader of CSV refuses."""


@dataclass(frozen=True, slots=True)
class MappingSet:
    """Mappings, what the file says of all of them, and its columns in their order (none: those that are needed)."""

    mappings: tuple[Mapping, ...]
    metadata: Metadata = field(default_factory=dict)
    columns: tuple[str, ...] = ()


def read(text: str) -> MappingSet:
    """The mappings of an SSSOM/TSV file. Raises `SyntaxProblem` with the line of the file."""
    # Not splitlines: a cell may hold other signs that it takes for the end of a line.
    lines = [line + "\n" for line in text.removeprefix("\ufeff").split("\n")]
    above = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    said = metadata.read("".join(line[1:] for line in lines[:above]))
    rows = csv.reader(io.StringIO("".join(lines[above:]), newline=""), delimiter="\t", strict=True)
    prefixes = {str(name): str(space) for name, space in (said.get("curie_map") or {}).items()}
    csv.field_size_limit(_LARGEST_CELL)
    try:
        columns = tuple(next(rows, ()))
        _check_columns(columns, above + 1)
        found = tuple(_mappings(rows, columns, prefixes, above))
    except csv.Error as error:
        raise _problem(above + rows.line_num, *_UNREADABLE) from error
    return MappingSet(found, said, columns)


def write(mapping_set: MappingSet) -> str:
    """The set as SSSOM/TSV; prefixes and extension slots that are needed are declared beside those that were."""
    rows = [_cells(mapping) for mapping in mapping_set.mappings]
    columns = _columns(mapping_set, rows)
    used = [one for row in rows for name in slots.IDENTIFIERS & row.keys() for one in _split(name, row[name])]
    prefixes = curies.table_for(used, mapping_set.metadata.get("curie_map") or {})
    said: Metadata = {**({} if "curie_map" in mapping_set.metadata else {"curie_map": {}}), **mapping_set.metadata}
    said["curie_map"] = prefixes
    if not prefixes:
        del said["curie_map"]
    above = "".join(f"#{line}\n" for line in metadata.write(said).removesuffix("\n").split("\n")) if said else ""
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_short(name, row.get(name, ""), prefixes) for name in columns])
    return above + table.getvalue()


def _mappings(
    rows: Iterator[list[str]], columns: tuple[str, ...], prefixes: dict[str, str], above: int
) -> Iterator[Mapping]:
    """`rows` is a csv reader: it knows its line."""
    for row in rows:
        line = above + rows.line_num  # type: ignore[attr-defined]  # of csv.reader
        if not any(row):
            continue
        if len(row) > len(columns):
            raise _problem(line, "meer cellen dan kolommen", "more cells than columns")
        cells = {name: value for name, value in zip(columns, row, strict=False) if value}
        for name in slots.IDENTIFIERS & cells.keys():
            cells[name] = _whole(name, cells[name], prefixes, line)
        yield _mapping(cells, line)


def _mapping(cells: dict[str, str], line: int) -> Mapping:
    for name, text in cells.items():
        if unseen := _UNSEEN.search(text):
            sign = f"U+{ord(unseen[0]):04X}"
            raise _problem(
                line,
                f"{name}: er staat een teken in dat niet te zien is ({sign}); haal het weg",
                f"{name}: there is a character in it that cannot be seen ({sign}); remove it",
            )
    missing = [name for name in slots.REQUIRED if not cells.get(name)]
    if missing:
        raise _problem(line, f"leeg: {', '.join(missing)}", f"empty: {', '.join(missing)}")
    cells.setdefault(slots.STATUS_COLUMN, Status.PROPOSED)
    values: dict[str, Any] = {known: cells.pop(name) for name, known in slots.FIELDS.items() if name in cells}
    if values["justification"] not in JUSTIFICATIONS:
        shown = values["justification"]
        raise _problem(
            line,
            f"mapping_justification kent SSSOM niet: {shown}",
            f"mapping_justification is not one of SSSOM's: {shown}",
        )
    for name, (understood, nl, en) in _READ.items():
        if (known := slots.FIELDS[name]) in values:
            shown = values[known][:80]
            try:
                values[known] = understood(values[known])
            except ValueError as error:
                raise _problem(line, f"{name}: '{shown}' is geen {nl}", f"{name}: '{shown}' is no {en}") from error
    return Mapping(**values, extra=tuple(sorted(cells.items())))


def _share(text: str) -> float:
    if not 0 <= (share := float(text)) <= 1:
        raise ValueError(text)
    return share


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _identifier(text: str) -> str:
    statements.iri(text)
    return text


_IRI = ("IRI, ook niet met de voorvoegsels van curie_map", "IRI, not with the prefixes of curie_map either")
DAY = ("datum als 2026-11-23", "date such as 2026-11-23")
_READ: dict[str, tuple[Callable[[str], Any], str, str]] = {
    **{name: (_identifier, *_IRI) for name in ("subject_id", "predicate_id", "object_id")},
    "confidence": (
        _share,
        "getal van 0 tot en met 1, met een punt zoals in 0.75",
        "number from 0 to 1, with a point as in 0.75",
    ),
    "mapping_date": (_day, *DAY),
    slots.STATUS_COLUMN: (Status, f"status; wel: {', '.join(Status)}", f"status; there are {', '.join(Status)}"),
    slots.GROUNDS_COLUMN: (
        grounds.unpacked,
        "JSON zoals Vakgraaf die zelf in deze kolom schrijft",
        "JSON as Vakgraaf itself writes it in this column",
    ),
}
"""Column → what reads it, raising ValueError, and what the text then is not."""


def _cells(mapping: Mapping) -> dict[str, str]:
    """Column → text, for what there is."""
    confidence = "" if mapping.confidence is None else repr(mapping.confidence)
    told = {name: str(getattr(mapping, known)) for name, known in slots.FIELDS.items()}
    told |= {"confidence": confidence, slots.GROUNDS_COLUMN: grounds.packed(mapping.grounds)}
    return {name: value for name, value in (*told.items(), *mapping.extra) if value}


def _columns(mapping_set: MappingSet, rows: list[dict[str, str]]) -> tuple[str, ...]:
    """The columns of the file as they were, then those that are needed beside them."""
    needed = set(slots.REQUIRED).union(*rows)
    if all(mapping.status is Status.PROPOSED for mapping in mapping_set.mappings):
        needed.discard(slots.STATUS_COLUMN)  # what every record without it is
    order = (*slots.FIELDS, *sorted(needed - slots.FIELDS.keys()))
    kept = mapping_set.columns
    return (*kept, *(name for name in order if name in needed and name not in kept))


def _whole(name: str, cell: str, prefixes: dict[str, str], line: int) -> str:
    try:
        return "|".join(curies.expanded(one, prefixes) for one in _split(name, cell))
    except KeyError as error:
        prefix = error.args[0]
        raise _problem(
            line,
            f"{name}: het voorvoegsel '{prefix}' staat niet in curie_map",
            f"{name}: the prefix '{prefix}' is not in curie_map",
        ) from error


def _short(name: str, value: str, prefixes: dict[str, str]) -> str:
    if name not in slots.IDENTIFIERS:
        return value
    return "|".join(curies.shortened(one, prefixes) for one in _split(name, value))


def _split(name: str, value: str) -> list[str]:
    return value.split("|") if name in slots.MANY else [value]


def _check_columns(columns: tuple[str, ...], line: int) -> None:
    missing = [name for name in slots.REQUIRED if name not in columns]
    if missing:
        listed = ", ".join(missing)
        raise _problem(line, f"de tabel mist de kolom {listed}", f"the table lacks the column {listed}")
    if len(set(columns)) < len(columns):
        raise _problem(line, "een kolom staat er twee keer in", "a column is there twice")


def _problem(line: int, nl: str, en: str) -> SyntaxProblem:
    return SyntaxProblem(f"SSSOM, regel {line}: {nl}.", f"SSSOM, line {line}: {en}.", line)
