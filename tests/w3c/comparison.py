"""Whether an answer is the one that a test expects, but for the names of blank nodes and the order of rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from .manifests import RDF, Node, address

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        "integer nonPositiveInteger negativeInteger long int short byte nonNegativeInteger unsignedLong unsignedInt"
        " unsignedShort unsignedByte positiveInteger"
    ).split()
)
_BY_SUFFIX = {
    ".srx": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ".csv": ("text/csv", None),
}
_RDF_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}

Row = tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT; `names` is None where a format does not say them, `ordered` where order counts."""

    names: frozenset[str] | None
    rows: tuple[Row, ...]
    ordered: bool = False


Result = bool | Table | frozenset[ox.Quad]


def quads(path: Path) -> list[ox.Quad]:
    """The statements of a file, with blank nodes that no other file has."""
    form = _RDF_FORMATS[path.suffix]
    return list(ox.parse(path=str(path), format=form, base_iri=address(path), rename_blank_nodes=True))


def wanted_type(path: Path) -> str:
    """The media type to ask for, so that the format of the expected file is the one that is tested."""
    return _BY_SUFFIX[path.suffix][0] if path.suffix in _BY_SUFFIX else "*/*"


def expected(path: Path) -> Result:
    """What a file of the suite says that the answer is."""
    if path.suffix in _BY_SUFFIX:
        return parsed(path.read_bytes(), _BY_SUFFIX[path.suffix][0])
    triples = quads(path)
    if any(_RS in str(q.predicate) or _RS in str(q.object) for q in triples):
        return _result_set(triples)
    return frozenset(triples)


def parsed(content: bytes, media_type: str) -> Result:
    """An answer in one of the results formats, or a graph."""
    if media_type == "text/csv":
        return _cells(content.decode("utf-8"))
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is None:
        return frozenset(ox.parse(content, format=ox.RdfFormat.from_media_type(media_type)))
    results = ox.parse_query_results(content, format=form)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    rows = (zip(names, solution, strict=True) for solution in results)
    return Table(frozenset(names), tuple(tuple((n, v) for n, v in row if v is not None) for row in rows))


def _cells(text: str) -> Table:
    """The rows of a CSV file, which knows no types: all are strings, but what begins with an underscore and a colon."""
    names, *lines = csv.reader(io.StringIO(text))
    rows = (zip(names, line, strict=True) for line in lines)
    return Table(frozenset(names), tuple(tuple((name, _cell(value)) for name, value in row) for row in rows))


def _cell(value: str) -> Node:
    return ox.BlankNode(value.removeprefix("_:")) if value.startswith("_:") else ox.Literal(value)


def same(found: Result, wanted: Result, *, lax: bool = False) -> bool:
    """Whether two results are equal. With `lax` (REDUCED), rows may be there more or fewer times."""
    if isinstance(wanted, Table):
        return isinstance(found, Table) and _same_rows(found, wanted, lax=lax)
    if isinstance(wanted, bool) or isinstance(found, bool | Table):
        return found is wanted
    return canonical(found) == canonical(wanted)


def canonical(statements: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The statements with numbers in one spelling and blank nodes named by what is said of them."""
    dataset = ox.Dataset(
        ox.Quad(_plain(q.subject), q.predicate, _plain(q.object), q.graph_name)  # type: ignore[arg-type]  # no literals
        for q in statements
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def _same_rows(found: Table, wanted: Table, *, lax: bool) -> bool:
    if None not in (found.names, wanted.names) and found.names != wanted.names:
        return False
    if wanted.ordered and not any(_has_blank(row) for row in wanted.rows):
        return [_plain_row(row) for row in found.rows] == [_plain_row(row) for row in wanted.rows]
    ours, theirs = _counted(found.rows), _counted(wanted.rows)
    return ours.keys() == theirs.keys() if lax else ours == theirs


def _counted(rows: Iterable[Row]) -> Counter[object]:
    """How often each row is there; all rows with blank nodes together are one graph, made canonical."""
    plain = [_plain_row(row) for row in rows]
    counts: Counter[object] = Counter(frozenset(row) for row in plain if not _has_blank(row))
    statements = []
    for row in filter(_has_blank, plain):
        node = ox.BlankNode()
        statements += [ox.Quad(node, ox.NamedNode(f"x:{name}"), value) for name, value in row]
    counts[frozenset(canonical(statements))] += 1
    return counts


def _has_blank(row: Row) -> bool:
    return any(isinstance(value, ox.BlankNode | ox.Triple) for _, value in row)


def _plain_row(row: Row) -> Row:
    return tuple(sorted(((name, _plain(value)) for name, value in row), key=lambda cell: cell[0]))


def _plain(term: Node) -> Node:
    """Numbers and booleans by their value: 1.0 is 1.00."""
    if isinstance(term, ox.Triple):
        return ox.Triple(_plain(term.subject), term.predicate, _plain(term.object))  # type: ignore[arg-type]  # same kind
    if not isinstance(term, ox.Literal):
        return term
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return ox.Literal(str(int(term.value)), datatype=term.datatype)
        if kind == _XSD + "decimal":
            return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
        if kind in (_XSD + "double", _XSD + "float"):
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
    except (ValueError, InvalidOperation):
        return term
    if kind == _XSD + "boolean" and term.value in ("0", "1"):
        return ox.Literal("true" if term.value == "1" else "false", datatype=term.datatype)
    return term


def _result_set(triples: list[ox.Quad]) -> bool | Table:
    """A result in the vocabulary that the first working group had for it."""
    by_subject: dict[tuple[Node, str], list[Node]] = {}
    for quad in triples:
        by_subject.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
    root = next(q.subject for q in triples if q.predicate.value == RDF + "type" and q.object.value == _RS + "ResultSet")
    if (root, _RS + "boolean") in by_subject:
        return by_subject[root, _RS + "boolean"][0].value == "true"
    rows: list[tuple[int, Row]] = []
    for solution in by_subject.get((root, _RS + "solution"), []):
        index = by_subject.get((solution, _RS + "index"))
        cells = by_subject.get((solution, _RS + "binding"), [])
        row = ((by_subject[c, _RS + "variable"][0].value, by_subject[c, _RS + "value"][0]) for c in cells)
        rows.append((int(index[0].value) if index else 0, tuple(row)))
    names = frozenset(v.value for v in by_subject.get((root, _RS + "resultVariable"), []))
    ordered = sorted(rows, key=lambda entry: entry[0])
    return Table(names, tuple(row for _, row in ordered), ordered=any(index for index, _ in rows))
