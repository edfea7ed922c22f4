"""Tables straight from an address: pandas and polars, as people use them in a notebook."""

from __future__ import annotations

import io
import urllib.request
from decimal import Decimal
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

QUERY = """PREFIX ex: <http://a.example/>
SELECT ?person ?hours ?rate ?since ?note {
  ?person ex:hours ?hours OPTIONAL { ?person ex:rate ?rate ; ex:since ?since ; ex:note ?note }
} ORDER BY ?hours"""


def _url(endpoint: str, name: str) -> str:
    return f"{endpoint}?{urlencode({'query': QUERY, 'format': name})}"


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_pandas_reads_text_from_the_address(endpoint: str, name: str, separator: str) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(_url(endpoint, name), sep=separator)
    assert list(frame.columns) == [("?" if name == "tsv" else "") + c for c in "person hours rate since note".split()]
    assert frame.iloc[:, 1].tolist() == [8, 24, 36]


def test_pandas_reads_text_with_commas_and_line_breaks(endpoint: str) -> None:
    pandas = pytest.importorskip("pandas")
    assert pandas.read_csv(_url(endpoint, "csv"))["note"].dropna().tolist() == ['a,b;"c"\nd']


def test_pandas_reads_parquet_from_the_address_with_types(endpoint: str) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.read_parquet(_url(endpoint, "parquet"))
    assert frame["hours"].dtype == "int64"
    assert frame["hours"].sum() == 68
    assert frame["rate"].dropna().tolist() == [Decimal("21.5")]
    assert str(frame["since"].dropna().iloc[0]) == "2019-03-01"


def test_polars_reads_parquet_and_csv(endpoint: str) -> None:
    polars = pytest.importorskip("polars")
    with urllib.request.urlopen(_url(endpoint, "parquet")) as answer:
        frame = polars.read_parquet(io.BytesIO(answer.read()))
    assert frame.schema["hours"] == polars.Int64
    assert frame.schema["since"] == polars.Date
    assert frame["hours"].to_list() == [8, 24, 36]
    with urllib.request.urlopen(_url(endpoint, "csv")) as answer:
        assert polars.read_csv(io.BytesIO(answer.read()))["hours"].to_list() == [8, 24, 36]


def test_arrow_reads_a_stream_from_the_address(endpoint: str) -> None:
    pa = pytest.importorskip("pyarrow")
    with urllib.request.urlopen(_url(endpoint, "arrow")) as answer, pa.ipc.open_stream(answer) as stream:
        assert stream.read_all().column("hours").to_pylist() == [8, 24, 36]
