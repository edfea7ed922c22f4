"""Read an RDF file of any format without the network: remote contexts, entities and imports are never followed."""

from __future__ import annotations

import pyoxigraph as ox

from vakgraaf.errors import SyntaxProblem
from vakgraaf.rdf.formats import Format


def to_ntriples(content: bytes, form: Format, base: str, name: str) -> bytes:
    """The triples of `content`, all its graphs together, as N-Triples with lexical forms as they were.

    `base` resolves relative IRIs, `name` stands in messages. Raises `SyntaxProblem` with line and column.
    """
    syntax = ox.RdfFormat.from_media_type(form.media_type)
    try:
        quads = ox.parse(content, syntax, base_iri=base)
        triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    except (SyntaxError, ValueError) as error:
        line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
        where = (f", regel {line}, kolom {column}", f", line {line}, column {column}") if line else ("", "")
        reason = getattr(error, "msg", None) or str(error)
        raise SyntaxProblem(
            f"{name}{where[0]}: dit is geen geldig {form.title}. De lezer meldt: {reason}",
            f"{name}{where[1]}: this is not valid {form.title}. The parser says: {reason}",
            line,
            column,
        ) from error
    return bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
