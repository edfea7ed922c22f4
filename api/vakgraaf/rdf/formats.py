"""The one table of formats: media type ↔ extension ↔ names that clients use for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["graph", "dataset", "results"]


@dataclass(frozen=True, slots=True)
class Format:
    """One serialisation.

    `w3c_name` is its local name in W3C's list of formats (empty where it is not in there), `media_type` the registered
    name, `media_aliases` are other types by which clients ask for the same bytes, `names` are values of `?format=` and
    of `--format` (the first is ours), `extension` comes without a dot.
    """

    kind: Kind
    title: str
    w3c_name: str
    media_type: str
    extension: str
    names: tuple[str, ...]
    media_aliases: tuple[str, ...] = ()
    text: bool = False

    @property
    def content_type(self) -> str:
        """The Content-Type header: text formats say that they are UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.text else self.media_type

    @property
    def name(self) -> str:
        """Our own short name."""
        return self.names[0]


TURTLE = Format(
    "graph",
    "Turtle",
    "Turtle",
    "text/turtle",
    "ttl",
    ("turtle", "ttl", "n3"),
    ("application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3", "application/n3"),
    text=True,
)
N_TRIPLES = Format(
    "graph",
    "N-Triples",
    "N-Triples",
    "application/n-triples",
    "nt",
    ("ntriples", "nt", "n-triples"),
    ("text/plain",),
)
RDF_XML = Format(
    "graph",
    "RDF/XML",
    "RDF_XML",
    "application/rdf+xml",
    "rdf",
    ("rdfxml", "rdf", "rdf+xml", "xml"),
    ("application/xml", "text/xml"),
)
JSON_LD = Format(
    "graph",
    "JSON-LD",
    "JSON-LD",
    "application/ld+json",
    "jsonld",
    ("jsonld", "json-ld", "json"),
    ("application/x-json+ld", "application/json"),
)
TRIG = Format("dataset", "TriG", "TriG", "application/trig", "trig", ("trig",), ("application/x-trig",))
N_QUADS = Format(
    "dataset",
    "N-Quads",
    "N-Quads",
    "application/n-quads",
    "nq",
    ("nquads", "nq", "n-quads"),
    ("text/x-nquads",),
)

RESULTS_JSON = Format(
    "results",
    "JSON",
    "SPARQL_Results_JSON",
    "application/sparql-results+json",
    "srj",
    ("json", "srj"),
    (
        "application/json",
        "application/x-sparqlstar-results+json",
        "text/javascript",
        "application/javascript",
    ),
)
RESULTS_XML = Format(
    "results",
    "XML",
    "SPARQL_Results_XML",
    "application/sparql-results+xml",
    "srx",
    ("xml", "srx"),
    ("application/xml", "text/xml"),
)
RESULTS_CSV = Format("results", "CSV", "SPARQL_Results_CSV", "text/csv", "csv", ("csv",), text=True)
RESULTS_TSV = Format(
    "results",
    "TSV",
    "SPARQL_Results_TSV",
    "text/tab-separated-values",
    "tsv",
    ("tsv",),
    ("text/tsv",),
    text=True,
)

ARROW = Format(
    "results",
    "Arrow",
    "",
    "application/vnd.apache.arrow.stream",
    "arrows",
    ("arrow", "arrows", "ipc"),
)
PARQUET = Format(
    "results",
    "Parquet",
    "",
    "application/vnd.apache.parquet",
    "parquet",
    ("parquet",),
    ("application/x-parquet",),
)

GRAPH_FORMATS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
DATASET_FORMATS = (TRIG, N_QUADS)
RDF_FORMATS = GRAPH_FORMATS + DATASET_FORMATS
RESULT_FORMATS = (RESULTS_JSON, RESULTS_XML, RESULTS_CSV, RESULTS_TSV)
COLUMN_FORMATS = (ARROW, PARQUET)
"""Tables of solutions with typed columns; only where the extra `arrow` is installed."""
FORMATS = RDF_FORMATS + RESULT_FORMATS + COLUMN_FORMATS


def named(name: str, among: Iterable[Format] = FORMATS) -> Format | None:
    """The first format of `among` that goes by `name`: one of its names, extensions or media types, in any case.

    SPARQLWrapper sends names ("json-ld") and media types ("application/ld+json") in the same parameter.
    """
    wanted = name.strip().casefold().replace(" ", "+")
    for candidate in among:
        types = (candidate.media_type, *candidate.media_aliases)
        if wanted in candidate.names or wanted == candidate.extension or wanted in types:
            return candidate
    return None


def by_extension(file_name: str, among: Iterable[Format] = FORMATS) -> Format | None:
    """The format that the extension of `file_name` says, or None."""
    _, dot, extension = file_name.rpartition(".")
    return next((f for f in among if dot and f.extension == extension.casefold()), None)
