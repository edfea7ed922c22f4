"""An answer in its format. The engine writes them all; what it would write wrong is put right, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

import pyoxigraph as ox

from vakgraaf.engine import columns
from vakgraaf.engine.csv_table import CsvTable
from vakgraaf.engine.trimming import only_used_prefixes
from vakgraaf.engine.xml_text import XmlText
from vakgraaf.errors import NotExpressible
from vakgraaf.rdf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, RESULTS_CSV, RESULTS_TSV, RESULTS_XML
from vakgraaf.rdf.prefixes import PREFIXES

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

# The engine would write id:skill\/x for these; the whole IRI reads better.
_SHORT = {prefix: space for prefix, space in PREFIXES.items() if prefix not in ("id", "graph")}
_IN_FULL = (N_TRIPLES.media_type, N_QUADS.media_type)
"""Formats that know no prefixes."""
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_OTHER = "0-9.\xb7\u0300-\u036f\u203f\u2040-"
_NAMED = re.compile(
    f"(?!http://www.w3.org/2000/xmlns/)(?s:.*[^{_START}{_OTHER}])?+[{_OTHER}]*+[{_START}][{_START}{_OTHER}]*"
)
"""An IRI that ends in a name as XML has it (Namespaces in XML §4), and does not begin with what XML keeps to itself."""
_NODE = re.compile(f"[{_START.replace('_', '')}][{_START}{_OTHER}]*")
"""The label of a blank node that XML has as a name too (RDF/XML §5.1, rdf-id), and that `_renamed` does not make."""
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_BEYOND = {
    JSON_LD.media_type: ("JSON-LD kent geen tripeltermen", "JSON-LD knows no triple terms"),
    RDF_XML.media_type: (
        "RDF/XML houdt een naam als rdf:li of rdf:Description voor zichzelf",
        "RDF/XML keeps a name such as rdf:li or rdf:Description to itself",
    ),
}
"""What the engine refuses to write."""


def write_results(results: Results, output: IO[bytes], media_type: str) -> None:
    """Write the answer to a query. Raises `NotExpressible`, perhaps after a part of it."""
    if isinstance(results, ox.QueryTriples):
        if media_type in _IN_FULL:
            results.serialize(output, ox.RdfFormat.from_media_type(media_type))  # not as objects of Python's
        else:
            write_statements(results, output, media_type)
    elif isinstance(results, ox.QuerySolutions) and media_type in columns.MEDIA_TYPES:
        columns.write(results, output, media_type)
    elif isinstance(results, ox.QuerySolutions) and media_type == RESULTS_CSV.media_type:
        file = cast("IO[bytes]", CsvTable(output))
        results.serialize(file, ox.QueryResultsFormat.from_media_type(RESULTS_TSV.media_type))
    else:
        if media_type == RESULTS_XML.media_type:
            output = cast("IO[bytes]", XmlText(output))
        results.serialize(output, ox.QueryResultsFormat.from_media_type(media_type))


def write_statements(statements: Iterable[ox.Triple] | Iterable[ox.Quad], output: IO[bytes], media_type: str) -> None:
    """Write triples, or quads in a format for those. Raises `NotExpressible`, perhaps after a part of it."""
    with _as_it_wants(output, media_type) as file:
        if media_type == RDF_XML.media_type:
            statements = map(_renamed, _named(cast("Iterable[ox.Triple]", statements)))
        ox.serialize(cast("Any", statements), file, ox.RdfFormat.from_media_type(media_type), prefixes=_SHORT)


def write_graph(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, output: IO[bytes], media_type: str) -> None:
    """Write a graph of a store. Raises `NotExpressible`, perhaps after a part of it."""
    if media_type == RDF_XML.media_type:
        found = store.quads_for_pattern(None, None, None, graph)
        write_statements((quad.triple for quad in found), output, media_type)
        return
    with _refusing(media_type):
        store.dump(output, ox.RdfFormat.from_media_type(media_type), from_graph=graph, prefixes=_SHORT)


@contextmanager
def _as_it_wants(output: IO[bytes], media_type: str) -> Iterator[IO[bytes]]:
    if media_type == RDF_XML.media_type:
        output = cast("IO[bytes]", XmlText(output))
    with _refusing(media_type), only_used_prefixes(output, media_type) as file:
        yield file


@contextmanager
def _refusing(media_type: str) -> Iterator[None]:
    """What the engine itself cannot write is an OSError without a number; any other comes from the file."""
    try:
        yield
    except OSError as error:
        if error.errno is not None or media_type not in _BEYOND:
            raise
        nl, en = _BEYOND[media_type]
        raise NotExpressible(
            f"{nl}, en daar staat er hier een van. Vraag om een ander formaat, zoals Turtle.",
            f"{en}, and there is one of those here. Ask for another format, such as Turtle.",
        ) from error


def _named(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The same triples, as long as RDF/XML has an element for each: that of a predicate, or of a class.

    Raises `NotExpressible`. The engine writes an element without a name then, and no parser reads it.
    """
    known: set[str] = set()
    for triple in triples:
        names = [triple.predicate]
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
            names.append(triple.object)
        for name in names:
            if name.value not in known:
                if not _NAMED.fullmatch(name.value):
                    raise NotExpressible(
                        f"RDF/XML heeft geen element voor <{name.value}>, dat niet eindigt op een naam. Vraag om een"
                        " ander formaat, zoals Turtle.",
                        f"RDF/XML has no element for <{name.value}>, which does not end in a name. Ask for another"
                        " format, such as Turtle.",
                    )
                known.add(name.value)
        yield triple


Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def _renamed(triple: ox.Triple) -> ox.Triple:
    """The same triple with blank nodes that XML has a name for: a label may begin with a digit, a name may not."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode | ox.Triple):
        return ox.Triple(cast("ox.NamedNode | ox.BlankNode", _as_name(subject)), triple.predicate, _as_name(value))
    return triple


def _as_name(term: Term) -> Term:
    """No two labels become the same name."""
    if isinstance(term, ox.Triple):
        return _renamed(term)
    if isinstance(term, ox.BlankNode) and not _NODE.fullmatch(term.value):
        return ox.BlankNode("_" + term.value.replace("_", "__").replace(":", "_c"))
    return term
