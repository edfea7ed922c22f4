"""Read an RDF file of any format without the network: remote contexts, entities and imports are never followed."""

from __future__ import annotations

import pyoxigraph as ox

from vakgraaf.errors import SyntaxProblem
from vakgraaf.rdf.formats import Format
from vakgraaf.rdf.screening import screen, unmarked

# The engine's words.
_CONTEXT_ELSEWHERE = "to load remote contexts"
_OTHER_ENCODING = "Invalid UTF-8"


def to_ntriples(content: bytes, form: Format, base: str, name: str, *, rename_blank_nodes: bool = False) -> bytes:
    """The triples of `content`, all its graphs together, as N-Triples with lexical forms as they were.

    `base` resolves relative IRIs, `name` stands in messages. Renamed blank nodes have labels that no other file has.
    Raises `SyntaxProblem` with line and column, and `UnreadableInput` where it is nested too deep or would grow.
    """
    quads = parsed(content, form, base, name, rename_blank_nodes=rename_blank_nodes)
    triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    return bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def parsed(
    content: bytes, form: Format, base: str, name: str = "", *, rename_blank_nodes: bool = False
) -> list[ox.Quad]:
    """The quads of `content`; what is in no named graph has the unnamed one. Raises as `to_ntriples` does."""
    syntax = ox.RdfFormat.from_media_type(form.media_type)
    text = unmarked(content)
    try:
        screen(text, form, name)
        return list(ox.parse(text, syntax, base_iri=base or None, rename_blank_nodes=rename_blank_nodes))
    except (SyntaxError, ValueError) as error:
        raise unreadable(error, form, name) from error


def unreadable(error: Exception, form: Format, name: str) -> SyntaxProblem:
    """The parser's complaint as ours, with its place; `name` stands in the message."""
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    where = _place(name, line, column)
    reason = getattr(error, "msg", None) or str(error)
    if _CONTEXT_ELSEWHERE in reason:
        return SyntaxProblem(
            f"{where[0]}: de context (@context) staat op een ander adres, en daar wordt hier niets opgehaald. Zet wat"
            " daar staat in het bestand zelf, of stuur een andere vorm dan JSON-LD.",
            f"{where[1]}: the context (@context) is at another address, and nothing is fetched from there. Put what it"
            " says into the file itself, or send another format than JSON-LD.",
        )
    if _OTHER_ENCODING in reason:
        return SyntaxProblem(
            f"{where[0]}: dit is geen tekst in UTF-8. Bewaar het bestand als UTF-8.",
            f"{where[1]}: this is no text in UTF-8. Save the file as UTF-8.",
            line,
            column,
        )
    return SyntaxProblem(
        f"{where[0]}: dit is geen geldig {form.title}. De lezer meldt: {reason}",
        f"{where[1]}: this is not valid {form.title}. The parser says: {reason}",
        line,
        column,
    )


def _place(name: str, line: int | None, column: int | None) -> tuple[str, str]:
    """Where it is, in both languages."""
    nl = [part for part in (name, f"regel {line}, kolom {column}" if line else "") if part]
    en = [part for part in (name, f"line {line}, column {column}" if line else "") if part]
    texts = (", ".join(nl) or "het bestand", ", ".join(en) or "the file")
    return texts if name else (texts[0].capitalize(), texts[1].capitalize())
