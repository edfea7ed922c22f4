"""A form with files (RFC 7578), as the graph that the files make together."""

from __future__ import annotations

from email.message import Message

from vakgraaf.engine.reading import to_ntriples
from vakgraaf.rdf.formats import GRAPH_FORMATS, Format, by_extension, named
from vakgraaf.web.charsets import require_utf_8
from vakgraaf.web.form_parts import parts_of
from vakgraaf.web.problems import HttpProblem


def as_ntriples(body: bytes, kind: str, base: str) -> bytes:
    """The triples of all files; a blank node is only in its own file.

    Raises `HttpProblem` 400 for no form or half of one, 415 for a file of unknown type or in another charset than
    UTF-8, and `SyntaxProblem`.
    """
    return b"".join(_part(part, base) for part in parts_of(body, kind))


def _part(part: Message, base: str) -> bytes:
    name = part.get_filename() or str(part.get_param("name", "?", "content-disposition"))
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    require_utf_8(str(part.get("content-type", "")))
    return to_ntriples(content, _form(part, name), base, name, rename_blank_nodes=True)


def _form(part: Message, name: str) -> Format:
    said = named(part.get_content_type(), GRAPH_FORMATS) if "content-type" in part else None
    form = said or by_extension(name, GRAPH_FORMATS)
    if form is None:
        raise HttpProblem(
            415,
            f"{name}: zeg in Content-Type wat voor bestand dit is.",
            f"{name}: say in Content-Type what kind of file this is.",
        )
    return form
