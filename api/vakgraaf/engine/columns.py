"""Solutions of a SELECT as Arrow or Parquet: a table whose columns have types.

A column has one type, which only the last row decides. So all rows are taken in first, as text in Arrow's own
compact arrays, about as large as the TSV; then every column is cast as a whole. What of a column does not fit one
type stays text.
"""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from io import BytesIO
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from vakgraaf.rdf.formats import ARROW, COLUMN_FORMATS

if TYPE_CHECKING:
    import pyarrow as pa

AVAILABLE = find_spec("pyarrow") is not None
"""Whether the extra `arrow` is installed."""

MEDIA_TYPES = frozenset(form.media_type for form in COLUMN_FORMATS)
"""What `write` writes."""

# A process that is about to fork wants no threads, and one with a memory cap no allocator that reserves a gigabyte.
_ONE_THREAD = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_EVERY_TYPE = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g) {
  (1 1.5 1e0 true "2000-01-01"^^xsd:date "2000-01-01T00:00:00Z"^^xsd:dateTime "2000-01-01T00:00:00"^^xsd:dateTime)
} }"""
_BATCH = 64 * 1024
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger"
        " unsignedLong unsignedInt unsignedShort unsignedByte"
    ).split()
)
_DECIMAL = frozenset({_XSD + "decimal"})
_FLOATING = frozenset({_XSD + "double", _XSD + "float"})
_IRI, _BLANK, _TRIPLE = "IRI", "blank node", "triple term"
_DIGITS = 38  # of Arrow's decimal


def prepare() -> None:
    """Load the libraries, for a process that soon may open no more files. Nothing to do without the extra.

    Whatever Arrow loads when it first needs it, it loads here: by writing a table of each kind of column.
    """
    if AVAILABLE:
        for name, value in _ONE_THREAD.items():
            os.putenv(name, value)  # for libraries in C, which look at this while they load
        sys.meta_path.insert(0, _WithoutThose())
        for media_type in MEDIA_TYPES:
            solutions = ox.Store().query(_EVERY_TYPE)
            assert isinstance(solutions, ox.QuerySolutions)
            write(solutions, BytesIO(), media_type)


class _WithoutThose(MetaPathFinder):
    """Arrow loads numpy and pandas where it finds them, and they are large."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname in ("numpy", "pandas"):
            raise ModuleNotFoundError(fullname, name=fullname)


def write(solutions: ox.QuerySolutions, output: IO[bytes], media_type: str) -> None:
    """Write all solutions to `output`, which need not be seekable, in batches of 65,536 rows.

    xsd:integer and what derives from it gives int64, xsd:decimal decimal128, xsd:double and xsd:float float64 (of
    numbers of several types the widest), xsd:boolean bool, xsd:date date32, xsd:dateTime a timestamp in microseconds:
    in UTC where all have a zone, without zone where none has. Everything else, and a column in which some value does
    not fit, is text. The metadata of a field say under `rdf_type` which kinds of term are in it.
    """
    import pyarrow as pa

    names = [variable.value for variable in solutions.variables]
    texts, kinds = _collected(solutions, len(names))
    columns = [_cast(column, found) for column, found in zip(texts, kinds, strict=True)]
    fields = [
        pa.field(name, column.type, metadata={"rdf_type": " ".join(sorted(found))})
        for name, column, found in zip(names, columns, kinds, strict=True)
    ]
    table = pa.table(columns, schema=pa.schema(fields))
    if media_type == ARROW.media_type:
        with pa.ipc.new_stream(_Sink(output), table.schema) as stream:
            stream.write_table(table, max_chunksize=_BATCH)
    else:
        _write_parquet(table, _Sink(output))


class _Sink:
    """As much of a file as Arrow wants to see of one."""

    closed = False

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def write(self, data: bytes, /) -> int:
        """Take in some bytes, of whatever kind."""
        self._output.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def _write_parquet(table: pa.Table, sink: _Sink) -> None:
    from pyarrow import parquet

    with parquet.ParquetWriter(sink, table.schema) as writer:
        writer.write_table(table, row_group_size=_BATCH)


def _collected(solutions: ox.QuerySolutions, width: int) -> tuple[list[pa.ChunkedArray], list[set[str]]]:
    """The texts of every column, and the kinds of term that are in it: "IRI" and so on, or the IRI of a datatype."""
    import pyarrow as pa

    chunks: list[list[pa.Array]] = [[] for _ in range(width)]
    kinds: list[set[str]] = [set() for _ in range(width)]
    waiting: list[list[str | None]] = [[] for _ in range(width)]
    cells = list(zip(waiting, kinds, strict=True))
    for number, solution in enumerate(solutions, 1):
        for (texts, found), term in zip(cells, solution, strict=True):
            texts.append(None if term is None else _text(term, found))
        if number % _BATCH == 0:
            _move(waiting, chunks)
    _move(waiting, chunks)
    return [pa.chunked_array(column, type=pa.string()) for column in chunks], kinds


def _move(waiting: list[list[str | None]], chunks: list[list[pa.Array]]) -> None:
    import pyarrow as pa

    for texts, column in zip(waiting, chunks, strict=True):
        column.append(pa.array(texts, type=pa.string()))
        texts.clear()


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, found: set[str]) -> str:
    """The text of a term; its kind is added to `found`."""
    if isinstance(term, ox.NamedNode):
        found.add(_IRI)
        return term.value
    if isinstance(term, ox.Literal):
        found.add(term.datatype.value)
        return term.value
    found.add(_BLANK if isinstance(term, ox.BlankNode) else _TRIPLE)
    return str(term)


def _cast(column: pa.ChunkedArray, kinds: set[str]) -> pa.ChunkedArray:
    """A column of text in the type of its terms, or as it is where that cannot be."""
    import pyarrow as pa

    for type_ in _types(column, kinds):
        try:
            return column.cast(type_)
        except pa.ArrowInvalid:
            continue
    return column


def _types(column: pa.ChunkedArray, kinds: set[str]) -> list[pa.DataType]:
    """The types that a column may have by the kinds of its terms, the first one to be tried first."""
    import pyarrow as pa

    if not kinds:
        return []
    if kinds <= _INTEGERS:
        return [pa.int64()]
    if kinds <= _INTEGERS | _DECIMAL:
        return [pa.decimal128(_DIGITS, _scale(column))]
    if kinds <= _INTEGERS | _DECIMAL | _FLOATING:
        return [pa.float64()]
    if len(kinds) > 1:
        return []
    return {
        _XSD + "boolean": [pa.bool_()],
        _XSD + "date": [pa.date32()],
        _XSD + "dateTime": [pa.timestamp("us", "UTC"), pa.timestamp("us")],
    }.get(next(iter(kinds)), [])


def _scale(column: pa.ChunkedArray) -> int:
    """How many digits after the point the most precise number of a column has."""
    import pyarrow.compute as pc

    points = pc.find_substring(column, ".")
    digits = pc.subtract(pc.utf8_length(column), pc.add(points, 1))
    longest = pc.max(pc.if_else(pc.equal(points, -1), 0, digits)).as_py()
    return min(int(longest or 0), _DIGITS)
